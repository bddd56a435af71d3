import pickle
import zipfile
from unittest import TestCase

import cv2
import numpy as np
import pytest
from PIL import Image

from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.sketch_pairs import PackedPair, load_pairs, read_pairs
from pix2pix.errors import UserError
from tests.toys import data_pack, toy_pair, write_flawed_set, write_toy_set

logged = TestCase().assertLogs


def test_a_folder_of_photos_and_edges(tmp_path):
    pairs = load_pairs(write_toy_set(tmp_path, 5))
    assert [p.name for p in pairs] == ["0000", "0001", "0002", "0003", "0004"]
    photo, edges = toy_pair(3)
    np.testing.assert_array_equal(pairs[3].photo, photo)
    np.testing.assert_array_equal(pairs[3].edges, edges)


def test_a_zip_reads_like_the_folder_even_with_a_folder_inside(tmp_path):
    write_toy_set(tmp_path / "set", 3)
    archive = tmp_path / "set.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted((tmp_path / "set").rglob("*.png")):
            file.write(path, f"shoes/{path.relative_to(tmp_path / 'set')}")
    for a, b in zip(load_pairs(archive), load_pairs(tmp_path / "set"), strict=True):
        assert a.name == b.name
        np.testing.assert_array_equal(a.photo, b.photo)
        np.testing.assert_array_equal(a.edges, b.edges)


@pytest.mark.parametrize("direction", ["AtoB", "BtoA"])
def test_side_by_side_pictures(tmp_path, direction):
    photo, edges = toy_pair(1)
    halves = [np.dstack([edges] * 3), photo]
    joined = np.hstack(halves if direction == "AtoB" else halves[::-1])
    Image.fromarray(joined).save(tmp_path / "1.png")
    (pair,) = load_pairs(tmp_path, direction)
    np.testing.assert_array_equal(pair.photo, photo)
    np.testing.assert_array_equal(pair.edges, edges)


def test_other_sizes_and_transparent_pictures_are_fitted(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "edges").mkdir()
    Image.fromarray(np.zeros((60, 120, 4), np.uint8)).save(tmp_path / "photos/a.png")
    edges = np.full((60, 120), 255, np.uint8)
    edges[30] = 0
    Image.fromarray(edges).save(tmp_path / "edges/a.png")
    (pair,) = load_pairs(tmp_path)
    assert pair.photo.shape == (256, 256, 3)
    assert (pair.photo == 255).all()


def test_all_that_is_wrong_is_said_at_once_by_name(tmp_path):
    write_toy_set(tmp_path, 4)
    (tmp_path / "edges/0000.png").unlink()
    (tmp_path / "photos/0001.png").write_bytes(b"not a picture")
    Image.fromarray(np.zeros((64, 64), np.uint8)).save(tmp_path / "edges/0002.png")
    Image.fromarray(np.zeros((64, 64), np.uint8)).save(tmp_path / "edges/9999.png")
    with pytest.raises(UserError) as error:
        load_pairs(tmp_path)
    message = error.value.message
    for words in (
        "0000.png has no edge map",
        "photos/0001.png cannot be read",
        "photos/0002.png and edges/0002.png differ in size (256x256 and 64x64)",
        "edges/9999.png has no photo",
    ):
        assert words in message


def test_a_truncated_picture_is_named(tmp_path):
    write_toy_set(tmp_path, 2)
    whole = (tmp_path / "photos/0001.png").read_bytes()
    (tmp_path / "photos/0001.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match=r"0001\.png cannot be read"):
        load_pairs(tmp_path)


def test_the_pairs_that_are_whole_can_be_had_without_the_rest(tmp_path):
    reading = read_pairs(write_flawed_set(tmp_path))
    assert len(reading.pairs) == 24
    assert reading.problems == ["photos/0004.png has no edge map", "photos/0003.png cannot be read"]


def test_many_problems_are_counted(tmp_path):
    write_toy_set(tmp_path, 31)
    for path in sorted((tmp_path / "edges").iterdir())[:30]:
        path.unlink()
    with pytest.raises(UserError, match="and 18 more"):
        load_pairs(tmp_path)


def test_odd_width_side_by_side_is_refused(tmp_path):
    Image.fromarray(np.zeros((64, 129, 3), np.uint8)).save(tmp_path / "1.png")
    with pytest.raises(UserError, match="even width"):
        load_pairs(tmp_path)


def test_bare_photos_get_edge_maps_where_their_lines_are(tmp_path):
    for index in range(3):
        Image.fromarray(toy_pair(index)[0]).save(tmp_path / f"{index}.png")
    maker = EdgeMaker(cache=tmp_path / "cache")
    pairs = load_pairs(tmp_path, edge_maker=maker)
    assert [pair.name for pair in pairs] == ["0", "1", "2"]
    for index, pair in enumerate(pairs):
        photo, _ = toy_pair(index)
        np.testing.assert_array_equal(pair.photo, photo)
        assert set(np.unique(pair.edges)) == {0, 255}
        # The border of the thing itself, within two pixels.
        border = cv2.morphologyEx(
            (photo.min(axis=2) < 250).astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3))
        )
        near = cv2.dilate((pair.edges < 128).astype(np.uint8), np.ones((5, 5)))
        assert near[border > 0].mean() > 0.7


def test_bare_photos_that_cannot_be_read_are_named(tmp_path):
    (tmp_path / "photos").mkdir()
    Image.fromarray(toy_pair(0)[0]).save(tmp_path / "photos/good.png")
    (tmp_path / "photos/bad.jpg").write_bytes(b"no picture")
    with pytest.raises(UserError, match=r"photos/bad\.jpg cannot be read"):
        load_pairs(tmp_path, edge_maker=EdgeMaker(cache=tmp_path / "cache"))


def test_an_empty_folder_or_no_folder_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match="no pictures"):
        load_pairs(tmp_path)
    with pytest.raises(UserError, match="neither a folder nor a zip"):
        load_pairs(tmp_path / "nowhere")


def test_the_split_depends_on_names_and_can_be_told(tmp_path):
    names = {p.name for p in load_pairs(write_toy_set(tmp_path, 60)) if p.held_out}
    assert 3 <= len(names) <= 8
    more = load_pairs(tmp_path, held_out=0.5)
    assert sum(p.held_out for p in more) == 30
    assert names <= {p.name for p in more if p.held_out}


def test_edge_maps_of_two_folders_with_the_same_numbers_stay_with_their_photos(tmp_path):
    for number, kind in enumerate(("boots", "heels")):
        write_toy_set(tmp_path / kind, 2)
        photo, edges = toy_pair(7 + number)
        Image.fromarray(photo).save(tmp_path / kind / "photos/0000.png")
        Image.fromarray(edges).save(tmp_path / kind / "edges/0000.png")
    pairs = {pair.name: pair for pair in load_pairs(tmp_path)}
    assert list(pairs) == ["boots/0000", "boots/0001", "heels/0000", "heels/0001"]
    np.testing.assert_array_equal(pairs["boots/0000"].edges, toy_pair(7)[1])
    np.testing.assert_array_equal(pairs["heels/0000"].edges, toy_pair(8)[1])


def test_a_blank_edge_map_is_named_and_one_white_on_black_is_turned(tmp_path):
    write_toy_set(tmp_path, 3)
    Image.fromarray(255 - toy_pair(1)[1]).save(tmp_path / "edges/0001.png")
    with logged("pix2pix.data.files") as log:
        pairs = load_pairs(tmp_path)
    np.testing.assert_array_equal(pairs[1].edges, toy_pair(1)[1])
    assert "1 edge maps are white on black and are turned." in log.output[0]
    Image.fromarray(np.full((256, 256), 250, np.uint8)).save(tmp_path / "edges/0002.png")
    with pytest.raises(UserError, match=r"edges/0002\.png has no lines"):
        load_pairs(tmp_path)


def test_what_is_passed_over_is_said(tmp_path):
    write_toy_set(tmp_path, 2)
    Image.fromarray(toy_pair(0)[0]).save(tmp_path / "cover.png")
    (tmp_path / "notes.txt").write_text("")
    with logged("pix2pix.data.files") as log:
        assert len(load_pairs(tmp_path)) == 2
    said = "\n".join(log.output)
    assert "passed over: 1 .txt." in said
    assert "1 pictures outside photos/ and edges/ are passed over." in said


def test_val_is_held_out_and_test_is_not_read(tmp_path):
    for part in ("train", "val", "test"):
        write_toy_set(tmp_path / part, 2)
    pairs = load_pairs(tmp_path)
    assert [(pair.name, pair.held_out) for pair in pairs] == [
        ("train/0000", False), ("train/0001", False), ("val/0000", True), ("val/0001", True),
    ]  # fmt: skip


def test_what_is_broken_is_said_before_any_edge_map_is_made(tmp_path):
    Image.fromarray(toy_pair(0)[0]).save(tmp_path / "good.png")
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    maker = EdgeMaker(cache=tmp_path / "cache")
    with pytest.raises(UserError, match=r"bad\.jpg cannot be read"):
        load_pairs(tmp_path, edge_maker=maker)
    assert not (tmp_path / "cache").exists()


def test_two_kinds_of_pictures_are_no_photos_of_one(tmp_path):
    for side in ("trainA", "trainB"):
        (tmp_path / side).mkdir()
        Image.fromarray(toy_pair(0)[0]).save(tmp_path / side / "1.png")
    with pytest.raises(UserError, match="for --task pairs and --objective cyclegan"):
        load_pairs(tmp_path)


@pytest.mark.slow
def test_the_shoes_pack_is_whole():
    pairs = load_pairs(data_pack("shoes.zip"))
    assert len(pairs) == 1000
    assert sum(p.held_out for p in pairs) == 55


def test_large_sets_are_kept_compressed(tmp_path, monkeypatch):
    folder = write_toy_set(tmp_path, 3)
    plain = load_pairs(folder)
    monkeypatch.setattr("pix2pix.data.sketch_pairs.PACKED_FROM", 2)
    packed = load_pairs(folder)
    assert all(isinstance(pair, PackedPair) for pair in packed)
    for one, same in zip(packed, plain, strict=True):
        assert (one.name, one.held_out) == (same.name, same.held_out)
        assert np.array_equal(one.edges, same.edges)
        assert np.abs(one.photo.astype(int) - same.photo).mean() < 3
    again = pickle.loads(pickle.dumps(packed[0]))  # as it travels to a process
    assert np.array_equal(again.photo, packed[0].photo)
