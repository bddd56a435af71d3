"""The finished generator on disk: safetensors in half precision, and all that is known of it."""

import inspect
import json
from pathlib import Path
from typing import Any

from safetensors.torch import load_model, save_file
from torch import nn

from pix2pix.networks.generator import GENERATORS
from pix2pix.training.checkpoint import write_atomically

WEIGHTS = "model.safetensors"
CONFIG = "config.json"


def export(generator: nn.Module, folder: Path, metadata: dict[str, Any]) -> dict[str, Any]:
    """Writes ``config.json`` and ``model.safetensors`` (float16), as `from_pretrained` loads them.

    Args:
        generator: one of `GENERATORS`.
        folder: made if need be.
        metadata: plain values beside the network's own arguments: domain, input size, palette,
            data licence, training command, steps, commit, metrics.

    Returns:
        What stands in ``config.json``.
    """
    kind = next(name for name, cls in GENERATORS.items() if isinstance(generator, cls))
    weights = {
        name: tensor.detach().cpu().half().contiguous() if tensor.is_floating_point() else tensor
        for name, tensor in generator.state_dict().items()
    }
    config = {"generator": kind, **generator._hub_mixin_config, **metadata}
    write_atomically(folder / WEIGHTS, lambda part: save_file(weights, part, {"format": "pt"}))
    text = json.dumps(config, indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder / CONFIG, lambda part: part.write_text(text, "utf-8"))
    return config


def load_generator(folder: Path) -> tuple[nn.Module, dict[str, Any]]:
    """Loads what `export` wrote, in float32 and evaluation mode, and its ``config.json``.

    Raises:
        OSError: if a file is missing.
        KeyError: if the configuration names no known generator.
        ValueError: if the configuration is damaged.
        safetensors.SafetensorError, RuntimeError: if the weights are damaged or of another network.
    """
    config = json.loads((folder / CONFIG).read_text("utf-8"))
    if not (folder / WEIGHTS).is_file():
        raise FileNotFoundError(folder / WEIGHTS)
    cls = GENERATORS[config["generator"]]
    arguments = inspect.signature(cls).parameters.keys() & config.keys()
    generator = cls(**{name: config[name] for name in arguments})
    load_model(generator, folder / WEIGHTS)
    return generator.eval(), config
