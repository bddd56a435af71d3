import torch

from pix2pix.training.objectives.pool import ImagePool


def picture(number: float, size: int = 2) -> torch.Tensor:
    return torch.full((1, 3, size, size), float(number))


def test_it_fills_first_and_then_gives_old_ones_half_of_the_time():
    torch.manual_seed(0)
    pool = ImagePool(50)
    for number in range(50):
        assert pool.query(picture(number))[0, 0, 0, 0] == number
    ages = [n - float(pool.query(picture(n))[0, 0, 0, 0]) for n in range(50, 4050)]
    old = [age for age in ages if age > 0]
    assert abs(len(old) / len(ages) - 0.5) < 0.03
    # A place is taken at every second query, one of 50: it waits a hundred on the mean.
    assert 90 < sum(old) / len(old) < 110
    assert len(pool.pictures) == 50


def test_a_picture_is_given_back_once():
    torch.manual_seed(0)
    pool = ImagePool(4)
    given = [float(pool.query(picture(n))[0, 0, 0, 0]) for n in range(200)]
    late = [number for n, number in enumerate(given) if number < n]
    assert len(late) == len(set(late))


def test_it_goes_on_from_its_state_and_starts_anew_when_pictures_grow():
    torch.manual_seed(0)
    pool, other = ImagePool(5), ImagePool(5)
    for number in range(20):
        pool.query(picture(number))
    other.load_state_dict(pool.state_dict())
    torch.manual_seed(1)
    first = [pool.query(picture(n)) for n in range(20, 40)]
    torch.manual_seed(1)
    assert all(torch.equal(a, other.query(picture(20 + n))) for n, a in enumerate(first))
    assert pool.query(picture(7, size=4)).shape == (1, 3, 4, 4)
    assert len(pool.pictures) == 1
