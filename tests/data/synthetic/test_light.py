import numpy as np

from pix2pix.data.synthetic.light import height_field, inflated, normals
from pix2pix.data.synthetic.scene import ellipse, flat

DISC = ellipse(np.random.default_rng(0), (128, 128), (70, 70))


def test_a_disc_bulges_towards_its_middle() -> None:
    height = height_field(DISC, reach=70)
    row = height[128, 64:129:16]
    assert (np.diff(row) > 0).all()
    assert height[128, 20] == 0
    assert np.ptp(height[120:137, 120:137]) < 3  # smooth where the distance has its peak


def test_a_mask_is_lit_as_its_outline() -> None:
    mask = (height_field(DISC) > 0).astype(np.uint8) * 255
    assert np.abs(height_field(mask) - height_field(DISC)).max() < 1


def test_normals_lean_outwards() -> None:
    field = normals(height_field(DISC, reach=70))
    assert np.allclose(np.linalg.norm(field, axis=2), 1, atol=1e-5)
    assert field[128, 70, 0] < -0.3  # left
    assert field[128, 186, 0] > 0.3
    assert field[70, 128, 1] < -0.3  # up
    assert field[128, 128, 2] > 0.99


def test_light_comes_from_above_left_and_stays_within() -> None:
    light = inflated(DISC, gloss=0.5)
    assert light.gain[100, 90] > 1 > light.gain[165, 165]
    assert light.offset[90:105, 85:100].max() > 10 > light.offset[165, 165]
    outside = height_field(DISC) == 0
    assert (light.gain[outside] == 1).all()
    assert (light.offset[outside] == 0).all()
    lit = light.on(flat(np.float32([100, 50, 20])))
    assert lit.shape == (256, 256, 3)
    assert np.allclose(lit[0, 0], (100, 50, 20))


def test_what_is_not_glossy_does_not_shine() -> None:
    assert inflated(DISC, gloss=0).offset.max() == 0
