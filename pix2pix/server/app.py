"""The drawing page as a program: ``python app.py`` or, once installed, ``i-canvas``."""

import errno
import os
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

# The page promises to share nothing, and Gradio reads this on import.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")

import gradio as gr
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from pix2pix import __version__
from pix2pix.domains import DEFAULT_DOMAIN, DOMAINS
from pix2pix.errors import UserError
from pix2pix.page import assets
from pix2pix.page.canvas import AnswerChannel, SketchCanvas
from pix2pix.privacy.faces import can_find_faces
from pix2pix.server.api import add_endpoints
from pix2pix.server.class_board import ClassBoard
from pix2pix.server.class_routes import board_routes
from pix2pix.server.classroom import classroom_address, classroom_route, invitation
from pix2pix.server.crowd import Reception
from pix2pix.server.engine_files import find_engine
from pix2pix.server.guard import HANDLERS, guarded, reach_loopback, trust_proxies
from pix2pix.server.hosts import Hosts
from pix2pix.server.images import MAX_PHOTO_BYTES
from pix2pix.server.missions import SHIPPED, load_missions
from pix2pix.server.page import Page
from pix2pix.server.patience import be_patient
from pix2pix.server.refusals import refuse
from pix2pix.server.service import DrawingService, refusal
from pix2pix.server.share_tags import IMAGE_PATH, ShareTags
from pix2pix.server.sources import VARIABLE, find_domains, parse_sources
from pix2pix.utils.console import print_anything
from pix2pix.utils.options import OptionParser

MANY_EVENTS = 600
"""Events that Gradio works on at once; most of them wait in the `Reception`, without a thread."""

ALONE, EVERYWHERE = "127.0.0.1", "0.0.0.0"
TITLE = "아이캔버스 · i-Canvas"
DESCRIPTION = "Draw with a finger, and a picture grows beside it. 손가락으로 그리면 그림이 자라요."


def build_app(
    service: DrawingService | None = None,
    *,
    classroom: bool = False,
    engine: dict[str, Any] | None = None,
) -> Page:
    """Returns the page, not yet launched, with the endpoints of `add_endpoints`.

    Args:
        service: handles the requests.
        classroom: whether the page is a pupil's, who can send pictures to the big screen.
        engine: what makes pictures in the browser, as `EngineFiles.settings`; None if nothing does.
    """
    service = service or DrawingService()

    # Several requests may wait for their turn or for a model; pages do not wait for programs.
    # Together they stay below the server's 40 threads, so that it always responds.
    reception = Reception(service.lock, pages=24, programs=len(DOMAINS))
    # Whoever waits does so there, in turns, and not in Gradio's queue, where the first come first.
    queue: dict[str, Any] = {"concurrency_limit": None}

    async def answer_page(wish: Any, visit: gr.Request) -> dict[str, Any]:  # noqa: ANN401 - as sent
        try:
            return await reception.page(service.answer, wish, visit)
        except UserError as error:
            return refusal(wish, error)

    with Page(reception, title=TITLE, fill_width=True, delete_cache=(3600, 3600)) as app:
        canvas = SketchCanvas(
            service.models.domains.values(),
            classroom=classroom,
            engine=engine,
            faces=can_find_faces(),
        )
        answer = AnswerChannel()
        canvas.input(
            answer_page,
            canvas,
            answer,
            trigger_mode="always_last",
            show_progress="hidden",
            api_visibility="private",
            **queue,
        )
        add_endpoints(service, reception, **queue)
    # Work goes by the queue, not by /run as well, whose errors are all of status 500.
    return app.queue(api_open=False)


def launch(
    app: Page,
    host: str,
    port: int,
    *,
    mcp: bool = False,
    missions: list[dict[str, Any]] | None = None,
    routes: Sequence[Route] = (),
    hosts: Hosts | None = None,
    root_path: str | None = None,
) -> None:
    """Serves the page in the background, until `gr.Blocks.close`.

    Args:
        app: the page.
        host: address to listen on.
        port: port to listen on.
        mcp: whether to offer the endpoints as tools of an MCP server at ``/gradio_api/mcp/``, too.
        missions: as from `load_missions`; the shipped ones if None.
        routes: more pages to serve.
        hosts: the names of the page; those of the computer if None.
        root_path: path below which a proxy serves the page; as in ``GRADIO_ROOT_PATH`` if None.
    """
    hosts = hosts or Hosts.of(host, (), os.environ)
    reach_loopback(os.environ, host)
    trust_proxies(os.environ)
    missions = load_missions() if missions is None else missions
    # Gradio looks a thousand times a second whether a page wants something: a tenth of a processor
    # for nothing. A hundred times will do.
    app._queue.sleep_when_free = 0.01
    app.launch(
        server_name=host,
        server_port=port,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        favicon_path=assets.FAVICON,
        footer_links=["api"],  # opens ?view=api; the footer itself is hidden by a style
        run_history=False,  # otherwise each update is slower than the previous one
        pwa=True,
        ssr_mode=False,
        enable_monitoring=False,
        prevent_thread_lock=True,
        quiet=True,
        mcp_server=mcp,
        show_error=False,  # what is worth saying is a `gr.Error`
        max_file_size=MAX_PHOTO_BYTES,
        root_path=root_path,
        max_threads=MANY_EVENTS,
        app_kwargs={
            "lifespan": guarded(app, hosts, app.reception.leave),
            "exception_handlers": HANDLERS,
            "routes": [
                Route("/health", _health),
                Route(IMAGE_PATH, lambda _: FileResponse(assets.SHARE_IMAGE)),
                Route("/missions.json", lambda _: JSONResponse(missions)),
                Route("/backgrounds/{name}", _picture_of(assets.BACKGROUNDS)),
                Route("/demos/{name}", _picture_of(assets.DEMOS)),
                *routes,
            ],
            "middleware": [Middleware(ShareTags, title=TITLE, description=DESCRIPTION)],
        },
    )
    be_patient(app.server.config)


def _picture_of(folder: Path) -> Callable[[Request], Response]:
    """Serves the files of a folder of the page; `StaticFiles` would miss them below a root path."""

    def serve(request: Request) -> Response:
        file = folder / request.path_params["name"]
        if file not in folder.iterdir():
            return refuse(404, "There is no such picture.")
        return FileResponse(file)

    return serve


def _health(_: Request) -> JSONResponse:
    """The health check of the server."""
    return JSONResponse({"status": "ok", "version": __version__})


def main(argv: list[str] | None = None) -> int:
    """Runs the page until Ctrl+C; returns the exit status."""
    print_anything()
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
        default=SHIPPED,
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
    try:
        options = parser.parse_args(argv)
        sources = parse_sources(options.weights, env)
        domains = find_domains(sources, tell=partial(print, file=sys.stderr))
        missions = load_missions(options.missions, domains)
        host = options.host or (EVERYWHERE if options.classroom else ALONE)
        hosts = Hosts.of(host, options.allowed_host, env)
        address = classroom_address(host, options.port) if options.classroom else None
        engine = find_engine(options.engine, sources) if options.engine else None
    except UserError as error:
        print(error.message, file=sys.stderr)
        return 2
    if problem := _listening_problem(host, options.port):
        print(problem, file=sys.stderr)
        return 1
    service = DrawingService(sources, domains)
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
    service.models.warm_up(DEFAULT_DOMAIN, *(each for each in domains if each != DEFAULT_DOMAIN))
    app.block_thread()
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
