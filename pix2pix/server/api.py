"""The page's public endpoints, for `gradio_client`, plain HTTP and MCP clients."""

import asyncio
import inspect
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any, get_args

import gradio as gr
import httpx

from pix2pix.domains import DEFAULT_DOMAIN
from pix2pix.edges import Kind
from pix2pix.errors import UserError
from pix2pix.server.crowd import Reception
from pix2pix.server.faults import SORRY, log_fault
from pix2pix.server.service import SIZES, DrawingService

PATIENCE = 20.0
"""Seconds that fetching a picture from its address may take."""


def add_endpoints(
    service: DrawingService,
    reception: Reception,
    **queue: Any,  # noqa: ANN401 - passed on to Gradio
) -> None:
    """Adds the public endpoints to the open `gr.Blocks`.

    They are ``/translate``, ``/draw``, ``/variants``, ``/bring``, ``/colourise`` and ``/enlarge``.
    ``/translate`` takes and returns files, the others data URLs. Of a `UserError`, clients get the
    sentence.

    Args:
        service: handles the requests.
        reception: where they wait for their turn.
        **queue: ``concurrency_limit``, as for `gr.api`.
    """
    for name in ("draw", "variants", "bring", "colourise", "enlarge"):
        answer = _in_a_sentence(name, getattr(service, name), reception)
        gr.api(answer, api_name=name, **queue)  # type: ignore[attr-defined] # not in `__all__`

    # Components, as only they carry files: in for clients, out to MCP as pictures. Invalid choices
    # are let through, since the service has a sentence for them.
    inputs = [
        Choice(
            list(service.models.domains),
            value=DEFAULT_DOMAIN,
            allow_custom_value=True,
            label="domain",
        ),
        Upload(type="binary", label="image"),
        Upload(type="binary", label="hints"),
        Number(0, precision=0, label="seed"),
        Choice(list(get_args(Kind)), value="drawing", allow_custom_value=True, label="kind"),
        Number(SIZES[1], precision=0, label="size"),
    ]
    picture = Picture(format="png", label="picture")
    translate = _in_a_sentence("translate", service.translate, reception)
    gr.on([], translate, inputs, picture, api_name="translate", **queue)


def _in_a_sentence(
    name: str, answer: Callable[..., Any], reception: Reception
) -> Callable[..., Any]:
    """Waits for a turn, and turns errors into such that show clients nothing but a sentence."""

    @wraps(answer)
    async def spoken(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as `answer` has them
        try:
            return await reception.program(name, partial(answer, **kwargs), args)
        except UserError as error:
            code, message = error.code, error.message
        except Exception as error:
            log_fault(f"/{name} failed", error)
            code, message = "server_error", SORRY
        raise gr.Error(message, title=code, print_exception=False) from None

    # Gradio's API page and MCP tools show this text; error codes do not belong there.
    spoken.__doc__ = (inspect.getdoc(answer) or "").partition("\n\nRaises:")[0]
    return spoken


class _Unseen:
    """Keeps the browser from fetching the scripts of a component that the page never shows."""

    def get_block_name(self) -> str:
        return "api"  # as for `gr.api`, for which there is nothing to fetch


class Choice(_Unseen, gr.Dropdown):
    """One of several names."""


class Number(_Unseen, gr.Number):
    """A number."""


class Picture(_Unseen, gr.Image):
    """A picture, as a file for clients and as an image for MCP."""


class Upload(_Unseen, gr.File):
    """A file, or the address of one; failure to fetch it is a sentence without a stack trace."""

    async def async_move_resource_to_block_cache(
        self, url_or_file_path: str | Path | None
    ) -> str | None:
        """Fetches the file; arguments and result as in Gradio."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await super().async_move_resource_to_block_cache(url_or_file_path)
        except (OSError, ValueError, httpx.HTTPError):
            message = "The image could not be fetched from this address; send the file itself."
            raise gr.Error(message, title="bad_image", print_exception=False) from None
