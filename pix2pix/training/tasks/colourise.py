"""The task of colourising: the lightness of photos in, their colour out."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pix2pix.data.pictures import PictureDataset, load_pictures
from pix2pix.data.sampler import SampleKey
from pix2pix.imaging.lab import AB_SCALE, from_lab, to_lab
from pix2pix.metrics.images import mean_colourfulness, mean_psnr
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import COLUMNS, Rows
from pix2pix.training.tasks.task import (
    PicturesEvaluator,
    Task,
    load_parents,
    pictures_metadata,
    split,
)


def colourise_task(config: TrainConfig) -> Task:
    """Reads photos, which are their own targets.

    Raises:
        UserError: if the data or ``--init`` is faulty.
    """
    own, shown = split(load_pictures(config.data, config.held_out))
    dataset = ColourDataset(own, flip=config.flip is not False, augment=config.augment)
    generator, parents = load_parents(config, "colourise")
    metadata = pictures_metadata(
        config,
        len(own),
        len(shown),
        task="colourise",
        takes="gray pictures",
        gives="coloured pictures",
        parents=parents,
    )
    evaluator = ColouriseEvaluator(config.out, [shown], config.size, metadata)
    return Task(dataset, evaluator, 1, generator, out_channels=2)


class ColourDataset(PictureDataset):
    """Samples of one set of photos, as lightness and colour."""

    def __getitem__(self, key: SampleKey) -> tuple[Tensor, Tensor]:
        """Lightness float32 (1, S, S) and a*, b* float32 (2, S, S) in -1..1, see `to_lab`."""
        (photos,) = self.sets
        rng = np.random.default_rng(key.seed)
        lightness, ab = to_lab(self.moved(photos[key.index], key.size, rng))
        return torch.from_numpy(lightness)[None], torch.from_numpy(ab).permute(2, 0, 1)


class ColouriseEvaluator(PicturesEvaluator):
    """Judges the generator on held-out photos."""

    @property
    def measures(self) -> tuple[str, ...]:
        """Metrics fit to choose the best; colourfulness is not, as any colours have it."""
        return ("psnr", "ab_l1") if self.held_out[0] else ()

    def evaluate(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Rows: gray, coloured, the photos; the metrics cover all held-out photos.

        ``psnr`` in dB, ``colourfulness`` and that of the photos, ``colourfulness_photos``, and
        ``ab_l1``, the mean difference of a* and b* in units of L*a*b*; empty without photos.
        """
        photos = self.pictures()
        if not photos:
            return [], {}
        planes = [to_lab(photo) for photo in photos]
        found = paint(network, [lightness for lightness, _ in planes])
        made = [from_lab(lightness, ab) for (lightness, _), ab in zip(planes, found, strict=True)]
        errors = [np.abs(a - b).mean() for a, (_, b) in zip(found, planes, strict=True)]
        metrics = {
            "psnr": mean_psnr(made, photos),
            "colourfulness": mean_colourfulness(made),
            "colourfulness_photos": mean_colourfulness(photos),
            "ab_l1": AB_SCALE * float(np.mean(errors)),
        }
        gray = [from_lab(lightness, np.zeros_like(ab)) for lightness, ab in planes]
        step = max(1, len(photos) // COLUMNS)  # photos of one kind are adjacent
        return [row[::step][:COLUMNS] for row in (gray, made, photos)], metrics


@torch.inference_mode()
def paint(
    generator: nn.Module, lightness: Sequence[NDArray[np.float32]], batch: int = 8
) -> list[NDArray[np.float32]]:
    """Runs a generator in evaluation mode; planes of one size, as of `to_lab`."""
    device = next(generator.parameters()).device
    found = []
    for start in range(0, len(lightness), batch):
        stacked = torch.from_numpy(np.stack(lightness[start : start + batch]))[:, None]
        ab = generator(stacked.to(device)).float().permute(0, 2, 3, 1).cpu().numpy()
        found += list(ab)
    return found
