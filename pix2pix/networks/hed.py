"""Holistically-nested edge detection (HED): our own compact network, and the original layout.

Xie & Tu 2015, "Holistically-Nested Edge Detection": each stage of a trunk predicts edges at its own
scale (a side output, supervised separately), and a learned 1x1 convolution fuses them.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from huggingface_hub import PyTorchModelHubMixin
from torch import Tensor, nn


def _conv_norm(c_in: int, c_out: int, stride: int = 1, dilation: int = 1) -> list[nn.Module]:
    return [
        nn.Conv2d(c_in, c_out, 3, stride, dilation, dilation, bias=False),
        nn.BatchNorm2d(c_out),
    ]


class _Residual(nn.Module):
    """Two 3x3 convolutions beside a shortcut; the first dilated, for a wider view."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *_conv_norm(channels, channels, dilation=dilation),
            nn.ReLU(inplace=True),
            *_conv_norm(channels, channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.body(x))


class CompactHED(nn.Module, PyTorchModelHubMixin, library_name="i-canvas", tags=["edge-detection"]):
    """An HED of under a million parameters.

    It differs from the paper in two ways. The stages are residual, with stride 2, instead of VGG's
    with pooling; and each side output also sees the deeper ones (top-down, as in feature pyramids,
    Lin et al. 2017), so that the finest can recognise texture.

    Args:
        widths: channels of the stages; the first is at full size, each further one at half.
        blocks: residual blocks of each stage.
        side: channels of each side branch.
    """

    def __init__(
        self,
        widths: Sequence[int] = (16, 32, 56, 80, 96),
        blocks: Sequence[int] = (0, 1, 2, 2, 2),
        side: int = 24,
    ) -> None:
        super().__init__()
        self.stages = nn.ModuleList()
        channels = 3
        for level, (width, count) in enumerate(zip(widths, blocks, strict=True)):
            entry = [*_conv_norm(channels, width, 2 if level else 1), nn.ReLU(inplace=True)]
            # Dilation 2 in every second block widens the view at no cost.
            body = [_Residual(width, 1 + block % 2) for block in range(count)]
            self.stages.append(nn.Sequential(*entry, *body))
            channels = width
        self.laterals = nn.ModuleList(nn.Conv2d(width, side, 1) for width in widths)
        self.refine = nn.ModuleList(
            nn.Sequential(*_conv_norm(side, side), nn.ReLU(inplace=True)) for _ in widths
        )
        self.answers = nn.ModuleList(nn.Conv2d(side, 1, 1) for _ in widths)
        self.fuse = nn.Conv2d(len(widths), 1, 1)
        nn.init.constant_(self.fuse.weight, 1 / len(widths))

    def forward(self, photos: Tensor) -> list[Tensor]:
        """Predicts how likely each pixel is to lie on an edge.

        Args:
            photos: float (N, 3, H, W), RGB in 0..1, H and W multiples of 16.

        Returns:
            Logits float (N, 1, H, W): the side outputs from fine to coarse, then the fused one.
        """
        x = photos * 4 - 2  # roughly mean 0, deviation 1
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        answers: list[Tensor] = []
        above: Tensor | None = None
        for level in reversed(range(len(features))):
            here = self.laterals[level](features[level])
            if above is not None:
                here = here + F.interpolate(above, scale_factor=2.0, mode="bilinear")
            above = self.refine[level](F.relu(here))
            logits = self.answers[level](above)
            if level:
                logits = F.interpolate(logits, scale_factor=float(2**level), mode="bilinear")
            answers.insert(0, logits)
        return [*answers, self.fuse(torch.cat(answers, dim=1))]


class Stage(nn.Module):
    """A stage of VGG-16 in `ControlNetHED`, with the projection to its side output.

    Args:
        c_in: input channels.
        width: channels of its convolutions.
        count: number of convolutions.
    """

    def __init__(self, c_in: int, width: int, count: int) -> None:
        super().__init__()
        self.convs = nn.ModuleList(
            nn.Conv2d(c_in if i == 0 else width, width, 3, 1, 1) for i in range(count)
        )
        self.projection = nn.Conv2d(width, 1, 1)


class ControlNetHED(nn.Module):
    """The original HED as stored by ControlNet's annotator: the stages of VGG-16, without fusion.

    14.7 M parameters; keys ``norm`` and ``blockK.convs.I`` / ``blockK.projection``. The side
    outputs are averaged, as in that annotator.
    """

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.Parameter(torch.zeros(1, 3, 1, 1))
        channels = 3
        for number, (width, count) in enumerate(
            ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)), start=1
        ):
            self.add_module(f"block{number}", Stage(channels, width, count))
            channels = width

    def stage(self, number: int) -> Stage:
        """One of its stages, from 1 to 5."""
        stage = self.get_submodule(f"block{number}")
        assert isinstance(stage, Stage)
        return stage

    def forward(self, photos: Tensor) -> list[Tensor]:
        """As `CompactHED.forward`; the last logits are the mean of the side outputs."""
        x = photos * 255 - self.norm
        answers = []
        for number in range(1, 6):
            block = self.stage(number)
            if number > 1:
                x = F.max_pool2d(x, 2)
            for conv in block.convs:
                x = F.relu(conv(x))
            answers.append(
                F.interpolate(
                    block.projection(x),
                    scale_factor=float(2 ** (number - 1)),
                    mode="bilinear",
                )
            )
        return [*answers, torch.stack(answers).mean(dim=0)]
