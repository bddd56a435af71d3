"""The board of a classroom: pictures that pupils send, and what the teacher tells all pages.

Everything is in memory only. Whoever sends a picture is a random number that the page made up, and
has one place: a newer picture takes that of the older one.
"""

import io
import secrets
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from PIL import Image

from pix2pix.edges.normalise import flatten
from pix2pix.errors import UserError
from pix2pix.page.protocol import ForgetOrder, MissionOrder, Order, RemoveOrder, RestOrder
from pix2pix.server.bucket import Buckets
from pix2pix.server.images import read_image

MAX_PICTURES = 60
MAX_BYTES = 16 * 1024 * 1024
"""Maximum size of all pictures together; one has about 30,000 bytes."""

MAX_SENT_BYTES = 1024 * 1024
MAX_SENT_SIDE = 1024
SIDE = 512
"""Maximum side of a picture that is kept."""

LASTING = 4 * 60 * 60.0
"""Seconds until a picture goes by itself, should nobody have ended the lesson."""

_FORMATS = ("PNG", "WEBP")


@dataclass(frozen=True)
class Sent:
    """A picture on the board.

    Attributes:
        id: its own name, which says nothing about who sent it.
        webp: its file.
        at: when it came, on the board's clock.
    """

    id: str
    webp: bytes
    at: float


class ClassBoard:
    """What a class has on its big screen, and whether it rests or has a mission.

    It belongs to one thread, that of the server's event loop.

    Args:
        missions: the ids of those that can be started.
        clock: a monotonic clock, in seconds.

    Attributes:
        token: what the teacher's link has, and nobody else.
    """

    def __init__(
        self, missions: Collection[str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.token = secrets.token_urlsafe(16)
        self._missions = frozenset(missions)
        self._clock = clock
        self._sent: dict[str, Sent] = {}  # by seat, the oldest first
        self._by_seat = Buckets((2, 0.5), clock=clock)
        self._by_address = Buckets((60, 1.0), clock=clock)
        self._begin()

    def _begin(self) -> None:
        self._sent.clear()
        self._lesson = secrets.token_hex(4)
        self._is_resting = False
        self._mission: dict[str, str] | None = None

    @property
    def now(self) -> dict[str, Any]:
        """What every page may know: the lesson's number, whether it rests, and its mission."""
        return {"lesson": self._lesson, "resting": self._is_resting, "mission": self._mission}

    @property
    def pictures(self) -> list[str]:
        """The ids of all pictures, the newest first."""
        self._drop_old()
        return [sent.id for sent in reversed(self._sent.values())]

    def is_teacher(self, token: str) -> bool:
        """Whether a token is that of the teacher's link."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def picture(self, name: str) -> bytes | None:
        """The file of a picture, WebP; None if it is gone."""
        self._drop_old()
        return next((sent.webp for sent in self._sent.values() if sent.id == name), None)

    def check_pace(self, seat: str, address: str) -> None:
        """Counts a picture that is about to come.

        Raises:
            UserError: ``too_often``.
        """
        if self._by_address.ask(address, 1) or self._by_seat.ask(seat, 1):
            raise UserError("too_often", "Wait a moment before you send another picture.")

    def show(self, seat: str, webp: bytes) -> None:
        """Puts a picture up; those that are too many or too old go.

        Args:
            seat: who sends it.
            webp: as from `clean`.
        """
        self.take_back(seat)
        self._sent[seat] = Sent(secrets.token_hex(8), webp, self._clock())
        self._drop_old()

    def take_back(self, seat: str) -> None:
        """Takes the picture of a seat off, if there is one."""
        self._sent.pop(seat, None)

    def follow(self, order: Order) -> None:
        """Does what the teacher says.

        Raises:
            UserError: ``bad_request`` for a mission that there is not.
        """
        match order:
            case RestOrder(resting=resting):
                self._is_resting = resting
            case MissionOrder(mission=None):
                self._mission = None
            case MissionOrder(mission=mission):
                if mission not in self._missions:
                    raise UserError("bad_request", "This mission is not here; reload the page.")
                # The same one may be started again: its turn tells the pages.
                self._mission = {"id": mission, "turn": secrets.token_hex(4)}
            case RemoveOrder(picture=name):
                self._sent = {seat: sent for seat, sent in self._sent.items() if sent.id != name}
            case ForgetOrder():
                self._begin()

    def _drop_old(self) -> None:
        since = self._clock() - LASTING
        size = sum(len(sent.webp) for sent in self._sent.values())
        for seat, sent in list(self._sent.items()):
            if len(self._sent) <= MAX_PICTURES and size <= MAX_BYTES and sent.at > since:
                return
            size -= len(sent.webp)
            del self._sent[seat]


def clean(data: bytes) -> bytes:
    """Decodes a picture and encodes it anew, so that nothing but what is seen is kept.

    Args:
        data: a PNG or WebP file.

    Returns:
        A WebP file of at most `SIDE` pixels a side, on white.

    Raises:
        UserError: ``bad_image`` or ``image_too_large``.
    """
    flat = Image.fromarray(flatten(read_image(data, MAX_SENT_SIDE, _FORMATS)))
    flat.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    flat.save(file, "WEBP", quality=90)
    return file.getvalue()
