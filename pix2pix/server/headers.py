"""What browsers are told about the page: where its parts come from and what they may do."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pix2pix.server.hosts import Hosts

_CONTENT = {
    "default-src": "'self'",
    # Gradio writes its settings into a script of the page, and runs the component's as text.
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
"""What SECURITY.md explains: nothing comes from, or goes to, another server."""

_UNUSED = (
    *("accelerometer", "bluetooth", "browsing-topics", "camera", "display-capture", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
)


class SafeHeaders:
    """Middleware that adds the headers to every answer."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        """Wraps an application.

        Args:
            app: the application.
            hosts: the names of the page, for who may show it in a frame.
        """
        content = _CONTENT | {"frame-ancestors": hosts.frames}
        self.app = app
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
            "Content-Security-Policy": "; ".join(map(" ".join, content.items())),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, as ASGI has it."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_with_headers)
