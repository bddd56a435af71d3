import shutil

import numpy as np
import pytest
from PIL import Image

from pix2pix.report.duplicates import colour_difference, find_near, find_same
from pix2pix.report.scan import Picture, scan_files
from tests.toys import data_pack, toy_pair


@pytest.fixture
def folder(tmp_path):
    for number in range(6):
        Image.fromarray(toy_pair(number)[0]).save(tmp_path / f"{number}.png")
    return tmp_path


def pictures(folder) -> list[Picture]:
    return scan_files(folder).pictures


def test_a_copied_file_is_found_once_and_by_its_bytes(folder):
    assert find_same(pictures(folder)) == []
    shutil.copy(folder / "2.png", folder / "2 (1).png")
    assert find_same(pictures(folder)) == [["2 (1).png", "2.png"]]
    assert find_near(pictures(folder)) == []


def test_a_smaller_and_worse_copy_is_near(folder):
    assert find_near(pictures(folder)) == []
    with Image.open(folder / "2.png") as image:
        image.resize((150, 150)).save(folder / "9.jpg", quality=60)
    assert find_near(pictures(folder)) == [["2.png", "9.jpg"]]


def test_the_same_thing_in_another_colour_is_another_picture(folder):
    photo = toy_pair(2)[0].copy()
    thing = photo.min(axis=2) < 243
    photo[thing] = 255 - photo[thing]
    Image.fromarray(photo).save(folder / "9.png")
    assert find_near(pictures(folder)) == []


def test_a_group_is_what_is_near_its_first(folder):
    for side in (150, 180, 200):
        with Image.open(folder / "2.png") as image:
            image.resize((side, side)).save(folder / f"9-{side}.png")
    assert find_near(pictures(folder)) == [["2.png", "9-150.png", "9-180.png", "9-200.png"]]


def test_white_ground_does_not_dilute_a_difference_of_colour():
    a, b = (np.full((32, 32, 3), 255, np.uint8) for _ in range(2))
    a[:4, :4], b[:4, :4] = 100, 130
    assert colour_difference(a, b) == 30
    assert colour_difference(np.full_like(a, 255), np.full_like(a, 250)) == 0


@pytest.mark.slow
def test_few_shoes_are_taken_for_copies():
    found = find_near([p for p in pictures(data_pack("shoes.zip")) if not p.is_edge_map])
    assert sum(map(len, found)) <= 6
