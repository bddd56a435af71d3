"""Every door for pictures: upright, eight bits, on white, small, and never more than a sentence."""

import io
import struct
import subprocess
import sys
import threading
import zlib

import numpy as np
import pytest
from PIL import Image, features

from harness.photos import photo_file, photo_url
from pix2pix.data.images import read_image
from pix2pix.data.pictures import read_style
from pix2pix.edges.normalise import flatten, normalise_strokes
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import (
    _Room,
    decoding_bytes,
    opened,
    over_white,
    picture_size,
    read_layers,
    read_picture,
)
from pix2pix.server.images import decode_image, decode_photo
from tests.toys import house

HALVES = np.zeros((40, 80, 3), np.uint8)
HALVES[:, :40] = (255, 0, 0)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def turned() -> bytes:
    return photo_file(HALVES, "png", orientation=6)


def as_file(data: bytes, folder) -> object:
    path = folder / "picture"
    path.write_bytes(data)
    return path


def from_pillow(data: bytes, read):
    with Image.open(io.BytesIO(data)) as image:
        return read(image)


DOORS = {
    "bytes": lambda data, _: read_picture(data),
    "file": lambda data, folder: read_picture(as_file(data, folder)),
    "stream": lambda data, _: read_picture(io.BytesIO(data)),
    "layers": lambda data, _: read_layers(data),
    "pillow": lambda data, _: from_pillow(data, flatten),
    "training": lambda data, _: read_image("a.png", lambda _: data),
    "drawing": lambda data, _: decode_image(photo_url(data))[..., :3],
    "photo": lambda data, _: decode_photo(photo_url(data)),
}


@pytest.fixture(params=DOORS, name="door")
def any_door(request, tmp_path):
    return lambda data: DOORS[request.param](data, tmp_path)


KINDS = ["png", "jpeg", "webp", "gif", "bmp", "tiff", *(["avif"] if features.check("avif") else [])]


@pytest.mark.parametrize("kind", KINDS)
def test_the_usual_formats_are_read(kind):
    picture = read_picture(saved(Image.fromarray(house()), kind))
    assert np.abs(picture.astype(int) - house()[..., None]).mean() < 5


@pytest.mark.parametrize("kind", ["ppm", "tga", "ico", "pcx", "eps"])
def test_other_formats_are_not_even_tried(kind):
    with pytest.raises(UserError, match="PNG or JPEG") as error:
        read_picture(saved(Image.fromarray(HALVES), kind))
    assert error.value.code == "bad_image"


def test_every_door_turns_pictures_upright(door):
    assert (door(turned()) == np.rot90(HALVES, -1)).all()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_eight_ways_of_holding_a_camera(orientation):
    rng = np.random.default_rng(0)
    seen = rng.integers(0, 255, (3, 5, 3), np.uint8)
    for kind in ("png", "tiff"):
        data = photo_file(seen, kind, orientation)
        # Pillow's own turning, without the rest.
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            ways = [None, 0, 3, 1, 5, 4, 6, 2]
            way = None if kind == "tiff" else ways[orientation - 1]
            expected = np.asarray(image if way is None else image.transpose(way))
        assert (read_picture(data) == expected).all()
        assert picture_size(data) == (expected.shape[1], expected.shape[0])


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize(
    "exif", [b"II", b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01\x03\0\x01", b"x"]
)
def test_a_picture_is_worth_more_than_its_exif_data(exif, door):
    assert (door(saved(Image.fromarray(HALVES), "png", exif=exif)) == HALVES).all()


RAMP = np.linspace(0.1, 0.9, 64 * 48, dtype=np.float32).reshape(48, 64)
DEEP = {
    "16 bits": (RAMP * 65535).astype(np.uint16),
    "12 bits": (RAMP * 4095).astype(np.uint16),
    "8 of 16 bits": (RAMP * 255).astype(np.uint16),
    "32 bits": (RAMP * 65535).astype(np.int32),
    "up to 1": RAMP,
    "up to 255": RAMP * 255,
}


@pytest.mark.parametrize("levels", DEEP.values(), ids=DEEP)
def test_many_bits_are_scaled_rather_than_cut_off(levels, door):
    shades = door(saved(Image.fromarray(levels), "tiff"))
    assert shades.dtype == np.uint8
    assert np.abs(shades - 255 * RAMP[..., None]).max() <= 1


def test_beyond_every_scale_the_brightest_is_white_and_what_is_no_number_black():
    levels = np.array([[np.nan, np.inf, -np.inf, -5, 0, 50_000, 100_000]], np.float32)
    shades = read_picture(Image.fromarray(levels))[0, :, 0]
    assert shades.tolist() == [0, 0, 0, 0, 0, 128, 255]


def test_what_is_clear_in_sixteen_bits_is_white():
    data = saved(Image.fromarray(np.array([[7, 60_000]], np.uint16)), "png", transparency=7)
    assert read_picture(data)[0, :, 0].tolist() == [255, 233]


def test_transparency_is_white_or_kept():
    rgba = np.zeros((2, 2, 4), np.uint8)
    rgba[0, 0] = (10, 20, 30, 255)
    rgba[0, 1] = (0, 0, 0, 128)
    data = saved(Image.fromarray(rgba), "png")
    assert read_picture(data).tolist() == [[[10, 20, 30], [127] * 3], [[255] * 3, [255] * 3]]
    assert (read_layers(data) == rgba).all()
    assert read_layers(saved(Image.fromarray(HALVES), "png")).shape == (40, 80, 3)


def test_a_large_picture_is_halved_until_it_is_small_enough_to_the_same_size_in_every_format():
    photo = Image.fromarray(house()).convert("RGB").resize((1001, 777))
    for most, shape in ((10**6, (777, 1001)), (10**5, (195, 251)), (13_000, (98, 126))):
        found = {kind: read_picture(saved(photo, kind), most) for kind in ("png", "jpeg", "webp")}
        assert {pixels.shape[:2] for pixels in found.values()} == {shape}
        for pixels in found.values():
            assert np.abs(pixels.astype(int) - found["png"]).mean() < 3


def test_halving_does_not_mix_in_what_is_clear():
    rgba = np.zeros((64, 64, 4), np.uint8)
    rgba[:, ::2] = (200, 100, 50, 255)
    small = read_layers(saved(Image.fromarray(rgba), "png"), 32 * 32)
    assert np.abs(small.astype(int) - (200, 100, 50, 128)).max() <= 2
    on_white = read_picture(saved(Image.fromarray(rgba), "png"), 32 * 32)
    assert np.abs(on_white.astype(int) - (227, 177, 152)).max() <= 2


def test_an_image_of_another_owner_is_left_as_it_is():
    with Image.open(io.BytesIO(saved(Image.fromarray(HALVES), "jpeg"))) as image:
        assert read_picture(image, 200).shape == (10, 20, 3)
        assert image.size == (80, 40)


def test_hairlines_of_a_large_drawing_stay():
    paper = np.full((4400, 4400), 255, np.uint8)
    paper[400:4000, 400:440] = 0  # a broad line, beside which others could look like paper
    paper[2000, 600:4000] = paper[600:4000, 3000] = 0
    small = np.full((1100, 1100), 255, np.uint8)
    small[100:1000, 100:110] = small[500, 150:1000] = small[150:1000, 750] = 0
    drawn = normalise_strokes(Image.fromarray(paper)) == 0
    expected = normalise_strokes(small) == 0
    assert drawn.sum() == pytest.approx(expected.sum(), abs=8)


def test_a_long_strip_takes_no_square_of_memory():
    strip = np.full((20_000, 40), 255, np.uint8)
    strip[100:19_900, 18:24] = 0
    assert (normalise_strokes(strip) == 0).sum() > 200


WHOLE = saved(Image.fromarray(HALVES), "png")
DAMAGED = {
    "nothing": (b"", "empty"),
    "text": (b"<html>404</html>", "not a readable picture"),
    "cut off": (WHOLE[:-60], "damaged"),
    "a header alone": (WHOLE[:40], "damaged|not a readable"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a readable"),
}


@pytest.mark.parametrize(("data", "message"), DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_said_in_one_sentence(data, message, tmp_path):
    for read in (read_picture, read_layers, picture_size):
        if read is picture_size and message == "damaged":
            continue  # the size can still be read
        for source in (data, as_file(data, tmp_path), io.BytesIO(data)):
            with pytest.raises(UserError, match=message) as error:
                read(source)
            assert error.value.code == "bad_image"


@pytest.mark.parametrize(
    "error",
    [
        struct.error("x"),
        SyntaxError("x"),
        OverflowError("x"),
        ValueError("x"),
        EOFError("x"),
        Image.DecompressionBombError("x"),
        MemoryError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_decoder_raises_is_one_sentence(error):
    with pytest.raises(UserError) as told, opened(WHOLE):
        raise error
    assert told.value.code == "bad_image"
    assert told.value.__cause__ is error


def test_what_is_no_fault_of_the_picture_passes():
    with pytest.raises(KeyboardInterrupt), opened(WHOLE):
        raise KeyboardInterrupt
    with pytest.raises(UserError, match="other"), opened(WHOLE):
        raise UserError("other", "other")


def test_the_reason_of_the_system_is_told(tmp_path):
    with pytest.raises(UserError, match="No such file"):
        read_picture(tmp_path / "none.png")


def test_too_many_pixels_are_refused_before_they_are_unpacked():
    with pytest.raises(UserError, match="too many pixels"):
        read_picture(saved(Image.new("1", (20_000, 10_000)), "png"))


def test_a_photo_of_a_phone_that_pillow_cannot_read_is_named():
    with pytest.raises(UserError) as error:
        read_picture(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    assert error.value.code == "heic"


def test_a_decoder_in_python_is_refused():
    rows = bytes([4, 1, 0, 0]) * 4 + b"\0\1"  # each of four pixels, and the end of a line
    header = struct.pack("<IiiHHIIiiII", 40, 4, 4, 1, 8, 1, len(rows), 0, 0, 2, 0)
    at = 14 + len(header) + 8
    data = (
        struct.pack("<2sIHHI", b"BM", at + len(rows), 0, 0, at) + header + b"\0\0\0\0\xff\xff\xff\0"
    )
    with Image.open(io.BytesIO(data + rows)) as image:
        assert image.tile[0].codec_name == "bmp_rle"
    with pytest.raises(UserError, match="save it as a PNG"):
        read_picture(data + rows)


def tiled(side: int) -> bytes:
    """A TIFF of 16x16 pixels in a tile that is much larger."""
    tile = zlib.compress(bytes(side))
    entries = [(256, 16), (257, 16), (258, 8), (259, 8), (262, 1), (277, 1), (322, side)]
    entries += [(323, side), (324, 0), (325, len(tile))]
    at = 8 + 2 + 12 * len(entries) + 4
    parts = [struct.pack("<HHII", tag, 4, 1, at if tag == 324 else n) for tag, n in entries]
    return b"II*\0" + struct.pack("<IH", 8, len(parts)) + b"".join(parts) + bytes(4) + tile


def test_a_tile_that_unpacks_to_gigabytes_is_refused():
    with Image.open(io.BytesIO(tiled(32_768))) as image:
        assert image.size == (16, 16)
    with pytest.raises(UserError, match="damaged"), opened(tiled(32_768)):
        pytest.fail("it was opened")
    with opened(tiled(64)) as image:
        assert image.size == (16, 16)


def test_the_memory_is_known_before_decoding():
    photo = Image.fromarray(HALVES)
    pixels = 80 * 40
    for kind, options, each in (
        ("png", {}, 5),
        ("jpeg", {}, 5),
        ("jpeg", {"progressive": True}, 6),
        ("webp", {}, 16),
    ):
        with opened(saved(photo, kind, **options)) as image:
            assert decoding_bytes(image) == pixels * each


def test_no_more_than_fits_is_decoded_at_once():
    room, meet = _Room(100), threading.Barrier(2)
    inside, most = [], []

    def decode(size: int) -> None:
        with room.taken(size):
            inside.append(size)
            most.append(len(inside))
            meet.wait(30)  # two of them do get in
            inside.pop()

    threads = [threading.Thread(target=decode, args=(50,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(most) == 8
    assert max(most) == 2


def test_a_picture_larger_than_all_room_has_it_alone():
    room = _Room(100)
    with room.taken(10**9):
        pass
    with room.taken(50), room.taken(50):
        pass


def test_pictures_of_a_style_are_upright_too(tmp_path):
    as_file(turned(), tmp_path)
    style = read_style(tmp_path / "picture", 40)
    assert (style[:18] == (255, 0, 0)).all()


def test_an_image_opened_by_its_owner_may_have_any_format_but_postscript():
    for kind in ("ppm", "tga"):
        assert (from_pillow(saved(Image.fromarray(HALVES), kind), flatten) == HALVES).all()
    with pytest.raises(UserError, match="save it as a PNG"):
        from_pillow(saved(Image.fromarray(HALVES), "eps"), flatten)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_small_file_that_claims_a_large_canvas_is_refused_by_what_it_would_take():
    moving = {"save_all": True, "append_images": [Image.fromarray(255 - HALVES)]}
    data = bytearray(saved(Image.fromarray(HALVES), "webp", **moving))
    assert data[12:16] == b"VP8X"
    data[24:30] = (11_999).to_bytes(3, "little") * 2  # 144 million pixels
    with opened(bytes(data)) as image:
        assert image.size == (12_000, 12_000)
    with pytest.raises(UserError, match="too many pixels"):
        read_picture(bytes(data))


def test_large_pictures_go_back_to_the_system():
    code = "import pix2pix; from PIL import Image; print(Image.core.get_block_size())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 2**25  # the C library keeps smaller blocks


def test_what_covers_white_is_rounded_to_the_nearest_level():
    level, alpha = np.mgrid[:256, :256].astype(np.uint8)
    made = over_white(np.dstack([level] * 3), alpha)
    right = np.round(255 - (255 - level.astype(float)) * alpha / 255)
    assert (made == right[..., None]).all()
