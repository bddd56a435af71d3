"""A pool of earlier pictures, so that discriminators do not forget them."""

from typing import Any

import torch
from torch import Tensor


class ImagePool:
    """A history of pictures: Shrivastava et al. 2017, section 2.3; 50 as in Zhu et al. 2017.

    Args:
        size: number of pictures kept.
    """

    def __init__(self, size: int = 50) -> None:
        self.size = size
        self.pictures: list[Tensor] = []

    def query(self, made: Tensor) -> Tensor:
        """Exchanges new pictures for as many new or older ones.

        While the pool fills, the new ones are returned. After that, half the time, a new picture
        replaces a kept one, which is returned instead. Pictures of a different size than those kept
        empty the pool first.

        Args:
            made: float (N, 3, H, W), detached.

        Returns:
            Float (N, 3, H, W).
        """
        if self.pictures and self.pictures[0].shape != made[0].shape:
            self.pictures.clear()
        return torch.stack([self._swap(picture) for picture in made])

    def _swap(self, new: Tensor) -> Tensor:
        if len(self.pictures) < self.size:
            self.pictures.append(new)
            return new
        if torch.rand(()) < 0.5:
            return new
        at = int(torch.randint(self.size, ()))
        old, self.pictures[at] = self.pictures[at], new
        return old

    def state_dict(self) -> dict[str, Any]:
        """The pictures kept, on the CPU."""
        return {"pictures": [picture.cpu() for picture in self.pictures]}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Restores what `state_dict` returned."""
        self.pictures = list(state["pictures"])
