"""Detection of mode collapse: a generator that draws the same picture for any input."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

_THUMBNAIL = 16  # px; pictures that differ only in noise count as the same
_ALARM = 0.1  # of the variance of the data
_CALM = 0.2


class CollapseMonitor:
    """Compares the variance of recently generated pictures with that of the data.

    Args:
        window: number of pictures compared, as a batch of one has no variance.
        patience: pictures before the first alarm, since a new generator draws plain gray at first.
    """

    def __init__(self, window: int = 50, patience: int = 500) -> None:
        self.window = window
        self.patience = patience
        self.seen = 0
        self.alarmed = False
        self._made = torch.empty(0)
        self._real = torch.empty(0)

    def see(self, made: Tensor, real: Tensor) -> float:
        """Takes in generated pictures, and pictures of the data that they should resemble.

        Args:
            made: float (N, 3, H, W).
            real: likewise.

        Returns:
            Variance of the generated pictures as a share of that of the data, averaged over the
            values of thumbnails; 1 as long as there is only one picture.
        """
        self._made = self._keep(self._made, made)
        self._real = self._keep(self._real, real)
        self.seen += len(made)
        if len(self._made) < 2:
            return 1.0
        variances = [kept.var(dim=0).mean() for kept in (self._made, self._real)]
        return float(variances[0] / variances[1].clamp_min(1e-8))

    def alarm(self, share: float) -> bool:
        """Whether to warn of `share` now: once, and again only after a recovery."""
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
        """The state, for a checkpoint."""
        return {
            "made": self._made, "real": self._real, "seen": self.seen, "alarmed": self.alarmed
        }  # fmt: skip

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Restores what `state_dict` returned."""
        self._made, self._real = state["made"], state["real"]
        self.seen, self.alarmed = state["seen"], state["alarmed"]
