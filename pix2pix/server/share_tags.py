"""The page's head: tags that a chat or a search shows of a link to it, and a first script."""

import re
from html import escape
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pix2pix.server.paths import local_path

IMAGE_PATH = "/share.jpg"

_GRADIO_TAG = re.compile(rb'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')


class ShareTags:
    """Middleware that replaces the tags in the root page; everything else passes as it is."""

    def __init__(self, app: ASGIApp, title: str, description: str, script: str = "") -> None:
        """Wraps an application.

        Args:
            app: the application.
            title: the page's name.
            description: one sentence about it.
            script: JavaScript that runs before Gradio's.
        """
        self.app = app
        self.title = title
        self.description = description
        self.script = script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, as ASGI has it."""
        if scope["type"] != "http" or local_path(scope) != "/":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                await finish()

        async def finish() -> None:
            (start,) = held
            headers = MutableHeaders(scope=start)
            page = bytes(body)
            if headers.get("content-type", "").startswith("text/html"):
                page = self.replace(page, _origin(scope), _root(scope))
                headers["content-length"] = str(len(page))
            await send(start)
            await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, hold)

    def replace(self, page: bytes, origin: str, root: str = "") -> bytes:
        """Returns a page with these tags instead of all it had, and with the script.

        Args:
            page: HTML, UTF-8.
            origin: scheme and host under which the visitor sees it.
            root: path below which it is served; the page's own files are then found there, also
                from an address without the slash at its end.
        """
        own = "".join(
            f'<meta {kind}="{name}" content="{escape(text)}">\n'
            for kind, name, text in (
                ("name", "description", self.description),
                ("property", "og:title", self.title),
                ("property", "og:type", "website"),
                ("property", "og:url", f"{origin}{root}/"),
                ("property", "og:description", self.description),
                ("property", "og:image", f"{origin}{root}{IMAGE_PATH}"),
                ("name", "twitter:card", "summary_large_image"),
            )
        )
        own += f"<script>{self.script}</script>\n" if self.script else ""
        page = _GRADIO_TAG.sub(b"", page).replace(b"</head>", own.encode() + b"</head>", 1)
        # Gradio's link to its manifest ignores the root path.
        page = page.replace(
            b'href="/manifest.json"', f'href="{escape(root)}/manifest.json"'.encode()
        )
        base = f'<base href="{escape(root)}/" />' if root else '<base href="./" />'
        return page.replace(b'<base href="./" />', base.encode(), 1)


def _root(scope: Scope) -> str:
    """The root path, without a slash at its end; it may have been given as a whole address."""
    return urlsplit(scope.get("root_path", "")).path.rstrip("/")


def _origin(scope: Scope) -> str:
    """Scheme and host as the visitor has them, who may come through a proxy."""
    headers = Headers(scope=scope)
    scheme = headers.get("x-forwarded-proto", scope["scheme"]).split(",")[0].strip()
    host = headers.get("x-forwarded-host", headers.get("host", "")).split(",")[0].strip()
    return f"{scheme}://{host}"
