"""The contract between page and server: what is asked and what is answered, typed in one place.

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
    # A page that says more than it needs to is no danger; one that says "7" for 7 is a fault.
    model_config = ConfigDict(strict=True, frozen=True)

    id: int = Field(description="comes back with the answer")


class _FromDrawing(_Message):
    domain: str = Field(description="what the drawing shows")
    drawing: DataURL = Field(description="dark lines on white, as a data URL")
    hints: str = Field(
        default="", description="colours, as an RGBA data URL; empty for those of the seed"
    )
    seed: Seed = 0

    @property
    def drawn(self) -> tuple[str, str, str, int]:
        """Domain, drawing, hints and seed."""
        return self.domain, self.drawing, self.hints, self.seed


class DrawRequest(_FromDrawing):
    """A drawing, for its picture: 256x256 PNGs."""

    kind: Literal["draw"] = "draw"
    accent: bool = Field(
        default=False, description="whether the seed's colour comes in beside the hints"
    )


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
    source: Literal["photo", "paper"] = Field(description="of a thing, or of lines on paper")
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
"""All that a page can ask for; ``kind`` says what."""

_REQUESTS: TypeAdapter[Request] = TypeAdapter(Request)


def parse_request(value: Any) -> Request:  # noqa: ANN401 - whatever a browser sends
    """Reads a request as it comes from a page.

    Args:
        value: JSON, as Python has it.

    Raises:
        UserError: ``bad_request``, with one sentence about the first thing that is wrong.
    """
    try:
        return _REQUESTS.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        # The first part of a place is the request's own kind.
        place = ".".join(map(str, first["loc"][1:])) or "kind"
        message = f"The page's request is wrong at '{place}'; reload the page."
        raise UserError("bad_request", message) from None


def request_schema() -> dict[str, Any]:
    """The JSON schema of `Request`."""
    return _REQUESTS.json_schema()
