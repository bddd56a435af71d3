import cv2
import numpy as np
import pytest
import torch
from PIL import Image

from pix2pix import Colouriser, Translator
from pix2pix.colouriser import gray, shrunk, tint
from pix2pix.errors import UserError
from pix2pix.imaging.lab import to_lab
from pix2pix.networks.generator import UNet256
from pix2pix.pretrained.load import once
from tests.toys import toy_pair, write_colouriser, write_export


@pytest.fixture
def folder(tmp_path):
    return write_colouriser(tmp_path / "colour")


@pytest.fixture
def colouriser(folder):
    return Colouriser.from_pretrained(folder)


def photo(height: int, width: int) -> np.ndarray:
    """A smooth landscape with a coloured box, uint8 (height, width, 3)."""
    ramp = np.linspace(180, 60, height)[:, None, None] + np.linspace(-20, 20, width)[None, :, None]
    picture = np.broadcast_to(ramp, (height, width, 3)).clip(0, 255).astype(np.uint8).copy()
    colour = toy_pair(3)[0][128, 128]
    picture[height // 4 : height // 2, width // 4 : width // 2] = colour
    return picture


@pytest.mark.parametrize("shape", [(90, 160), (64, 64), (7, 300), (1, 1), (1100, 40)], ids=str)
def test_size_and_lightness_stay(colouriser, shape):
    picture = photo(*shape)
    coloured = colouriser.colourise(picture)
    assert coloured.shape == picture.shape
    assert coloured.dtype == np.uint8
    before, after = to_lab(gray(picture))[0], to_lab(coloured)[0]
    # Colours that no screen shows at this lightness are clipped, so a few pixels may differ.
    assert np.median(np.abs(after - before)) < 0.02
    assert not np.array_equal(coloured, gray(picture))


def test_the_colours_of_the_picture_itself_are_not_looked_at(colouriser):
    picture = photo(96, 128)
    without = gray(picture)
    assert np.ptp(without.astype(int), axis=2).max() <= 1
    difference = colouriser.colourise(picture).astype(int) - colouriser.colourise(without)
    assert np.abs(difference).max() <= 3  # what is gray is rounded to whole numbers


@pytest.mark.parametrize("mode", ["L", "RGBA", "LA", "P", "1"])
def test_pictures_of_every_mode_are_coloured(colouriser, mode):
    image = Image.fromarray(photo(60, 80)).convert("L").convert(mode)
    assert colouriser.colourise(image).shape == (60, 80, 3)


def test_what_is_no_picture_is_refused(colouriser):
    with pytest.raises(UserError) as error:
        colouriser.colourise(np.zeros((4, 4), np.float32))
    assert error.value.code == "bad_image"


def test_colours_fit_the_picture_they_were_found_for():
    """A generator that knows a circle by its lightness: its colour stays within the circle."""

    class Bright(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            assert x.shape[2] % 64 == x.shape[3] % 64 == 0
            return torch.cat([(x > 0.5).float() * 0.4, torch.zeros_like(x)], 1)

    bright = Colouriser(Bright(), {"size": 256})
    picture = np.full((300, 500, 3), 60, np.uint8)
    cv2.circle(picture, (350, 90), 60, (220, 220, 220), -1)
    found = to_lab(bright.colourise(picture))[1][..., 0]
    inside = np.zeros((300, 500), np.uint8)
    cv2.circle(inside, (350, 90), 60, 1, -1)
    near = cv2.erode(inside, np.ones((9, 9))), cv2.dilate(inside, np.ones((9, 9)))
    assert found[near[0] > 0].min() > 0.05
    assert np.abs(found[near[1] == 0]).max() < 0.01


def test_bands_leave_no_trace():
    picture, ab = photo(1100, 30), np.random.default_rng(0).normal(0, 0.2, (40, 20, 2))
    ab = ab.astype(np.float32)
    at_once = tint(picture.transpose(1, 0, 2).copy(), ab.transpose(1, 0, 2).copy())
    assert np.abs(tint(picture, ab).astype(int) - at_once.transpose(1, 0, 2)).max() <= 1


def test_the_longer_side_becomes_that_of_training():
    assert shrunk(photo(300, 400), 64).shape == (48, 64, 3)
    assert shrunk(photo(8, 4), 64).shape == (64, 32, 3)
    assert shrunk(photo(1, 900), 64).shape == (1, 64, 3)


def test_the_unet_of_the_paper_colours_too():
    generator = UNet256(1, 2, ngf=2)
    colouriser = Colouriser(generator, {"size": 256, "generator": "unet256"})
    assert colouriser.colourise(photo(60, 90)).shape == (60, 90, 3)


def test_weights_for_drawings_are_refused_and_drawings_refuse_these(tmp_path, folder):
    with pytest.raises(UserError, match="has not learned to colour") as error:
        Colouriser.from_pretrained(write_export(tmp_path / "sketch"))
    assert error.value.code == "other_task"
    with pytest.raises(UserError, match="takes gray pictures, not drawings"):
        Translator.from_pretrained(folder)


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """The folder of the shipped weights, empty."""
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path / "weights")
    once.cache_clear()
    yield tmp_path / "weights"
    once.cache_clear()


def test_translator_hands_on_to_the_shipped_one(shelf):
    with pytest.raises(UserError, match=r"'colour' lacks .* --task colourise") as error:
        Translator.colourise(photo(20, 20))
    assert error.value.code == "missing_weights"
    own = Colouriser.from_pretrained(write_colouriser(shelf / "colour"))
    np.testing.assert_array_equal(Translator.colourise(photo(50, 70)), own.colourise(photo(50, 70)))
    assert Colouriser.from_pretrained().name == own.name
    (shelf / "colour/model.safetensors").unlink()
    assert Translator.colourise(photo(50, 70)).shape == (50, 70, 3)  # it is kept


def test_damaged_weights_are_told(shelf):
    folder = write_colouriser(shelf / "colour")
    (folder / "model.safetensors").write_bytes(b"cut off")
    with pytest.raises(UserError, match="'colour' are damaged") as error:
        Translator.colourise(photo(20, 20))
    assert error.value.code == "damaged_weights"
