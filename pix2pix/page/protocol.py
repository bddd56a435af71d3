"""The contract between page and server: all requests, typed in one place.

The page's documentation, the component's ``api_info`` and the dispatch in
`pix2pix.server.service.DrawingService.answer` are all made from `Request`. What a teacher's screen
asks `pix2pix.server.class_board.ClassBoard` for is an `Order`.
"""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.json_schema import SkipJsonSchema

from pix2pix.errors import UserError

T = TypeVar("T")

MAX_SEED = 2**31 - 1
MAX_SIDE_ENLARGED = 2048

DataURL = Annotated[str, Field(description="an image as a data URL")]
HideFaces = Annotated[bool, Field(description="whether faces are covered before anything else")]
Image = str | SkipJsonSchema[bytes]
"""An image as a data URL or, in a frame, as it is; see `pix2pix.page.frames`."""

Seed = Annotated[int, Field(ge=0, le=MAX_SEED, description="the same seed keeps the same colours")]


class _Message(BaseModel):
    # Extra fields from a page do no harm; "7" instead of 7 is a fault.
    model_config = ConfigDict(strict=True, frozen=True)

    id: int = Field(description="returned with the answer")


class _OfDomain(_Message):
    domain: str = Field(description="what the drawing shows")
    seed: Seed = 0


_LINES = Field(description="dark lines on white, as a data URL")
_HINTS = Field(default="", description="colours, as an RGBA data URL; if empty, the seed selects")


class DrawRequest(_OfDomain):
    """A drawing, for its picture and its edge map, as PNGs."""

    kind: Literal["draw"] = "draw"
    drawing: Image = _LINES
    hints: Image = _HINTS
    accent: bool = Field(default=False, description="whether to add the seed's colour to the hints")
    size: Literal[256, 512] = Field(default=512, description="side of the picture in pixels")


class _FromDrawing(_OfDomain):
    drawing: DataURL = _LINES
    hints: str = _HINTS

    @property
    def drawn(self) -> tuple[str, str, str, int]:
        """Domain, drawing, hints and seed."""
        return self.domain, self.drawing, self.hints, self.seed


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
    hide_faces: HideFaces = False


class ColouriseRequest(_Message):
    """A gray photo, for a coloured one."""

    kind: Literal["colourise"] = "colourise"
    picture: DataURL
    hide_faces: HideFaces = False


class EnlargeRequest(_Message):
    """A picture, for a larger one."""

    kind: Literal["enlarge"] = "enlarge"
    picture: DataURL
    most: int = Field(
        default=MAX_SIDE_ENLARGED, gt=0, le=MAX_SIDE_ENLARGED, description="longest side in pixels"
    )


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


class _Order(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class RestOrder(_Order):
    """Pencils down, or up again, on all pages."""

    kind: Literal["rest"]
    resting: bool


class MissionOrder(_Order):
    """A mission for all pages, by its id; None ends it."""

    kind: Literal["mission"]
    mission: str | None


class RemoveOrder(_Order):
    """One picture off the big screen."""

    kind: Literal["remove"]
    picture: str


class ForgetOrder(_Order):
    """The end of a lesson: no picture, no mission, pencils free."""

    kind: Literal["forget"]


Order = Annotated[RestOrder | MissionOrder | RemoveOrder | ForgetOrder, Field(discriminator="kind")]
"""Anything that a teacher's screen can tell the class, told apart by ``kind``."""

_ORDERS: TypeAdapter[Order] = TypeAdapter(Order)


def parse_request(value: Any) -> Request:  # noqa: ANN401 - whatever a browser sends
    """Parses a request from a page.

    Args:
        value: parsed JSON.

    Raises:
        UserError: ``bad_request``, with one sentence about the first fault.
    """
    return _parse(_REQUESTS, value)


def parse_order(value: Any) -> Order:  # noqa: ANN401 - whatever a browser sends
    """Parses an order from a teacher's screen, as `parse_request` does a request."""
    return _parse(_ORDERS, value)


def _parse(kinds: TypeAdapter[T], value: Any) -> T:  # noqa: ANN401 - whatever a browser sends
    try:
        return kinds.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        # The first part of a location is the request's kind.
        place = ".".join(map(str, first["loc"][1:])) or "kind"
        message = f"The page's request is wrong at '{place}'; reload the page."
        raise UserError("bad_request", message) from None


def request_schema() -> dict[str, Any]:
    """The JSON schema of `Request`."""
    return _REQUESTS.json_schema()
