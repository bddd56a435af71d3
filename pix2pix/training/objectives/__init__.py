"""The objectives: each file says what one step of training does."""

from accelerate import Accelerator
from torch import nn

from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.cyclegan import CycleGAN
from pix2pix.training.objectives.objective import Objective
from pix2pix.training.objectives.perceptual import StyleTransfer
from pix2pix.training.objectives.pix2pix import Pix2Pix


def make_objective(
    config: TrainConfig,
    accelerator: Accelerator,
    in_channels: int,
    generator: nn.Module | None = None,
    out_channels: int = 3,
) -> Objective:
    """Returns what ``--objective`` asks for.

    Args:
        config: the run.
        accelerator: prepares networks and optimisers for the machine.
        in_channels: of what goes into the generator.
        generator: to go on from; a new one of the configured kind by default. For CycleGAN a
            `ModuleDict` of ``AtoB`` and ``BtoA``.
        out_channels: of what comes out of it; other than 3 for pix2pix alone.

    Raises:
        UserError: for ``--style`` and VGG-16, as `read_style` and `load_vgg`.
    """
    if config.objective == "cyclegan":
        return CycleGAN(config, accelerator, in_channels, generator)
    if config.objective == "style":
        return StyleTransfer(config, accelerator, in_channels, generator)
    return Pix2Pix(config, accelerator, in_channels, generator, out_channels)
