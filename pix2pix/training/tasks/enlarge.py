"""The task of enlarging: small pictures in, large ones out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.utils.data import Dataset

from pix2pix.data.pictures import Picture, load_pictures, resized
from pix2pix.data.sampler import SampleKey
from pix2pix.data.sketch_pairs import Pair
from pix2pix.edges import EDGE_SIZE
from pix2pix.enlarger import cubic
from pix2pix.errors import UserError
from pix2pix.metrics.images import mean_psnr, mean_ssim, sharpness
from pix2pix.networks.tensors import to_picture, to_target
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import COLUMNS, Evaluator, Rows, predict
from pix2pix.training.tasks.task import Task, load_parents, pictures_metadata, split

WHITE = 240
"""A pixel is background if no channel is darker."""

_TRIES = 4  # crops tried for one sample; the fullest is taken
_JUDGED = 64  # maximum number of held-out photos, so that a milestone takes seconds
_SHOWN = 128  # px of a photo's middle shown on the sheet, at full size, where blur is visible


def enlarge_task(config: TrainConfig) -> Task:
    """Reads photos, which are their own targets.

    Raises:
        UserError: if the data or ``--init`` is faulty.
    """
    assert config.factor is not None  # ensured by `TrainConfig`
    own, shown = split(load_pictures(config.data, config.held_out))
    dataset = EnlargeDataset(
        own,
        config.factor,
        flip=config.flip is not False,
        augment=config.augment,
        degrade=config.degrade,
    )
    generator, parents = load_parents(config, "enlarge")
    if generator is not None and generator.factor != config.factor:
        raise UserError(
            "bad_option",
            f"'{config.init}' enlarges {generator.factor} times; "
            f"give --factor {generator.factor} or another --init.",
        )
    metadata = pictures_metadata(
        config,
        len(own),
        len(shown),
        task="enlarge",
        takes="small pictures",
        gives=f"them {config.factor} times as wide and high",
        parents=parents,
    )
    evaluator = EnlargeEvaluator(config.out, shown, config.factor, metadata)
    return Task(dataset, evaluator, 3, generator)


class EnlargeDataset(Dataset[tuple[Tensor, Tensor]]):
    """Crops of photos at full size, and the same crops reduced.

    Args:
        pictures: the training split.
        factor: how many times smaller the input is.
        flip: whether mirrored samples are as likely as the originals.
        augment: false takes the middle of every photo.
        degrade: whether many inputs are slightly blurred, as generated pictures are, or compressed.
    """

    def __init__(
        self,
        pictures: Sequence[Picture],
        factor: int,
        *,
        flip: bool,
        augment: bool = True,
        degrade: bool = False,
    ) -> None:
        self.pictures = pictures
        self.factor = factor
        self.flip = flip
        self.augment = augment
        self.degrade = degrade

    def __len__(self) -> int:
        return len(self.pictures)

    def __getitem__(self, key: SampleKey) -> tuple[Tensor, Tensor]:
        """Makes a sample.

        Returns:
            Input float32 (3, S / factor, S / factor) and target float32 (3, S, S) in -1..1.
        """
        rng = np.random.default_rng(key.seed)
        photo = self.pictures[key.index].photo
        large = middle(photo, key.size)
        if self.augment:
            large = photo[fullest_crop(photo, key.size, rng)]
        if self.augment and self.flip and rng.random() < 0.5:
            large = large[:, ::-1]
        small = resized(large, key.size // self.factor)
        if self.degrade:
            small = worsened(small, rng)
        return to_target(small), to_target(large)


def middle(photo: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """The middle of a photo, uint8 (size, size, 3)."""
    y, x = ((side - size) // 2 for side in photo.shape[:2])
    return photo[y : y + size, x : x + size]


def worsened(small: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A picture, uint8 (H, W, 3), randomly blurred and randomly compressed as JPEG."""
    if rng.random() < 0.5:
        small = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.3, 1.0))
    if rng.random() < 0.5:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 96))]
        unpacked = cv2.imdecode(cv2.imencode(".jpg", small, quality)[1], cv2.IMREAD_COLOR)
        assert unpacked is not None
        return unpacked
    return small


def fullest_crop(
    photo: NDArray[np.uint8], size: int, rng: np.random.Generator, step: int = 1
) -> tuple[slice, slice]:
    """A crop with much of the subject, as white background teaches little.

    Args:
        photo: uint8 (256, 256, 3).
        size: side of the crop, px.
        rng: source of the few crops, of which the fullest is taken.
        step: its corner lies at a multiple of this, px.

    Returns:
        Rows and columns.
    """
    subject = photo.min(axis=2) < WHITE
    places = step * rng.integers(0, (EDGE_SIZE - size) // step + 1, (_TRIES, 2))
    y, x = max(places, key=lambda at: subject[at[0] : at[0] + size, at[1] : at[1] + size].sum())
    return slice(y, y + size), slice(x, x + size)


class EnlargeEvaluator(Evaluator):
    """Shows and measures how well reduced held-out photos are restored.

    Args:
        out: see `Evaluator`, as for `metadata`.
        held_out: pictures or pairs of the validation split; may be empty.
        factor: the factor by which they are reduced.
        metadata: what the export records besides the network.
    """

    def __init__(
        self, out: Path, held_out: Sequence[Picture | Pair], factor: int, metadata: dict[str, Any]
    ) -> None:
        super().__init__(out, metadata)
        self.held_out = held_out[:: -(-len(held_out) // _JUDGED) or 1]
        self.factor = factor

    @property
    def measures(self) -> tuple[str, ...]:
        """Metrics fit to choose the best; sharpness is not, as noise is sharp too."""
        return ("psnr", "ssim") if self.held_out else ()

    def evaluate(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Rows: bicubic, generated, target; ``psnr``, ``ssim`` and ``sharpness``."""
        if not self.held_out:
            return [], {}
        right = [picture.photo for picture in self.held_out]
        inputs = self.inputs(right)
        made = predict(network, inputs)
        metrics = {
            "psnr": mean_psnr(made, right),
            "ssim": mean_ssim(made, right),
            "sharpness": sharpness(made, right),
        }
        plain = [cubic(to_picture(x[:3]), self.factor) for x in inputs]
        step = -(-len(right) // COLUMNS)
        rows = [[middle(p, _SHOWN) for p in row[::step]] for row in (plain, made, right)]
        return rows, metrics

    def inputs(self, right: Sequence[NDArray[np.uint8]]) -> list[Tensor]:
        """What the network gets for each photo; the first three channels are the small picture."""
        return [to_target(resized(photo, EDGE_SIZE // self.factor)) for photo in right]
