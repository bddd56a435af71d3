"""The service behind the page and the API: from a request, through checks, to its answer."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast, get_args

import numpy as np
from numpy.typing import NDArray

from pix2pix.domains import Domain
from pix2pix.edges import Kind
from pix2pix.edges.normalise import limit_side
from pix2pix.errors import NO_LINES, UserError
from pix2pix.page.protocol import (
    MAX_SEED,
    MAX_SIDE_ENLARGED,
    BringRequest,
    ColouriseRequest,
    DrawRequest,
    EnlargeRequest,
    Image,
    Request,
    StickerRequest,
    VariantsRequest,
    parse_request,
)
from pix2pix.server.fair_lock import FairLock
from pix2pix.server.faults import SORRY, log_fault
from pix2pix.server.images import decode_image, decode_photo, encode_png, read_image, read_photo
from pix2pix.server.model_cache import ModelCache
from pix2pix.server.strokes import edge_strokes
from pix2pix.utils.stopwatch import lap

if TYPE_CHECKING:
    from pix2pix.translator import Translation

VARIANTS = 4
"""Number of pictures in other colours made at a time."""

SIZES = (256, 512)
"""Sides in pixels of pictures: the generators' own, and refined to twice that."""

MAX_SMALL_SIDE = 512
"""Maximum side in pixels of pictures enlarged for clients, which takes seconds and 16 MB."""


class DrawingService:
    """Draws, imports, colours and enlarges: everything that the page and the API offer.

    Args:
        sources: sources of weights, see `ModelCache`.
        domains: what can be drawn, see `ModelCache`.
    """

    def __init__(
        self,
        sources: dict[str, str] | None = None,
        domains: Mapping[str, Domain] | None = None,
    ) -> None:
        self.models = ModelCache(sources, domains)
        self.lock = FairLock()

    def draw(
        self,
        domain: str,
        drawing: str,
        hints: str = "",
        seed: int = 0,
        accent: bool = False,
        size: int = 512,
    ) -> tuple[str, str]:
        """Turns a drawing into a picture.

        Args:
            domain: what it shows, e.g. ``"shoes"``.
            drawing: dark lines on white, as a data URL of an image of any size.
            hints: colours as an RGBA data URL; if ``""`` or transparent, ``seed`` selects them.
            seed: 0 to 2**31 - 1; the same seed keeps the same colours.
            accent: whether to add the seed's colour to hints and the domain's own colours.
            size: side of the picture in pixels: 512, refined along the lines as drawn, or 256.

        Returns:
            The picture, and the 256x256 edge map it was made from, as PNG data URLs.

        Raises:
            UserError: see ``pix2pix.translator``; also ``bad_request`` for a wrong seed or size.
        """
        _check_seed(seed)
        (result,) = self._translate(domain, drawing, hints, [seed], accent, size)
        return encode_png(result.picture), encode_png(result.edges)

    def variants(
        self, domain: str, drawing: str, hints: str = "", seed: int = 0, size: int = 512
    ) -> list[str]:
        """Turns a drawing into four pictures in different colours.

        Args:
            domain: what it shows, e.g. ``"shoes"``.
            drawing: dark lines on white, as a data URL of an image of any size.
            hints: colours to keep, as an RGBA data URL; another part changes.
            seed: 0 to 2**31 - 1.
            size: side of the pictures in pixels, as in `draw`.

        Returns:
            The pictures of `draw` with ``accent``, for ``seed`` and the next three (the first seed
            follows the last), as PNG data URLs.

        Raises:
            UserError: as `draw`.
        """
        _check_seed(seed)
        seeds = [(seed + step) % (MAX_SEED + 1) for step in range(VARIANTS)]
        results = self._translate(domain, drawing, hints, seeds, accent=True, size=size)
        return [encode_png(result.picture) for result in results]

    def sticker(
        self, domain: str, drawing: str, hints: str = "", seed: int = 0, accent: bool = False
    ) -> str:
        """Turns a drawing into a picture without its white background.

        Args:
            domain: as in `draw`.
            drawing: as in `draw`.
            hints: as in `draw`.
            seed: as in `draw`.
            accent: as in `draw`.

        Returns:
            A 512x512 RGBA PNG data URL.

        Raises:
            UserError: as `draw`.
        """
        _check_seed(seed)
        (result,) = self._translate(domain, drawing, hints, [seed], accent, SIZES[1])
        assert result.cutout is not None
        return encode_png(result.cutout)

    def _translate(
        self, domain: str, drawing: Image, hints: Image, seeds: list[int], accent: bool, size: int
    ) -> list["Translation"]:
        if not isinstance(accent, bool):
            raise UserError("bad_request", "The accent must be true or false.")
        _check_size(size)
        translator = self.models.translator(domain)
        side = translator.size * size // SIZES[0]
        with lap("decode"):
            lines, dabs = decode_image(drawing), decode_image(hints) if hints else None
        results = []
        for seed in seeds:
            with self.lock, lap("draw"):  # released in between: other pages need not wait for all
                results.append(
                    translator.translate(lines, dabs, seed=seed, accent=accent, size=side)
                )
        return results

    def translate(
        self,
        domain: str,
        image: bytes | None,
        hints: bytes | None = None,
        seed: int = 0,
        kind: str = "drawing",
        size: int = 512,
    ) -> NDArray[np.uint8]:
        """Turns a picture file into a picture of a domain.

        Args:
            domain: what it should show, e.g. ``"shoes"``.
            image: a PNG, JPEG or WebP file: dark lines on white, or a photo, see ``kind``.
            hints: colours in the frame of ``image``, RGBA; without them, ``seed`` selects them.
            seed: 0 to 2**31 - 1; the same seed keeps the same colours.
            kind: ``"drawing"``, ``"photo"`` of a thing, or ``"paper"``: a photo of lines on paper.
            size: side of the picture in pixels, 512 or 256, as in `draw`.

        Returns:
            The picture.

        Raises:
            UserError: as `draw` and `bring`.
        """
        _check_seed(seed)
        if kind not in get_args(Kind):
            raise UserError("bad_request", f"Choose a kind of image: {', '.join(get_args(Kind))}.")
        if not image:
            raise UserError("bad_image", "There is no image; send a PNG or JPEG.")
        _check_size(size)
        translator = self.models.translator(domain)
        source = read_image(image) if kind == "drawing" else read_photo(image)
        dabs = read_image(hints) if hints else None
        if kind == "photo":
            translator.detector = self.models.detector()
        with self.lock:
            known, side = cast(Kind, kind), translator.size * size // SIZES[0]
            return translator.translate(source, dabs, seed=seed, kind=known, size=side).picture

    def enlarge(self, picture: str, most: int = MAX_SIDE_ENLARGED) -> str:
        """Enlarges a picture, such as one drawn here.

        Args:
            picture: a data URL of an image, no side over 512 px.
            most: longest side that is wanted, up to 2048 px.

        Returns:
            The picture at four times the width and height, e.g. 2048x2048, reduced to ``most`` if
            that is less, as a PNG data URL.

        Raises:
            UserError: ``image_too_large`` or ``bad_image``, ``bad_request`` for another ``most``,
                or as `ModelCache.enlarger`.
        """
        if isinstance(most, bool) or not isinstance(most, int) or not 0 < most <= MAX_SIDE_ENLARGED:
            raise UserError(
                "bad_request", f"Choose the longest side: 1 to {MAX_SIDE_ENLARGED} pixels."
            )
        small = decode_image(picture, MAX_SMALL_SIDE)
        enlarger = self.models.enlarger()
        with self.lock:
            large = enlarger.enlarge(small)
        return encode_png(limit_side(large, most))

    def bring(self, kind: str, picture: str) -> list[list[list[float]]]:
        """Finds the lines of a photo, as strokes to continue drawing on.

        Args:
            kind: ``"photo"`` of a thing, or ``"paper"``: a photo of lines on paper.
            picture: the photo as a data URL, no larger than 16 MB and 40 million pixels.

        Returns:
            Strokes: lists of [x, y], as shares of the canvas's side from 0 to 1.

        Raises:
            UserError: ``bad_request`` for another kind, ``bad_image``, ``heic`` or
                ``photo_too_large`` if the photo cannot be read, ``no_lines`` if there are none, or
                as `ModelCache.detector`.
        """
        return self._bring(kind, picture)[0]

    def _bring(
        self, kind: str, picture: str, hide_faces: bool = False
    ) -> tuple[list[list[list[float]]], int]:
        """The strokes of `bring`, and the number of faces that were hidden."""
        if kind not in ("photo", "paper"):
            raise UserError("bad_request", "Choose what to bring: photo or paper.")
        photo, hidden = self._read_photo(picture, hide_faces)

        from pix2pix.edges.find import find_edges

        detector = self.models.detector() if kind == "photo" else None
        with self.lock:
            edges = find_edges(photo, cast(Kind, kind), detector=detector)
        strokes = edge_strokes(edges)
        if not strokes:
            raise UserError("no_lines", NO_LINES)
        return strokes, hidden

    def colourise(self, picture: str) -> tuple[str, str]:
        """Colours a gray picture of anything; any colours of its own are ignored.

        Args:
            picture: a photo as a data URL, as for `bring`.

        Returns:
            The coloured picture and the gray one, as PNG data URLs, no side over 1024 pixels.

        Raises:
            UserError: ``bad_image``, ``heic`` or ``photo_too_large`` if it cannot be read, or as
                `ModelCache.colouriser`.
        """
        coloured, without, _ = self._colourise(picture)
        return coloured, without

    def _colourise(self, picture: str, hide_faces: bool = False) -> tuple[str, str, int]:
        """The pictures of `colourise`, and the number of faces that were hidden."""
        photo, hidden = self._read_photo(picture, hide_faces)
        colouriser = self.models.colouriser()

        from pix2pix.colouriser import gray

        with self.lock:
            coloured = colouriser.colourise(photo)
        return encode_png(coloured), encode_png(gray(photo)), hidden

    def _read_photo(self, picture: str, hide_faces: bool) -> tuple[NDArray[np.uint8], int]:
        """A photo, and the number of faces that were hidden before anybody else has it."""
        photo = decode_photo(picture)
        if not hide_faces:
            return photo, 0
        hider = self.models.face_hider()
        with self.lock:
            hidden = hider.hide(photo)
        return hidden.picture, hidden.count

    def answer(
        self,
        request: Any,  # noqa: ANN401 - whatever a browser sends
        encode: Callable[[NDArray[np.uint8]], str | bytes] = encode_png,
    ) -> dict[str, Any]:
        """Answers a request of the page; an error is an answer, too.

        Args:
            request: as sent by `SketchCanvas`, a `pix2pix.page.protocol.Request` as JSON.
            encode: encodes the pictures for a drawing.

        Returns:
            ``id`` of the request, with either ``picture`` and ``edges`` (as `encode` does it), or
            ``variants``, or ``sticker``, or ``strokes``, or ``picture`` and ``gray`` (the last two
            with the number of ``hidden`` faces, if they were to be), or ``enlarged``, or
            ``error`` (``code`` and ``message``).
        """
        try:
            return _named(request) | self._answer(parse_request(request), encode)
        except UserError as error:
            return refusal(request, error)
        except Exception as error:
            log_fault("Answering failed", error)
            return refusal(request, UserError("server_error", SORRY))

    def _answer(
        self, request: Request, encode: Callable[[NDArray[np.uint8]], str | bytes]
    ) -> dict[str, Any]:
        match request:
            case DrawRequest():
                wish = request.domain, request.drawing, request.hints, [request.seed]
                (result,) = self._translate(*wish, request.accent, request.size)
                with lap("encode"):
                    return {"picture": encode(result.picture), "edges": encode(result.edges)}
            case VariantsRequest():
                return {"variants": self.variants(*request.drawn)}
            case StickerRequest():
                return {"sticker": self.sticker(*request.drawn, request.accent)}
            case BringRequest():
                strokes, hidden = self._bring(request.source, request.picture, request.hide_faces)
                return {"strokes": strokes} | _told(request, hidden)
            case ColouriseRequest():
                picture, without, hidden = self._colourise(request.picture, request.hide_faces)
                return {"picture": picture, "gray": without} | _told(request, hidden)
            case EnlargeRequest():
                return {"enlarged": self.enlarge(request.picture, request.most)}


def refusal(request: Any, error: UserError) -> dict[str, Any]:  # noqa: ANN401 - as sent
    """The answer of a page's request that failed, as of `DrawingService.answer`."""
    return _named(request) | {"error": {"code": error.code, "message": error.message}}


def _told(request: BringRequest | ColouriseRequest, hidden: int) -> dict[str, int]:
    """The number of hidden faces, for who asked to hide them."""
    return {"hidden": hidden} if request.hide_faces else {}


def _named(request: Any) -> dict[str, Any]:  # noqa: ANN401 - as sent
    """The id of a request, if it is one that an answer can bear."""
    number = request.get("id") if isinstance(request, dict) else None
    known = isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**53
    return {"id": number if known else None}


def _check_seed(seed: Any) -> None:  # noqa: ANN401 - whatever a client sends
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MAX_SEED:
        raise UserError("bad_request", f"The seed must be a whole number from 0 to {MAX_SEED}.")


def _check_size(size: Any) -> None:  # noqa: ANN401 - whatever a client sends
    if isinstance(size, bool) or size not in SIZES:
        raise UserError("bad_request", f"Choose a size: {SIZES[0]} or {SIZES[1]} pixels a side.")
