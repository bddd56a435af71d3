"""Trained networks on disk: safetensors in half precision, and their configuration."""

import hashlib
import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from torch import nn

from pix2pix.networks.generator import GENERATORS
from pix2pix.networks.hed import CompactHED
from pix2pix.pretrained.checksum import pack, unpack
from pix2pix.pretrained.header import MAX_TEXT, check_side, lay_out, read_shapes
from pix2pix.utils.atomic import write_atomically

WEIGHTS = "model.safetensors"
CONFIG = "config.json"

_ESCAPED = "backslashreplace"
_RENAMED = {
    "limb": "line_margin",
    "hollow": "has_holes",
    "grain": "noise_channels",
    "imagined_pairs": "synthetic_pairs",
}

DETECTORS = {"compact": CompactHED}
"""Edge detectors by their name in `config.json`."""


class UnknownNetworkError(KeyError):
    """``config.json`` names no known network; it belongs to another kind of model."""


def export(generator: nn.Module, folder: Path, metadata: dict[str, Any]) -> dict[str, Any]:
    """Writes ``config.json`` and ``model.safetensors`` (float16), for `from_pretrained` to load.

    The weights carry a checksum.

    Args:
        generator: one of `GENERATORS`.
        folder: the target folder, created if necessary.
        metadata: plain values besides the network's own arguments: domain, input size, palette,
            data licence, training command, steps, commit, metrics.

    Returns:
        The content of ``config.json``.

    Raises:
        UserError: ``diverged``, ``cannot_write``.
    """
    return _write(generator, folder, "generator", GENERATORS, metadata)


def load_generator(folder: Path) -> tuple[nn.Module, dict[str, Any]]:
    """Loads an exported generator, in float32 and evaluation mode, and its ``config.json``.

    Raises:
        OSError: if a file is missing.
        UnknownNetworkError: if the configuration names no known generator.
        ValueError: if the configuration is damaged, or the weights have changed or are not numbers.
        safetensors.SafetensorError, RuntimeError: if the weights are damaged or of another network.
    """
    return _read(folder, "generator", GENERATORS)


def fingerprint(folder: Path) -> str:
    """A hexadecimal hash of an exported network and its configuration.

    Raises:
        OSError: if a file is missing.
    """
    files = (folder / CONFIG, folder / WEIGHTS)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def read_config(folder: Path) -> dict[str, Any]:
    """Reads the ``config.json`` of an exported folder; errors as `load_generator`.

    Keys saved by earlier versions have their present names.
    """
    with (folder / CONFIG).open("rb") as file:
        text = file.read(MAX_TEXT + 1)
    if len(text) > MAX_TEXT:
        raise ValueError("The configuration is too large")
    config = json.loads(text)
    if isinstance(config, dict):
        for old, new in _RENAMED.items():
            if old in config:
                config.setdefault(new, config.pop(old))
    return config


def export_detector(detector: nn.Module, folder: Path, metadata: dict[str, Any]) -> dict[str, Any]:
    """Writes an edge detector, one of `DETECTORS`; otherwise as `export`."""
    return _write(detector, folder, "detector", DETECTORS, metadata)


def load_detector(folder: Path) -> tuple[nn.Module, dict[str, Any]]:
    """Loads an exported edge detector; result and errors as `load_generator`."""
    return _read(folder, "detector", DETECTORS)


def _write(
    network: nn.Module,
    folder: Path,
    key: str,
    kinds: Mapping[str, type[nn.Module]],
    metadata: dict[str, Any],
) -> dict[str, Any]:
    kind = next(name for name, cls in kinds.items() if isinstance(network, cls))
    weights = {
        name: tensor.detach().cpu().half().contiguous() if tensor.is_floating_point() else tensor
        for name, tensor in network.state_dict().items()
    }
    options = network._hub_mixin_config
    assert isinstance(options, dict)  # the arguments of the network
    config = {key: kind, **options, **metadata}
    # Not by `save_file`, whose files only their owner may read.
    packed = pack(weights)
    write_atomically(folder / WEIGHTS, lambda part: part.write_bytes(packed))
    text = json.dumps(config, indent=2, ensure_ascii=False) + "\n"
    # Names of data may be in another encoding; JSON has the same escapes.
    write_atomically(folder / CONFIG, lambda part: part.write_text(text, "utf-8", _ESCAPED))
    return config


def _read(
    folder: Path, key: str, kinds: Mapping[str, type[nn.Module]]
) -> tuple[nn.Module, dict[str, Any]]:
    config = read_config(folder)
    if not isinstance(config, dict) or not isinstance(config.get(key), str):
        raise UnknownNetworkError(key)
    if config[key] not in kinds:
        raise UnknownNetworkError(key)
    if not (folder / WEIGHTS).is_file():
        raise FileNotFoundError(folder / WEIGHTS)
    cls = kinds[config[key]]
    names = inspect.signature(cls).parameters.keys() & config.keys()
    arguments = {name: config[name] for name in names}
    check_side(config)
    network = lay_out(cls, arguments, read_shapes(folder / WEIGHTS))
    types = {name: tensor.dtype for name, tensor in network.state_dict().items()}
    weights = unpack(folder / WEIGHTS).items()
    network.load_state_dict({name: t.to(types[name]) for name, t in weights}, assign=True)
    return network.eval(), config
