"""Photos in, the same photos in another manner out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from torch import nn

from pix2pix.data.pictures import Picture, PictureDataset, load_pictures, resized
from pix2pix.tensors import to_picture, to_target
from pix2pix.training.config import TrainConfig
from pix2pix.training.milestone import COLUMNS, Milestone, Rows, draw
from pix2pix.training.tasks.task import Task, load_parents, pictures_metadata, split


def photos_task(config: TrainConfig) -> Task:
    """Reads photos alone.

    Raises:
        UserError: whatever is wrong with the data or ``--init``.
    """
    own, shown = split(load_pictures(config.data))
    dataset = PictureDataset(own, flip=config.flip is not False, augment=config.augment)
    generator, parents = load_parents(config, "pictures")
    style = config.style.stem if config.style else "a picture"
    metadata = pictures_metadata(
        config,
        len(own),
        len(shown),
        takes="photos",
        gives=f"photos in the style of {style}",
        parents=parents,
    )
    milestone = PhotosMilestone(config.out, shown, config.size, metadata)
    return Task(dataset, milestone, 3, generator)


class PhotosMilestone(Milestone):
    """Shows held-out photos and what became of them.

    Args:
        out: see `Milestone`, as for `metadata`.
        held_out: photos of the validation split; may be empty.
        size: side of the pictures in pixels.
        metadata: what the export says besides the network.
    """

    def __init__(
        self, out: Path, held_out: Sequence[Picture], size: int, metadata: dict[str, Any]
    ) -> None:
        super().__init__(out, metadata)
        self.inputs = [to_target(resized(p.photo, size)) for p in held_out[:COLUMNS]]

    def judge(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Rows: photos, and what is drawn of them; style has no right answer to measure."""
        if not self.inputs:
            return [], {}
        return [[to_picture(x) for x in self.inputs], draw(network, self.inputs)], {}
