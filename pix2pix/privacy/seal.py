"""The faces of a photo under seal: locked by a passcode, with scrypt and AES-GCM.

A passcode does two things. It chooses the stand-ins, by one of 256 numbers only, so that whoever
sees them on any number of photos learns no more than eight bits of it. And it locks the faces: its
key is derived anew for each photo, with a salt of the photo's own, slowly enough (scrypt, Percival
2009, with the first of the parameters that OWASP names) that guessing is costly.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache

from pix2pix.data.synthetic.face import SKINS
from pix2pix.errors import UserError
from pix2pix.privacy.places import Box, Place

CODES = 256
"""Number of choices of stand-ins."""

_MAGIC = b"i-canvas faces 1\n"
_SIZE = 4  # bytes: the length of each patch
_SALT, _NONCE, _KEY = 16, 12, 32  # bytes
_COST = {"n": 2**17, "r": 8, "p": 1}  # 128 MiB of memory for each guess
_CHOICE = b"i-canvas stand-ins"  # salt of the choice of stand-ins, the same everywhere


@dataclass(frozen=True)
class Sealed:
    """What a photo carries of its faces.

    Attributes:
        code: which stand-ins it shows.
        places: of the stand-ins.
        boxes: where the patches under seal belong.
        salt: of the key.
        nonce: of the cipher.
        locked: the patches, encrypted and authenticated, together with all the rest.
    """

    code: int
    places: tuple[Place, ...]
    boxes: tuple[Box, ...]
    salt: bytes
    nonce: bytes
    locked: bytes

    def to_bytes(self) -> bytes:
        """The form in which it travels, for `from_bytes`."""
        return self._open_part() + self.salt + self.nonce + self.locked

    @classmethod
    def from_bytes(cls, data: bytes) -> "Sealed":
        """Reads what `to_bytes` wrote.

        Raises:
            UserError: ``damaged_seal``.
        """
        try:
            head, line, rest = data.removeprefix(_MAGIC).partition(b"\n")
            if not data.startswith(_MAGIC) or not line or len(rest) < _SALT + _NONCE:
                raise ValueError("not such data")
            told = json.loads(head)
            return cls(
                code=int(told["code"]) % CODES,
                places=tuple(_read_place(each) for each in told["places"]),
                boxes=tuple(_read_box(each) for each in told["boxes"]),
                salt=rest[:_SALT],
                nonce=rest[_SALT : _SALT + _NONCE],
                locked=rest[_SALT + _NONCE :],
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UserError(
                "damaged_seal", "What this photo carries of its faces is damaged."
            ) from error

    def _open_part(self) -> bytes:
        """What can be read without a passcode, which the picture shows anyway."""
        told = {
            "code": self.code,
            "places": [asdict(place) for place in self.places],
            "boxes": self.boxes,
        }
        return _MAGIC + json.dumps(told).encode("ascii") + b"\n"


def seal(
    patches: Sequence[bytes], places: Sequence[Place], boxes: Sequence[Box], passcode: str
) -> Sealed:
    """Locks the patches of a photo.

    Args:
        patches: encoded pictures of what the stand-ins cover.
        places: of the stand-ins.
        boxes: of the patches.
        passcode: whoever knows it can have the patches back.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    told = Sealed(choice_of(passcode), tuple(places), tuple(boxes), salt, nonce, b"")
    content = b"".join(len(patch).to_bytes(_SIZE, "big") + patch for patch in patches)
    locked = AESGCM(_derive(passcode, salt)).encrypt(nonce, content, told.to_bytes())
    return Sealed(told.code, told.places, told.boxes, salt, nonce, locked)


def unseal(sealed: Sealed, passcode: str) -> list[bytes] | None:
    """Unlocks the patches of a photo; None if the passcode is wrong or anything was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    told = Sealed(sealed.code, sealed.places, sealed.boxes, sealed.salt, sealed.nonce, b"")
    key = AESGCM(_derive(passcode, sealed.salt))
    try:
        content = key.decrypt(sealed.nonce, sealed.locked, told.to_bytes())
    except InvalidTag:
        return None
    patches = []
    while content:
        end = _SIZE + int.from_bytes(content[:_SIZE], "big")
        patches.append(content[_SIZE:end])
        content = content[end:]
    return patches


def choice_of(passcode: str, other_than: int | None = None) -> int:
    """Which stand-ins a passcode chooses, 0 to 255, never `other_than`."""
    chosen = _chosen(passcode)
    return (chosen + 1) % CODES if chosen == other_than else chosen


@lru_cache(maxsize=4)  # the photos of a run have one
def _chosen(passcode: str) -> int:
    return _derive(passcode, _CHOICE)[0] % CODES


def codes_of(choice: int, count: int) -> list[int]:
    """The numbers of the stand-ins of a choice, for `draw_stand_in`, from left to right."""
    return [
        int.from_bytes(hashlib.sha256(f"{choice} {number}".encode()).digest()[:4], "big")
        for number in range(count)
    ]


def _derive(passcode: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=_KEY, **_COST).derive(passcode.encode("utf-8"))


def check_installed() -> None:
    """Makes sure that passcodes can be used.

    Raises:
        UserError: ``no_cryptography``.
    """
    try:
        import cryptography  # noqa: F401
    except ImportError as error:
        raise UserError(
            "no_cryptography",
            "Passcodes need the package cryptography; run: pip install 'i-canvas[privacy]'",
        ) from error


def _read_place(told: dict[str, float]) -> Place:
    x, y, wide, high, turn = (float(told[name]) for name in ("x", "y", "wide", "high", "turn"))
    if not (0 <= told["tone"] < len(SKINS) and min(wide, high) > 0):
        raise ValueError("no such place")
    return Place(x, y, wide, high, turn, int(told["tone"]))


def _read_box(told: Sequence[int]) -> Box:
    left, top, right, bottom = (int(each) for each in told)
    return left, top, right, bottom
