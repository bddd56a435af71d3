"""The contract between page and server: all requests, typed in one place.

The page's documentation, the component's ``api_info`` and the dispatch in
`pix2pix.server.service.DrawingService.answer` are all made from `Request`.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pix2pix.errors import UserError

MAX_SEED = 2**31 - 1

DataURL = Annotated[str, Field(description="an image as a data URL")]
Seed = Annotated[int, Field(ge=0, le=MAX_SEED, description="the same seed keeps the same colours")]


class _Message(BaseModel):
    # Extra fields from a page do no harm; "7" instead of 7 is a fault.
    model_config = ConfigDict(strict=True, frozen=True)

    id: int = Field(description="returned with the answer")


class _FromDrawing(_Message):
    domain: str = Field(description="what the drawing shows")
    drawing: DataURL = Field(description="dark lines on white, as a data URL")
    hints: str = Field(
        default="", description="colours, as an RGBA data URL; if empty, the seed selects them"
    )
    seed: Seed = 0

    @property
    def drawn(self) -> tuple[str, str, str, int]:
        """Domain, drawing, hints and seed."""
        return self.domain, self.drawing, self.hints, self.seed


class DrawRequest(_FromDrawing):
    """A drawing, for its picture: 256x256 PNGs."""

    kind: Literal["draw"] = "draw"
    accent: bool = Field(default=False, description="whether to add the seed's colour to the hints")


class VariantsRequest(_FromDrawing):
    """A drawing, for four pictures in other colours."""

    kind: Literal["variants"] = "variants"


class StickerRequest(_FromDrawing):
    """A drawing, for its picture without the background."""

    kind: Literal["sticker"] = "sticker"
    accent: bool = False


class BringRequest(_Message):
    """A photo, for the strokes of what it shows."""

    kind: Literal["bring"] = "bring"
    source: Literal["photo", "paper"] = Field(
        description="a photo of a thing, or of lines on paper"
    )
    picture: DataURL


class ColouriseRequest(_Message):
    """A gray photo, for a coloured one."""

    kind: Literal["colourise"] = "colourise"
    picture: DataURL


class EnlargeRequest(_Message):
    """A picture, for a larger one."""

    kind: Literal["enlarge"] = "enlarge"
    picture: DataURL


Request = Annotated[
    DrawRequest
    | VariantsRequest
    | StickerRequest
    | BringRequest
    | ColouriseRequest
    | EnlargeRequest,
    Field(discriminator="kind"),
]
"""Any request of a page, told apart by ``kind``."""

_REQUESTS: TypeAdapter[Request] = TypeAdapter(Request)


def parse_request(value: Any) -> Request:  # noqa: ANN401 - whatever a browser sends
    """Parses a request from a page.

    Args:
        value: parsed JSON.

    Raises:
        UserError: ``bad_request``, with one sentence about the first fault.
    """
    try:
        return _REQUESTS.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        # The first part of a location is the request's kind.
        place = ".".join(map(str, first["loc"][1:])) or "kind"
        message = f"The page's request is wrong at '{place}'; reload the page."
        raise UserError("bad_request", message) from None


def request_schema() -> dict[str, Any]:
    """The JSON schema of `Request`."""
    return _REQUESTS.json_schema()
