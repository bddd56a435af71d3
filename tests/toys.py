"""Small things to train and draw with, made on the spot."""

import os
import shutil
from pathlib import Path
from zipfile import ZipFile

import cv2
import numpy as np
import pytest
import torch
from PIL import Image

from pix2pix.networks.generator import CompactUNet
from pix2pix.networks.guided_upsampler import GuidedUpsampler
from pix2pix.networks.srresnet import SRResNet
from pix2pix.pretrained.card import CARD, SHEET, model_card
from pix2pix.pretrained.export import export

METADATA = {
    "domain": "shoes",
    "size": 256,
    "palette": ["#804020"],
    "data": "toy pairs",
    "data_licence": "free to use",
    "training_pairs": 8,
    "held_out_pairs": 2,
}
"""What train.py says of a run, for runs on toys."""


HISTORY = [
    {
        "from_step": 0,
        "command": "python train.py --domain shoes",
        "commit": "abc123",
        "hardware": "2 cores",
    }
]


def write_export(folder: Path, base: int = 8, **facts: object) -> Path:
    """Writes what train.py exports, with a tiny generator, into `folder`."""
    torch.manual_seed(0)
    metrics = {"l1": 0.1234, "ssim": 0.75, "swd": 147.2}
    run = {"minutes": 1.5, "steps": 6, "metrics": metrics, "history": HISTORY} | HISTORY[0]
    config = export(CompactUNet((8, 16, 24), base=base), folder, METADATA | run | facts)
    (folder / CARD).write_text(model_card(config, "Shoe"), "utf-8")
    Image.fromarray(toy_pair(0)[0]).save(folder / SHEET)
    return folder


def write_colouriser(folder: Path, **facts: object) -> Path:
    """Writes what ``train.py --task colourise`` exports, a tiny generator, into `folder`."""
    torch.manual_seed(0)
    generator = CompactUNet((8, 16, 24), in_channels=1, out_channels=2, base=8)
    with torch.no_grad():
        generator.head.weight *= 4  # colours that can be seen
    told = {"task": "colourise", "takes": "gray pictures", "gives": "coloured pictures", "size": 64}
    export(generator, folder, told | facts)
    return folder


def write_repainter(folder: Path, **facts: object) -> Path:
    """Writes what ``train.py --task pairs`` exports, a tiny generator, into `folder`."""
    torch.manual_seed(0)
    generator = CompactUNet((8, 16, 24), in_channels=3, base=8)
    told = {"task": "pictures", "takes": "pictures of A", "gives": "pictures of B", "size": 64}
    export(generator, folder, told | facts)
    return folder


def data_pack(name: str) -> Path:
    """A pack of the training data (docs/data.md), where ICANVAS_DATA says they are."""
    folder = os.environ.get("ICANVAS_DATA")
    if not folder:
        pytest.skip("ICANVAS_DATA is not set: no data packs here")
    return Path(folder) / name


def unpack(pack: Path, folder: Path, numbers: range) -> Path:
    """Writes those pictures of a pack whose names are these numbers into `folder`."""
    with ZipFile(pack) as archive:
        for name in archive.namelist():
            if Path(name).stem.isdigit() and int(Path(name).stem) in numbers:
                archive.extract(name, folder)
    return folder


def house(width: int = 3, size: int = 256) -> np.ndarray:
    """A drawing of a house: closed outline, a door, a round window; black on white."""
    canvas = np.full((size, size), 255, np.uint8)
    k = size / 256

    def line(*points: tuple[int, int]) -> None:
        cv2.polylines(canvas, [(np.array(points) * k).astype(np.int32)], False, 0, width)

    line((50, 220), (50, 110), (128, 40), (206, 110), (206, 220), (50, 220))
    line((110, 220), (110, 150), (150, 150), (150, 220))
    cv2.circle(canvas, (round(128 * k), round(100 * k)), round(18 * k), 0, width)
    return canvas


def write_png(picture: np.ndarray, path: Path) -> None:
    """Writes a picture in a tenth of the time that Pillow takes to have the smallest file."""
    Image.fromarray(picture).save(path, compress_level=1)


def toy_pair(number: int, size: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """A coloured box on white and its edge map, another one for each number."""
    rng = np.random.default_rng(number)
    photo = np.full((size, size, 3), 255, np.uint8)
    edges = np.full((size, size), 255, np.uint8)
    x, y = rng.integers(size // 8, size // 4, 2)
    w, h = rng.integers(size // 3, size // 2, 2)
    colour = tuple(int(c) for c in rng.integers(0, 200, 3))
    cv2.rectangle(photo, (x, y), (x + w, y + h), colour, -1)
    cv2.rectangle(edges, (x, y), (x + w, y + h), 0, 1)
    cv2.line(edges, (x, y + h // 2), (x + w, y + h // 2), 0, 1)
    return photo, edges


def write_toy_set(folder: Path, count: int = 24) -> Path:
    """Writes photos/ and edges/ with toy pairs below `folder`."""
    for name in ("photos", "edges"):
        (folder / name).mkdir(parents=True)
    for number in range(count):
        photo, edges = toy_pair(number)
        write_png(photo, folder / "photos" / f"{number:04d}.png")
        write_png(edges, folder / "edges" / f"{number:04d}.png")
    return folder


def write_flawed_set(folder: Path) -> Path:
    """A toy set with a broken photo, a missing edge map, a copy, and a smaller, worse copy."""
    write_toy_set(folder, 24)
    photos, edges = folder / "photos", folder / "edges"
    (photos / "0003.png").write_bytes((photos / "0003.png").read_bytes()[:200])
    (edges / "0004.png").unlink()
    shutil.copy(photos / "0010.png", photos / "copy <1>.png")
    shutil.copy(edges / "0010.png", edges / "copy <1>.png")
    for place, name in ((photos, "smaller.jpg"), (edges, "smaller.png")):
        with Image.open(place / "0020.png") as image:
            image.resize((160, 160)).save(place / name, quality=70)
    return folder


def write_unpaired_set(folder: Path, count: int = 24) -> Path:
    """Writes A/, boxes on white, and B/, other boxes with dark and light changed, no pairs."""
    for name in ("A", "B"):
        (folder / name).mkdir(parents=True)
    for number in range(count):
        write_png(toy_pair(number)[0], folder / "A" / f"{number:04d}.png")
        dark = 255 - toy_pair(1000 + number)[0]
        write_png(dark, folder / "B" / f"{number:04d}.png")
    return folder


def write_paired_set(folder: Path, count: int = 24, *, side_by_side: bool = False) -> Path:
    """Writes pairs of a box on white and the same with dark and light changed."""
    for number in range(count):
        sides = {"A": toy_pair(number)[0], "B": 255 - toy_pair(number)[0]}
        if side_by_side:
            sides = {"": np.hstack(list(sides.values()))}
        for side, picture in sides.items():
            (folder / side).mkdir(parents=True, exist_ok=True)
            write_png(picture, folder / side / f"{number:04d}.png")
    return folder


def write_vgg(file: Path) -> Path:
    """Writes what torchvision's vgg16 holds in its ``features``, of random weights."""
    from torchvision.models.vgg import cfgs, make_layers  # slow

    torch.manual_seed(16)
    state = make_layers(cfgs["D"]).state_dict()
    torch.save({f"features.{name}": tensor for name, tensor in state.items()}, file)
    return file


def write_enlarger(folder: Path, factor: int = 4) -> Path:
    """Writes what ``train.py --task enlarge`` exports, a tiny network that adds some noise."""
    torch.manual_seed(0)
    network = SRResNet(factor, width=8, blocks=2)
    torch.nn.init.normal_(network.tail[-2].weight, std=0.1)
    torch.nn.init.constant_(network.tail[-2].bias, -0.05)  # white would become grey
    export(network, folder, {"task": "enlarge", "domain": "bigger", "takes": "small pictures"})
    return folder


def write_refiner(folder: Path) -> Path:
    """Writes what ``train.py --task refine`` exports, a network that adds a little noise."""
    torch.manual_seed(0)
    network = GuidedUpsampler(width=8)
    torch.nn.init.normal_(network.tail.weight, std=0.02)
    export(network, folder, {"task": "refine", "domain": "crisp", "takes": "drawn pictures"})
    return folder
