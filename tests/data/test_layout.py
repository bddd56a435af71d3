import unicodedata
from pathlib import Path

import pytest

from pix2pix.data.layout import File, arrange, choose_held_out, list_images, pair_up
from pix2pix.errors import UserError

PHOTOS = ("photos", "edges")
SIDES = ("a", "b")


def names(paths, roles=()):
    return [(f.name, f.role, f.part) for f in arrange(Path("set"), paths, roles).files]


def test_pictures_are_known_by_their_suffix():
    assert list_images(["b.JPG", "a.txt", "deep/c.webp", "d.jfif", "e.tiff", "f.avif"]) == [
        "b.JPG", "d.jfif", "deep/c.webp", "e.tiff", "f.avif",
    ]  # fmt: skip


@pytest.mark.parametrize("order", ["{kind}/{role}/1.png", "{role}/{kind}/1.png"])
def test_a_name_has_the_folders_in_which_pictures_differ(order):
    paths = [
        f"set/{order}".format(kind=kind, role=role)
        for kind in ("boots", "heels")
        for role in ("Photos", "edges")
    ]
    assert set(names(paths, PHOTOS)) == {
        (f"{kind}/1", role, None) for kind in ("boots", "heels") for role in PHOTOS
    }


def test_a_picture_beside_the_folders_changes_no_name():
    paths = ["set/photos/1.png", "set/edges/1.png"]
    assert names([*paths, "cover.png"], PHOTOS)[1:] == names(paths, PHOTOS)


def test_parts_are_known_by_a_folder_and_the_test_pictures_are_left_out():
    paths = [f"set/{part}/1.jpg" for part in ("train", "val", "test", "other")]
    assert names(paths) == [
        ("other/1", None, None), ("train/1", None, "train"), ("val/1", None, "val"),
    ]  # fmt: skip
    assert arrange(Path("set"), paths).notes == ["1 pictures in test/ are left out."]
    assert names(["set/test/1.jpg", "set/test/2.jpg"]) == [("1", None, None), ("2", None, None)]
    with pytest.raises(UserError, match=r"in val/ or test/, which are not trained on"):
        arrange(Path("set"), ["val/1.jpg", "test/1.jpg"])


def test_the_folders_of_cyclegan_are_part_and_side_in_one():
    paths = [f"{part}{side}/1.jpg" for part in ("train", "test") for side in "AB"]
    assert names(paths, SIDES) == [("train/1", side, "train") for side in SIDES]
    # Without sides, they are only parts.
    assert names(paths) == [(f"train{side}/1", None, "train") for side in "AB"]


def test_composed_and_decomposed_names_are_one():
    composed = [unicodedata.normalize(form, f"{role}/신발.png")
                for form, role in (("NFC", "photos"), ("NFD", "edges"))]  # fmt: skip
    assert [name for name, _, _ in names(composed, PHOTOS)] == ["신발", "신발"]


def test_files_are_paired_by_name_and_all_others_are_said():
    a = [File(f"A/{n}", n[0]) for n in ("1.png", "2.png", "2.jpg", "3.png")]
    b = [File(f"B/{n}", n[0]) for n in ("1.png", "2.png", "4.png")]
    pairs, problems = pair_up(a, b, ("right side", "left side"))
    assert [(x.path, y.path) for x, y in pairs[:1]] == [("A/1.png", "B/1.png")]
    assert problems == [
        "A/2.png and A/2.jpg are both called 2",
        "A/3.png has no right side",
        "B/4.png has no left side",
    ]


def files(count, name="IMG_{:04}", **more):
    return [File("", name.format(number), **more) for number in range(1, count + 1)]


def test_one_name_in_twenty_is_held_out_and_few_change_sides_when_others_come():
    chosen = choose_held_out(files(4000, "{:05}"))
    assert 200 <= len(chosen) < 240
    assert len(choose_held_out(files(3000, "{:05}")) - chosen) < 10
    assert choose_held_out(reversed(files(4000, "{:05}"))) == chosen


def test_names_as_a_camera_gives_them_are_held_out_too():
    assert len(choose_held_out(files(50))) == 3  # of which the checksum alone would take none
    assert choose_held_out(files(9)) == frozenset()


def test_how_many_are_held_out_can_be_told():
    assert len(choose_held_out(files(50), 0.2)) == 10
    assert choose_held_out(files(50), 0) == frozenset()


def test_those_in_val_are_held_out_and_no_others():
    val = files(3, "val/{}", part="val")
    assert choose_held_out([*files(400, "train/{}", part="train"), *val]) == {f.name for f in val}


def test_other_files_are_counted_by_type():
    (note,) = arrange(Path("set"), ["1.png", "1.psd", "2.PSD", "notes"]).notes
    assert note == "Files of other types are passed over: 2 .psd, 1 without suffix."
