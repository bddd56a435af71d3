import cv2
import numpy as np
import pytest

from pix2pix.data import synthetic as module
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic import synthesise, texture
from pix2pix.data.synthetic.panda_face import find_face

NO_EDGES = np.full((256, 256), 255, np.uint8)
RED = Pair("red", np.full((256, 256, 3), (180, 30, 30), np.uint8), NO_EDGES)
SKIN, HAIR, SHIRT = (236, 184, 138), (90, 50, 30), (30, 150, 120)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    few = {name: (make, 4) for name, (make, _) in module.SYNTHESISERS.items()}
    monkeypatch.setattr(module, "SYNTHESISERS", few)
    monkeypatch.setattr(texture, "_TRIES", 1000)


def fur_photo(seed: int) -> Pair:
    """Left half white fur, right half black fur."""
    rng = np.random.default_rng(seed)
    gray = np.where(np.arange(256) < 128, 215, 40) + rng.normal(0, 5, (256, 256))
    photo = np.dstack([np.clip(gray, 0, 250).astype(np.uint8)] * 3)
    return Pair(f"fur{seed}", photo, NO_EDGES)


def face_photo() -> Pair:
    photo = np.full((256, 256, 3), 255, np.uint8)
    cv2.ellipse(photo, (128, 110), (52, 62), 0, 0, 360, SKIN, -1)
    edges = np.full((256, 256), 255, np.uint8)
    for x in (104, 152):
        cv2.circle(photo, (x, 102), 6, (20, 20, 20), -1)
        cv2.circle(edges, (x, 102), 6, 0, 1)
    cv2.ellipse(photo, (128, 140), (14, 6), 0, 0, 360, (120, 20, 20), -1)
    cv2.ellipse(edges, (128, 140), (14, 6), 0, 0, 360, 0, 1)
    return Pair("face", photo, edges)


def panda_photo(seed: int = 0) -> Pair:
    """White and black fur: a head from the front, with ears, patches and a nose, on a body."""
    rng = np.random.default_rng(seed)
    gray = np.full((256, 256), 255, np.uint8)
    cv2.ellipse(gray, (128, 220), (110, 70), 0, 0, 360, 40, -1)
    for x in (70, 186):
        cv2.circle(gray, (x, 50), 24, 40, -1)
    cv2.ellipse(gray, (128, 110), (78, 72), 0, 0, 360, 215, -1)
    for x in (100, 156):
        cv2.ellipse(gray, (x, 100), (12, 15), 0, 0, 360, 30, -1)
    cv2.ellipse(gray, (128, 140), (9, 6), 0, 0, 360, 25, -1)
    fur = np.where(gray < 255, np.clip(gray + rng.normal(0, 4, gray.shape), 0, 242), 255)
    return Pair(f"panda{seed}", np.dstack([fur.astype(np.uint8)] * 3), NO_EDGES)


def bowed_panda_photo() -> np.ndarray:
    """A panda that looks down: its ears have white fur all round, and its eyes lie below them."""
    photo = np.full((256, 256, 3), 255, np.uint8)
    cv2.ellipse(photo, (128, 118), (84, 80), 0, 0, 360, (215, 215, 215), -1)
    for x in (100, 156):
        cv2.circle(photo, (x, 100), 13, (30, 30, 30), -1)  # an ear
    for x in (112, 144):
        cv2.circle(photo, (x, 140), 8, (30, 30, 30), -1)  # an eye
    cv2.ellipse(photo, (128, 141), (5, 4), 0, 0, 360, (20, 20, 20), -1)
    return photo


def car_photo() -> Pair:
    """A red car from the side, with two windows, on tyres around steel."""
    photo = np.full((256, 256, 3), 255, np.uint8)
    body = [
        (20, 160),
        (20, 130),
        (66, 122),
        (84, 92),
        (170, 92),
        (194, 122),
        (236, 130),
        (236, 160),
    ]
    cv2.fillPoly(photo, [np.array(body)], (180, 30, 30))
    for x in (90, 132):
        cv2.rectangle(photo, (x, 98), (x + 34, 120), (50, 58, 66), -1)
    for x in (62, 194):
        cv2.circle(photo, (x, 158), 17, (20, 20, 20), -1)
        cv2.circle(photo, (x, 158), 12, (190, 190, 190), -1)
    return Pair("car", photo, NO_EDGES)


def test_other_domains_and_no_photos_give_nothing() -> None:
    assert synthesise("sticker", [face_photo()]) == []
    assert synthesise("panda", []) == []


@pytest.mark.slow
@pytest.mark.usefixtures("few")
def test_the_same_seed_gives_the_same_pairs() -> None:
    photos = [panda_photo(0), panda_photo(1)]
    one, same = (synthesise("panda", photos, seed=3) for _ in range(2))
    assert [p.name for p in one] == [p.name for p in same]
    assert all(np.array_equal(a.photo, b.photo) for a, b in zip(one, same, strict=True))
    assert all(np.array_equal(a.edges, b.edges) for a, b in zip(one, same, strict=True))
    other = synthesise("panda", photos, seed=4)
    assert not np.array_equal(one[0].edges, other[0].edges)


@pytest.mark.usefixtures("few")
def test_pandas_are_black_and_white() -> None:
    for pair in synthesise("panda", [panda_photo()]):
        subject = pair.photo.min(axis=2) < 243
        white, black = ((pair.photo.mean(axis=2) > 140), (pair.photo.mean(axis=2) < 70))
        assert (subject & white).sum() > 0.2 * subject.sum()
        assert (subject & black).sum() > 0.1 * subject.sum()
        _, columns = np.nonzero(subject & black)
        middle = int(np.nonzero(subject)[1].mean())
        assert (columns < middle - 20).any()  # an ear on either side
        assert (columns > middle + 20).any()


def test_a_face_is_found_and_brought_to_daylight() -> None:
    sunny = (panda_photo().photo * np.array([1.0, 0.8, 0.5])).astype(np.uint8)
    sunny[panda_photo().photo.min(axis=2) >= 243] = 255
    face = find_face(sunny)
    assert face is not None
    np.testing.assert_allclose(face.eyes, [[100, 100], [156, 100]], atol=3)
    np.testing.assert_allclose(face.nose, [128, 140], atol=8)
    assert np.ptp(face.white) < 60  # it was 107


def test_ears_of_a_bowed_head_are_not_its_eyes() -> None:
    photo = bowed_panda_photo()
    assert find_face(photo) is None
    # The same dark patches are a face without the lower pair.
    photo[128:156, 100:120] = photo[128:156, 136:156] = 215
    assert find_face(photo) is not None


@pytest.mark.usefixtures("few")
def test_lines_are_thin_and_lie_on_the_subject() -> None:
    for domain, photo in (
        ("panda", panda_photo()),
        ("cartoon", face_photo()),
        ("character", figure_photo()),
        ("car", car_photo()),
        ("handbags", bag_photo()),
        ("shoes", shoe_photo()),
    ):
        for pair in synthesise(domain, [photo]):
            ink = pair.edges < 128
            assert 300 < ink.sum() < 6000
            near = cv2.dilate((pair.photo.min(axis=2) < 250).astype(np.uint8), np.ones((7, 7)))
            assert near[ink].mean() > 0.99


def figure_photo() -> Pair:
    """A figure with Kenney's proportions."""
    photo = np.full((256, 256, 3), 255, np.uint8)
    cv2.circle(photo, (128, 70), 52, SKIN, -1)
    cv2.ellipse(photo, (128, 40), (52, 32), 0, 180, 360, HAIR, -1)
    cv2.rectangle(photo, (104, 130), (152, 180), SHIRT, -1)
    cv2.rectangle(photo, (106, 180), (150, 230), (50, 70, 90), -1)
    cv2.rectangle(photo, (90, 232), (166, 246), (60, 60, 60), -1)
    for x in (106, 149):
        cv2.circle(photo, (x, 69), 7, (20, 60, 60), -1)
    return Pair("figure", photo, NO_EDGES)


LEATHER, RUBBER = (150, 40, 30), (60, 70, 160)


def shoe_photo() -> Pair:
    """A shoe of red leather on a blue sole, its toe to the right."""
    photo = np.full((256, 256, 3), 255, np.uint8)
    edges = NO_EDGES.copy()
    upper = np.array([(20, 180), (22, 90), (90, 80), (150, 130), (225, 150), (236, 180)])
    cv2.fillPoly(photo, [upper], LEATHER)
    cv2.rectangle(photo, (18, 180), (238, 202), RUBBER, -1)
    cv2.polylines(edges, [upper], True, 0)
    cv2.rectangle(edges, (18, 180), (238, 202), 0)
    return Pair("shoe", photo, edges)


def bag_photo() -> Pair:
    """A box of red leather with a blue bow."""
    photo = np.full((256, 256, 3), 255, np.uint8)
    edges = NO_EDGES.copy()
    for radius in (60, 46):
        cv2.circle(edges, (128, 110), radius, 0, 1)
    cv2.circle(photo, (128, 110), 53, RUBBER, 14)
    cv2.rectangle(photo, (40, 110), (216, 230), LEATHER, -1)
    cv2.rectangle(edges, (40, 110), (216, 230), 255, -1)
    cv2.rectangle(edges, (40, 110), (216, 230), 0)
    return Pair("bag", photo, edges)


@pytest.mark.usefixtures("few")
def test_the_handle_of_a_bag_is_the_strap_of_a_photo() -> None:
    for pair in synthesise("handbags", [bag_photo()]):
        photo = pair.photo.astype(int)
        subject = photo.min(axis=2) < 200
        strap = subject & (photo[..., 2] > 1.5 * photo[..., 0])
        body = subject & (photo[..., 0] > 1.5 * photo[..., 2])
        assert body.sum() > strap.sum() > 300
        assert np.nonzero(strap)[0].mean() < np.nonzero(body)[0].mean()


@pytest.mark.usefixtures("few")
def test_shoes_are_of_leather_above_their_sole() -> None:
    for pair in synthesise("shoes", [shoe_photo()]):
        photo = pair.photo.astype(int)
        leather = (photo[..., 0] > 1.5 * photo[..., 2]) & (photo.min(axis=2) < 200)
        rubber = (photo[..., 2] > 1.5 * photo[..., 0]) & (photo.min(axis=2) < 200)
        assert leather.sum() > rubber.sum() > 0.04 * leather.sum()
        below = [np.nonzero(rubber[:, x])[0] for x in np.nonzero(rubber.any(axis=0))[0]]
        rim = [np.nonzero(leather[:, x])[0] for x in np.nonzero(rubber.any(axis=0))[0]]
        stands = [b.mean() > a.mean() for a, b in zip(rim, below, strict=True) if len(a)]
        assert np.mean(stands) > 0.95


@pytest.mark.usefixtures("few")
def test_what_is_no_shoe_gives_no_shoes() -> None:
    assert (
        synthesise("shoes", [Pair("paper", np.full((256, 256, 3), 255, np.uint8), NO_EDGES)]) == []
    )


@pytest.mark.usefixtures("few")
def test_cars_stand_on_wheels_that_are_darker_than_they() -> None:
    for pair in synthesise("car", [car_photo()]):
        dark = (pair.photo.max(axis=2) < 50).astype(np.uint8)
        bottom = int(np.nonzero((pair.photo.min(axis=2) < 243).any(axis=1))[0][-1])
        assert cv2.connectedComponents(dark[bottom - 8 : bottom - 1])[0] - 1 >= 2


@pytest.mark.usefixtures("few")
def test_cars_have_glass_and_paint_of_their_photo_even_where_nobody_drew_a_window() -> None:
    for pair in synthesise("car", [car_photo()]):
        body = pair.photo.min(axis=2) < 243
        rows = np.nonzero(body.any(axis=1))[0]
        upper = slice(rows[0], rows[0] + len(rows) // 2)  # the wheels are below
        glass = np.abs(pair.photo[upper].astype(int) - (50, 58, 66)).max(axis=2) < 30
        assert glass.sum() > 0.06 * body[upper].sum()
        red = pair.photo[..., 0].astype(int) - pair.photo[..., 1] > 60
        assert red.sum() > 0.3 * body.sum()


def test_photos_without_a_car_from_the_side_or_a_face_from_the_front_give_nothing() -> None:
    assert synthesise("panda", [RED, fur_photo(0)]) == []
    assert synthesise("car", [RED, fur_photo(0)]) == []


@pytest.mark.usefixtures("few")
def test_the_ground_shows_through_the_handle_of_a_bag() -> None:
    for pair in synthesise("handbags", [bag_photo()]):
        ground = (pair.photo.min(axis=2) == 255).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(ground)
        assert sorted(stats[1:, cv2.CC_STAT_AREA])[-2] > 100  # besides the ground all round
