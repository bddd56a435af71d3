import numpy as np
import pytest
from PIL import Image

from pix2pix.imaging.open_picture import opened, read_layers
from pix2pix.imaging.write_picture import write_picture


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3), (5, 7, 4)])
def test_what_is_written_can_be_read_whatever_its_name(shape, tmp_path):
    picture = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    path = tmp_path / "새 폴더" / "그림 é 🎨.png"
    write_picture(path, picture, {"i-canvas": "key"})
    read = read_layers(path)
    assert (read == (picture if len(shape) == 3 else picture[..., None])).all()
    with opened(path) as image:
        assert image.info["i-canvas"] == "key"
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_written_keeps_what_was_there(tmp_path):
    path = tmp_path / "a.png"
    write_picture(path, np.zeros((2, 2), np.uint8))
    before = path.read_bytes()
    with pytest.raises(OSError, match="cannot write mode"):
        write_picture(path, Image.new("F", (2, 2)))
    assert path.read_bytes() == before
