"""The base class of objectives: all that the trainer knows of them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, TypeVar

import torch
from accelerate import Accelerator
from torch import Tensor, nn
from torch.optim import Optimizer

from pix2pix.networks.generator import GENERATORS, WIDTHS, CoarseToFine, CompactUNet
from pix2pix.networks.narrow import narrow_widths, narrowed
from pix2pix.networks.perceptual import PerceptualLoss
from pix2pix.networks.vgg import Layer
from pix2pix.training.config import TrainConfig

_Network = TypeVar("_Network", bound=nn.Module)


class Objective(ABC):
    """What one step of training does, with its networks and optimisers.

    Args:
        config: the run.
        accelerator: prepares networks and optimisers for the machine.
    """

    generator: nn.Module
    """Unwrapped; its moving average is shown and exported. Several form a `ModuleDict`."""

    def __init__(self, config: TrainConfig, accelerator: Accelerator) -> None:
        self.config = config
        self.accelerator = accelerator

    def start_generator(
        self,
        in_channels: int,
        generator: nn.Module | None,
        out_channels: int = 3,
        teacher: nn.Module | None = None,
    ) -> nn.Module:
        """`generator`, or a new one of the configured kind, ready to learn.

        The new one is narrower as configured, and begins with the strongest channels of a `teacher`
        of its kind.
        """
        new = GENERATORS[self.config.generator]
        own: dict[str, Any] = {}
        if self.config.task == "enlarge":
            own["factor"] = self.config.factor
        if self.config.width != 1:
            own["widths"] = narrow_widths(WIDTHS, self.config.width)
        if (
            generator is None
            and isinstance(teacher, new)
            and isinstance(teacher, CompactUNet | CoarseToFine)
        ):
            generator = narrowed(teacher, self.config.width)
        made = generator or new(in_channels=in_channels, out_channels=out_channels, **own)
        if self.config.generator == "coarse-to-fine" and isinstance(made, CompactUNet):
            made = CoarseToFine.around(made)
        if isinstance(made, CompactUNet) and self.config.noise_channels > made.noise.channels:
            made = made.with_noise_channels(self.config.noise_channels)
        return self.ready(made)

    def ready(self, network: _Network) -> _Network:
        """A network prepared for training; it may be changed in place."""
        if self.accelerator.num_processes > 1 and self.accelerator.device.type == "cuda":
            # Otherwise each process would normalise by its own share of the batch.
            network = nn.SyncBatchNorm.convert_sync_batchnorm(network)
        # A loaded network is in evaluation mode, which would freeze its normalisation.
        return network.train().to(memory_format=torch.channels_last)

    def adam(self, network: nn.Module, rate: float) -> torch.optim.Adam:
        """The optimiser of a network's trainable parameters, with the configured moments."""
        learning = [p for p in network.parameters() if p.requires_grad]
        return torch.optim.Adam(learning, rate, (self.config.beta1, self.config.beta2))

    def load_perceptual(self, content_layer: Layer) -> PerceptualLoss:
        """The perceptual losses with a weight, on the device."""
        config = self.config
        with self.accelerator.local_main_process_first():  # only one of them downloads
            return PerceptualLoss.load(
                config.lambda_perceptual,
                config.lambda_style,
                config.lambda_tv,
                content_layer,
                config.vgg,
            ).to(self.accelerator.device)

    @abstractmethod
    def step(self, batch: Sequence[Tensor]) -> dict[str, Tensor]:
        """Learns from one batch.

        Args:
            batch: samples of the task's data set, stacked, on the device.

        Returns:
            Scalars to log.
        """

    @abstractmethod
    def rates(self) -> list[tuple[Optimizer, float]]:
        """The optimisers, each with its learning rate before decay."""

    @abstractmethod
    def parts(self) -> dict[str, Any]:
        """Everything a checkpoint keeps, by name, with ``state_dict`` and ``load_state_dict``."""

    def set_rate(self, share: float) -> None:
        """Sets all learning rates to `share`, 0 to 1, of their initial values."""
        for optimiser, rate in self.rates():
            for group in optimiser.param_groups:
                group["lr"] = rate * share

    def learn(self, optimiser: Optimizer, loss: Tensor) -> None:
        """One step of an optimiser down `loss`."""
        optimiser.zero_grad(set_to_none=True)
        self.accelerator.backward(loss)
        optimiser.step()
