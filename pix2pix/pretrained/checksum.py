"""The checksum of weights, in the header of their file."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save
from torch import Tensor

from pix2pix.errors import UserError

KEY = "sha256"
"""Key of the checksum in the metadata of a safetensors file."""


def pack(weights: Mapping[str, Tensor]) -> bytes:
    """Weights as a safetensors file with their checksum, for `unpack`.

    Raises:
        UserError: ``diverged`` if not all weights are finite numbers.
    """
    if not all_finite(weights):
        raise UserError(
            "diverged",
            "The network has diverged: not all its weights are numbers, so it is not exported; "
            "train again with lower rates (--lr-generator).",
        )
    return _sorted(save(dict(weights), {"format": "pt", KEY: _digest(weights)}))


def unpack(path: Path) -> dict[str, Tensor]:
    """Reads weights and makes sure that they are finite, and as they were written.

    Files of earlier versions and of others have no checksum.

    Raises:
        OSError: if the file is missing.
        safetensors.SafetensorError: if it is not of this format.
        ValueError: if it has changed since it was written, or not all weights are finite.
    """
    with safe_open(path, "pt") as file:
        told = (file.metadata() or {}).get(KEY)
        weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    if told and told != _digest(weights):
        raise ValueError(f"{path} has changed since it was written")
    if not all_finite(weights):
        raise ValueError(f"{path} has weights that are not numbers")
    return weights


def all_finite(weights: Mapping[str, Tensor]) -> bool:
    """Whether all values are numbers, and none is infinite."""
    return all(bool(torch.isfinite(tensor).all()) for tensor in weights.values())


def _sorted(data: bytes) -> bytes:
    """The same file with its metadata in order, so that equal weights are equal files.

    safetensors writes them in any order.
    """
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    return data[:8] + text.ljust(start - 8) + data[start:]


def _digest(weights: Mapping[str, Tensor]) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(weights.items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(
            tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy().tobytes()
        )
    return digest.hexdigest()
