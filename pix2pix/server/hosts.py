"""Names of the page: whom it answers, and whose pages may send it anything.

A web page elsewhere can make a browser send requests here, under the page's own name (DNS
rebinding) or across origins. The first are told by ``Host``, the others by ``Origin``.
"""

import re
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from pix2pix.errors import UserError
from pix2pix.server.refusals import refuse

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_NAME = re.compile(r"[\w.-]+")
_ANY = frozenset({"0.0.0.0", "::", ""})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_SPACES = ("https://huggingface.co", "https://*.hf.space", "https://*.huggingface.co")


@dataclass(frozen=True)
class Hosts:
    """The names under which a page is known.

    Attributes:
        own: names of the computer and of its addresses, besides that of the connection.
        others: names of sites that may show the page in a frame and send it requests, or through
            which it is reached.
        space: whether the page is a Space, which the Hub shows in a frame.
    """

    own: frozenset[str] = LOOPBACK
    others: tuple[str, ...] = ()
    space: bool = False

    @classmethod
    def of(cls, host: str, others: Iterable[str], env: Mapping[str, str]) -> "Hosts":
        """The names of a page that is about to be served.

        Args:
            host: the address that it listens on.
            others: names from ``--allowed-host``.
            env: the environment, where a Space has ``SPACE_HOST``.

        Raises:
            UserError: ``bad_option`` if one of the others is not a name.
        """
        others = tuple(name.strip().lower() for name in others)
        for name in others:
            if host_name(name) != name or not _NAME.fullmatch(name):
                raise UserError(
                    "bad_option",
                    f"An allowed host is a name such as draw.school.example, not '{name}'.",
                )
        own = set(LOOPBACK)
        if host in _ANY:
            name = socket.gethostname().lower()
            own |= {name, name.partition(".")[0], f"{name.partition('.')[0]}.local"}
        else:
            own.add(host.strip("[]").lower())
        if space := env.get("SPACE_HOST", ""):
            own |= {name.strip().lower() for name in space.split(",")}
        return cls(frozenset(own), others, bool(space))

    @property
    def frames(self) -> str:
        """The sites that may show the page in a frame, as a policy lists them."""
        others = [f"{scheme}://{name}:*" for name in self.others for scheme in ("https", "http")]
        return " ".join(["'self'", *(_SPACES if self.space else ()), *others])

    def knows(self, name: str, scope: Scope) -> bool:
        """Whether a name is one of the page, or the address at which this connection came in."""
        server = scope.get("server") or ("", None)
        return name in self.own or name in self.others or name == server[0]


class KnownHosts:
    """Middleware that refuses requests under foreign names, and changes from foreign pages."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        """Wraps an application.

        Args:
            app: the application.
            hosts: the names of the page.
        """
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, as ASGI has it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        forwarded = headers.get("x-forwarded-host")
        for name in [headers.get("host", ""), *([] if forwarded is None else forwarded.split(","))]:
            if not self.hosts.knows(host_name(name), scope):
                sentence = (
                    "The page is not known by this name; open it at its own address, or start it "
                    "with --allowed-host."
                )
                await refuse(400, sentence)(scope, receive, send)
                return
        origin = headers.get("origin")
        if origin is not None and not self.hosts.knows(host_name(origin), scope):
            if scope["method"] not in _SAFE or "access-control-request-method" in headers:
                sentence = (
                    "Other sites cannot send anything to this page, unless it is started with "
                    "--allowed-host and their name."
                )
                await refuse(403, sentence)(scope, receive, send)
                return
            # Without its origin, the answer does not say that the other site may read it.
            others = [each for each in scope["headers"] if each[0] != b"origin"]
            scope = {**scope, "headers": others}
        await self.app(scope, receive, send)


def host_name(text: str) -> str:
    """The name in a header ``Host`` or ``Origin``, in small letters; empty if there is none.

    >>> host_name("Draw.example:7860"), host_name("https://[::1]:80"), host_name("null")
    ('draw.example', '::1', 'null')
    """
    text = text.strip()
    try:
        return urlsplit(text if "://" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
