"""The drawing page as an application: Gradio's blocks, its endpoints, and what else is served."""

import os
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
from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.page import assets
from pix2pix.page.canvas import AnswerChannel, SketchCanvas
from pix2pix.privacy.faces import can_find_faces
from pix2pix.server.api import add_endpoints
from pix2pix.server.crowd import Reception
from pix2pix.server.guard import HANDLERS, guarded, reach_loopback, trust_proxies
from pix2pix.server.hosts import Hosts
from pix2pix.server.images import MAX_PHOTO_BYTES, write_png
from pix2pix.server.missions import load_missions
from pix2pix.server.page import Page
from pix2pix.server.patience import be_patient
from pix2pix.server.pictures import picture_route
from pix2pix.server.refusals import refuse
from pix2pix.server.service import DrawingService, refusal
from pix2pix.server.share_tags import IMAGE_PATH, ShareTags

MANY_EVENTS = 600
"""Events that Gradio works on at once; most of them wait in the `Reception`, without a thread."""

MANY_SESSIONS = 100
"""Sessions of which Gradio keeps a copy of the page; ours has no state, so nobody misses an old
one."""

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

    pictures = picture_route(partial(service.answer, encode=write_png), reception)
    settings: dict[str, Any] = {"title": TITLE, "fill_width": True, "delete_cache": (3600, 3600)}
    with Page(reception, [pictures], **settings) as app:
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
        state_session_capacity=MANY_SESSIONS,
        app_kwargs={
            "lifespan": guarded(app, hosts, app.reception.leave),
            "exception_handlers": HANDLERS,
            "routes": [
                Route("/health", _health),
                Route(IMAGE_PATH, lambda _: FileResponse(assets.SHARE_IMAGE)),
                Route("/missions.json", lambda _: JSONResponse(missions)),
                Route("/backgrounds/{name}", _picture_of(assets.BACKGROUNDS)),
                Route("/demos/{name}", _picture_of(assets.DEMOS)),
                *app.own_routes,
                *routes,
            ],
            "middleware": [
                Middleware(
                    ShareTags, title=TITLE, description=DESCRIPTION, script=assets.first_script()
                )
            ],
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
