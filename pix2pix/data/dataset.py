"""Training samples: pairs, moved, redrawn as sketches, recoloured and given hints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset

from pix2pix.data.colour import (
    dab_parts,
    dominant_colour,
    paint_colour,
    recolour,
    sample_dabs,
)
from pix2pix.data.part_colours import recolour_parts
from pix2pix.data.sampler import SampleKey
from pix2pix.data.sketch import Strokes, find_strokes, redraw, silhouette
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.unfinished import begin, find_reach, reaches_all
from pix2pix.edges import EDGE_SIZE, normalise_strokes
from pix2pix.imaging.hints import palette_hint, spread_hints
from pix2pix.networks.tensors import to_input, to_target

UNFINISHED = 0.2
"""Share of the samples with an unfinished drawing."""

_SCALES = (0.5, 1.1)  # of the training frame, as people draw at any place and size
_SCALES_LOOK = (0.72, 1.15)  # where small features matter: an eye of two pixels teaches nothing
_UNHINTED = 1 / 3
_UNTINTED = 0.4  # where the page gives no colour by itself
_UNHINTED_LOOK = 0.12  # domains with looks, where drawings rarely lack hints
_PALETTE = 0.45  # of the samples with a hint: one colour for all
_PALETTE_PAINTED = 0.75  # higher, as a dab on a window says little about the paint
_KEPT = 8000
_RECOLOURED = 0.7  # of the samples with a hint
_RECOLOURED_SELDOM = 0.6
_STRENGTHS = (0.5, 1.0)  # of a hint, so that it works as scaled on the page, leaving room for light
_SYNTHETIC_FAITH = 0.8
_FEATURES_KEPT = 0.9  # of the samples, where eyes and mouths are essential
_LOOKS = 0.85  # of the samples with a hint, in domains with looks


@dataclass(frozen=True)
class _Item:
    photos: dict[int, NDArray[np.uint8]]
    """RGB and subject, (S, S, 4), by size."""
    strokes: Strokes


class SampleWeights(NamedTuple):
    """Weights of a sample in the losses, 0 to 1 each.

    Attributes:
        real: weight of its picture, shown to the critic as real.
        judged: weight of the generated picture, shown to the critic.
        faith: weight of the distance between the two.
    """

    real: float = 1.0
    judged: float = 1.0
    faith: float = 1.0


class SketchDataset(Dataset[tuple[Tensor, Tensor, Tensor]]):
    """Pairs as training samples; the first 8,000 stay prepared in memory (0.4 MB per pair).

    Args:
        pairs: the training split.
        flip: whether mirrored samples are as likely as the originals.
        augment: whether to move, redraw, recolour and hint; if not, samples are as in the plain
            recipe of Isola et al. 2017.
        keeps_black: whether recolouring leaves black alone, see `pix2pix.domains.Domain`.
        painted: whether the thing's colour is its paint's, see `pix2pix.domains.Domain`.
        tinted: whether the thing can have any colour, see `pix2pix.domains.Domain`.
        photos: how many pairs, counted from the first, are photos; the others are synthetic, and
            teach where things are more than how they look. All by default.
        looks: whether parts have a colour each, as in faces. Most samples then have a dab on each
            part (L1 would otherwise paint it in the mean of all colours) and all inner lines.
        unfinished: share of samples with an unfinished drawing, see `pix2pix.data.unfinished`;
            with `looks`, only among those that drop inner lines.
        trusted: whether synthetic pairs count as much as photos, for a critic too; see
            ``drawn_otherwise`` of `pix2pix.domains.Domain`.
    """

    def __init__(
        self,
        pairs: Sequence[Pair],
        *,
        flip: bool,
        augment: bool = True,
        keeps_black: bool = False,
        painted: bool = False,
        tinted: bool = True,
        looks: bool = False,
        photos: int | None = None,
        unfinished: float = UNFINISHED,
        trusted: bool = False,
    ) -> None:
        self.trusted = trusted
        self.unfinished = unfinished
        self.flip = flip
        self.tinted = tinted
        self.photos = len(pairs) if photos is None else photos
        self.keeps_black = keeps_black
        self.painted = painted
        self.looks = looks
        self.augment = augment
        self.pairs = pairs
        self._items: dict[int, _Item] = {}

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, key: SampleKey) -> tuple[Tensor, Tensor, Tensor]:
        """Makes a sample.

        Returns:
            Input float32 (5, S, S) and target float32 (3, S, S), see `to_input`, `to_target`, and
            `SampleWeights` as float32 (3,).
        """
        pair = self.pairs[key.index]
        if not self.augment:
            return *plain_sample(pair, key.size), torch.tensor(SampleWeights())
        rng = np.random.default_rng(key.seed)
        item = self._items.get(key.index)
        if item is None:
            item = _prepare(pair, as_drawn=self._is_drawn(key.index))
            if len(self._items) < _KEPT:
                self._items[key.index] = item
        move = _Move.sample(rng, _SCALES_LOOK if self.looks else _SCALES, flip=self.flip)
        # A photo's bare outline would contradict the synthetic pairs: to people, the outline of a
        # sitting panda is a head.
        detailed = self.looks or key.index < self.photos < len(self.pairs)
        keeps_inner = detailed and rng.random() < _FEATURES_KEPT
        strokes = move.strokes(item.strokes)
        begun = rng.random() < self.unfinished and not (self.looks and keeps_inner)
        if begun:
            strokes = begin(strokes, rng)
        # An inner line may be all that was drawn of an arm.
        keeps_inner |= self._is_drawn(key.index)
        # At half the size, an eye is a speck; it is rather halved as `CoarseToFine` does.
        halved = self.looks and 2 * key.size == EDGE_SIZE
        edge_map = redraw(strokes, rng, EDGE_SIZE if halved else key.size, keeps_inner=keeps_inner)
        if halved:
            edge_map = edge_map.reshape(key.size, 2, key.size, 2).min(axis=(1, 3))
        moved = move.picture(item.photos, key.size)
        photo, cover = moved[..., :3], moved[..., 3].astype(np.float32) / np.float32(255)
        reach = find_reach(edge_map) if begun else np.ones_like(cover)
        whole = reaches_all(reach, cover)
        subject = (cover if whole else cover * reach) > 0.5
        hinted = rng.random() > self._unhinted
        dyed = hinted and rng.random() < (_RECOLOURED if self.tinted else _RECOLOURED_SELDOM)
        if dyed and self.looks:
            photo = recolour_parts(photo, cover, rng)
        elif dyed:
            keeps = {"keeps_black": self.keeps_black, "painted": self.painted}
            photo = recolour(photo, cover, edge_map, rng, **keeps)
        hints = np.zeros((4, key.size, key.size), np.float32)
        if hinted and subject.any():
            if self.looks and rng.random() < _LOOKS:
                hints = spread_hints(edge_map, dab_parts(photo, subject, rng))
            if not hints.any():  # nothing is flat
                hints = self._hints(photo, subject, edge_map, rng)
        hints *= rng.uniform(*_STRENGTHS)
        if not whole:
            photo = (255 - (255.0 - photo) * reach[..., None]).round().astype(np.uint8)
        weights = self._weights(key.index, dyed=dyed, whole=whole)
        return to_input(edge_map, hints), to_target(photo), torch.tensor(weights)

    def _is_drawn(self, index: int) -> bool:
        """Whether a pair's lines are those of a child rather than all edges of its picture."""
        return self.looks and index >= self.photos

    @property
    def _unhinted(self) -> float:
        """Share of the samples without hints, matching the page without dabs."""
        if self.looks:
            return _UNHINTED_LOOK
        return _UNHINTED if self.tinted else _UNTINTED

    def _weights(self, index: int, *, dyed: bool, whole: bool) -> SampleWeights:
        """Weights of a sample; one synthetic, unfinished or oddly coloured is not shown as real."""
        synthetic = index >= self.photos and not self.trusted
        shown = whole and (self.tinted or not dyed)
        return SampleWeights(
            real=float(shown and not synthetic),
            judged=float(shown),
            faith=_SYNTHETIC_FAITH if synthetic else 1.0,
        )

    def _hints(
        self,
        photo: NDArray[np.uint8],
        subject: NDArray[np.bool_],
        edge_map: NDArray[np.uint8],
        rng: np.random.Generator,
    ) -> NDArray[np.float32]:
        """A hint of one colour for all, or of dabs, spread over the drawing."""
        if rng.random() < (_PALETTE_PAINTED if self.painted else _PALETTE):
            main = (paint_colour if self.painted else dominant_colour)(photo, subject)
            colour = np.clip(main + rng.normal(0, 5, 3), 0, 255).astype(np.uint8)
            return palette_hint(colour, photo.shape[0])
        return spread_hints(edge_map, sample_dabs(photo, subject, rng))


def plain_sample(pair: Pair, size: int) -> tuple[Tensor, Tensor]:
    """A pair without augmentation and hints, its edge map normalised."""
    edge_map = normalise_strokes(pair.edges, size=size)
    hints = np.zeros((4, size, size), np.float32)
    return to_input(edge_map, hints), to_target(_resized(pair.photo, size))


def _resized(image: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    if image.shape[0] == size:
        return image
    return cv2.resize(image, (size, size), interpolation=cv2.INTER_AREA)


def _prepare(pair: Pair, *, as_drawn: bool) -> _Item:
    edge_map = normalise_strokes(pair.edges)
    subject = silhouette(pair.photo, edge_map)
    full = np.dstack([pair.photo, subject])
    photos = {size: _resized(full, size) for size in (64, 128, 256)}
    return _Item(photos, find_strokes(edge_map, subject, as_drawn=as_drawn))


@dataclass(frozen=True)
class _Move:
    """An affine transform and a smooth warp, the same for lines and picture."""

    matrix: NDArray[np.float64]  # (3, 3), from the pair's frame to the sample's
    warp: NDArray[np.float32]  # (32, 32, 2) px, added to a sample's point before going back
    scale: float

    @classmethod
    def sample(
        cls, rng: np.random.Generator, scales: tuple[float, float], *, flip: bool
    ) -> "_Move":
        centre = EDGE_SIZE / 2 - 0.5
        scale = float(np.exp(rng.uniform(*np.log(scales))))
        angle = np.deg2rad(rng.normal(0, 6))
        stretch = float(np.exp(rng.normal(0, 0.08)))
        mirror = -1 if flip and rng.random() < 0.5 else 1
        rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        linear = rotation @ np.diag([mirror * scale * stretch, scale / stretch])
        linear = linear @ np.array([[1, rng.normal(0, 0.06)], [0, 1]])
        room = max(0.0, 1 - scale) / 2 + 0.06
        shift = rng.uniform(-room, room, 2) * EDGE_SIZE
        matrix = np.eye(3)
        matrix[:2, :2] = linear
        matrix[:2, 2] = centre + shift - linear @ np.full(2, centre)
        coarse = rng.normal(0, rng.uniform(0, 6), (5, 5, 2)).astype(np.float32)
        warp = cv2.resize(coarse, (32, 32), interpolation=cv2.INTER_CUBIC)
        return cls(matrix, warp, scale)

    def strokes(self, strokes: Strokes) -> Strokes:
        groups = (strokes.outline, strokes.inner, strokes.contour)
        flat = [line for group in groups for line in group]
        if not flat:
            return strokes
        lengths = np.cumsum([len(line) for line in flat])[:-1]
        points = np.concatenate(flat) @ self.matrix[:2, :2].T + self.matrix[:2, 2]
        moved = points.astype(np.float32)
        # The warp is defined at points of the sample; a few fixed-point steps invert it.
        for _ in range(3):
            moved = points.astype(np.float32) - self._warp_at(moved)
        parts = np.split(moved, lengths)
        first, second = len(groups[0]), len(groups[0]) + len(groups[1])
        return Strokes(parts[:first], parts[first:second], parts[second:])

    def picture(self, photos: dict[int, NDArray[np.uint8]], size: int) -> NDArray[np.uint8]:
        # Reducing by more than two at once would alias, so start from a suitable size.
        level = min(s for s in photos if s >= min(EDGE_SIZE, 0.75 * size * self.scale))
        axis = (np.arange(size, dtype=np.float32) + 0.5) * (EDGE_SIZE / size) - 0.5
        grid = np.stack(np.meshgrid(axis, axis), axis=2)
        warp = cv2.resize(self.warp, (size, size), interpolation=cv2.INTER_LINEAR)
        back = np.linalg.inv(self.matrix)
        source = (grid + warp) @ back[:2, :2].T.astype(np.float32) + back[:2, 2].astype(np.float32)
        source = (source + 0.5) * (level / EDGE_SIZE) - 0.5
        return cv2.remap(
            photos[level],
            source.astype(np.float32),
            None,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(255, 255, 255, 0),
        )

    def _warp_at(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        at = ((points + 0.5) * (len(self.warp) / EDGE_SIZE) - 0.5)[:, None]
        found = cv2.remap(
            self.warp,
            at.astype(np.float32),
            None,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return found[:, 0]
