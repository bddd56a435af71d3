import numpy as np
import pytest
import torch
from torch import nn

from pix2pix.errors import UserError
from pix2pix.metrics.inception import WEIGHTS, find_inception, inception_distances, load_inception


class Brightness(nn.Module):
    """Stands in for Inception: two features, means of the upper and of the lower half."""

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        return pictures.float().div(255).mean((1, 3)).unflatten(1, (2, -1)).mean(2)


def pictures(seed: int, mean: float, count: int = 40) -> list[np.ndarray]:
    levels = np.random.default_rng(seed).normal(mean, 20, (count, 2, 1, 1)).clip(0, 255)
    return [np.repeat(level, 16, 0).repeat(32, 1).repeat(3, 2).astype(np.uint8) for level in levels]


def test_fid_is_that_of_the_formula_and_kid_follows():
    real, near, far = pictures(0, 120), pictures(1, 120), pictures(2, 170)
    network = Brightness()
    seen = [network(torch.from_numpy(np.stack(p)).permute(0, 3, 1, 2)) for p in (real, far)]
    means, covs = zip(*((s.double().mean(0), s.double().T.cov()) for s in seen), strict=True)
    root = torch.linalg.eigvals(covs[0] @ covs[1]).sqrt().real.sum()
    by_hand = (means[0] - means[1]).square().sum() + (covs[0] + covs[1]).trace() - 2 * root
    torch.manual_seed(5)
    fid, kid = inception_distances(real, far, network)
    drawn = torch.rand(1)
    assert fid == pytest.approx(float(by_hand), rel=1e-3)
    assert (fid, kid) == inception_distances(real, far, network)
    assert all(a < 0.2 * b for a, b in zip(
        inception_distances(real, near, network), (fid, kid), strict=True))  # fmt: skip
    torch.manual_seed(5)
    assert torch.equal(torch.rand(1), drawn)  # nobody else's dice are thrown


def test_what_is_missing_or_damaged_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match=r"There is no file '.*'; give weights-inc") as error:
        load_inception(tmp_path / "none.pth")
    assert error.value.code == "missing_inception"
    (tmp_path / "bad.pth").write_bytes(b"damaged")
    with pytest.raises(UserError, match="does not hold the weights") as error:
        find_inception(tmp_path / "bad.pth")
    assert error.value.code == "bad_inception"


def test_the_network_is_found_where_torch_fidelity_keeps_it(tmp_path, monkeypatch):
    inceptionv3 = pytest.importorskip("torch_fidelity.feature_extractor_inceptionv3")
    monkeypatch.setattr(torch.hub, "_hub_dir", str(tmp_path))
    assert find_inception() is None
    # Its own class wants weights before it is made: random ones, of the right shapes.
    made = inceptionv3.FeatureExtractorInceptionV3.__new__(inceptionv3.FeatureExtractorInceptionV3)
    with monkeypatch.context() as patch:
        patch.setattr(nn.Module, "load_state_dict", lambda *_: None)
        patch.setattr(inceptionv3, "load_state_dict_from_url", lambda *_, **__: {})
        torch.manual_seed(0)
        made.__init__("inception", ["2048"])
    file = tmp_path / "checkpoints" / WEIGHTS
    file.parent.mkdir()
    torch.save(made.state_dict(), file)
    network = find_inception()
    assert network is not None
    features = network(torch.zeros(1, 3, 64, 64, dtype=torch.uint8))
    assert features.shape == (1, 2048)
