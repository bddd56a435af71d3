"""The objectives: each file says what one step of training does."""

import torch
from accelerate import Accelerator
from accelerate.utils import DistributedDataParallelKwargs

from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.cyclegan import CycleGAN
from pix2pix.training.objectives.objective import Objective
from pix2pix.training.objectives.perceptual import StyleTransfer
from pix2pix.training.objectives.pix2pix import Pix2Pix
from pix2pix.training.tasks.task import Task


def make_objective(config: TrainConfig, task: Task) -> Objective:
    """Returns what ``--objective`` asks for, on the machine and processes at hand.

    Args:
        config: the run.
        task: says what goes in and comes out, and what generator to go on from.

    Raises:
        UserError: for ``--style`` and VGG-16, as `read_style` and `load_vgg`.
    """
    # A PatchGAN runs twice a step; its buffers must not be sent around in between.
    # While pictures are small, the enhancer of a coarse-to-fine generator has no gradients.
    parts = config.generator == "coarse-to-fine"
    ddp = DistributedDataParallelKwargs(broadcast_buffers=False, find_unused_parameters=parts)
    accelerator = Accelerator(
        # Said so, processes on processors join; or each would train alone.
        cpu=not torch.accelerator.is_available(),
        mixed_precision=config.mixed_precision,
        kwargs_handlers=[ddp],
    )
    torch.manual_seed(config.seed)
    if config.objective == "cyclegan":
        return CycleGAN(config, accelerator, task.in_channels, task.generator)
    if config.objective == "style":
        return StyleTransfer(config, accelerator, task.in_channels, task.generator)
    return Pix2Pix(config, accelerator, task.in_channels, task.generator, task.out_channels)
