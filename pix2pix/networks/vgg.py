"""VGG-16 (Simonyan & Zisserman 2015): the features of its inner layers, for losses."""

from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Literal

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from pix2pix.errors import UserError

Layer = Literal["relu1_2", "relu2_2", "relu3_3", "relu4_3"]
LAYERS: dict[Layer, int] = {"relu1_2": 3, "relu2_2": 8, "relu3_3": 15, "relu4_3": 22}
"""Index in torchvision's ``vgg16().features`` of each layer used by Johnson et al. 2016."""


class VGG16Features(nn.Module):
    """The frozen convolutions of VGG-16, up to the deepest requested layer.

    Args:
        layers: the layers whose features are returned.
    """

    def __init__(self, layers: Sequence[Layer] = tuple(LAYERS)) -> None:
        from torchvision.models.vgg import cfgs, make_layers  # slow: it imports torch's compiler

        super().__init__()
        self.names = {LAYERS[name]: name for name in layers}
        self.features = make_layers(cfgs["D"])[: max(self.names) + 1]
        # Statistics of ImageNet's pictures in 0..1, as the weights expect.
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1))
        self.register_buffer("deviation", torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1))
        self.requires_grad_(False)

    def forward(self, pictures: Tensor) -> dict[Layer, Tensor]:
        """Computes the features of pictures.

        Args:
            pictures: float (N, 3, H, W), RGB in -1..1, H and W 8 or more.

        Returns:
            Features by layer, float (N, C, H / s, W / s): C 64, 128, 256, 512 and s 1, 2, 4, 8.
        """
        x = ((pictures + 1) / 2 - self.mean) / self.deviation
        seen = {}
        for index, layer in enumerate(self.features):
            x = layer(x)
            if index in self.names:
                seen[self.names[index]] = x
        return seen


def load_vgg(file: Path | None, layers: Sequence[Layer] = tuple(LAYERS)) -> VGG16Features:
    """Loads VGG-16 as torchvision stores it.

    Args:
        file: safetensors, or what `torch.save` wrote; the whole network or its ``features``. None
            takes torchvision's own weights (528 MB), downloaded once and kept.
        layers: see `VGG16Features`.

    Raises:
        UserError: ``missing_vgg`` or ``bad_vgg``.
    """
    state = _read(file) if file else _download()
    found = {name.removeprefix("features."): tensor for name, tensor in state.items()}
    network = VGG16Features(layers)
    try:
        network.features.load_state_dict({k: found[k] for k in network.features.state_dict()})
    except (KeyError, RuntimeError) as error:
        raise _bad(file) from error
    return network.eval()


def _read(file: Path) -> dict[str, Tensor]:
    if not file.is_file():
        raise UserError(
            "missing_vgg", f"There is no file '{file}'; give the weights of VGG-16 with --vgg."
        )
    try:
        if file.suffix == ".safetensors":
            return load_file(file)
        return dict(torch.load(file, map_location="cpu", weights_only=True))
    except Exception as error:  # torch raises many kinds for a damaged file
        raise _bad(file) from error


def _download() -> dict[str, Tensor]:
    from torchvision.models import VGG16_Weights

    try:
        return dict(VGG16_Weights.IMAGENET1K_V1.get_state_dict(progress=True, check_hash=True))
    except (OSError, HTTPException, RuntimeError) as error:
        raise UserError(
            "missing_vgg",
            f"The weights of VGG-16 could not be downloaded ({error}); try again with a network, "
            "or name a file of torchvision's vgg16 with --vgg.",
        ) from error


def _bad(file: Path | None) -> UserError:
    return UserError(
        "bad_vgg",
        f"'{file or 'torchvision'}' does not hold the weights of torchvision's vgg16; "
        "give a file that does with --vgg.",
    )
