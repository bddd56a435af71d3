"""Checks that a model's configuration fits its weights, before anything is built from it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from torch import nn

MAX_WEIGHTS = 512 * 1024 * 1024
"""Maximum size of a file of weights; the largest network here has 109 MB."""

MAX_TEXT = 1024 * 1024
"""Maximum size of a configuration, and of the header of weights."""

_SIDES = range(16, 1025)
"""Possible sides of the pictures that a network was trained with."""


def read_shapes(weights: Path) -> dict[str, tuple[int, ...]]:
    """Reads the shapes of the tensors in a safetensors file; only its header is read.

    Args:
        weights: the file.

    Raises:
        OSError: if it cannot be read.
        ValueError: if it is too large to be a model of this project.
        safetensors.SafetensorError: if it is damaged.
    """
    if weights.stat().st_size > MAX_WEIGHTS:
        raise ValueError("The weights are too large")
    with weights.open("rb") as file:
        if int.from_bytes(file.read(8), "little") > MAX_TEXT:
            raise ValueError("The header of the weights is too large")
    with safe_open(weights, framework="pt") as tensors:
        return {name: tuple(tensors.get_slice(name).get_shape()) for name in tensors.keys()}  # noqa: SIM118


def lay_out(
    network: type[nn.Module], arguments: Mapping[str, Any], shapes: Mapping[str, tuple[int, ...]]
) -> nn.Module:
    """Lays out a network without its values, if it has the tensors of its weights.

    It takes neither time nor memory, whatever the arguments are: no size among them may be larger
    than all in the weights, and then the network is laid out without its values.

    Args:
        network: its class.
        arguments: of the class, from the configuration.
        shapes: as from `read_shapes`.

    Returns:
        The network on PyTorch's ``meta`` device.

    Raises:
        ValueError: if it has other tensors.
    """
    most = max((len(shapes), *(side for shape in shapes.values() for side in shape)))
    if any(not 0 <= number <= most for number in _numbers(list(arguments.values()), most)):
        raise ValueError("The sizes in the configuration are not those of the weights")
    try:
        with torch.device("meta"):
            layout = network(**arguments)
    except Exception as error:  # whatever such values lead to
        raise ValueError("The configuration fits no network") from error
    needed = {name: tuple(tensor.shape) for name, tensor in layout.state_dict().items()}
    if needed != dict(shapes):
        raise ValueError("The weights are those of another network")
    return layout


def check_side(config: Mapping[str, Any]) -> None:
    """Checks the side of the pictures that a network was trained with.

    Args:
        config: its configuration.

    Raises:
        ValueError: if pictures of that side would be absurd.
    """
    side = config.get("size", 256)
    if isinstance(side, bool) or side not in _SIDES:
        raise ValueError("The size of the pictures is absurd")


def _numbers(value: Any, most: int) -> Iterator[float]:  # noqa: ANN401 - whatever a file holds
    """The numbers in a value, and the lengths of its lists."""
    if isinstance(value, list | tuple):
        yield len(value)
        if len(value) <= most:
            for each in value:
                yield from _numbers(each, most)
    elif isinstance(value, int | float):
        yield value
