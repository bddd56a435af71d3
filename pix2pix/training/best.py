"""Which milestone was the best so far."""

import math
from pathlib import Path
from typing import Any

from pix2pix.pretrained.export import CONFIG, read_config

FOLDER = "best"
"""Below ``--out``; as ``export``, but of the best milestone."""

_HIGHER = frozenset({"ssim", "psnr"})  # of all other metrics, the least is the best


class Best:
    """The best value of one metric, over all resumes.

    Args:
        metric: its name.
        folder: where the best export is, or will be; its ``config.json`` is the memory.
        resume: whether to go on from what is there, and not to begin anew.
    """

    def __init__(self, metric: str, folder: Path, *, resume: bool) -> None:
        self.metric = metric
        self.folder = folder
        self.value = self._remembered() if resume else math.nan

    def offer(self, metrics: dict[str, float], step: int) -> dict[str, Any] | None:
        """Looks at a milestone.

        Returns:
            What its export says of itself if it is the best so far, else None.
        """
        value = metrics[self.metric]
        better = value > self.value if self.metric in _HIGHER else value < self.value
        if math.isnan(value) or not (better or math.isnan(self.value)):
            return None
        self.value = value
        return {"metric": self.metric, "value": value, "step": step}

    def _remembered(self) -> float:
        """Of an earlier run with the same metric; `nan` if there is none."""
        for file in sorted(self.folder.rglob(CONFIG)):
            kept = read_config(file.parent).get("best", {})
            if kept.get("metric") == self.metric:
                return kept["value"]
        return math.nan
