"""The best milestone so far."""

import math
from pathlib import Path
from typing import Any

from pix2pix.pretrained.export import CONFIG, read_config

FOLDER = "best"
"""Folder below ``--out``: like ``export``, but of the best milestone."""

_HIGHER = frozenset({"ssim", "psnr"})  # higher is better; of all other metrics, lower is better


class Best:
    """The best value of one metric, over all resumes.

    Args:
        metric: name of the metric.
        folder: folder of the best export, whose ``config.json`` records the value.
        resume: whether to continue from the recorded value.
    """

    def __init__(self, metric: str, folder: Path, *, resume: bool) -> None:
        self.metric = metric
        self.folder = folder
        self.value = self._remembered() if resume else math.nan

    def offer(self, metrics: dict[str, float], step: int) -> dict[str, Any] | None:
        """Compares a milestone with the best so far.

        Returns:
            What its export records about it if it is the new best, else None.
        """
        value = metrics[self.metric]
        better = value > self.value if self.metric in _HIGHER else value < self.value
        if math.isnan(value) or not (better or math.isnan(self.value)):
            return None
        self.value = value
        return {"metric": self.metric, "value": value, "step": step}

    def _remembered(self) -> float:
        """The value of an earlier run with the same metric; `nan` if there is none."""
        for file in sorted(self.folder.rglob(CONFIG)):
            kept = read_config(file.parent).get("best", {})
            if kept.get("metric") == self.metric:
                return kept["value"]
        return math.nan
