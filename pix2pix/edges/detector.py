"""The edge detector for photos: an HED network, applied to photos of any size."""

import hashlib
import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from pix2pix import domains
from pix2pix.errors import UserError
from pix2pix.networks.fold import for_inference
from pix2pix.networks.hed import ControlNetHED
from pix2pix.pretrained.export import CONFIG, WEIGHTS, UnknownNetworkError, load_detector
from pix2pix.pretrained.hub_ids import parse_hub_id
from pix2pix.pretrained.pull import download

_ORIGINAL = ("ControlNetHED.safetensors", "ControlNetHED.pth")
_PAD = 32  # px reflected around the photo, so that its border is not an edge
_STRIDE = 16  # of the coarsest stage
_MAX_SIDE = 1024  # larger photos are reduced first, since memory grows with the area

SCALES = (0.5, 1.0, 1.5)
"""Scales at which our network sees a photo: .018 better ODS on BSDS500 than one scale."""


class EdgeDetector:
    """Finds edges in photos.

    Example:
        >>> detector = EdgeDetector.from_pretrained()
        >>> detector.detect(np.full((120, 200, 3), 255, np.uint8)).shape
        (120, 200)

    Args:
        network: maps photos, float (N, 3, H, W) in 0..1, to a list of logits, the last of which is
            used; see `pix2pix.networks.hed`.
        device: the device to run on.
        name: unique to the weights; cached results are keyed by it.
        scales: scales at which the network sees a photo; the logits are averaged.
    """

    def __init__(
        self,
        network: nn.Module,
        device: str | torch.device = "cpu",
        name: str = "unnamed",
        scales: Sequence[float] = SCALES,
    ) -> None:
        self.device = torch.device(device)
        self.name = f"{name} {scales}"
        self.scales = scales
        self._network = for_inference(network, self.device)

    @classmethod
    def from_pretrained(
        cls,
        source: str | Path | None = None,
        *,
        revision: str | None = None,
        device: str | torch.device = "cpu",
    ) -> "EdgeDetector":
        """Loads a detector.

        Args:
            source: a folder or the id of a model on the Hugging Face Hub (``OWNER/NAME`` or
                ``OWNER/NAME@REVISION``), with either ``config.json`` and ``model.safetensors`` or
                the original HED in the layout of ControlNet's annotator (``ControlNetHED.pth``, as
                in ``lllyasviel/Annotators``); the shipped one by default.
            revision: branch, tag or commit on the Hub.
            device: the device to run on.

        Raises:
            UserError: ``missing_weights``, ``other_architecture``, ``damaged_weights``, or as
                `pix2pix.pretrained.hub_errors.explain`.
        """
        folder = domains.WEIGHTS_DIR / "hed" if source is None else Path(source)
        shown = source or "hed"
        if not folder.is_dir() and parse_hub_id(str(source)):
            folder = download(str(source), revision, (CONFIG, WEIGHTS, *_ORIGINAL))
        original = next((folder / n for n in _ORIGINAL if (folder / n).is_file()), None)
        with _complaining(shown):
            name = hashlib.sha256((original or folder / WEIGHTS).read_bytes()).hexdigest()
            if original:
                return cls(_load_original(original), device, name, scales=(1.0,))
            network, _ = load_detector(folder)
            return cls(network, device, name)

    @torch.inference_mode()
    def detect(self, photo: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The probability that each pixel lies on an edge, before any post-processing.

        Args:
            photo: uint8 (H, W, 3) RGB of any size; sides above 1024 px are reduced for the network,
                and its output is enlarged again.

        Returns:
            float32 (H, W) in 0..1.
        """
        height, width = photo.shape[:2]
        shrink = max(1.0, max(height, width) / _MAX_SIDE)
        logits = np.zeros((height, width), np.float32)
        for scale in self.scales:
            answer = self._logits(_resized(photo, scale / shrink))
            logits += cv2.resize(answer, (width, height), interpolation=cv2.INTER_LINEAR)
        soft = 1 / (1 + np.exp(-logits / len(self.scales)))
        return soft.astype(np.float32, copy=False)

    def _logits(self, photo: NDArray[np.uint8]) -> NDArray[np.float32]:
        height, width = photo.shape[:2]
        below, right = (_PAD + (-n) % _STRIDE for n in (height, width))
        padded = np.pad(photo, ((_PAD, below), (_PAD, right), (0, 0)), mode="reflect")
        batch = torch.from_numpy(padded).permute(2, 0, 1)[None].to(self.device).float() / 255
        logits = self._network(batch.contiguous(memory_format=torch.channels_last))[-1]
        return logits[0, 0, _PAD : _PAD + height, _PAD : _PAD + width].float().cpu().numpy()


def _load_original(file: Path) -> ControlNetHED:
    network = ControlNetHED()
    if file.suffix == ".safetensors":
        network.load_state_dict(load_file(file))
    else:  # only tensors are unpickled, so the file cannot run code
        network.load_state_dict(torch.load(file, map_location="cpu", weights_only=True))
    return network


@contextmanager
def _complaining(source: str | Path) -> Iterator[None]:
    """Turns the exceptions of loading a detector into one sentence about `source`."""
    try:
        yield
    except UnknownNetworkError as error:
        raise UserError(
            "other_architecture",
            f"'{source}' is not an edge detector: its {CONFIG} names no known one; choose another.",
        ) from error
    except FileNotFoundError as error:
        raise UserError(
            "missing_weights",
            f"There is no edge detector in '{source}' ({CONFIG} and {WEIGHTS}); fetch it "
            "again, or train one with python -m pix2pix.training.edge_detector.train.",
        ) from error
    except (
        OSError,
        SafetensorError,
        pickle.UnpicklingError,
        RuntimeError,
        KeyError,
        TypeError,
        ValueError,
    ) as error:
        raise UserError(
            "damaged_weights",
            f"The edge detector in '{source}' is damaged or belongs to another network; fetch it "
            "again.",
        ) from error


def _resized(photo: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    if scale == 1:
        return photo
    height, width = (max(1, round(n * scale)) for n in photo.shape[:2])
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(photo, (width, height), interpolation=kind)
