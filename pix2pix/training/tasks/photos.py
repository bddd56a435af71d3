"""The task of style transfer: photos in, the same photos in another style out."""

from torch import nn

from pix2pix.data.pictures import PictureDataset, load_pictures
from pix2pix.networks.tensors import to_target
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import COLUMNS, Rows, predict
from pix2pix.training.tasks.task import (
    PicturesEvaluator,
    Task,
    load_parents,
    pictures_metadata,
    split,
)


def photos_task(config: TrainConfig) -> Task:
    """Reads photos alone.

    Raises:
        UserError: if the data or ``--init`` is faulty.
    """
    own, shown = split(load_pictures(config.data, config.held_out))
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
    evaluator = PhotosEvaluator(config.out, [shown[:COLUMNS]], config.size, metadata)
    return Task(dataset, evaluator, 3, generator)


class PhotosEvaluator(PicturesEvaluator):
    """Shows held-out photos and the pictures generated from them."""

    def evaluate(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Rows: photos, generated pictures; no metrics, since style has no right answer."""
        photos = self.pictures()
        made = predict(network, [to_target(photo) for photo in photos])
        return [photos, made] if photos else [], {}
