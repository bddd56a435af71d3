import zipfile

import cv2
import numpy as np
from PIL import Image

from pix2pix.report.scan import perceptual_hash, scan_files
from tests.toys import toy_pair, write_toy_set


def bits(a: np.uint64, b: np.uint64) -> int:
    return int(np.bitwise_count(a ^ b))


def small(photo: np.ndarray) -> np.ndarray:
    return cv2.resize(photo, (32, 32), interpolation=cv2.INTER_AREA)


def test_every_broken_file_is_named_with_a_reason(tmp_path):
    write_toy_set(tmp_path, 6)
    photos = tmp_path / "photos"
    whole = (photos / "0001.png").read_bytes()
    (photos / "0001.png").write_bytes(whole[: len(whole) // 2])
    (photos / "0002.png").write_bytes(b"")
    (photos / "0003.png").write_bytes(b"not a picture at all")
    (photos / "0004.png").write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0")
    scan = scan_files(tmp_path)
    assert scan.broken["photos/0001.png"] == "This picture is damaged or not complete."
    assert scan.broken["photos/0002.png"] == "This file is empty."
    assert (
        scan.broken["photos/0003.png"] == "This file is not a readable picture; use a PNG or JPEG."
    )
    assert "choose a JPEG" in scan.broken["photos/0004.png"]
    assert len(scan.broken) == 4
    assert len(scan.pictures) == 8
    assert sum(picture.is_edge_map for picture in scan.pictures) == 6


def test_sizes_and_other_files_are_told(tmp_path):
    Image.new("RGB", (300, 200)).save(tmp_path / "wide.png")
    (tmp_path / "notes.csv").write_text("1")
    scan = scan_files(tmp_path)
    (picture,) = scan.pictures
    assert (picture.name, picture.width, picture.height) == ("wide.png", 300, 200)
    assert picture.size == (tmp_path / "wide.png").stat().st_size
    assert scan.others == {".csv": 1}


def test_a_zip_is_read_as_a_folder_and_its_damaged_member_is_named(tmp_path):
    folder = write_toy_set(tmp_path / "set", 2)
    packed = tmp_path / "set.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.mkdir("photos")
        for name in ("photos/0000.png", "photos/0001.png"):
            archive.write(folder / name, name)
    pictures = {picture.name: picture for picture in scan_files(folder).pictures}
    for picture in scan_files(packed).pictures:
        assert picture.digest == pictures[picture.name].digest
    data = packed.read_bytes()
    at = data.index((folder / "photos/0001.png").read_bytes()) + 60
    packed.write_bytes(data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :])
    assert scan_files(packed).broken == {
        "photos/0001.png": "the disk or the zip does not return it completely"
    }


def test_a_hash_stays_with_size_and_light_and_tells_pictures_apart():
    photo, _ = toy_pair(0)
    one = perceptual_hash(small(photo))
    assert bits(one, perceptual_hash(small(cv2.resize(photo, (180, 180))))) <= 4
    assert bits(one, perceptual_hash((small(photo) * 0.9).astype(np.uint8))) <= 4
    assert bits(one, perceptual_hash(small(toy_pair(1)[0]))) > 4
    assert bits(one, perceptual_hash(small(photo[:, ::-1]))) > 4
