"""The entrance for a classroom: an address and its QR code, on a page for the big screen."""

import io
import socket
import sys
from collections.abc import Iterable
from html import escape

import segno
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from pix2pix.domains import Domain
from pix2pix.errors import UserError
from pix2pix.page import assets

PATH = "/classroom"

_SOMEWHERE = ("192.0.2.1", 9)
"""An address that belongs to nobody (RFC 5737); only a route is looked up, and nothing is sent."""


def classroom_address(host: str, port: int) -> str:
    """Returns the address at which tablets in the same network find the page.

    Args:
        host: the address that the server will listen on, ``0.0.0.0`` for all networks.
        port: the port it will listen on.

    Raises:
        UserError: ``no_network`` if there is none, ``bad_option`` for a host that only this
            computer can reach.
    """
    if host != "0.0.0.0":
        if host == "localhost" or host.startswith("127."):
            raise UserError(
                "bad_option",
                f"Tablets cannot reach {host}; omit --host, or give this computer's address on the "
                "classroom's network.",
            )
        return f"http://{host}:{port}"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_SOMEWHERE)
        except OSError:
            raise UserError(
                "no_network",
                "This computer is not on a network; join that of the tablets, and start again.",
            ) from None
        return f"http://{probe.getsockname()[0]}:{port}"


def invitation(address: str, token: str) -> str:
    """Returns the text for the terminal: the QR code, if it can show one, and the page's address.

    Args:
        address: as from `classroom_address`.
        token: makes the page the teacher's. It comes after a ``#``, which no browser sends.
    """
    lines = [
        f"For the big screen: {address}{PATH}",
        f"The same with pupils' pictures, for the teacher alone: {address}{PATH}#{token}",
    ]
    if (sys.stdout.encoding or "").lower().startswith("utf"):
        code = io.StringIO()
        segno.make(address, micro=False).terminal(code, compact=True)
        lines.insert(0, code.getvalue().rstrip("\n"))
    return "\n".join(lines)


def classroom_route(address: str, domains: Iterable[Domain] | None = None) -> Route:
    """Returns the route of the page for the big screen.

    Args:
        address: as from `classroom_address`.
        domains: as for `pix2pix.page.assets.settings`.
    """
    page = classroom_page(address, domains)

    def show(_: Request) -> HTMLResponse:
        return HTMLResponse(page)

    return Route(PATH, show)


def classroom_page(address: str, domains: Iterable[Domain] | None = None) -> str:
    """Returns the complete page for the big screen as HTML.

    Args:
        address: the content of its QR code.
        domains: as for `pix2pix.page.assets.settings`.
    """
    code = io.BytesIO()
    segno.make(address, micro=False).save(
        code, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=2, dark="#000"
    )
    return assets.classroom(code.getvalue().decode(), escape(address), domains)
