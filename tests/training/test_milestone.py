import cv2
import numpy as np
import torch

from pix2pix.export import load_generator
from pix2pix.networks.generator import CompactUNet
from pix2pix.training.milestone import Milestone, draw
from tests.toys import HISTORY, METADATA


class TwoWays(Milestone):
    """Two generators, one grey picture."""

    def judge(self, network):
        assert not network.training
        return [[np.full((64, 64, 3), 90, np.uint8)]], {"l1": 0.5}

    def exports(self, network):
        return {name: (network[name], {"gives": name}) for name in network}


def test_each_generator_has_its_folder(tmp_path):
    pair = torch.nn.ModuleDict({n: CompactUNet((8, 16), base=4) for n in ("there", "back")})
    milestone = TwoWays(tmp_path, METADATA)
    assert milestone.reach(pair.train(), 7, 0.5, HISTORY) == {"l1": 0.5}
    assert pair.training
    assert cv2.imread(str(tmp_path / "sheets/000007.png"))[60, 60].tolist() == [90, 90, 90]
    for name in pair:
        folder = tmp_path / "export" / name
        names = {"config.json", "model.safetensors", "README.md", "sheet.png"}
        assert {p.name for p in folder.iterdir()} == names
        _, config = load_generator(folder)
        assert (config["gives"], config["steps"]) == (name, 7)


def test_pictures_are_drawn_in_batches_all_the_same():
    torch.manual_seed(0)
    generator = CompactUNet((8, 16), in_channels=3, base=4).eval()
    inputs = [torch.rand(3, 16, 16) for _ in range(5)]
    one, two = draw(generator, inputs, batch=2), draw(generator, inputs, batch=8)
    assert len(one) == 5
    assert max(np.abs(a.astype(int) - b).max() for a, b in zip(one, two, strict=True)) <= 1
