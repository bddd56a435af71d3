"""Covering faces: by a painted stand-in, a blur or a mosaic."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.synthetic.face import SKINS
from pix2pix.privacy.drawn import DrawnFace, draw_stand_in
from pix2pix.privacy.places import Box, Place, clip_box
from pix2pix.translator import Translator

By = Literal["cartoon", "blur", "mosaic"]
"""What covers a face."""

_FEATHER = 0.22  # of the head's radii, in which a cover fades into the photo
_LARGE = 110  # px: a head with a larger radius gets a stand-in of twice the pixels
_SOFT = 0.5  # px by which the rim of a stand-in is softened
_CELLS: dict[By, int] = {"cartoon": 3, "blur": 7, "mosaic": 7}
"""Colours across, and down, to which a face is reduced; a cartoon is laid upon them."""


class Coverer:
    """Covers faces.

    Args:
        by: what covers them. ``"blur"`` and ``"mosaic"`` leave 7 by 7 colours of a face, from which
            machines that know a person can still guess (McPherson et al. 2016); ``"cartoon"``
            leaves 3 by 3, under a face that nobody has.
        translator: paints the stand-ins; the shipped one of the domain ``cartoon`` by default.

    Raises:
        UserError: as `Translator.from_pretrained`.
    """

    def __init__(self, by: By = "cartoon", translator: Translator | None = None) -> None:
        self.by: By = by
        if translator is None and by == "cartoon":
            translator = Translator.from_pretrained("cartoon")
        self._translator = translator
        self._stand_in = lru_cache(maxsize=64)(self._paint)

    def cover(
        self, picture: NDArray[np.uint8], places: Sequence[Place], codes: Sequence[int]
    ) -> tuple[NDArray[np.uint8], list[Box]]:
        """Covers faces.

        Args:
            picture: uint8 (H, W, 3) RGB, which stays as it is.
            places: of the faces.
            codes: number of the stand-in for each, see `draw_stand_in`.

        Returns:
            The picture with the faces covered, and, for each, the box outside of which it changed
            nothing.
        """
        covered = picture.copy()
        boxes = []
        for place, code in zip(places, codes, strict=True):
            around = self._wash(covered, place)
            if self.by == "cartoon":
                around = _union(around, self._lay(covered, place, code))
            boxes.append(around)
        return covered, boxes

    def _wash(self, covered: NDArray[np.uint8], place: Place) -> Box:
        """Leaves few colours of a face."""
        reach = (1 + _FEATHER) * float(np.hypot(place.wide, place.high))
        xs, ys = (place.x - reach, place.x + reach), (place.y - reach, place.y + reach)
        box = left, top, right, bottom = clip_box(xs, ys, covered.shape)
        if left >= right or top >= bottom:
            return box
        mask = place.mask(box, _FEATHER)
        rows, columns = np.nonzero(mask.max(axis=1))[0], np.nonzero(mask.max(axis=0))[0]
        if not rows.size:
            return box
        mask = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        box = (
            *(left + int(columns[0]), top + int(rows[0])),
            *(left + int(columns[-1]) + 1, top + int(rows[-1]) + 1),
        )
        left, top, right, bottom = box
        seen = covered[top:bottom, left:right]
        cells = _CELLS[self.by]
        few = cv2.resize(seen, (cells, cells), interpolation=cv2.INTER_AREA)
        way = cv2.INTER_NEAREST if self.by == "mosaic" else cv2.INTER_CUBIC
        wash = cv2.resize(few, (right - left, bottom - top), interpolation=way)
        covered[top:bottom, left:right] = _blend(seen, wash, mask)
        return box

    def _lay(self, covered: NDArray[np.uint8], place: Place, code: int) -> Box:
        """Lays the stand-in upon a face."""
        is_large = max(place.wide, place.high) > _LARGE
        face, cutout = self._stand_in(code, place.tone, is_large)
        move = _move(face, place, len(cutout))
        x, y, wide, high = cv2.boundingRect(cutout[..., 3])
        ends = np.array([(x, y, 1), (x + wide, y, 1), (x, y + high, 1), (x + wide, y + high, 1)])
        corners = ends @ move.T
        box = left, top, right, bottom = clip_box(
            corners[:, 0].tolist(), corners[:, 1].tolist(), covered.shape
        )
        if left >= right or top >= bottom:
            return box
        move = move - np.array([[0, 0, left], [0, 0, top]])
        shrink = 1 / float(np.hypot(*move[:, 0]))
        if shrink > 1:  # sampling would skip lines
            cutout = cv2.GaussianBlur(cutout, (0, 0), _SOFT * shrink)
        laid = cv2.warpAffine(cutout, move, (right - left, bottom - top), flags=cv2.INTER_LINEAR)
        seen = covered[top:bottom, left:right]
        alpha = laid[..., 3:].astype(np.float32) / 255
        # Its colours are those of full cover: they were multiplied by it, so as not to darken rims.
        mixed = laid[..., :3] + seen * (1 - alpha)
        covered[top:bottom, left:right] = mixed.round().clip(0, 255).astype(np.uint8)
        return box

    def _paint(self, code: int, tone: int, large: bool) -> tuple[DrawnFace, NDArray[np.uint8]]:
        """A stand-in, and its picture with premultiplied transparency, uint8 (S, S, 4)."""
        assert self._translator is not None
        face = draw_stand_in(code)
        hair, clothes = face.colours
        picture = self._translator.paint_look(face.edges, [hair, SKINS[tone], clothes])
        if large:
            cutout = self._translator.refine(picture, face.edges, face.edges)
        else:
            cutout = self._translator.cut_out(picture, face.edges)
        alpha = cutout[..., 3:].astype(np.float32) / 255
        cutout[..., :3] = (cutout[..., :3] * alpha).round().astype(np.uint8)
        return face, cutout


def _move(face: DrawnFace, place: Place, side: int) -> NDArray[np.float64]:
    """The affine map, float (2, 3), that brings a stand-in of `side` px to its place."""
    unit = side / len(face.edges)
    scale = max(place.wide / face.radii[0], place.high / face.radii[1]) / unit
    angle = np.radians(place.turn)
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shift = np.array((place.x, place.y)) - turn @ (unit * np.array(face.centre))
    return np.hstack([turn, shift[:, None]])


def _blend(
    below: NDArray[np.uint8], above: NDArray[np.uint8], share: NDArray[np.float32]
) -> NDArray[np.uint8]:
    mixed = below + (above.astype(np.float32) - below) * share[..., None]
    return mixed.round().clip(0, 255).astype(np.uint8)


def _union(one: Box, other: Box) -> Box:
    if one[0] >= one[2] or one[1] >= one[3]:
        return other
    if other[0] >= other[2] or other[1] >= other[3]:
        return one
    return (
        *(min(one[0], other[0]), min(one[1], other[1])),
        *(max(one[2], other[2]), max(one[3], other[3])),
    )
