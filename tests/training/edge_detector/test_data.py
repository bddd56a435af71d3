import io
import zipfile

import numpy as np
import pytest
import torch
from PIL import Image

from pix2pix.errors import UserError
from pix2pix.training.edge_detector.data import EdgeDataset, consensus, hold_out, load_bsds
from tests.toys import data_pack, write_toy_set


def png(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(array).save(file, "png")
    return file.getvalue()


@pytest.fixture
def pack(tmp_path):
    """Six pictures of a dark square, each with two annotators who miss each other by a pixel."""
    path = tmp_path / "bsds.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for index in range(6):
            for split in ("train", "val"):
                photo = np.full((80, 100, 3), 220, np.uint8)
                photo[20:60, 30:70] = 40 + index
                archive.writestr(f"{split}/images/{index}.jpg", png(photo))
                for k in range(2):
                    lines = np.full((80, 100), 255, np.uint8)
                    lines[20 + k, 30:70] = 0
                    archive.writestr(f"{split}/boundaries/{index}_{k}.png", png(lines))
    return path


def test_photos_come_with_all_their_annotators(pack):
    first, *_ = pictures = load_bsds(pack, "train")
    assert len(pictures) == 6
    assert first.photo.shape == (80, 100, 3)
    assert first.boundaries.shape == (2, 80, 100)
    assert first.boundaries[1, 21].sum() == 40


def test_a_third_of_val_is_held_out_and_never_trained_on(pack):
    training, held_out = hold_out(load_bsds(pack, "val"))
    assert [a.name for a in held_out] == ["2", "5"]
    assert {a.name for a in training} == {"0", "1", "3", "4"}


def test_other_files_are_refused_with_a_sentence(tmp_path, pack):
    (tmp_path / "no.zip").write_bytes(b"no zip")
    with pytest.raises(UserError, match="cannot be read as a zip file"):
        load_bsds(tmp_path / "no.zip", "train")
    with pytest.raises(UserError, match="no test/images"):
        load_bsds(pack, "test")


def test_agreement_within_a_pixel_makes_an_edge_and_its_surroundings_do_not_matter():
    boundaries = np.zeros((5, 9, 9), bool)
    boundaries[0, 2, :] = boundaries[1, 3, :] = True  # two of five, a pixel apart
    boundaries[2, 7, :] = True  # alone
    label = consensus(boundaries)
    assert (label[2:4] == 255).all()
    assert (label[[1, 4]] == 128).all()
    assert (label[6:] == 128).all()
    assert (label[[0, 5]] == 0).all()


def test_samples_follow_from_their_number(pack, tmp_path):
    toys = write_toy_set(tmp_path / "toys", 3)
    sets = [EdgeDataset(load_bsds(pack, "train"), [toys], size=64, seed=s) for s in (0, 0, 1)]
    for number in range(8):
        photo, label = sets[0][number]
        assert photo.shape == (3, 64, 64)
        assert label.shape == (1, 64, 64)
        assert photo.min() >= 0
        assert photo.max() <= 1
        assert set(label[~label.isnan()].unique().tolist()) <= {0.0, 1.0}
        torch.testing.assert_close(photo, sets[1][number][0])
        torch.testing.assert_close(label, sets[1][number][1], equal_nan=True)
    assert any(not torch.equal(sets[0][n][0], sets[2][n][0]) for n in range(8))


def test_lines_stay_on_the_border_they_were_drawn_on(pack):
    dataset = EdgeDataset(load_bsds(pack, "train"), [], size=64, seed=0)
    contrasts = []
    for number in range(40):
        photo, label = dataset[number]
        ys, xs = torch.nonzero(label[0] == 1, as_tuple=True)
        inside = (ys > 4) & (ys < 59) & (xs > 4) & (xs < 59)
        for y, x in zip(ys[inside].tolist(), xs[inside].tolist(), strict=True):
            window = photo[:, y - 4 : y + 5, x - 4 : x + 5].mean(dim=0)
            contrasts.append(float(window.max() - window.min()))
    assert len(contrasts) > 200
    assert np.mean(np.array(contrasts) > 0.2) > 0.95


def test_the_pack_is_whole():
    path = data_pack("bsds500-trainval.zip")
    assert len(load_bsds(path, "train")) == 200
    assert [len(part) for part in hold_out(load_bsds(path, "val"))] == [67, 33]
