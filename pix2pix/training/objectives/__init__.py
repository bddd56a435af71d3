"""The objectives; each file defines what one step of training does."""

import torch
from accelerate import Accelerator
from accelerate.utils import DistributedDataParallelKwargs

from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.cyclegan import CycleGAN
from pix2pix.training.objectives.objective import Objective
from pix2pix.training.objectives.perceptual import StyleTransfer
from pix2pix.training.objectives.pix2pix import Pix2Pix
from pix2pix.training.tasks.task import Task
from pix2pix.training.trackers import choose_trackers


def make_objective(config: TrainConfig, task: Task) -> Objective:
    """Returns the objective named by ``--objective``, set up for this machine and its processes.

    Args:
        config: the run.
        task: the inputs and outputs, and the generator to start from.

    Raises:
        UserError: as `read_style` for ``--style``, and as `load_vgg`.
    """
    # A PatchGAN runs twice per step; its buffers must not be broadcast in between.
    # While pictures are small, the enhancer of a coarse-to-fine generator has no gradients.
    parts = config.generator == "coarse-to-fine"
    ddp = DistributedDataParallelKwargs(broadcast_buffers=False, find_unused_parameters=parts)
    accelerator = Accelerator(
        # Without this, processes on CPUs do not join, and each trains alone.
        cpu=not torch.accelerator.is_available(),
        mixed_precision=config.mixed_precision,
        log_with=choose_trackers(config),
        project_dir=config.out,
        kwargs_handlers=[ddp],
    )
    torch.manual_seed(config.seed)
    if config.objective == "cyclegan":
        return CycleGAN(config, accelerator, task.in_channels, task.generator)
    if config.objective == "style":
        return StyleTransfer(config, accelerator, task.in_channels, task.generator)
    return Pix2Pix(
        config, accelerator, task.in_channels, task.generator, task.out_channels, task.teacher
    )
