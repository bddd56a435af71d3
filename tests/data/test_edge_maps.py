import os
import signal
import subprocess
import sys
import time
import zipfile

import numpy as np
import psutil
import pytest
import torch
from PIL import Image

from harness.server import ROOT
from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.networks.hed import CompactHED
from pix2pix.pretrained.export import export_detector
from tests.toys import toy_pair


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "things"
    folder.mkdir()
    for index in range(4):
        Image.fromarray(toy_pair(index, 64)[0]).save(folder / f"{index}.png")
    return folder


def make(folder, **options) -> int:
    maker = EdgeMaker(**options)
    load_pairs(folder, edge_maker=maker)
    return maker.made


def kept(folder) -> list[str]:
    return sorted(p.name for p in folder.with_name("things.edges").rglob("*.png"))


def test_maps_are_made_once_and_kept_beside_the_data(photos):
    assert make(photos) == 4
    assert len(kept(photos)) == 4
    assert make(photos) == 0


def test_a_run_that_was_cut_off_goes_on_where_it_was(photos):
    assert make(photos) == 4
    first = sorted(photos.with_name("things.edges").rglob("*.png"))[1]
    first.unlink()
    assert make(photos) == 1


def test_a_changed_photo_gets_a_new_map(photos):
    make(photos)
    Image.fromarray(toy_pair(9, 64)[0]).save(photos / "1.png")
    assert make(photos) == 1


def test_a_damaged_photo_in_a_zip_is_named(photos, tmp_path):
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in photos.iterdir():
            archive.write(path, path.name)
    data = packed.read_bytes()
    at = data.index((photos / "1.png").read_bytes()) + 60
    packed.write_bytes(data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :])
    maps = EdgeMaker().edge_maps(packed, ["0.png", "1.png"])
    assert maps[0].shape == (256, 256)
    assert maps[1] == "1.png cannot be read"


def test_another_detector_has_maps_of_its_own(photos, tmp_path):
    torch.manual_seed(0)
    export_detector(CompactHED((4, 8), (0, 1), side=4), tmp_path / "other", {})
    make(photos)
    assert make(photos, detector=str(tmp_path / "other")) == 4
    assert make(photos) == 0


def test_the_cache_can_be_elsewhere(photos, tmp_path):
    assert make(photos, cache=tmp_path / "elsewhere") == 4
    assert not photos.with_name("things.edges").exists()
    assert len(list((tmp_path / "elsewhere").rglob("*.png"))) == 4


def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path):
    (tmp_path / "things").mkdir()
    name = "신" * 83 + "xx.png"
    Image.fromarray(toy_pair(0, 64)[0]).save(tmp_path / "things" / name)
    assert make(tmp_path / "things") == 1
    assert make(tmp_path / "things") == 0


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_one_that_started_it(tmp_path, number):
    folder = tmp_path / "many"
    folder.mkdir()
    for index in range(40):
        Image.fromarray(toy_pair(index, 128)[0]).save(folder / f"{index:02}.png")
    code = f"""
from pathlib import Path
from pix2pix.data.edge_maps import EdgeMaker
if __name__ == "__main__":
    path = Path({str(folder)!r})
    EdgeMaker(processes=2).edge_maps(path, sorted(p.name for p in path.iterdir()))
"""
    (tmp_path / "make.py").write_text(code)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, tmp_path / "make.py"], env=environment)
    while not list(tmp_path.glob("many.edges/*/*.png")):
        assert parent.poll() is None
        time.sleep(0.05)
    children = psutil.Process(parent.pid).children(recursive=True)
    assert len(children) >= 2
    parent.send_signal(number)
    parent.wait()
    _, alive = psutil.wait_procs(children, timeout=60)
    assert alive == []


@pytest.mark.slow
def test_several_processes_make_the_same_maps(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for index in range(18):  # more than are made without a second process
        Image.fromarray(toy_pair(index, 128)[0]).save(folder / f"{index:02}.png")
    maker = EdgeMaker(cache=tmp_path / "a", processes=2)
    many = load_pairs(folder, edge_maker=maker)
    assert maker.made == 18
    few = tmp_path / "few"
    few.mkdir()
    (few / "07.png").write_bytes((folder / "07.png").read_bytes())
    (alone,) = load_pairs(few, edge_maker=EdgeMaker(cache=tmp_path / "b"))
    np.testing.assert_array_equal(many[7].edges, alone.edges)
