import cv2
import numpy as np
import pytest

from pix2pix.edges import normalise_strokes
from pix2pix.imaging.hints import add_accent, add_look, palette_hint, parse_colour, spread_hints
from tests.toys import house


def dab(hints: np.ndarray, x: int, y: int, colour: tuple[int, int, int], radius: int = 4) -> None:
    hints[y - radius : y + radius, x - radius : x + radius] = (*colour, 255)


def colour_at(plane: np.ndarray, x: int, y: int) -> list[int]:
    return ((plane[:3, y, x] + 1) * 127.5).round().astype(int).tolist()


def test_no_dab_gives_an_empty_plane():
    plane = spread_hints(normalise_strokes(house()), np.zeros((256, 256, 4), np.uint8))
    assert plane.shape == (4, 256, 256)
    assert plane.dtype == np.float32
    assert not plane.any()


def test_one_dab_rules_everything_and_leaves_no_spot():
    hints = np.zeros((256, 256, 4), np.uint8)
    dab(hints, 90, 190, (200, 30, 40))
    plane = spread_hints(normalise_strokes(house()), hints)
    assert colour_at(plane, 128, 100) == [200, 30, 40]
    assert (plane == plane[:, :1, :1]).all()
    assert (plane[3] == 1).all()


def test_two_dabs_share_the_drawing_along_its_lines():
    hints = np.zeros((256, 256, 4), np.uint8)
    dab(hints, 130, 190, (255, 0, 0))
    dab(hints, 70, 200, (0, 0, 255))
    plane = spread_hints(normalise_strokes(house()), hints)
    assert colour_at(plane, 115, 160) == [255, 0, 0]  # in the door
    assert colour_at(plane, 145, 215) == [255, 0, 0]
    assert colour_at(plane, 104, 160) == [0, 0, 255]  # beside the door
    assert colour_at(plane, 190, 130) == [0, 0, 255]


def test_a_gap_in_a_line_leaks_little():
    drawing = house()
    drawing[180:186, 105:115] = 255  # a gap in the door's left side
    hints = np.zeros((256, 256, 4), np.uint8)
    dab(hints, 130, 200, (255, 0, 0))
    dab(hints, 70, 150, (0, 0, 255))
    plane = spread_hints(normalise_strokes(drawing), hints)
    assert colour_at(plane, 115, 170) == [255, 0, 0]
    assert colour_at(plane, 100, 170) == [0, 0, 255]


def test_hints_that_are_barely_there_do_not_count():
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[100:110, 100:110] = (255, 0, 0, 127)
    assert not spread_hints(normalise_strokes(house()), hints).any()


def test_a_palette_hint_is_the_same_everywhere():
    plane = palette_hint((255, 0, 51), 64)
    assert plane.shape == (4, 64, 64)
    assert (plane[3] == 1).all()
    assert colour_at(plane, 3, 60) == [255, 0, 51]


def test_colours_are_read_and_refused():
    assert parse_colour("#ff8000") == (255, 128, 0)
    for text in ("ff8000", "#ff80", "#gg0000", ""):
        with pytest.raises(ValueError):  # noqa: PT011
            parse_colour(text)


def test_an_accent_goes_to_the_room_farthest_from_the_dabs():
    edges = np.full((256, 256), 255, np.uint8)
    edges[60:200, [40, 128, 220]] = edges[[60, 199], 40:221] = 0  # two rooms side by side
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[120:130, 70:80] = (255, 0, 0, 255)
    accented = add_accent(edges, hints, (0, 0, 255))
    ys, xs = np.nonzero((accented != hints).any(axis=2))
    assert ((xs > 128) & (xs < 220)).all()
    assert ((ys > 60) & (ys < 199)).all()
    assert (accented[ys, xs] == (0, 0, 255, 255)).all()


def test_an_accent_needs_a_drawing():
    hints = np.zeros((64, 64, 4), np.uint8)
    hints[10:20, 10:20] = (255, 0, 0, 255)
    assert add_accent(np.full((64, 64), 255, np.uint8), hints, (0, 0, 255)) is hints


def figure() -> np.ndarray:
    """A head over a body, and an eye in the head."""
    edges = np.full((256, 256), 255, np.uint8)
    edges[[20, 80], 98:159] = edges[20:81, [98, 158]] = 0
    edges[[84, 200], 80:177] = edges[84:201, [80, 176]] = 0
    edges[[40, 48], 110:119] = edges[40:49, [110, 118]] = 0
    return edges


LOOK = {"places": [(0.5, 0.2), (0.5, 0.8)], "colours": [(230, 180, 140), (30, 60, 200)]}


def test_a_look_gives_each_part_the_colour_of_the_nearest_place():
    dabs = add_look(figure(), np.zeros((256, 256, 4), np.uint8), **LOOK)
    plane = spread_hints(figure(), dabs)
    assert colour_at(plane, 128, 60) == [230, 180, 140]
    assert colour_at(plane, 114, 44) == [230, 180, 140]  # the eye: too small for a dab
    assert colour_at(plane, 128, 150) == [30, 60, 200]


def test_a_mouth_takes_the_colour_of_its_face():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.circle(edges, (128, 128), 110, 0, 1)
    cv2.ellipse(edges, (128, 190), (40, 18), 0, 0, 360, 0, 1)
    places = {"places": [(0.5, 0.4), (0.5, 0.8)], "colours": LOOK["colours"]}
    plane = spread_hints(edges, add_look(edges, np.zeros((256, 256, 4), np.uint8), **places))
    assert colour_at(plane, 128, 190) == colour_at(plane, 128, 80) == [230, 180, 140]


FIGURE = {
    "places": [(0.5, 0.03), (0.5, 0.45), (0.5, 0.54)],
    "colours": [(80, 50, 40), (230, 180, 140), (30, 60, 200)],
}


def test_a_face_is_skin_also_where_hair_would_be():
    edges = figure()
    edges[[4, 16], 98:159] = edges[4:17, [98, 158]] = 0  # a cap
    blank = np.zeros((256, 256, 4), np.uint8)
    head = np.zeros((256, 256), bool)
    head[21:80, 99:158] = True
    hair, skin, clothes = FIGURE["colours"]
    for heads, face in ((None, hair), ([head], skin)):
        plane = spread_hints(edges, add_look(edges, blank, heads=heads, **FIGURE))
        found = [colour_at(plane, 128, y) for y in (10, 60, 150)]
        assert found == [[*hair], [*face], [*clothes]]


@pytest.mark.parametrize(("corners", "place"), [(40, 1), (3, 2)])  # a head, and a dress
def test_a_round_part_alone_is_a_head(corners, place):
    edges = np.full((256, 256), 255, np.uint8)
    turns = np.linspace(0, 2 * np.pi, corners, endpoint=False) - np.pi / 2
    outline = 128 + 60 * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    cv2.polylines(edges, [outline.round().astype(np.int32)], True, 0, 1)
    blank = np.zeros((256, 256, 4), np.uint8)
    plane = spread_hints(edges, add_look(edges, blank, heads=[], **FIGURE))
    assert colour_at(plane, 128, 128) == [*FIGURE["colours"][place]]


def test_a_look_leaves_a_part_that_a_person_dabbed_alone():
    hints = np.zeros((256, 256, 4), np.uint8)
    dab(hints, 100, 180, (255, 0, 0))
    dabs = add_look(figure(), hints, **LOOK)
    assert (dabs[84:200, 80:176] == hints[84:200, 80:176]).all()
    plane = spread_hints(figure(), dabs)
    assert colour_at(plane, 150, 110) == [255, 0, 0]
    assert colour_at(plane, 128, 60) == [230, 180, 140]


def test_a_look_passes_over_the_gaps_of_a_hand():
    edges = figure()
    edges[200, 100:110] = 255
    plane = spread_hints(edges, add_look(edges, np.zeros((256, 256, 4), np.uint8), **LOOK))
    assert colour_at(plane, 128, 60) == [230, 180, 140]
    assert colour_at(plane, 128, 150) == [30, 60, 200]


def test_what_is_only_begun_takes_the_colour_of_the_middle():
    hints = np.zeros((256, 256, 4), np.uint8)
    edges = np.full((256, 256), 255, np.uint8)
    assert not add_look(edges, hints, **LOOK).any()
    cv2.ellipse(edges, (128, 128), (80, 80), 0, 30, 300, 0, 1)
    places = {"places": [(0.5, 0.1), (0.5, 0.55)], "colours": LOOK["colours"]}
    plane = spread_hints(edges, add_look(edges, hints, **places))
    assert colour_at(plane, 128, 20) == colour_at(plane, 128, 128) == [30, 60, 200]
    dab(hints, 128, 128, (255, 0, 0))
    plane = spread_hints(edges, add_look(edges, hints, **places))
    assert colour_at(plane, 128, 20) == [255, 0, 0]


def stick(*, dabbed: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """A head with an eye, and a body of one line; with a red dab on the body if `dabbed`."""
    edges = np.full((256, 256), 255, np.uint8)
    cv2.circle(edges, (128, 50), 30, 0, 1)
    cv2.circle(edges, (120, 46), 5, 0, 1)
    cv2.line(edges, (128, 80), (128, 220), 0, 1)
    hints = np.zeros((256, 256, 4), np.uint8)
    if dabbed:
        dab(hints, 128, 120, (255, 0, 0))
    return edges, hints


def test_a_look_colours_loose_lines_where_no_part_is():
    edges, hints = stick()
    plane = spread_hints(edges, add_look(edges, hints, **LOOK))
    assert colour_at(plane, 140, 50) == [230, 180, 140]
    assert colour_at(plane, 128, 200) == [30, 60, 200]


def test_limbs_that_hang_together_have_one_colour_to_their_rims():
    edges, hints = stick()
    colours = [(230, 180, 140), (30, 60, 200), (200, 30, 40)]
    places = [(0.5, 0.2), (0.5, 0.6), (0.5, 1.0)]
    striped, plain = (
        spread_hints(edges, add_look(edges, hints, places, colours, limbs=limbs))
        for limbs in (False, True)
    )
    assert colour_at(striped, 128, 120) != colour_at(striped, 128, 215)
    limb = {tuple(colour_at(plain, x, y)) for x in (124, 128, 132) for y in (105, 160, 215)}
    assert len(limb) == 1
    assert colour_at(plain, 140, 50) == [230, 180, 140]


def test_a_look_leaves_loose_lines_that_a_person_dabbed_alone():
    edges, hints = stick(dabbed=True)
    plane = spread_hints(edges, add_look(edges, hints, **LOOK))
    assert colour_at(plane, 140, 50) == [230, 180, 140]
    assert colour_at(plane, 128, 200) == [255, 0, 0]


def test_the_rim_of_a_head_with_a_gap_takes_no_colour_of_clothes():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.circle(edges, (128, 128), 90, 0, 1)
    edges[120:129, 30:50] = 255  # a gap that only a hand leaves
    places = ((0.5, 0.06), (0.5, 0.37), (0.3, 0.92))
    look = [(60, 40, 20), (230, 180, 140), (30, 60, 200)]
    dabs = add_look(edges, np.zeros((256, 256, 4), np.uint8), places, look)
    assert (dabs[dabs[..., 3] > 0][:, :3] == look[1]).all()


def test_the_colour_of_a_loose_line_does_not_flow_around_a_head():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.circle(edges, (128, 150), 80, 0, 1)
    for x in (110, 160):  # two locks
        cv2.line(edges, (x + 10, 60), (x, 20), 0, 1)
    look = [(60, 40, 20), (230, 180, 140)]
    places = ((0.5, 0.06), (0.5, 0.5))
    dabs = add_look(edges, np.zeros((256, 256, 4), np.uint8), places, look)
    plane = spread_hints(edges, dabs)
    for x, y in ((113, 30), (163, 30)):
        assert colour_at(plane, x, y) == [60, 40, 20]
    for x, y in ((48, 150), (208, 150), (128, 230), (46, 150), (210, 150)):
        assert colour_at(plane, x, y) == [230, 180, 140]
