"""How many faces are found, what a recogniser makes of covered ones, and how long it all takes.

Photos of people that tests may use are few: the astronaut of scikit-image, and those in the folder
`--photos`, whose ``faces.csv`` has a line ``name,faces`` for each, counted by eye. Faces are also
sought in the astronaut made small, turned, dark, blurred and half hidden: there they are lost.

The recogniser is that of dlib (King 2017: 99.4% on LFW, where the same person is nearer than 0.6).
It is measured if `dlib` can be imported (``pip install dlib-bin``) and `--models` names the folder
``models`` of the package ``face_recognition_models``.

python -m benchmarks.privacy --photos PHOTOS --models MODELS
"""

import argparse
import csv
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.edges.normalise import limit_side
from pix2pix.imaging.open_picture import read_picture
from pix2pix.privacy.cover import By, Coverer
from pix2pix.privacy.faces import FRAME_SIDE, Face, FaceFinder
from pix2pix.privacy.places import place_of
from pix2pix.privacy.seal import codes_of
from pix2pix.privacy.video import FaceHidingVideo

_SAME = 0.6  # distance below which dlib takes two faces for one person
_WAYS: tuple[By, ...] = ("cartoon", "blur", "mosaic")
_FRAMES, _NOISE = 12, 6.0

_Picture = NDArray[np.uint8]
_Photos = list[tuple[str, _Picture, int]]


def read_photos(folder: Path | None) -> _Photos:
    """Names, photos, and the number of faces on each."""
    import skimage.data

    photos = [("astronaut", skimage.data.astronaut(), 1)]
    if folder is not None:
        with (folder / "faces.csv").open(encoding="utf-8", newline="") as file:
            photos += [
                (row["name"], read_picture(folder / row["name"]), int(row["faces"]))
                for row in csv.DictReader(file)
            ]
    return photos


def hard_cases(photo: _Picture) -> Iterator[tuple[str, _Picture]]:
    """The astronaut, whose face is 120 px high, under conditions in which faces are lost."""
    for high in (40, 24, 16, 12, 8):
        yield f"{high} px high", limit_side(photo, round(512 * high / 120))
    middle = (226.0, 118.0)
    for turn in (45, 90, 135, 180):
        move = cv2.getRotationMatrix2D(middle, turn, 1)
        yield f"turned by {turn}°", cv2.warpAffine(photo, move, (512, 512))
    for share in (0.3, 0.1, 0.05):
        yield f"{share:.0%} of the light", (photo * share).astype(np.uint8)
    for sigma in (4, 8, 12):
        yield f"blurred by {sigma} px", cv2.GaussianBlur(photo, (0, 0), sigma)
    for name, rows, columns in (
        ("mouth hidden", slice(130, 185), slice(170, 285)),
        ("eyes hidden", slice(85, 115), slice(170, 285)),
        ("right half hidden", slice(40, 200), slice(226, 300)),
    ):
        hidden = photo.copy()
        hidden[rows, columns] = 40
        yield name, hidden


def print_found(photos: _Photos, finder: FaceFinder) -> dict[str, list[Face]]:
    """Prints the faces found, by photo; returns those that are there."""
    print("| photo | size | faces | found | false alarms | CPU seconds |")
    print("| --- | --- | --- | --- | --- | --- |")
    found = {}
    total = [0, 0, 0]
    for name, photo, count in photos:
        start = time.process_time()
        faces = finder.find(photo)
        took = time.process_time() - start
        sure = sorted(faces, key=lambda face: -face.score)[:count]
        found[name] = sure
        row = (count, len(sure), len(faces) - len(sure))
        total = [a + b for a, b in zip(total, row, strict=True)]
        size = f"{photo.shape[1]}x{photo.shape[0]}"
        print(f"| {name} | {size} | {row[0]} | {row[1]} | {row[2]} | {took:.2f} |")
    print(f"| all | | {total[0]} | {total[1]} | {total[2]} | |\n")
    return found


def print_hard(photo: _Picture, finder: FaceFinder) -> None:
    """Prints in which of the hard cases the face is found."""
    print("| the astronaut | found, with score |\n| --- | --- |")
    for name, seen in hard_cases(photo):
        scores = [face.score for face in finder.find(seen)]
        print(f"| {name} | {f'{max(scores):.2f}' if scores else 'no'} |")
    print()


def covered_by(by: By, photo: _Picture, faces: list[Face]) -> _Picture:
    """A photo with its faces covered."""
    places = [place_of(face, photo) for face in faces]
    return Coverer(by).cover(photo, places, codes_of(0, len(places)))[0]


def recogniser(models: Path) -> Callable[[_Picture, Face], NDArray[np.float64]]:
    """What dlib makes of a face in a picture: 128 numbers."""
    import dlib  # type: ignore[import-not-found]

    shapes = dlib.shape_predictor(str(models / "shape_predictor_5_face_landmarks.dat"))
    network = dlib.face_recognition_model_v1(
        str(models / "dlib_face_recognition_resnet_model_v1.dat")
    )

    def describe(picture: _Picture, face: Face) -> NDArray[np.float64]:
        (x, y), (wide, high) = face.centre, face.size
        half = 0.45 * (wide + high) / 2
        y += 0.08 * high
        sides = [round(each) for each in (x - half, y - half, x + half, y + half)]
        box: Any = dlib.rectangle(*sides)
        shape = shapes(picture, box)
        return np.array(network.compute_face_descriptor(picture, shape))

    return describe


def print_recognised(photos: _Photos, found: dict[str, list[Face]], models: Path) -> None:
    """Prints how near covered faces are to those below, for dlib."""
    describe = recogniser(models)
    known = [(photo, face, name) for name, photo, _ in photos for face in found[name]]
    before = np.array([describe(photo, face) for photo, face, _ in known])
    apart = np.linalg.norm(before[:, None] - before[None], axis=2)
    print("Distances between the faces as they are:", ", ".join(name for *_, name in known))
    print(np.array2string(apart, precision=2), "\n")
    print(
        "| covered by | distance to the face below, mean (least) | taken for the same | "
        "nearest of all |\n| --- | --- | --- | --- |"
    )
    for by in _WAYS:
        after = []
        for name, photo, _ in photos:
            covered = covered_by(by, photo, found[name])
            after += [describe(covered, face) for face in found[name]]
        distances = np.linalg.norm(np.array(after)[:, None] - before[None], axis=2)
        own = distances.diagonal()
        nearest = int((distances.argmin(axis=1) == np.arange(len(own))).sum())
        same = int((own < _SAME).sum())
        print(
            f"| {by} | {own.mean():.2f} ({own.min():.2f}) | {same} of {len(own)} | "
            f"{nearest} of {len(own)} |"
        )
    print()


def print_video(photo: _Picture) -> None:
    """Prints time and flicker of a noisy clip in which the photo wanders."""
    rng = np.random.default_rng(0)
    clip = []
    for step in range(_FRAMES):
        noisy = np.roll(photo, 3 * step, axis=1) + rng.normal(0, _NOISE, photo.shape)
        clip.append(noisy.clip(0, 255).astype(np.uint8))
    finder, coverer = FaceFinder(FRAME_SIDE), Coverer()
    start = time.process_time()
    alone = []
    for frame in clip:
        faces = finder.find(frame)
        places = [replace(place_of(face, frame), tone=3) for face in faces]
        alone.append(coverer.cover(frame, places, codes_of(0, len(places)))[0])
    took = (time.process_time() - start) / len(clip)
    followed = list(FaceHidingVideo(finder, coverer).pictures(clip))
    print(f"{took:.2f} CPU seconds a frame of {photo.shape[1]}x{photo.shape[0]} px.\n")
    print("| frames | flicker of the face, ΔE76 |\n| --- | --- |")
    for name, made in (("each by itself", alone), ("followed", followed)):
        still = [np.roll(frame, -3 * step, axis=1) for step, frame in enumerate(made)]
        labs = [cv2.cvtColor(f.astype(np.float32) / 255, cv2.COLOR_RGB2Lab) for f in still]
        parts = [lab[60:180, 180:270] for lab in labs]
        steps = [np.linalg.norm(b - a, axis=2).mean() for a, b in pairwise(parts)]
        print(f"| {name} | {np.mean(steps):.2f} |")


def main() -> None:
    """Prints the tables of docs/privacy.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, help="a folder of photos with faces.csv")
    parser.add_argument("--models", type=Path, help="dlib's networks; without, not measured")
    options = parser.parse_args()
    photos = read_photos(options.photos)
    finder = FaceFinder()
    found = print_found(photos, finder)
    print_hard(photos[0][1], finder)
    if options.models:
        print_recognised(photos, found, options.models)
    else:
        print("Whether a recogniser still matches them was not measured.\n")
    print_video(photos[0][1])


if __name__ == "__main__":
    main()
