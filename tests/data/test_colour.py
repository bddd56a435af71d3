import cv2
import numpy as np

from pix2pix.data.colour import (
    dab_parts,
    dominant_colour,
    learn_looks,
    learn_palette,
    main_colour,
    paint_colour,
    recolour,
    sample_dabs,
)

SUBJECT = np.zeros((128, 128), bool)
SUBJECT[30:100, 20:110] = True
EDGES = np.where(SUBJECT ^ (cv2.erode(SUBJECT.astype(np.uint8), np.ones((3, 3))) > 0), 0, 255)
EDGES = EDGES.astype(np.uint8)


def photo() -> np.ndarray:
    picture = np.full((128, 128, 3), 255, np.uint8)
    shade = np.linspace(-25, 25, 128)[None, :, None]
    picture[SUBJECT] = np.clip(np.array([90, 60, 40]) + shade, 0, 255).repeat(128, 0)[SUBJECT]
    return picture


def test_the_dominant_colour_is_the_commonest():
    picture = photo()
    picture[40:50, 30:40] = (255, 0, 0)
    assert np.abs(dominant_colour(picture, SUBJECT).astype(int) - (90, 60, 40)).max() < 30
    assert (dominant_colour(picture, np.zeros_like(SUBJECT)) == 255).all()


def test_a_palette_has_a_place_for_rare_colours():
    many = np.tile(np.array([[60, 40, 30], [20, 20, 20]], np.uint8), (100, 1))
    few = np.tile(np.array([[220, 30, 40]], np.uint8), (4, 1))
    palette = learn_palette(np.concatenate([many, few]), count=3)
    assert len(palette) == 3
    assert palette == learn_palette(np.concatenate([many, few]), count=3)
    assert any(int(c[1:3], 16) > 180 and int(c[3:5], 16) < 80 for c in palette)


def test_a_palette_may_be_as_bright_as_crayons_where_the_data_have_hues():
    browns = np.array([[120, 80, 50], [70, 45, 30], [60, 60, 60], [30, 30, 30]], np.uint8)
    blues = np.array([[60, 80, 130], [40, 60, 120]], np.uint8)
    palette = learn_palette(np.tile(np.concatenate([browns, blues]), (20, 1)), count=6, vivid=4)
    assert len(palette) == 6
    rgb = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in palette]) / 255
    hsv = cv2.cvtColor(rgb[None].astype(np.float32), cv2.COLOR_RGB2HSV)[0]
    bright = (hsv[:, 1] > 0.74) & (hsv[:, 2] > 0.84)
    assert bright.sum() == 4
    hues = hsv[bright, 0]
    assert ((hues < 40).any(), ((hues > 200) & (hues < 250)).any()) == (True, True)


def test_gray_things_have_no_bright_palette():
    grays = np.repeat(np.arange(20, 240, 10, np.uint8)[:, None], 3, axis=1)
    assert learn_palette(grays, count=4, vivid=3) == learn_palette(grays, count=4)


def test_one_picture_has_a_palette_of_one_colour():
    assert learn_palette(np.array([[200, 0, 0]], np.uint8)) == ["#c80000"]


def test_recolouring_dyes_the_subject_and_leaves_the_paper():
    picture, cover = photo(), SUBJECT.astype(np.float32)
    hues = []
    for seed in range(24):
        dyed = recolour(picture, cover, EDGES, np.random.default_rng(seed))
        assert dyed.shape == picture.shape
        assert dyed.dtype == np.uint8
        assert (dyed[~SUBJECT] == 255).all()
        mean = dyed[SUBJECT].mean(axis=0)[None, None].astype(np.float32) / 255
        hues.append(cv2.cvtColor(mean, cv2.COLOR_RGB2HSV)[0, 0, 0])
    assert len({int(h // 60) for h in hues}) >= 5  # of six sectors of the colour wheel


def test_recolouring_keeps_the_shading():
    dyed = recolour(photo(), SUBJECT.astype(np.float32), EDGES, np.random.default_rng(7))
    luma = cv2.cvtColor(dyed, cv2.COLOR_RGB2GRAY).astype(float)
    assert luma[60, 90:108].mean() > luma[60, 22:40].mean() + 5


def test_dabs_take_the_colours_below_them():
    picture = photo()
    for seed in range(20):
        dabs = sample_dabs(picture, SUBJECT, np.random.default_rng(seed))
        inside = (dabs[..., 3] == 255) & SUBJECT
        assert set(np.unique(dabs[..., 3])) <= {0, 255}
        if inside.sum() > 50:
            gap = np.abs(np.median(dabs[inside][:, :3].astype(int) - picture[inside], axis=0))
            assert gap.max() < 45


def test_no_subject_no_dabs():
    dabs = sample_dabs(photo(), np.zeros_like(SUBJECT), np.random.default_rng(0))
    assert not dabs.any()


def test_recolouring_can_leave_black_alone():
    photo = np.full((64, 64, 3), 255, np.uint8)
    photo[10:54, 10:54] = (230, 180, 60)
    photo[28:36, 28:36] = (20, 20, 20)  # a pupil
    subject = (photo.min(axis=2) < 243).astype(np.float32)
    edges = np.full((64, 64), 255, np.uint8)
    changed = 0
    for seed in range(8):
        rng = np.random.default_rng(seed)
        dyed = recolour(photo, subject, edges, rng, keeps_black=True)
        assert np.array_equal(dyed[28:36, 28:36], photo[28:36, 28:36])
        changed += not np.array_equal(dyed, photo)
    assert changed > 4


def car(paint: tuple[int, int, int]) -> np.ndarray:
    """More black and gray than paint, as cars are."""
    picture = np.full((128, 128, 3), 255, np.uint8)
    picture[30:100, 20:110] = (20, 22, 24)
    picture[35:60, 20:110] = (130, 135, 140)
    picture[80:96, 20:110] = paint
    return picture


def test_the_paint_of_a_car_is_neither_its_glass_nor_its_tyres():
    red = car((200, 30, 40))
    assert tuple(main_colour(red)) == (20, 22, 24)
    assert tuple(main_colour(red, painted=True)) == (200, 30, 40)
    assert tuple(paint_colour(red, SUBJECT)) == (200, 30, 40)
    silver = car((190, 190, 195))
    silver[60:100, 20:110] = (190, 190, 195)
    assert tuple(paint_colour(silver, SUBJECT)) == (190, 190, 195)
    black = car((20, 22, 24))
    black[35:57, 20:110] = (20, 22, 24)
    assert tuple(paint_colour(black, SUBJECT)) == (20, 22, 24)
    assert (paint_colour(red, np.zeros_like(SUBJECT)) == 255).all()


def test_recolouring_a_car_leaves_its_windows_and_tyres():
    red, cover = car((200, 30, 40)), SUBJECT.astype(np.float32)
    spared = 0
    for seed in range(24):
        rng = np.random.default_rng(seed)
        dyed = recolour(red, cover, EDGES, rng, keeps_black=True, painted=True)
        assert np.array_equal(dyed[65:75, 40:90], red[65:75, 40:90])  # tyres
        spared += int(np.abs(dyed[40:55, 40:90].astype(int) - red[40:55, 40:90]).max() <= 3)
    assert spared >= 14  # but for those that dye parts


def test_looks_are_colours_that_stand_together_in_some_picture():
    photos = []
    for top, bottom in (((200, 40, 40), (40, 40, 200)), ((40, 200, 40), (220, 220, 60))) * 3:
        photo = np.full((64, 64, 3), 255, np.uint8)
        photo[8:32, 16:48], photo[32:56, 16:48] = top, bottom
        photos.append(photo)
    photos.append(np.full((64, 64, 3), 255, np.uint8))  # shows nothing
    looks = learn_looks(photos, [(0.5, 0.2), (0.5, 0.8)])
    assert sorted(looks) == [["#28c828", "#dcdc3c"], ["#c82828", "#2828c8"]]
    assert learn_looks(photos[-1:], [(0.5, 0.5)]) == []


def figure() -> np.ndarray:
    """A head, a shirt and an eye, each of one colour, in pixels that waver as a JPEG's do."""
    picture = np.full((128, 128, 3), 255, np.int64)
    picture[SUBJECT] = (200, 160, 120)
    picture[62:][SUBJECT[62:]] = (20, 160, 30)
    picture[40:46, 40:46] = (30, 30, 40)
    wavering = picture + np.random.default_rng(0).integers(-4, 5, picture.shape)
    return np.clip(wavering, 0, 255).astype(np.uint8)


def test_every_part_is_dabbed_in_its_own_colour():
    hints = dab_parts(figure(), SUBJECT, np.random.default_rng(0))
    above, below = hints[:60], hints[64:]
    assert np.abs(above[above[..., 3] > 0][:, :3].astype(int) - (200, 160, 120)).max() < 15
    assert np.abs(below[below[..., 3] > 0][:, :3].astype(int) - (20, 160, 30)).max() < 15
    assert not hints[~SUBJECT].any()


def test_small_parts_are_dabbed_now_and_then():
    picture = figure()
    picture[40:54, 40:54] = (30, 30, 40)  # a large eye: 2.5 % of the subject once its rim is off
    seen = [
        dab_parts(picture, SUBJECT, np.random.default_rng(seed))[40:54, 40:54, 3].any()
        for seed in range(20)
    ]
    assert 0 < sum(seen) < 10


def test_what_is_nowhere_flat_is_not_dabbed():
    noise = np.random.default_rng(0).integers(0, 255, (128, 128, 3)).astype(np.uint8)
    assert not dab_parts(noise, SUBJECT, np.random.default_rng(0)).any()
