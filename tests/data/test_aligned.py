import shutil

import numpy as np
import pytest
import torch
from PIL import Image

from pix2pix.data.aligned import PairedDataset, load_paired
from pix2pix.data.sampler import SampleKey
from pix2pix.errors import UserError
from tests.toys import toy_pair, write_paired_set


@pytest.mark.parametrize("side_by_side", [False, True])
def test_both_layouts_give_the_same_pairs(tmp_path, side_by_side):
    folder = write_paired_set(tmp_path / "set", 3, side_by_side=side_by_side)
    path = type(folder)(shutil.make_archive(tmp_path / "zipped", "zip", folder))
    a, b = load_paired(path)
    assert [p.name for p in a] == [p.name for p in b] == ["0000", "0001", "0002"]
    for number in range(3):
        right = toy_pair(number)[0].astype(int)
        assert np.abs(a[number].photo - right).mean() < 1
        assert np.abs(b[number].photo - (255 - right)).mean() < 1
    back = load_paired(path, "BtoA")
    assert np.array_equal(back[0][1].photo, b[1].photo)
    assert np.array_equal(back[1][1].photo, a[1].photo)


PARTS = (("train", 3), ("val", 2), ("test", 2))


@pytest.mark.parametrize(
    "places",
    [
        ("facades/{part}/{number}.jpg",),  # pix2pix's own sets: facades, maps, edges2shoes
        ("set/A/{part}/{number}.jpg", "set/B/{part}/{number}.jpg"),  # its combine_A_and_B.py
        ("set/{part}/A/{number}.jpg", "set/{part}/B/{number}.jpg"),
        ("set/{part}A/{number}.jpg", "set/{part}B/{number}.jpg"),  # as CycleGAN's
    ],
)
@pytest.mark.parametrize("direction", ["AtoB", "BtoA"])
def test_published_sets_are_read_as_they_are(tmp_path, places, direction):
    """Their parts have numbers of their own; test/ is never seen."""
    shades = {}
    for part, count in PARTS:
        for number in range(1, count + 1):
            shades[f"{part}/{number}"] = shade = 20 * len(shades) + 10
            sides = [np.full((64, 64, 3), each, np.uint8) for each in (shade, shade + 100)]
            pictures = sides if len(places) == 2 else [np.hstack(sides)]
            for place, picture in zip(places, pictures, strict=True):
                file = tmp_path / place.format(part=part, number=number)
                file.parent.mkdir(parents=True, exist_ok=True)
                Image.fromarray(picture).save(file, quality=95)
    pairs = list(zip(*load_paired(tmp_path, direction), strict=True))
    wanted = ["train/1", "train/2", "train/3", "val/1", "val/2"]
    assert [a.name for a, _ in pairs] == [b.name for _, b in pairs] == wanted
    assert [a.held_out for a, _ in pairs] == [False] * 3 + [True] * 2
    for pair in pairs:
        a, b = pair if direction == "AtoB" else pair[::-1]
        assert abs(int(a.photo[128, 128, 0]) - shades[a.name]) <= 2
        assert abs(int(b.photo[128, 128, 0]) - shades[b.name] - 100) <= 2


def test_a_pair_is_moved_and_mirrored_together(tmp_path):
    dataset = PairedDataset(*load_paired(write_paired_set(tmp_path / "set", 2)), flip=True)
    samples = [dataset[SampleKey(1, (0, number), 64)] for number in range(8)]
    for a, b in samples:
        assert (a + b).abs().mean() < 0.02  # one is the other's negative
    assert len({float(a.mean()) for a, _ in samples}) > 1
    assert torch.equal(samples[3][0], dataset[SampleKey(1, (0, 3), 64)][0])


def test_all_that_is_wrong_is_listed(tmp_path):
    folder = write_paired_set(tmp_path / "set", 5)
    (folder / "B/0000.png").unlink()
    (folder / "A/0001.png").unlink()
    (folder / "A/0002.png").write_bytes(b"damaged")
    Image.fromarray(toy_pair(3)[0]).resize((64, 64)).save(folder / "B/0003.png")
    with pytest.raises(UserError) as error:
        load_paired(folder)
    assert error.value.code == "bad_data"
    for problem in (
        "A/0000.png has no partner in B/",
        "B/0001.png has no partner in A/",
        "A/0002.png cannot be read",
        "A/0003.png and B/0003.png differ in size (256x256 and 64x64)",
    ):
        assert problem in error.value.message
    assert "0004" not in error.value.message


def test_pictures_that_are_no_two_and_none_at_all_are_said(tmp_path):
    with pytest.raises(UserError, match="put pairs of the same names into A/ and B/"):
        load_paired(tmp_path)
    Image.fromarray(toy_pair(0)[0]).save(tmp_path / "one.png")
    with pytest.raises(UserError, match=r"one\.png is 256x256 px and not two pictures"):
        load_paired(tmp_path)
