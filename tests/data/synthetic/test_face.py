import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pix2pix.data.synthetic import face_hair
from pix2pix.data.synthetic.eyes import KINDS, Eye, draw_eye, paint_eye
from pix2pix.data.synthetic.face import paint_head, synthesise_faces
from pix2pix.data.synthetic.features import Face, add_face, draw_face, paint_face
from pix2pix.data.synthetic.heads import Head, sample_head
from pix2pix.data.synthetic.mouths import KINDS as MOUTHS
from pix2pix.data.synthetic.mouths import Mouth
from pix2pix.data.synthetic.scene import Scene

SKIN = np.array((226, 168, 122), np.float32)
RED = np.array((214, 40, 40), np.float32)
CENTRE, RADII = (128.0, 128.0), (84.0, 90.0)
LEFT, RIGHT = (98.0, 108.0), (158.0, 108.0)


@pytest.fixture(params=range(4))
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    return np.random.default_rng(request.param)


def bare_head(rng: np.random.Generator, skin: NDArray[np.float32]) -> tuple[Scene, Head]:
    scene = Scene(rng)
    head = sample_head(rng, CENTRE, 100)
    paint_head(scene, head, skin)
    return scene, head


def around(picture: NDArray[np.uint8], at: tuple[float, float], radius: int) -> NDArray[np.int_]:
    x, y = (round(v) for v in at)
    return picture[y - radius : y + radius + 1, x - radius : x + radius + 1].astype(int)


def same_hue(colours: NDArray[np.uint8], skin: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which colours (N, 3) have the hue of skin."""
    pixels = np.concatenate([colours, skin[None].astype(np.uint8)])[None]
    hues = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2HSV)[0, :, 0]
    return np.abs((hues[:-1] - hues[-1] + 180) % 360 - 180) < 14


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "arc"])
def test_whatever_is_drawn_as_an_eye_becomes_white_with_a_dark_pupil(kind: str) -> None:
    scene, _ = bare_head(np.random.default_rng(0), SKIN)
    eye = Eye(kind, LEFT, (9, 9))
    draw_eye(scene, eye)
    paint_eye(scene, eye, 180, SKIN, RED)
    pair = scene.pair("eye")
    found = around(pair.photo, LEFT, 14)
    assert (found.min(axis=2) > 235).sum() > 20
    assert (found.max(axis=2) < 40).sum() > 20
    assert (around(pair.edges[..., None], LEFT, 10) == 0).any()


def test_two_equal_dots_become_two_equal_eyes() -> None:
    scene, _ = bare_head(np.random.default_rng(1), SKIN)
    scene.picture[:] = SKIN
    for at in (LEFT, RIGHT):
        paint_eye(scene, Eye("dot", at, (3, 3)), 180, SKIN, RED)
    photo = scene.pair("eyes").photo
    assert np.abs(around(photo, LEFT, 20) - around(photo, RIGHT, 20)).max() <= 1


def test_a_larger_ring_becomes_a_larger_eye() -> None:
    scene, _ = bare_head(np.random.default_rng(1), SKIN)
    scene.picture[:] = SKIN
    for at, radius in ((LEFT, 12.0), (RIGHT, 20.0)):
        paint_eye(scene, Eye("ring", at, (radius, radius)), 180, SKIN, RED)
    photo = scene.pair("eyes").photo
    small, large = ((around(photo, at, 26).min(axis=2) > 235).sum() for at in (LEFT, RIGHT))
    assert large > 2 * small > 0


@pytest.mark.parametrize("kind", MOUTHS)
def test_a_mouth_has_lips_and_an_open_one_has_more(kind: str) -> None:
    scene, _ = bare_head(np.random.default_rng(2), SKIN)
    bare = scene.pair("bare").photo
    face = Face(CENTRE, RADII, mouth=Mouth(kind, (128, 160), 32, 0.4))
    draw_face(scene, face)
    paint_face(scene, face, SKIN, RED)
    pair = scene.pair("mouth")
    found = around(pair.photo, (128, 166), 44)
    rosy = found[..., 0] > found[..., 1] + 70  # skin: 58
    assert rosy.sum() > 90
    white = (found.min(axis=2) > 235).sum()
    assert (white > 60) == (kind in ("open", "teeth", "grid"))
    ink = cv2.erode(pair.edges, np.ones((3, 3), np.uint8)) < 128
    changed = np.abs(pair.photo.astype(int) - bare).max(axis=2) > 20
    rows = slice(130, 220)
    assert changed[rows, 90:166][ink[rows, 90:166]].mean() > 0.5


def test_an_outline_alone_has_skin_and_no_features(rng: np.random.Generator) -> None:
    scene, head = bare_head(rng, RED)
    pair = scene.pair("head")
    subject = pair.photo.min(axis=2) < 250
    assert same_hue(pair.photo[subject][::7], RED).mean() > 0.99
    ink = np.argwhere(pair.edges < 128)[:, ::-1]
    away = [cv2.pointPolygonTest(head.shape, tuple(map(float, at)), True) for at in ink]
    assert np.abs(away).max() < 8


def test_the_rim_of_a_head_has_the_hue_of_its_skin_and_no_fringe(rng: np.random.Generator) -> None:
    scene, head = bare_head(rng, SKIN)
    photo = scene.pair("head").photo
    cover = np.zeros((256, 256), np.uint8)
    cv2.fillPoly(cover, [np.round(head.shape).astype(np.int32)], 1)
    depth = cv2.distanceTransform(cover, cv2.DIST_L2, 5)
    assert same_hue(photo[(depth > 1.5) & (depth < 6)], SKIN).all()
    outside = cv2.distanceTransform(1 - cover, cv2.DIST_L2, 5) > 2
    assert (photo[outside] == 255).all()


def test_skin_that_faces_the_viewer_has_exactly_its_colour(rng: np.random.Generator) -> None:
    scene, _ = bare_head(rng, RED)
    photo = scene.pair("head").photo.astype(int)
    subject = photo.min(axis=2) < 250
    assert np.abs(np.median(photo[subject], axis=0) - RED).max() < 14


def test_a_smaller_head_has_smaller_features() -> None:
    painted = []
    for radius in (30.0, 90.0):
        scene = Scene(np.random.default_rng(5))
        scene.picture[:] = SKIN
        face = add_face(np.random.default_rng(5), scene, CENTRE, (radius, radius), SKIN)
        assert len(face.eyes) == 2
        painted.append((np.abs(scene.picture - SKIN).max(axis=2) > 40).sum())
    assert painted[1] > 4 * painted[0] > 0


@pytest.mark.parametrize("style", [style for style in face_hair.STYLES if style != "none"])
def test_hair_is_drawn_and_shines(style: str) -> None:
    scene = Scene(np.random.default_rng(3))
    head = sample_head(scene.rng, (128, 150), 78)
    hair = np.array((40, 90, 200), np.float32)
    if style in face_hair.BEHIND:
        face_hair.hair_behind(scene, head, hair, style)
    paint_head(scene, head, SKIN)
    bare = scene.edges.copy()
    face_hair.hair_in_front(scene, head, hair, style, 120)
    pair = scene.pair("hair")
    blue = same_hue(pair.photo.reshape(-1, 3), hair).reshape(256, 256)
    blue &= pair.photo.min(axis=2) < 200
    assert blue[:150].sum() > 300
    assert (pair.edges != bare).any()
    light = pair.photo[blue].astype(int).sum(axis=1)
    assert np.percentile(light, 99) > np.median(light) + 40


def test_faces_are_many_and_the_same_for_a_seed() -> None:
    one, same = (synthesise_faces([], 6, np.random.default_rng(3)) for _ in range(2))
    for a, b in zip(one, same, strict=True):
        assert a.name == b.name
        assert np.array_equal(a.photo, b.photo)
        assert np.array_equal(a.edges, b.edges)
        assert (a.photo[:2] == 255).all()
        assert 200 < (a.edges < 128).sum() < 6000
        assert set(np.unique(a.edges)) <= {0, 255}
    assert not np.array_equal(one[0].edges, one[1].edges)
