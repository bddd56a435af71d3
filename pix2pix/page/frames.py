"""Messages with pictures as they are: what a page sends for a drawing, and what it gets.

In JSON, a picture would be base64: a third more, made at one end and undone at the other. A frame
is the length of its head (four bytes, the most significant first), the head, and the pictures one
after the other. The head is a JSON object; its field ``parts`` has their names and lengths. The
page's own side of it is ``picture/frames.js``.
"""

import json
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Any

from pix2pix.errors import UserError

MEDIA_TYPE = "application/octet-stream"
MAX_HEAD = 64 * 1024

_LENGTH = 4


def pack(message: Mapping[str, Any]) -> bytes:
    """Makes a frame.

    Args:
        message: values of JSON, and bytes.

    >>> pack({"id": 1, "edges": b"PNG"})[4:]
    b'{"id": 1, "parts": {"edges": 3}}PNG'
    """
    parts = {name: value for name, value in message.items() if isinstance(value, bytes)}
    head = {name: value for name, value in message.items() if name not in parts}
    head["parts"] = {name: len(part) for name, part in parts.items()}
    text = json.dumps(head).encode()
    return b"".join([len(text).to_bytes(_LENGTH, "big"), text, *parts.values()])


def unpack(frame: bytes) -> dict[str, Any]:
    """Reads a frame; the inverse of `pack`.

    Raises:
        UserError: ``bad_request`` if it is none.

    >>> unpack(pack({"id": 1, "edges": b"PNG"}))
    {'id': 1, 'edges': b'PNG'}
    """
    begin = _LENGTH + int.from_bytes(frame[:_LENGTH], "big")
    if not _LENGTH < begin <= min(len(frame), MAX_HEAD):
        raise _wrong()
    try:
        head = json.loads(frame[_LENGTH:begin])
    except (ValueError, RecursionError):
        raise _wrong() from None
    parts = head.pop("parts", None) if isinstance(head, dict) else None
    if not isinstance(parts, dict) or not all(type(n) is int and n >= 0 for n in parts.values()):
        raise _wrong()
    places = list(accumulate(parts.values(), initial=begin))
    if places[-1] != len(frame):
        raise _wrong()
    return head | {name: frame[a:b] for name, (a, b) in zip(parts, pairwise(places), strict=True)}


def _wrong() -> UserError:
    return UserError("bad_request", "This is not a message of the page; reload the page.")
