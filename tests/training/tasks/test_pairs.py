import json

import cv2
import numpy as np
import pytest

from pix2pix import Translator
from pix2pix.errors import UserError
from pix2pix.networks.tensors import to_target
from pix2pix.pretrained.load import load_pretrained
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import predict
from pix2pix.training.tasks.pairs import PairsEvaluator, pairs_task
from tests.toys import toy_pair, write_export, write_paired_set
from tests.training.runs import train

pytestmark = pytest.mark.slow


@pytest.fixture
def words(tmp_path):
    data = write_paired_set(tmp_path / "set", side_by_side=True)
    return [
        "--task", "pairs", "--domain", "negatives", "--data", data, "--out", tmp_path / "run",
        "--direction", "BtoA", "--generator", "compact", "--size", "64", "--start-size", "64",
        "--ndf", "4", "--epochs", "0.4",
    ]  # fmt: skip


def test_a_run_on_pairs_leaves_sheet_figures_and_generator(tmp_path, words, capsys):
    assert train(*words, "--best", "ssim") == 0
    assert f"The best by ssim is in {tmp_path / 'run/best'}." in capsys.readouterr().out
    _, best = load_pretrained(tmp_path / "run/best")
    assert best["best"] == {"metric": "ssim", "value": best["metrics"]["ssim"], "step": 2}
    export = tmp_path / "run/export"
    generator, told = load_pretrained(export)
    assert (told["task"], told["objective"]) == ("pictures", "pix2pix")
    assert (told["takes"], told["gives"]) == ("pictures of B", "pictures of A")
    assert told["metrics"].keys() == {"l1", "ssim", "swd"}
    assert "--task pairs --" in told["command"]
    assert cv2.imread(str(export / "sheet.png")).shape[0] == 3 * 132 + 4
    (picture,) = predict(generator, [to_target(np.zeros((64, 64, 3), np.uint8))])
    assert picture.shape == (64, 64, 3)
    assert "pictures of B to pictures of A" in (export / "README.md").read_text()
    with pytest.raises(UserError, match="takes pictures of B, not drawings"):
        Translator.from_pretrained(export)

    other = ["--init", export, "--direction", "AtoB", "--out", tmp_path / "next"]
    assert train(*words, *other) == 0
    assert len(json.loads((tmp_path / "next/export/config.json").read_text())["parents"]) == 1


def test_a_generator_for_sketches_is_no_start(tmp_path, words):
    said = train(*words, "--init", write_export(tmp_path / "sketches"))
    assert "was not trained for --task pairs" in said
    said = train(*words, "--best", "cycle_a")
    assert "\n" not in said
    assert "does not measure 'cycle_a' on held-out pictures; choose one of l1, ssim, swd or" in said
    assert not (tmp_path / "run").exists()


def test_held_out_pairs_stay_together(tmp_path):
    config = TrainConfig(
        domain="x", data=write_paired_set(tmp_path / "set"), out=tmp_path, epochs=1, task="pairs",
        size=64, start_size=64,
    )  # fmt: skip
    task = pairs_task(config)
    evaluator = task.evaluator
    assert isinstance(evaluator, PairsEvaluator)
    assert len(evaluator.held_out[0]) == 24 - len(task.dataset) > 0
    shown = [np.abs(toy_pair(n)[0][::4, ::4].astype(int) - 255 + evaluator.pictures(1)[0]).mean()
             for n in range(24)]  # fmt: skip
    assert [p.name for p in task.dataset.sets[0]] == [p.name for p in task.dataset.sets[1]]
    assert f"{int(np.argmin(shown)):04d}" not in [p.name for p in task.dataset.sets[0]]
