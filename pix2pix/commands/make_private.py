"""The results of ``deidentify``."""

import argparse
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

import torch
from accelerate import PartialState
from tqdm import tqdm

from pix2pix.commands.files import Job
from pix2pix.commands.parallel import do_each, key_of
from pix2pix.imaging.open_picture import read_picture
from pix2pix.privacy.carry import read_note, write_photo
from pix2pix.privacy.cover import Coverer
from pix2pix.privacy.faces import FRAME_SIDE, FaceFinder
from pix2pix.privacy.photos import FaceHider, reveal
from pix2pix.privacy.seal import CODES
from pix2pix.privacy.video import FaceHidingVideo
from pix2pix.translator import Translator
from pix2pix.video.make import video_key


class _Maker(ABC):
    def run(self, jobs: Sequence[Job], state: PartialState) -> int:
        """Does this process's part of the jobs; returns the exit status, see `do_each`."""
        return do_each([[job] for job in jobs], self.make, state)

    @abstractmethod
    def make(self, job: Job) -> bool:
        """Makes a photo or video; false if it already exists."""


class PrivateMaker(_Maker):
    """Makes photos and videos without faces, and says of each how many were found.

    Args:
        options: the parsed command line.
        passcode: seals the faces; ``""`` for none.
        device: the device of the generator.
        progress: whether to show a video's progress on the terminal.

    Raises:
        UserError: as `FaceFinder` and `Coverer`.
    """

    def __init__(
        self,
        options: argparse.Namespace,
        passcode: str,
        device: str | torch.device = "cpu",
        *,
        progress: bool,
    ) -> None:
        finder, coverer = FaceFinder(), _coverer(options.by, device)
        choice = options.seed % CODES
        self._hider = FaceHider(finder, coverer, choice=choice, passcode=passcode)
        self._video = FaceHidingVideo(
            FaceFinder(FRAME_SIDE), coverer, choice=choice, progress=progress
        )
        # The passcode has no part in what marks a result: a digest of it could be guessed at
        # quickly. Instead, sealed photos are always made again.
        self._settings = f"deidentify {options.by} {choice}"
        self._again = options.again or bool(passcode)

    def make(self, job: Job) -> bool:
        """Makes a photo or video; false if it already exists."""
        key = key_of(self._settings, job.source)
        known = video_key if job.is_video else read_note
        if not self._again and known(job.target) == key:
            return False
        if job.is_video:
            self._video.make(job.source, job.target, key)
            _report(job.source, self._video.count)
            return True
        hidden = self._hider.hide(read_picture(job.source))
        write_photo(job.target, hidden.picture, hidden.carried, key)
        _report(job.source, hidden.count)
        return True


class RevealingMaker(_Maker):
    """Makes photos with the faces that they carry under seal.

    Args:
        options: the parsed command line.
        passcode: perhaps the right one.
        device: the device of the generator.
    """

    def __init__(
        self, options: argparse.Namespace, passcode: str, device: str | torch.device = "cpu"
    ) -> None:
        self._passcode = passcode
        self._coverer = _coverer("cartoon", device)

    def make(self, job: Job) -> bool:
        """Makes a photo."""
        write_photo(job.target, reveal(job.source, self._passcode, self._coverer))
        return True


def _coverer(by: str, device: str | torch.device) -> Coverer:
    if by == "cartoon":
        return Coverer("cartoon", Translator.from_pretrained("cartoon", device=device))
    return Coverer("blur" if by == "blur" else "mosaic")


def _report(source: Path, count: int) -> None:
    if count:
        said = f"{count} face{'s' if count > 1 else ''} hidden; look for others before you share it"
    else:
        said = "no face was found, and nothing hidden; look before you share it"
    tqdm.write(f"{source}: {said}.", file=sys.stderr)
