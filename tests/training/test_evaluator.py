import cv2
import numpy as np
import pytest
import torch

from pix2pix.errors import UserError
from pix2pix.networks.generator import CompactUNet
from pix2pix.pretrained.export import load_generator
from pix2pix.training.evaluator import Evaluator, predict
from tests.metrics.test_inception import Brightness
from tests.toys import HISTORY, METADATA, toy_pair


class TwoWays(Evaluator):
    """Two generators, one grey picture."""

    def evaluate(self, network):
        assert not network.training
        return [[np.full((64, 64, 3), 90, np.uint8)]], {"l1": 0.5}

    def exports(self, network):
        return {name: (network[name], {"gives": name}) for name in network}


def test_each_generator_has_its_folder(tmp_path):
    pair = torch.nn.ModuleDict({n: CompactUNet((8, 16), base=4) for n in ("there", "back")})
    evaluator = TwoWays(tmp_path, METADATA)
    assert evaluator.run(pair.train(), 7, 0.5, HISTORY) == {"l1": 0.5}
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
    one, two = predict(generator, inputs, batch=2), predict(generator, inputs, batch=8)
    assert len(one) == 5
    assert max(np.abs(a.astype(int) - b).max() for a, b in zip(one, two, strict=True)) <= 1


class Judged(Evaluator):
    """One generator, measured as told."""

    measures = ("l1", "ssim")
    value = 0.0

    def evaluate(self, network):
        return [], {"l1": 0.5, "ssim": self.value}


def test_the_best_milestone_is_kept_over_resumes(tmp_path):
    generator, step = CompactUNet((8, 16), base=4), 0
    for resume, values in ((False, (0.2, 0.6, 0.4)), (True, (0.5, 0.3)), (True, (0.7, 0.1))):
        evaluator = Judged(tmp_path, METADATA)  # as a new process makes it
        evaluator.track_best("ssim", resume=resume)
        for evaluator.value in values:
            step += 1
            evaluator.run(generator, step, 0.5, HISTORY)
        _, told = load_generator(tmp_path / "best")
        best = 0.7 if max(values) == 0.7 else 0.6
        assert told["best"] == {"metric": "ssim", "value": best, "step": told["steps"]}
        assert load_generator(tmp_path / "export")[1]["steps"] == step
    assert told["steps"] == 6
    assert (tmp_path / "best/README.md").is_file()


@pytest.mark.parametrize(
    ("measures", "metric", "told"),
    [
        (
            ("l1", "ssim"),
            "cycle_a",
            "'cycle_a' on held-out pictures; choose one of l1, ssim or omit",
        ),
        ((), "ssim", "'ssim' on held-out pictures; omit --best"),
        (("l1", "ssim"), "fid", "give their file with --inception"),
    ],
)
def test_what_is_not_measured_cannot_choose_the_best(tmp_path, monkeypatch, measures, metric, told):
    monkeypatch.setattr(Judged, "measures", measures)
    with pytest.raises(UserError, match=told):
        Judged(tmp_path, METADATA).track_best(metric)


def test_pictures_are_compared_by_inception_too_where_it_is(tmp_path):
    pictures = [toy_pair(number, 64)[0] for number in range(4)]
    other = [toy_pair(number, 64)[0] for number in range(4, 8)]
    evaluator = Judged(tmp_path, METADATA)
    assert evaluator.compare(other, pictures).keys() == {"l1", "ssim", "swd"}
    evaluator.track_best(None, Brightness())
    values = evaluator.compare(other, pictures)
    assert tuple(values) == evaluator.compares(4) == ("l1", "ssim", "swd", "fid", "kid")
    assert values["fid"] > evaluator.compare(pictures, pictures)["fid"]
    assert evaluator.compare(other[:1], pictures[:1]).keys() == {"l1", "ssim", "swd"}
    assert evaluator.compares(0) == ()
