from functools import cache

import cv2
import numpy as np
import pytest

from harness.starters import draw_starters
from pix2pix import Translator
from pix2pix.domains import DOMAINS
from pix2pix.edges import normalise_strokes
from pix2pix.imaging.matting import cut_out, dabs_off_holes
from pix2pix.imaging.regions import ENCLOSED, flood
from pix2pix.imaging.straps import find_straps

NIGHT = np.array([20, 30, 90])
every_domain = pytest.mark.parametrize("domain", DOMAINS)


@cache
def cutouts(domain: str) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Picture, edge map and cut-out of every starter drawing."""
    translator = Translator.from_pretrained(domain)
    made = []
    for seed, drawing in enumerate(draw_starters(DOMAINS[domain])):
        each = translator.translate(drawing, seed=seed)
        made.append((each.picture, each.edges, translator.cut_out(each.picture, each.edges)))
    return made


def paste(rgba: np.ndarray, ground: np.ndarray = NIGHT) -> np.ndarray:
    alpha = rgba[..., 3:] / 255
    return rgba[..., :3] * alpha + ground * (1 - alpha)


@every_domain
def test_corners_are_transparent(domain):
    for _, _, rgba in cutouts(domain):
        assert rgba[[0, 0, -1, -1], [0, -1, 0, -1], 3].tolist() == [0, 0, 0, 0]


@every_domain
def test_the_inside_is_opaque(domain):
    for _, edges, rgba in cutouts(domain):
        inside = flood(edges, 5) == ENCLOSED
        if DOMAINS[domain].has_holes:
            gone = (rgba[..., 3] > 0).astype(np.uint8)
            inside &= cv2.distanceTransform(gone, cv2.DIST_L2, 5) > 6
        assert inside.mean() > 0.04
        assert (rgba[..., 3][inside] == 255).all()


@every_domain
def test_the_rim_has_no_light_fringe_on_a_dark_ground(domain):
    def fringe(rgba: np.ndarray) -> float:
        """Share of the rim that is lighter than what lies on both sides of it."""
        alpha = rgba[..., 3]
        rim = (alpha > 0) & (alpha < 255)
        beside = np.where(alpha == 255, rgba[..., :3].mean(axis=2), NIGHT.mean())
        lightest = cv2.dilate(beside.astype(np.float32), np.ones((9, 9)))
        return float((paste(rgba).mean(axis=2) - lightest > 10)[rim].mean())

    ours = [fringe(rgba) for _, _, rgba in cutouts(domain)]
    plain = [fringe(np.dstack([picture, rgba[..., 3]])) for picture, _, rgba in cutouts(domain)]
    assert np.mean(ours) < 0.08
    assert np.mean(ours) < np.mean(plain) / 3


@pytest.mark.parametrize(("domain", "least"), [("panda", 10), ("character", 0), ("cartoon", 0)])
def test_white_insides_stay(domain, least):
    for picture, edges, rgba in cutouts(domain):
        white = (flood(edges, 5) == ENCLOSED) & (picture.min(axis=2) > 215)
        assert white.sum() >= least  # a belly, a shirt, or the glint in an eye
        assert (paste(rgba)[white] > 180).all()


def test_handles_are_open_and_a_white_rucksack_is_not():
    tote, _, rucksack, _, duffel, *_ = (rgba[..., 3] for _, _, rgba in cutouts("handbags"))
    middle = tote.shape[1] // 2
    for bag in (tote, duffel):
        column = bag[:, middle]
        top = int(column.argmax())
        assert (column[top : top + 60] == 0).any()  # through the loop
    assert (rucksack[90:200, middle] == 255).all()


def box() -> tuple[np.ndarray, np.ndarray]:
    """A white box in a black line five pixels wide."""
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (60, 60), (180, 180), 0, 1)
    picture = np.full((256, 256, 3), 255, np.uint8)
    cv2.rectangle(picture, (60, 60), (180, 180), (0, 0, 0), 5)
    return picture, edges


def test_a_thick_outline_is_cut_at_its_outer_side():
    rgba = cut_out(*box())
    assert rgba[120, 58].tolist() == [0, 0, 0, 255]
    assert rgba[120, 54].tolist() == [0, 0, 0, 0]
    assert (rgba[70:170, 70:170] == 255).all()


def test_the_outline_is_soft():
    picture, edges = box()
    picture[57:184, 57:184] = (200, 40, 40)
    picture[120, 56] = picture[120, 184] = (228, 150, 150)  # half red, half paper
    rgba = cut_out(picture, edges)
    assert rgba[120, 56, :3].tolist() == [200, 40, 40]
    assert 80 < rgba[120, 56, 3] < 150


def test_a_gap_does_not_open_the_inside():
    picture, edges = box()
    edges[60, 100:104] = 255
    assert (cut_out(picture, edges)[70:170, 70:170, 3] == 255).all()


def test_sharp_corners_outside_are_cut_out():
    picture, edges = box()
    cv2.line(edges, (180, 120), (240, 110), 0, 1)
    cv2.line(edges, (180, 120), (240, 130), 0, 1)
    assert (cut_out(picture, edges)[120, 190:250, 3] < 30).all()


def test_shoulders_go_on_to_the_lower_border_and_the_space_between_legs_does_not():
    picture, edges = box()
    for x in (70, 100, 140, 170):
        cv2.line(edges, (x, 180), (x, 255), 0, 1)
    picture[183:, 70:101] = picture[183:, 140:171] = (40, 60, 200)
    alpha = cut_out(picture, edges)[..., 3]
    assert (alpha[183:, 75:95] == 255).all()
    assert (alpha[190:, 110:130] == 0).all()


def test_an_open_line_keeps_its_paint():
    picture = np.full((256, 256, 3), 255, np.uint8)
    edges = np.full((256, 256), 255, np.uint8)
    cv2.line(edges, (40, 128), (220, 128), 0, 1)
    picture[110:147, 40:221] = (60, 120, 60)
    rgba = cut_out(picture, edges)
    assert (rgba[112:145, 45:215, 3] > 240).all()
    assert rgba[10, 10].tolist() == [0, 0, 0, 0]


def test_nothing_is_nothing():
    blank = np.full((64, 64, 3), 255, np.uint8)
    assert not cut_out(blank, blank[..., 0]).any()


def test_a_loop_that_a_hand_left_open_is_a_hole_too():
    drawing = np.full((512, 512), 255, np.uint8)
    cv2.rectangle(drawing, (130, 250), (380, 440), 0, 9)
    cv2.ellipse(drawing, (255, 250), (80, 130), 0, 188, 360, 0, 9, cv2.LINE_AA)  # px: a gap of 8
    edges = normalise_strokes(drawing)
    picture = np.full((256, 256, 3), 255, np.uint8)
    cv2.rectangle(picture, (65, 125), (190, 220), (160, 60, 40), -1)
    alpha = cut_out(picture, edges, has_holes=True)[..., 3]
    assert alpha[90, 127] == 0
    assert alpha[170, 127] == 255


@pytest.mark.parametrize(("y", "is_meant"), [(50, False), (95, True), (180, True)])
def test_a_dab_on_a_handle_leaves_its_loop_open(y, is_meant):
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (50, 130), (210, 230), 0, 1)
    cv2.ellipse(edges, (130, 130), (60, 80), 0, 180, 360, 0, 1)
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[131:230, 51:210] = NIGHT
    dabbed = np.zeros(edges.shape, bool)
    dabbed[y - 8 : y + 9, 122:139] = True
    kept = dabs_off_holes(picture, find_straps(edges), dabbed)
    assert kept[y + 6, 130] == is_meant
    assert kept[y - 6, 130]
