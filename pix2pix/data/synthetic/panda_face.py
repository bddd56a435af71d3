"""Faces of real pandas: found in photos, and warped into heads that people draw."""

from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import WHITE
from pix2pix.data.synthetic.scene import Image
from pix2pix.edges import EDGE_SIZE

Point = NDArray[np.float64]
"""(x, y) in px."""

_DAYLIGHT = np.array([232, 229, 222], np.float32)
"""White fur in the shade of a cloud, RGB."""
_CHROMA = 0.45  # of what sun and leaves dye

_CIRCLE = np.stack([f(np.linspace(0, 2 * np.pi, 8, endpoint=False)) for f in (np.cos, np.sin)], 1)


@dataclass(frozen=True)
class PandaFace:
    """A face that looks at us.

    Attributes:
        picture: float32 (256, 256, 3), the photo, continued into its background.
        eyes: float64 (2, 2), centres of the patches, left and right.
        patches: float64 (2, 2, 2), what makes a patch of the unit circle, by eye.
        nose: float64 (2,).
        rim: float64 (R, 2), where white fur ends, at equal angles around the middle.
        white: float32 (3,), the colour of its white fur.
    """

    picture: Image
    eyes: NDArray[np.float64]
    patches: NDArray[np.float64]
    nose: Point
    rim: NDArray[np.float64]
    white: NDArray[np.float32]


@dataclass(frozen=True)
class _Blob:
    centre: Point
    area: float
    spread: NDArray[np.float64]  # what makes it of the unit circle


def find_face(photo: NDArray[np.uint8]) -> PandaFace | None:
    """Finds a face from the front: two dark patches of one size on white, and a nose below.

    Args:
        photo: uint8 (256, 256, 3) RGB, subject on white.
    """
    subject = photo.min(axis=2) < WHITE
    gray = cv2.GaussianBlur(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    best, face = 0.0, None
    for level in (45, 60, 75, 90, 105, 120):
        blobs = _dark_blobs((gray < level) & subject)
        for one, other in combinations(blobs, 2):
            left, right = sorted((one, other), key=lambda b: b.centre[0])
            if _are_ears(left, right, blobs):
                continue
            found = _judge(gray, subject, left, right)
            if found is not None and found[0] > best:
                best, face = found[0], (left, right, found[1])
    if face is None:
        return None
    left, right, nose = face
    eyes = np.stack([left.centre, right.centre])
    rim = _rim(gray, subject, eyes, nose)
    if rim is None:
        return None
    filled = cv2.inpaint(
        cv2.resize(photo, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA),
        cv2.resize(
            cv2.dilate((~subject).astype(np.uint8), np.ones((5, 5), np.uint8)), None,
            fx=0.5, fy=0.5, interpolation=cv2.INTER_NEAREST,
        ), 3, cv2.INPAINT_TELEA,
    )  # fmt: skip
    filled = cv2.resize(filled, photo.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    sure = cv2.erode(subject.astype(np.uint8), np.ones((5, 5), np.uint8))[..., None] > 0
    picture = np.where(sure, photo, filled).astype(np.float32)
    head = np.zeros(gray.shape, np.uint8)
    cv2.fillPoly(head, [np.round(rim).astype(np.int32)], 1)
    fur = photo[(head > 0) & subject & (gray > 110)]
    white = np.percentile(fur, 60, axis=0).astype(np.float32)
    inside = (head > 0) & subject
    red, green, blue = (photo[..., k].astype(int) for k in range(3))
    leaves = inside & (green > np.maximum(red, blue) + 14)
    paw = (inside & (gray < 90)).sum() > 0.3 * inside.sum()
    if paw or leaves.sum() > 0.02 * inside.sum():
        return None
    # Evening sun makes a panda a bear; fur is brought to daylight.
    gain = np.clip(_DAYLIGHT / white, 0.8, 1.7)
    picture, white = np.clip(picture * gain, 0, 255), white * gain
    tone = picture.mean(axis=2, keepdims=True)
    picture = tone + _CHROMA * (picture - tone)
    white = white.mean() + _CHROMA * (white - white.mean())
    return PandaFace(picture, eyes, np.stack([left.spread, right.spread]), nose, rim, white)


def _dark_blobs(dark: NDArray[np.bool_]) -> list[_Blob]:
    count, labels, stats, centres = cv2.connectedComponentsWithStats(dark.astype(np.uint8))
    blobs = []
    for k in range(1, count):
        area = int(stats[k, cv2.CC_STAT_AREA])
        if 12 <= area <= 2500:
            x, y, width, height, _ = stats[k]
            cover = labels[y : y + height, x : x + width] == k
            points = np.argwhere(cover)[:, ::-1].astype(np.float64)
            values, ways = np.linalg.eigh(np.cov(points.T) + 0.1 * np.eye(2))
            short, long = axes = 2 * np.sqrt(values)
            if long < 3.0 * short and area > 0.65 * np.pi * long * short:
                blobs.append(_Blob(centres[k], area, (ways * axes) @ ways.T))
    return blobs


def _are_ears(left: _Blob, right: _Blob, blobs: list[_Blob]) -> bool:
    """Whether two blobs have an eye below them: beside a nose, and nearly as large as they are."""
    across = right.centre - left.centre
    apart = float(np.hypot(*across))
    axes = np.stack([across, [-across[1], across[0]]]) / apart**2
    middle = (left.centre + right.centre) / 2
    for blob in blobs:
        x, y = axes @ (blob.centre - middle)
        beside = 0.15 < abs(x) < 0.75 and 0.3 < y < 1.2
        if beside and blob.area > 0.12 * min(left.area, right.area):
            return True
    return False


def _judge(
    gray: NDArray[np.uint8],
    subject: NDArray[np.bool_],
    left: _Blob,
    right: _Blob,
) -> tuple[float, Point] | None:
    """How much two blobs are the eyes of a face, and where its nose is."""
    across = right.centre - left.centre
    apart = float(np.hypot(*across))
    size = np.sqrt((left.area + right.area) / 2)
    alike = min(left.area, right.area) / max(left.area, right.area)
    if not 16 < apart < 110 or abs(across[1]) > 0.35 * across[0] or alike < 0.5:
        return None
    if not 0.22 < size / apart < 0.62:
        return None
    # Around eyes there is white all round; around ears and paws there is not.
    around = [blob.centre + 1.7 * _CIRCLE @ blob.spread for blob in (left, right)]
    for ring in around:
        column, row = np.clip(np.round(ring), 0, EDGE_SIZE - 1).astype(int).T
        if (subject[row, column] & (gray[row, column] > 100)).mean() < 0.75:
            return None
    along = across / apart
    down = np.array([-along[1], along[0]])
    middle = (left.centre + right.centre) / 2

    def tone(x: float, y: float) -> float:
        column, row = np.round(middle + apart * (x * along + y * down)).astype(int)
        if not (0 <= column < EDGE_SIZE and 0 <= row < EDGE_SIZE and subject[row, column]):
            return 0.0
        return float(gray[row, column])

    white = [tone(0, 0), tone(0, -0.5), tone(0.35, -0.55), tone(-0.35, -0.55), tone(0, 0.25),
             tone(-0.85, 0.3), tone(0.85, 0.3), tone(0.5, 0.55), tone(-0.5, 0.55)]  # fmt: skip
    dark = [float(gray[tuple(np.round(b.centre[::-1]).astype(int))]) for b in (left, right)]
    white.sort()
    if white[1] < max(dark) + 45 or white[4] < 115:
        return None
    grid = [(x, y) for y in np.arange(0.5, 0.83, 0.04) for x in np.arange(-0.24, 0.25, 0.04)]
    # Overexposed white looks like background.
    tones = np.array([(tone(x, y) or 255.0) + 40 * abs(x) for x, y in grid])
    x, y = grid[int(tones.argmin())]
    if tones.min() > min(85.0, white[4] - 50):
        return None
    nose = middle + apart * (x * along + y * down)
    return 1 - 1.5 * abs(x) - abs(y - 0.75) + alike + white[1] / 255, nose


def _rim(
    gray: NDArray[np.uint8], subject: NDArray[np.bool_], eyes: NDArray[np.float64], nose: Point
) -> NDArray[np.float64] | None:
    """Where the white of a head ends, along rays from between eyes and nose."""
    across = eyes[1] - eyes[0]
    apart = float(np.hypot(*across))
    centre = eyes.mean(axis=0) + 0.35 * (nose - eyes.mean(axis=0))
    turn = np.arctan2(across[1], across[0])
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    reach = np.arange(0.8, 2.0, 0.02)[:, None] * apart
    x = centre[0] + reach * np.cos(angles + turn)
    y = centre[1] + reach * np.sin(angles + turn)
    inside = (x >= 0) & (y >= 0) & (x < EDGE_SIZE - 1) & (y < EDGE_SIZE - 1)
    row = np.clip(y, 0, EDGE_SIZE - 1).astype(int)
    column = np.clip(x, 0, EDGE_SIZE - 1).astype(int)
    ends = ~inside | ~subject[row, column] | (gray[row, column] < 95)
    first = np.where(ends.any(axis=0), ends.argmax(axis=0), len(reach) - 1)
    radii = reach[first, 0] / apart
    # A head goes on beside its eyes; beside its ears it ends.
    beside = np.abs(np.cos(angles)) > 0.9
    if min(np.median(radii[beside & (np.cos(angles) * side > 0)]) for side in (-1, 1)) < 0.9:
        return None
    # Ears, grass and a paw make rays short; a head is round, and its crown is between the ears.
    near = np.stack([np.roll(radii, k) for k in range(-5, 6)])
    radii = np.where(
        np.sin(angles) < -0.3, np.percentile(near, 80, axis=0), np.median(near, axis=0)
    )
    radii = np.mean([np.roll(radii, k) for k in range(-3, 4)], axis=0)
    if radii.std() > 0.36 or not 0.95 < radii.mean() < 1.8:
        return None
    return np.stack(
        [
            centre[0] + apart * radii * np.cos(angles + turn),
            centre[1] + apart * radii * np.sin(angles + turn),
        ],
        axis=1,
    )


@dataclass(frozen=True)
class DrawnFace:
    """Where a person drew what `PandaFace` has.

    Attributes:
        outline: float32 (N, 2), the head.
        eyes: float64 (2, 2).
        patches: float64 (2, 2, 2).
        nose: float64 (2,).
    """

    outline: NDArray[np.float32]
    eyes: NDArray[np.float64]
    patches: NDArray[np.float64]
    nose: Point


def warp_face(face: PandaFace, drawn: DrawnFace) -> Image:
    """Lays a real face into a head that is drawn; float32 (256, 256, 3), of use within it."""
    here, there = [drawn.nose[None]], [face.nose[None]]
    for eye in range(2):
        here.append(drawn.eyes[eye] + _CIRCLE @ drawn.patches[eye])
        there.append(face.eyes[eye] + _CIRCLE @ face.patches[eye])
    across, apart = (np.diff(e, axis=0)[0] for e in (face.eyes, drawn.eyes))
    nostril = 0.2 * np.array([-1, 1])[:, None]
    here.append(drawn.nose + nostril * apart)
    there.append(face.nose + nostril * across)
    centre = drawn.eyes.mean(axis=0) + 0.35 * (drawn.nose - drawn.eyes.mean(axis=0))
    offset = drawn.outline - centre
    bearing = np.arctan2(offset[:, 1], offset[:, 0])
    angles = np.linspace(0, 2 * np.pi, len(face.rim), endpoint=False)
    reach = np.interp(angles, bearing, np.hypot(*offset.T), period=2 * np.pi)
    rim = centre + reach[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    here.append(rim[::2])
    middle = face.eyes.mean(axis=0) + 0.35 * (face.nose - face.eyes.mean(axis=0))
    there.append((middle + 0.94 * (face.rim - middle))[::2])
    places = _thin_plate(np.concatenate(here), np.concatenate(there))
    return cv2.remap(face.picture, places, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)


def _thin_plate(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float32]:
    """A thin-plate spline from `here` to `there` (Bookstein 1989), for `cv2.remap`."""

    def bend(points: NDArray[np.float64]) -> NDArray[np.float64]:
        square = ((points[:, None] - here[None]) ** 2).sum(axis=2)
        return square * np.log(square + 1e-9)

    count = len(here)
    plane = np.concatenate([np.ones((count, 1)), here], axis=1)
    system = np.zeros((count + 3, count + 3))
    system[:count, :count] = bend(here) + 20.0 * np.eye(count)
    system[:count, count:], system[count:, :count] = plane, plane.T
    weights = np.linalg.solve(system, np.concatenate([there, np.zeros((3, 2))]))
    step = 4
    axis = np.arange(step / 2 - 0.5, EDGE_SIZE, step)
    grid = np.stack(np.meshgrid(axis, axis), axis=2).reshape(-1, 2)
    flat = bend(grid) @ weights[:count] + weights[count] + grid @ weights[count + 1 :]
    small = flat.reshape(len(axis), len(axis), 2).astype(np.float32)
    return cv2.resize(small, (EDGE_SIZE, EDGE_SIZE), interpolation=cv2.INTER_LINEAR)
