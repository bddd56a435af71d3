import json
import math

import pytest

from pix2pix.training.best import Best


@pytest.mark.parametrize(
    ("metric", "values", "steps"),
    [
        ("ssim", [0.3, 0.5, 0.4, 0.5, 0.6], [0, 1, 4]),
        ("swd", [300, 200, math.nan, 250, 100], [0, 1, 4]),
        ("swd", [math.nan, 200], [1]),
    ],
)
def test_only_what_is_better_than_all_before_is_kept(tmp_path, metric, values, steps):
    best = Best(metric, tmp_path, resume=False)
    kept = [best.offer({metric: value, "l1": 0}, step) for step, value in enumerate(values)]
    assert [told["step"] for told in kept if told] == steps
    assert kept[steps[-1]] == {"metric": metric, "value": values[steps[-1]], "step": steps[-1]}


@pytest.mark.parametrize(
    ("resume", "metric", "kept"),
    [(True, "l1", False), (False, "l1", True), (True, "swd", True)],
)
def test_the_best_is_remembered_by_a_resumed_run_with_the_same_metric(
    tmp_path, resume, metric, kept
):
    folder = tmp_path / "AtoB"
    folder.mkdir()
    told = {"metric": "l1", "value": 0.1, "step": 7}
    (folder / "config.json").write_text(json.dumps({"best": told}))
    best = Best(metric, tmp_path, resume=resume)
    assert bool(best.offer({metric: 0.2}, 9)) is kept
