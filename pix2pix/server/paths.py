"""The paths of the page, and those of Gradio that it does without."""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from pix2pix.server.refusals import refuse

API = "/gradio_api"

RESULT = re.compile(rf"{API}/call/(?:v2/)?\w+/([^/]+)/?")
"""Where the answer to a call is streamed, with the id of its event."""

STREAM = re.compile(rf"{API}/queue/data/*")
"""Where the answers of a session are streamed."""

_POSTS = re.compile(
    rf"{API}/(?:upload|queue/join|call/(?:v2/)?\w+|run/\w+|api/\w+|reset|cancel|mcp\b.*)/?"
)
"""What of Gradio may be posted to: the queue, files for it, and MCP."""

_CLOSED = re.compile(
    # Folders and sessions of others, recordings, a proxy for any address, and tools for developers.
    rf"(?:{API}/(?:deep_link|proxy=|file=\w\w+:|file/|stream/|dev/|vibe-|runs?\b(?!/)|run-history"
    r"|process_recording|component_server|custom_component|profiling|openapi.json|token|login)"
    r"|/monitoring|/log(?:in|out)|/pwa_icon/(?!(?:192|512)$)).*",
    re.IGNORECASE,
)


def local_path(scope: Scope) -> str:
    """The path of a request below the page's root path.

    Args:
        scope: as ASGI has it; a proxy may have taken the root path away, or not.
    """
    path: str = scope["path"]
    root = scope.get("root_path", "").rstrip("/")
    below = path.removeprefix(root)
    return below if root and below.startswith("/") else path


class OpenPaths:
    """Middleware that closes what the page does not use of Gradio."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, as ASGI has it."""
        if scope["type"] == "http" and not is_open(scope["method"], local_path(scope)):
            await refuse(404, "There is nothing at this address; see ?view=api.")(
                scope, receive, send
            )
            return
        await self.app(scope, receive, send)


def is_open(method: str, path: str) -> bool:
    """Whether the page answers there.

    Args:
        method: of the request.
        path: as from `local_path`.

    >>> is_open("POST", "/gradio_api/upload"), is_open("POST", "/gradio_api/component_server")
    (True, False)
    """
    if _CLOSED.fullmatch(path):
        return False
    return method in ("GET", "HEAD", "OPTIONS") or not (
        path.startswith(f"{API}/") and not _POSTS.fullmatch(path)
    )
