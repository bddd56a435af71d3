"""Noticing when a generator draws the same picture whatever goes in."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

_THUMBNAIL = 16  # px: pictures that differ in noise alone are the same
_ALARM = 0.1  # of the variance of the data
_CALM = 0.2


class CollapseMonitor:
    """Compares how much the last pictures made differ with how much those of the data do.

    Args:
        window: pictures compared; a batch of one has no variance of its own.
        patience: pictures before the first alarm, since a new generator draws one grey at first.
    """

    def __init__(self, window: int = 50, patience: int = 500) -> None:
        self.window = window
        self.patience = patience
        self.seen = 0
        self.alarmed = False
        self._made = torch.empty(0)
        self._real = torch.empty(0)

    def see(self, made: Tensor, real: Tensor) -> float:
        """Looks at pictures made and at some of the data that they shall resemble.

        Args:
            made: float (N, 3, H, W).
            real: likewise.

        Returns:
            Variance between the pictures made as a share of that between those of the data, mean
            over the values of thumbnails; 1 as long as there is but one.
        """
        self._made = self._keep(self._made, made)
        self._real = self._keep(self._real, real)
        self.seen += len(made)
        if len(self._made) < 2:
            return 1.0
        variances = [kept.var(dim=0).mean() for kept in (self._made, self._real)]
        return float(variances[0] / variances[1].clamp_min(1e-8))

    def alarm(self, share: float) -> bool:
        """Whether to warn of `share` now: once, and again only after things were well."""
        if share > _CALM:
            self.alarmed = False
        if self.alarmed or share >= _ALARM or self.seen < max(self.patience, self.window):
            return False
        self.alarmed = True
        return True

    def _keep(self, kept: Tensor, new: Tensor) -> Tensor:
        small = F.adaptive_avg_pool2d(new.detach().float(), _THUMBNAIL).flatten(1).cpu()
        return torch.cat([kept.reshape(-1, small.shape[1]), small])[-self.window :]

    def state_dict(self) -> dict[str, Any]:
        """All it remembers."""
        return {
            "made": self._made, "real": self._real, "seen": self.seen, "alarmed": self.alarmed
        }  # fmt: skip

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Takes back what `state_dict` gave."""
        self._made, self._real = state["made"], state["real"]
        self.seen, self.alarmed = state["seen"], state["alarmed"]
