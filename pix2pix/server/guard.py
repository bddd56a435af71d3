"""The guard of the page: what every request has to pass before Gradio sees it."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, MutableMapping
from contextlib import asynccontextmanager

import gradio as gr
from fastapi.exceptions import RequestValidationError
from starlette.applications import Starlette

from pix2pix.server.answers import Answers
from pix2pix.server.bodies import Bodies, refuse_values
from pix2pix.server.faults import Faults, log_in_one_line
from pix2pix.server.headers import SafeHeaders
from pix2pix.server.hosts import LOOPBACK, Hosts, KnownHosts
from pix2pix.server.limits import Limits
from pix2pix.server.paths import OpenPaths
from pix2pix.server.presence import Presence

PRIVATE = "127.0.0.1,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7"
"""Networks of the proxies of a Space, from which uvicorn takes the client's address."""

HANDLERS = {RequestValidationError: refuse_values}
"""Handlers of exceptions, as for `Starlette`."""


def guarded(
    blocks: gr.Blocks, hosts: Hosts, leave: Callable[[str], None]
) -> Callable[[Starlette], AsyncIterator[None]]:
    """A lifespan that puts the guard in front of an application.

    Middleware that Gradio is given runs behind its own, which answers foreign pages already. So
    this is added when the application starts.

    Args:
        blocks: the page.
        hosts: its names.
        leave: is told each session whose client left.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        log_in_one_line()
        answers = Answers(blocks, leave)
        app.middleware_stack = None  # to be built again
        # The last one is the first to see a request.
        app.add_middleware(Presence, answers=answers)
        app.add_middleware(Bodies, blocks=blocks)
        app.add_middleware(Limits)
        app.add_middleware(OpenPaths)
        app.add_middleware(KnownHosts, hosts=hosts)
        app.add_middleware(Faults)
        app.add_middleware(SafeHeaders, hosts=hosts)
        sweeping = asyncio.create_task(answers.sweep_always())
        yield
        sweeping.cancel()

    return lifespan  # type: ignore[return-value] # typed as Starlette does


def reach_loopback(env: MutableMapping[str, str], host: str) -> None:
    """Lets Gradio reach its own server, which it does when it starts, although there is a proxy.

    Args:
        env: the environment, which is changed.
        host: the address that the server listens on.
    """
    for name in ("NO_PROXY", "no_proxy"):
        known = [each.strip() for each in env.get(name, "").split(",") if each.strip()]
        missing = [each for each in (*sorted(LOOPBACK), host) if each not in known]
        env[name] = ",".join([*known, *missing])


def trust_proxies(env: MutableMapping[str, str] = os.environ) -> None:
    """On a Space, takes the addresses of clients from its proxies; others say it themselves.

    Args:
        env: the environment, which is changed.
    """
    if env.get("SPACE_HOST"):
        env.setdefault("FORWARDED_ALLOW_IPS", PRIVATE)
