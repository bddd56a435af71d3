"""The page as Gradio's blocks, whose requests wait in turns and fail in a sentence."""

from collections.abc import Sequence
from typing import Any

import gradio as gr
from starlette.routing import Route

from pix2pix.server.crowd import Reception
from pix2pix.server.faults import log_fault


class Page(gr.Blocks):
    """Blocks whose every fault is a sentence, whether the request or the server is to blame.

    Args:
        reception: where its requests come in.
        routes: what it answers besides, without Gradio.
        **kwargs: as for `gr.Blocks`.
    """

    def __init__(
        self,
        reception: Reception,
        routes: Sequence[Route] = (),
        **kwargs: Any,  # noqa: ANN401 - passed on
    ) -> None:
        super().__init__(**kwargs)
        self.reception = reception
        self.own_routes = routes

    async def process_api(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Processes a request; arguments and result as in Gradio.

        Raises:
            gr.Error: always without a stack trace.
        """
        try:
            return await super().process_api(*args, **kwargs)
        except gr.Error as error:
            error.print_exception = False
            raise
        except Exception as error:
            # The functions of `add_endpoints` speak for themselves: this was Gradio, about values.
            log_fault("A request was refused", error)
            sentence = "The values do not fit this endpoint; ?view=api lists their types."
            raise gr.Error(sentence, title="bad_request", print_exception=False) from None
