"""Pictures at half their size with their lines in, whole ones out: what makes drawings crisp."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset

from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.pictures import resized
from pix2pix.data.sampler import SampleKey
from pix2pix.data.sketch_pairs import Pair, load_pairs
from pix2pix.edges import normalise_strokes
from pix2pix.networks.guided_upsampler import LINE_CHANNELS, GuidedUpsampler
from pix2pix.networks.tensors import to_target
from pix2pix.refiner import to_guided
from pix2pix.training.config import TrainConfig
from pix2pix.training.tasks.enlarge import WHITE, EnlargeEvaluator, fullest_crop, middle
from pix2pix.training.tasks.task import Task, load_parents, pictures_metadata, split

_BLUR = (0.2, 1.3)  # px at the small size: generators draw softer than photos are
_PATTERNED = 0.6  # share of the samples with what generators leave where they double their size
_PATTERN = (2.0, 24.0)  # levels
_TYPICAL_BLUR = 0.7  # px, of held-out pictures


def refine_task(config: TrainConfig) -> Task:
    """Reads pairs, of one pack or of all packs in a folder; photos are their own right answers.

    Raises:
        UserError: whatever is wrong with the data or ``--init``.
    """
    edge_maker = EdgeMaker(config.detector, config.edge_cache)
    packs = sorted(config.data.glob("*.zip")) if config.data.is_dir() else []
    pairs = [
        pair
        for pack in packs or [config.data]
        for pair in load_pairs(pack, "AtoB", edge_maker, config.held_out)
    ]
    own, shown = split(pairs)
    dataset = RefineDataset(own, flip=config.flip is not False, augment=config.augment)
    generator, parents = load_parents(config, "refine")
    metadata = pictures_metadata(
        config,
        len(own),
        len(shown),
        task="refine",
        takes="drawn pictures and their lines",
        gives="them twice as wide and high",
        parents=parents,
    )
    evaluator = RefineEvaluator(config.out, shown, metadata)
    return Task(dataset, evaluator, 3 + LINE_CHANNELS, generator)


class RefineDataset(Dataset[tuple[Tensor, Tensor]]):
    """Pieces of photos, and the same pieces at half the size as a generator would draw them.

    Args:
        pairs: the training split.
        flip: whether mirrored samples are as likely as the originals.
        augment: false takes the middle of every photo, a little blurred.
    """

    def __init__(self, pairs: Sequence[Pair], *, flip: bool, augment: bool = True) -> None:
        self.pairs = pairs
        self.flip = flip
        self.augment = augment
        self._edges: dict[int, NDArray[np.uint8]] = {}

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, key: SampleKey) -> tuple[Tensor, Tensor]:
        """Makes a sample.

        Returns:
            Input float32 (7, S / 2, S / 2), see `to_guided`, and target float32 (3, S, S).
        """
        rng = np.random.default_rng(key.seed)
        pair = self.pairs[key.index]
        photo = pair.photo
        if key.index not in self._edges:
            self._edges[key.index] = normalise_strokes(pair.edges)
        edges = self._edges[key.index]
        if not self.augment:
            large, lines = middle(photo, key.size), middle(edges, key.size)
            return to_guided(_reduced(large, _TYPICAL_BLUR), lines), to_target(large)
        # On even pixels, else the four channels of the lines would be others than a drawing's.
        crop = fullest_crop(photo, key.size, rng, step=GuidedUpsampler.factor)
        large, lines = photo[crop], edges[crop]
        if self.flip and rng.random() < 0.5:
            large, lines = large[:, ::-1], lines[:, ::-1]
        small = _reduced(large, rng.uniform(*_BLUR))
        if rng.random() < _PATTERNED:
            small = patterned(small, rng)
        return to_guided(small, lines), to_target(large)


def patterned(small: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A picture uint8 (H, W, 3) with stripes or squares one pixel wide, here and there.

    Generators leave such a pattern where they enlarge by repeating pixels (Odena et al. 2016);
    sharpened, it would be all that one sees.
    """
    height, width = small.shape[:2]
    row, column = np.mgrid[:height, :width]
    pattern = np.where((row, column, row + column)[rng.integers(3)] % 2, 1.0, -1.0)
    strength = cv2.resize(rng.uniform(0, rng.uniform(*_PATTERN), (4, 4)), (width, height))
    painted = small.min(axis=2) < WHITE
    added = (pattern * strength * painted)[..., None] * rng.uniform(0.5, 1, 3)
    return (small + added).clip(0, 255).astype(np.uint8)


def _reduced(large: NDArray[np.uint8], blur: float) -> NDArray[np.uint8]:
    """A photo at half its size, blurred by so many px."""
    small = resized(large, large.shape[0] // GuidedUpsampler.factor)
    return cv2.GaussianBlur(small, (0, 0), blur)


class RefineEvaluator(EnlargeEvaluator):
    """Shows and measures how well held-out photos at half their size are restored by their lines.

    Args:
        out: see `Evaluator`, as for `metadata`.
        held_out: pairs of the validation split; may be empty.
        metadata: what the export records besides the network.
    """

    def __init__(self, out: Path, held_out: Sequence[Pair], metadata: dict[str, Any]) -> None:
        super().__init__(out, held_out, GuidedUpsampler.factor, metadata)
        pairs = cast(Sequence[Pair], self.held_out)
        self.lines = [normalise_strokes(pair.edges) for pair in pairs]

    def inputs(self, right: Sequence[NDArray[np.uint8]]) -> list[Tensor]:
        """See `EnlargeEvaluator.inputs`; blurred a little, with the lines behind."""
        return [
            to_guided(_reduced(photo, _TYPICAL_BLUR), lines)
            for photo, lines in zip(right, self.lines, strict=True)
        ]
