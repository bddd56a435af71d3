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
