"""What ``translate`` does with each file: a picture, a video, a row of a contact sheet."""

import argparse
import hashlib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from pix2pix.commands.files import Job, open_image
from pix2pix.commands.share import key_of, picture_key, write_picture
from pix2pix.edges.detector import EdgeDetector
from pix2pix.errors import UserError
from pix2pix.training.sheet import sheet
from pix2pix.translator import Kind, Translator
from pix2pix.video.translate import VideoTranslator, beside, fitted, video_key

SHEET = 24
"""Inputs on one contact sheet."""

_IN_A_ROW = 4  # inputs, three pictures each


class Maker:
    """Makes what ``translate`` was asked for.

    Args:
        options: of the command line.
        device: where the networks run.
        progress: whether a video's frames are counted on the terminal.

    Raises:
        UserError: those of `Translator.from_pretrained`, `EdgeDetector.from_pretrained` and
            `read_hints`.
    """

    def __init__(
        self, options: argparse.Namespace, device: str | torch.device = "cpu", *, progress: bool
    ) -> None:
        self._options = options
        self._progress = progress
        self._hints = read_hints(options.hints) if options.hints else None
        self._kind: Kind = "photo" if options.photo else "paper" if options.paper else "drawing"
        self._polarity = "light-on-dark" if options.light_on_dark else "dark-on-light"
        self._translator = Translator.from_pretrained(options.domain, device=device)
        names = [self._translator.name]
        if options.photo:
            self._translator.detector = EdgeDetector.from_pretrained(
                options.detector, device=device
            )
            names.append(self._translator.detector.name)
        dabs = "" if self._hints is None else hashlib.sha256(self._hints.tobytes()).hexdigest()
        self._settings = (
            f"{names} {self._kind} {self._polarity} {options.seed} {dabs} {options.side_by_side}"
        )
        self._rows: dict[Job, list[NDArray[np.uint8]]] = {}

    def make(self, job: Job) -> bool:
        """Makes a picture or video; false if it is there already.

        Raises:
            UserError: if the file cannot be read or has nothing on it.
        """
        if job.is_video:
            return self._make_video(job)
        key = key_of(self._settings, job.source)
        if not self._options.again and picture_key(job.target) == key:
            return False
        image = open_image(job.source)
        made = self._translator.translate(
            image,
            self._hints,
            seed=self._options.seed,
            polarity=self._polarity,
            kind=self._kind,
        )
        shown = beside(image, made.picture) if self._options.side_by_side else made.picture
        write_picture(job.target, shown, key)
        if self._options.sheet:
            self._rows[job] = _row(image, made.edges, made.picture)
        return True

    def write_sheet(self, number: int, batch: Sequence[Job]) -> None:
        """Writes a contact sheet of the pictures that were made of a batch: 0001.png and so on."""
        pictures = [job for job in batch if not job.is_video and job.target.is_file()]
        keys = " ".join(picture_key(job.target) or "" for job in pictures)
        key = hashlib.sha256(keys.encode()).hexdigest()
        path = self._options.output / "sheets" / f"{number + 1:04d}.png"
        if pictures and picture_key(path) != key:
            rows = [self._rows.get(job) or self._row_again(job) for job in pictures]
            starts = range(0, len(rows), _IN_A_ROW)
            lines = [list(chain(*rows[at : at + _IN_A_ROW])) for at in starts]
            write_picture(path, sheet(lines), key)
        self._rows.clear()

    def _row_again(self, job: Job) -> list[NDArray[np.uint8]]:
        """The row of a picture that an earlier run made."""
        image = open_image(job.source)
        edges = self._translator.find_edges(image, polarity=self._polarity, kind=self._kind)
        picture = np.asarray(Image.open(job.target).convert("RGB"))
        return _row(image, edges, picture[:, -self._translator.size :])

    def _make_video(self, job: Job) -> bool:
        key = key_of(f"{self._settings} {self._options.steady}", job.source)
        if not self._options.again and video_key(job.target) == key:
            return False
        VideoTranslator(
            self._translator,
            self._hints,
            kind=self._kind,
            polarity=self._polarity,
            seed=self._options.seed,
            steady=self._options.steady,
            side_by_side=self._options.side_by_side,
            progress=self._progress,
        ).make(job.source, job.target, key)
        return True


def read_hints(path: Path) -> NDArray[np.uint8]:
    """Reads dabs of colour from a picture with transparency.

    Returns:
        uint8 (H, W, 4) RGBA.

    Raises:
        UserError: ``bad_image``, ``heic`` or ``no_dabs``.
    """
    rgba = np.asarray(open_image(path).convert("RGBA"))
    dabbed = rgba[..., 3] >= 128
    if dabbed.all() or not dabbed.any():
        raise UserError(
            "no_dabs", f"'{path}' has no dabs of colour; paint them on a transparent picture."
        )
    return rgba


def _row(
    image: Image.Image, edges: NDArray[np.uint8], picture: NDArray[np.uint8]
) -> list[NDArray[np.uint8]]:
    small = 128  # px: a sheet shows no more
    return [
        cv2.resize(p, (small, small), interpolation=cv2.INTER_AREA)
        for p in (fitted(image, len(picture)), edges, picture)
    ]
