import cv2
import numpy as np

from pix2pix.data.part_colours import recolour_parts


def head() -> tuple[np.ndarray, np.ndarray]:
    """A head with shaded skin, a white eye, a black one and lips, in front of a blue shirt."""
    photo = np.full((256, 256, 3), 255, np.uint8)
    cv2.rectangle(photo, (60, 170), (196, 240), (60, 110, 220), -1, cv2.LINE_AA)
    cv2.circle(photo, (128, 110), 70, (240, 190, 150), -1, cv2.LINE_AA)
    light = np.linspace(1.05, 0.8, 256)[:, None, None]
    subject = np.where(photo.min(axis=2) < 250, 1.0, 0.0).astype(np.float32)
    photo = np.where(subject[..., None] > 0, photo * light, 255).clip(0, 255).astype(np.uint8)
    cv2.circle(photo, (104, 96), 5, (255, 255, 255), -1, cv2.LINE_AA)
    cv2.circle(photo, (152, 96), 5, (20, 18, 18), -1, cv2.LINE_AA)
    cv2.ellipse(photo, (128, 140), (14, 5), 0, 0, 360, (170, 30, 50), -1, cv2.LINE_AA)
    return photo, subject


def test_skin_is_dyed_with_its_shade_and_eyes_and_lips_are_not() -> None:
    photo, subject = head()
    dyed = [recolour_parts(photo, subject, np.random.default_rng(seed)) for seed in range(12)]
    changed = [d for d in dyed if np.abs(d[110, 100].astype(int) - photo[110, 100]).max() > 40]
    assert 4 <= len(changed) <= 11
    for picture in changed:
        assert picture[96, 104].min() > 245
        assert picture[96, 152].max() < 60
        np.testing.assert_allclose(picture[140, 128], photo[140, 128], atol=12)
        assert picture[60, 128].mean() > picture[170, 128].mean() or picture[60, 128].mean() < 40


def test_paper_stays_white_and_parts_differ() -> None:
    photo, subject = head()
    both = 0
    for seed in range(12):
        picture = recolour_parts(photo, subject, np.random.default_rng(seed))
        assert (picture[subject == 0] == 255).all()
        skin = np.abs(picture[110, 100].astype(int) - photo[110, 100]).max() > 40
        shirt = np.abs(picture[220, 128].astype(int) - photo[220, 128]).max() > 40
        both += skin and shirt and not np.allclose(picture[110, 100], picture[220, 128], atol=30)
    assert both >= 2


def test_what_has_no_part_stays_as_it_is() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (256, 256, 3), dtype=np.uint8)
    whole = np.ones((256, 256), np.float32)
    assert np.array_equal(recolour_parts(noise, whole, np.random.default_rng(0)), noise)
