import pytest
import torch

from pix2pix.training.objectives.collapse import CollapseMonitor


def see(monitor: CollapseMonitor, count: int, spread: float, size: int = 16) -> tuple[float, int]:
    """The last share and how many alarms there were."""
    alarms = 0
    share = 1.0
    for _ in range(count):
        made = spread * torch.randn(1, 3, size, size)
        share = monitor.see(made, torch.randn(1, 3, size, size))
        alarms += monitor.alarm(share)
    return share, alarms


def test_the_share_is_that_of_the_variances():
    torch.manual_seed(0)
    assert see(CollapseMonitor(), 50, 0.5)[0] == pytest.approx(0.25, rel=0.05)
    made, real = torch.randn(6, 3, 16, 16), torch.randn(6, 3, 16, 16)
    right = made.double().var(0).mean() / real.double().var(0).mean()
    assert CollapseMonitor().see(made, real) == pytest.approx(right.item(), rel=1e-5)


def test_a_constant_generator_is_told_of_once_and_again_after_it_was_well():
    torch.manual_seed(0)
    monitor = CollapseMonitor(window=10, patience=30)
    assert see(monitor, 29, 0.0) == (0, 0)  # too early to tell
    assert see(monitor, 20, 0.0)[1] == 1
    assert see(monitor, 20, 1.0)[1] == 0
    assert see(monitor, 20, 0.0)[1] == 1


def test_noise_upon_one_picture_is_no_variety():
    torch.manual_seed(0)
    monitor = CollapseMonitor()
    one = torch.rand(1, 3, 256, 256)
    for _ in range(20):
        noisy = one + 0.1 * torch.randn_like(one)
        share = monitor.see(noisy, torch.rand(1, 3, 1, 1).expand(1, 3, 256, 256))
    assert share < 0.01


def test_it_goes_on_from_its_state():
    torch.manual_seed(0)
    monitor, other = CollapseMonitor(5, 5), CollapseMonitor(5, 5)
    see(monitor, 7, 0.0)
    other.load_state_dict(monitor.state_dict())
    made, real = torch.randn(1, 3, 16, 16), torch.randn(1, 3, 16, 16)
    assert other.see(made, real) == monitor.see(made, real)
    assert (other.seen, other.alarmed) == (8, True)
