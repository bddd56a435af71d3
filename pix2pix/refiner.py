"""Pictures at twice their size, as sharp as the pen that drew their lines."""

from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from pix2pix.domains import REFINER
from pix2pix.imaging.channels import darkest, lightest
from pix2pix.imaging.silhouette import bleed, find_silhouette, frame
from pix2pix.networks.guided_upsampler import ConvolvedUpsampler, GuidedUpsampler
from pix2pix.networks.tensors import to_picture, to_target
from pix2pix.pretrained.load import Pretrained, loading

_FAINT = 0.02  # of the way from white to black: less is paper


class Refiner(Pretrained):
    """Doubles what a generator drew, with an outline as smooth as the drawing's.

    Example:
        >>> refiner = Refiner.from_pretrained()  # doctest: +SKIP
        >>> rgba = refiner.refine(picture, edges, lines)  # doctest: +SKIP
    """

    @classmethod
    def from_pretrained(
        cls,
        source: str | Path = REFINER,
        *,
        revision: str | None = None,
        device: str | torch.device = "cpu",
    ) -> "Refiner":
        """Loads a network that ``train.py --task refine`` trained.

        Args:
            source: ``"crisp"``, the shipped one; a folder, or a model's id on the Hugging Face
                Hub, as `Translator.from_pretrained` takes them.
            revision: branch, tag or commit on the Hub.
            device: where it runs.

        Raises:
            UserError: as `Translator.from_pretrained`; ``other_task`` if it does not refine.
        """
        with loading(source, revision, task="refine") as (generator, _, folder):
            if isinstance(generator, GuidedUpsampler):
                generator = ConvolvedUpsampler(generator)  # 1.3 times as fast
            return cls(generator, device, folder)

    def refine(
        self,
        picture: NDArray[np.uint8],
        edge_map: NDArray[np.uint8],
        lines: NDArray[np.uint8],
        *,
        has_holes: bool = False,
    ) -> NDArray[np.uint8]:
        """Doubles a picture and cuts it out along its lines.

        Args:
            picture: uint8 (S, S, 3) RGB on white, as `Translator.paint` gives it.
            edge_map: uint8 (S, S), 0 on lines one pixel wide.
            lines: uint8 (2 S, 2 S), 0 on lines, see `pix2pix.edges.normalise.centre_lines`.
            has_holes: whether a white region may be a hole, such as the loop of a handle.

        Returns:
            uint8 (2 S, 2 S, 4) RGBA, alpha not multiplied in: to be laid on white or anything else.
        """
        body, alpha, away = find_silhouette(picture, edge_map, lines, has_holes=has_holes)
        rgba = np.zeros((*alpha.shape, 4), np.uint8)
        if body.any():
            small, large = frame(body)
            shown = rgba[large]
            shown[..., :3] = self._double(bleed(picture[small], body[small]), lines[large])
            shown[..., 3] = (255 * alpha[large]).round()
            shown *= (shown[..., 3:] > 0).view(np.uint8)
        _add_smoke(rgba, picture, away)
        return rgba

    @torch.inference_mode()
    def _double(self, picture: NDArray[np.uint8], lines: NDArray[np.uint8]) -> NDArray[np.uint8]:
        batch = to_guided(picture, lines)[None].to(self.device, memory_format=torch.channels_last)
        return to_picture(self._network(batch)[0])


def to_guided(picture: NDArray[np.uint8], lines: NDArray[np.uint8]) -> torch.Tensor:
    """The input of a `GuidedUpsampler`.

    Args:
        picture: uint8 (H, W, 3).
        lines: uint8 (2 H, 2 W), 0 on lines.

    Returns:
        float32 (7, H, W).
    """
    ink = torch.from_numpy((lines < 128).astype(np.float32))[None]
    return torch.cat([to_target(picture), F.pixel_unshuffle(ink, GuidedUpsampler.factor)])


def _add_smoke(
    rgba: NDArray[np.uint8], picture: NDArray[np.uint8], away: NDArray[np.float32]
) -> None:
    """Adds paint that no outline holds yet, as opaque as it differs from white."""
    loose = (away[::2, ::2] > 0) & (darkest(picture) < 255 * (1 - _FAINT))
    if not loose.any():
        return
    small, large = frame(loose)
    plain = cv2.resize(picture[small], None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    missing = 255 - plain.astype(np.float32)
    cover = lightest(missing) / 255
    smoke = (away[large] > 0) & (cover > _FAINT)
    colour = 255 - missing[smoke] / cover[smoke][:, None]
    opacity = 255 * (cover * away[large])[smoke]
    rgba[large][smoke] = np.column_stack([colour, opacity]).round().astype(np.uint8)
