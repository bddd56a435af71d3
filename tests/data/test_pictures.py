import shutil

import numpy as np
import pytest
import torch
from PIL import Image

from pix2pix.data.pictures import PictureDataset, load_pictures, load_unpaired, read_style
from pix2pix.data.sampler import SampleKey
from pix2pix.errors import UserError
from tests.toys import toy_pair, write_toy_set, write_unpaired_set


@pytest.fixture
def folder(tmp_path):
    return write_unpaired_set(tmp_path / "set", 4)


def test_photos_alone_are_read_and_edges_are_not(tmp_path):
    pictures = load_pictures(write_toy_set(tmp_path / "toys", 3))
    assert [picture.name for picture in pictures] == ["0000", "0001", "0002"]
    photo = toy_pair(1)[0]
    assert np.abs(pictures[1].photo.astype(int) - photo).mean() < 1
    assert [p.name for p in load_pictures(tmp_path / "toys/photos")] == ["0000", "0001", "0002"]


@pytest.mark.parametrize("zipped", [False, True])
def test_a_and_b_are_two_sets(folder, zipped):
    path = folder
    if zipped:
        path = shutil.make_archive(folder, "zip", folder)
    a, b = load_unpaired(type(folder)(path))
    assert len(a) == len(b) == 4
    assert a[0].photo[0, 0].min() > 250
    assert b[0].photo[0, 0].max() < 5


@pytest.mark.parametrize(("gone", "told"), [(["A"], "A/ of"), (["A", "B"], "A/ and B/ of")])
def test_missing_sides_are_one_sentence(folder, gone, told):
    for side in gone:
        shutil.rmtree(folder / side)
    with pytest.raises(UserError, match=f"no pictures in {told}") as error:
        load_unpaired(folder)
    assert error.value.code == "bad_data"
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(UserError, match="put photos there"):
        load_pictures(folder)


def test_all_that_cannot_be_read_is_listed(folder):
    for name in ("A/0001.png", "B/0002.png"):
        (folder / name).write_bytes(b"damaged")
    with pytest.raises(UserError) as error:
        load_unpaired(folder)
    assert "A/0001.png cannot be read" in error.value.message
    assert "B/0002.png cannot be read" in error.value.message


def test_the_folders_of_cyclegan_are_read_and_those_to_test_with_are_not(tmp_path):
    write_unpaired_set(tmp_path, 2)
    for side in "AB":
        shutil.copytree(tmp_path / side, tmp_path / f"test{side}")
        (tmp_path / side).rename(tmp_path / f"train{side}")
    a, b = load_unpaired(tmp_path)
    assert [picture.name for picture in a] == ["train/0000", "train/0001"]
    assert len(b) == 2


def test_samples_follow_from_their_keys_and_pair_nothing(folder):
    a, b = load_unpaired(folder)
    dataset = PictureDataset(a, b[:2], flip=True)
    assert len(dataset) == 4
    key = SampleKey(3, (0, 9), 64)
    first, second = dataset[key], dataset[key]
    assert all(torch.equal(x, y) for x, y in zip(first, second, strict=True))
    assert [tuple(x.shape) for x in first] == [(3, 64, 64)] * 2
    assert first[0].max() > 0.9
    assert first[1].min() < -0.9
    others = {float(dataset[SampleKey(3, (0, n), 64)][1].sum()) for n in range(8)}
    assert len(others) > 2


def test_without_augmentation_a_picture_is_as_it_is(folder):
    a, _ = load_unpaired(folder)
    (sample,) = PictureDataset(a, flip=True, augment=False)[SampleKey(2, (0, 1), 256)]
    right = torch.from_numpy(a[2].photo).permute(2, 0, 1) / 127.5 - 1
    torch.testing.assert_close(sample, right)


def test_a_style_is_cut_from_the_middle(tmp_path):
    wide = np.zeros((40, 120, 3), np.uint8)
    wide[:, 40:80] = 200
    Image.fromarray(wide).save(tmp_path / "wave.png")
    assert (read_style(tmp_path / "wave.png", 40) == 200).all()
    with pytest.raises(UserError, match="give another one with --style"):
        read_style(tmp_path / "none.png", 40)
