"""The drawing page as a program: ``python app.py`` or, once installed, ``i-canvas``.

What is wrong with the command line is said at once; Gradio, which takes seconds to import, comes
after it.
"""

import errno
import os
import socket
import sys
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pix2pix.domains import DEFAULT_DOMAIN
from pix2pix.errors import UserError
from pix2pix.server.sources import VARIABLE, find_domains, parse_sources
from pix2pix.utils.console import print_anything
from pix2pix.utils.gradio_import import import_gradio
from pix2pix.utils.options import OptionParser

if TYPE_CHECKING:
    from starlette.routing import Route

ALONE, EVERYWHERE = "127.0.0.1", "0.0.0.0"


def main(argv: list[str] | None = None) -> int:
    """Runs the page until Ctrl+C; returns the exit status."""
    print_anything()
    try:
        options = _parser().parse_args(argv)
        return _run(options)
    except UserError as error:
        print(error.message, file=sys.stderr)
        return 2


def _parser() -> OptionParser:
    env = os.environ
    parser = OptionParser(
        description="Serves i-Canvas: draw with a finger, and a picture grows beside it."
    )
    parser.add_argument(
        "--host",
        default=env.get("GRADIO_SERVER_NAME"),
        help=f"address to listen on; {ALONE}, or {EVERYWHERE} with --classroom",
    )
    parser.add_argument(
        "--port", type=int, default=env.get("GRADIO_SERVER_PORT", "7860"), help="port to listen on"
    )
    parser.add_argument(
        "--classroom", action="store_true", help="show a QR code for tablets on the same network"
    )
    parser.add_argument("--mcp", action="store_true", help="also serve the endpoints as MCP tools")
    parser.add_argument(
        "--weights",
        action="append",
        default=[],
        metavar="[DOMAIN=]SOURCE",
        help="a domain of your own, or other weights for a domain, for colour or for bigger: a "
        "folder, or OWNER/NAME[@REVISION] on the Hugging Face Hub; may be repeated, or set in "
        f"{VARIABLE}",
    )
    parser.add_argument(
        "--allowed-host",
        action="append",
        default=[],
        metavar="NAME",
        help="another name of the page, or a site that shows it in a frame; may be repeated",
    )
    parser.add_argument(
        "--root-path",
        default=None,
        metavar="PATH",
        help="path below which a proxy serves the page, such as /draw",
    )
    parser.add_argument(
        "--missions",
        type=Path,
        metavar="FILE",
        help="a JSON file of your own missions, see docs/missions.md",
    )
    parser.add_argument(
        "--engine",
        type=Path,
        metavar="FOLDER",
        help="a folder of 'python -m pix2pix site': browsers then make pictures themselves where "
        "that is quicker, see docs/offline.md",
    )
    return parser


def _run(options: Namespace) -> int:
    sources = parse_sources(options.weights, os.environ)
    domains = find_domains(sources, tell=partial(print, file=sys.stderr))

    from pix2pix.server.classroom import classroom_address, classroom_route, invitation
    from pix2pix.server.engine_files import find_engine
    from pix2pix.server.hosts import Hosts
    from pix2pix.server.missions import SHIPPED, load_missions

    missions = load_missions(options.missions or SHIPPED, domains)
    host = options.host or (EVERYWHERE if options.classroom else ALONE)
    hosts = Hosts.of(host, options.allowed_host, os.environ)
    address = classroom_address(host, options.port) if options.classroom else None
    engine = find_engine(options.engine, sources) if options.engine else None
    if problem := _listening_problem(host, options.port):
        print(problem, file=sys.stderr)
        return 1

    import_gradio()
    from pix2pix.server.app import build_app, launch
    from pix2pix.server.class_board import ClassBoard
    from pix2pix.server.class_routes import board_routes
    from pix2pix.server.service import DrawingService

    service = DrawingService(sources, domains)
    # Before the page is up: while it starts, and while browsers load it, it mostly waits.
    service.models.warm_up(DEFAULT_DOMAIN, *(each for each in domains if each != DEFAULT_DOMAIN))
    app = build_app(
        service, classroom=options.classroom, engine=engine.settings if engine else None
    )
    routes: list[Route] = [engine.route()] if engine else []
    invited = ""
    if address:
        board = ClassBoard({mission["id"] for mission in missions})
        routes += [
            classroom_route(address, domains.values()),
            *board_routes(board, lambda: service.lock.drawing),
        ]
        invited = invitation(address, board.token)
    launch(
        app,
        host,
        options.port,
        mcp=options.mcp,
        missions=missions,
        routes=routes,
        hosts=hosts,
        root_path=options.root_path,
    )
    print(f"i-Canvas: {address or f'http://{host}:{options.port}'} (stop with Ctrl+C)", flush=True)
    if invited:
        print(invited, flush=True)
    app.block_thread()
    service.models.cool_down()
    return 0


def _listening_problem(host: str, port: int) -> str | None:
    """Why nothing can listen there, in one sentence, where Gradio takes twenty lines."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"Port {port} is in use; choose another one with --port."
            return f"Cannot listen on {host}, port {port}: {error.strerror}."
        except OverflowError:
            return f"There is no port {port}; choose one from 1 to 65535."
    return None
