"""`SketchCanvas`, the drawing page as a Gradio component, and the channel for its answers."""

import json
from collections.abc import Iterable
from typing import Any

import gradio as gr

from pix2pix.domains import DEFAULT_DOMAIN, Domain
from pix2pix.page import assets
from pix2pix.page.protocol import DrawRequest, request_schema

_ANSWER_SCRIPT = """
watch('value', () => {
  window.dispatchEvent(new CustomEvent('sketch-answer', { detail: props.value }));
});
"""


class SketchCanvas(gr.HTML):
    """A canvas to draw on, its tools, and the picture that appears beside it.

    Strokes stay in the browser as vectors. While one is drawn, the component's value becomes a
    request, see `pix2pix.page.protocol.Request`, and ``input`` fires; the answer goes to an
    `AnswerChannel`.
    """

    def __init__(
        self,
        domains: Iterable[Domain] | None = None,
        *,
        classroom: bool = False,
        engine: dict[str, Any] | None = None,
        faces: bool = False,
        **kwargs: Any,  # noqa: ANN401 - passed on to gr.HTML
    ) -> None:
        """Makes the page.

        Args:
            domains: what can be drawn, see `pix2pix.page.assets.settings`.
            classroom: whether it is a pupil's.
            engine: what makes pictures in the browser, as for `assets.settings`.
            faces: whether the server can hide the faces in photos.
            **kwargs: as for `gr.HTML`.
        """
        # Gradio recompiles templates at every update, so this one is trivial: the markup is a prop,
        # inserted verbatim, and the styles go into the head once. It also copies every prop at each
        # step of a request, value by value, so the settings are one.
        super().__init__(
            html_template="${markup}",
            js_on_load=assets.script(),
            head=assets.head(),
            elem_id=assets.ELEM_ID,
            apply_default_css=False,
            markup=assets.markup(classroom=classroom),
            settings=json.dumps(
                assets.settings(domains, classroom=classroom, engine=engine, faces=faces),
                ensure_ascii=False,
            ),
            **kwargs,
        )

    def api_info(self) -> dict[str, Any]:
        """Returns the JSON schema of the value."""
        return request_schema()

    def example_value(self) -> dict[str, Any]:
        """Returns the value of an empty page."""
        return DrawRequest(id=0, domain=DEFAULT_DOMAIN, drawing="").model_dump()


class AnswerChannel(gr.HTML):
    """Passes its value on to the page's scripts, as the event ``sketch-answer``."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - passed on to gr.HTML
        super().__init__(
            html_template="",
            js_on_load=_ANSWER_SCRIPT,
            apply_default_css=False,
            visible="hidden",
            **kwargs,
        )

    def api_info(self) -> dict[str, Any]:
        """Returns the JSON schema of the value."""
        return {"type": "object"}
