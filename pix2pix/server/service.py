"""The service behind the page and the API: from a request, through checks, to its answer."""

import logging
from typing import TYPE_CHECKING, Any, cast, get_args

import numpy as np
from numpy.typing import NDArray

from pix2pix.edges import Kind
from pix2pix.errors import NO_LINES, UserError
from pix2pix.page.protocol import (
    MAX_SEED,
    BringRequest,
    ColouriseRequest,
    DrawRequest,
    EnlargeRequest,
    Request,
    StickerRequest,
    VariantsRequest,
    parse_request,
)
from pix2pix.server.fair_lock import FairLock
from pix2pix.server.images import decode_image, decode_photo, encode_png, read_image, read_photo
from pix2pix.server.model_cache import ModelCache
from pix2pix.server.strokes import edge_strokes

if TYPE_CHECKING:
    from pix2pix.translator import Translation

logger = logging.getLogger(__name__)

VARIANTS = 4
"""Number of pictures in other colours made at a time."""

MAX_SMALL_SIDE = 512
"""Maximum side in pixels of pictures enlarged for clients, which takes seconds and 16 MB."""


class DrawingService:
    """Draws, imports, colours and enlarges: everything that the page and the API offer.

    Args:
        sources: sources of weights, see `ModelCache`.
    """

    def __init__(self, sources: dict[str, str] | None = None) -> None:
        self.models = ModelCache(sources)
        self.lock = FairLock()

    def draw(
        self, domain: str, drawing: str, hints: str = "", seed: int = 0, accent: bool = False
    ) -> tuple[str, str]:
        """Turns a drawing into a picture.

        Args:
            domain: what it shows, e.g. ``"shoes"``.
            drawing: dark lines on white, as a data URL of an image of any size.
            hints: colours as an RGBA data URL; if ``""`` or transparent, ``seed`` selects them.
            seed: 0 to 2**31 - 1; the same seed keeps the same colours.
            accent: whether to add the seed's colour to hints and the domain's own colours.

        Returns:
            The picture, and the edge map it was made from, as 256x256 PNG data URLs.

        Raises:
            UserError: see ``pix2pix.translator``; also ``bad_request`` for a wrong seed.
        """
        _check_seed(seed)
        (result,) = self._translate(domain, drawing, hints, [seed], accent)
        return encode_png(result.picture), encode_png(result.edges)

    def variants(self, domain: str, drawing: str, hints: str = "", seed: int = 0) -> list[str]:
        """Turns a drawing into four pictures in different colours.

        Args:
            domain: what it shows, e.g. ``"shoes"``.
            drawing: dark lines on white, as a data URL of an image of any size.
            hints: colours to keep, as an RGBA data URL; another part changes.
            seed: 0 to 2**31 - 1.

        Returns:
            The pictures of `draw` with ``accent``, for ``seed`` and the next three (the first seed
            follows the last), as 256x256 PNG data URLs.

        Raises:
            UserError: as `draw`.
        """
        _check_seed(seed)
        seeds = [(seed + step) % (MAX_SEED + 1) for step in range(VARIANTS)]
        results = self._translate(domain, drawing, hints, seeds, accent=True)
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
            A 256x256 RGBA PNG data URL.

        Raises:
            UserError: as `draw`.
        """
        _check_seed(seed)
        (result,) = self._translate(domain, drawing, hints, [seed], accent)
        return encode_png(self.models.translator(domain).cut_out(result.picture, result.edges))

    def _translate(
        self, domain: str, drawing: str, hints: str, seeds: list[int], accent: bool
    ) -> list["Translation"]:
        if not isinstance(accent, bool):
            raise UserError("bad_request", "The accent must be true or false.")
        translator = self.models.translator(domain)
        lines, dabs = decode_image(drawing), decode_image(hints) if hints else None
        results = []
        for seed in seeds:
            with self.lock:  # released in between, so that other pages need not wait for all
                results.append(translator.translate(lines, dabs, seed=seed, accent=accent))
        return results

    def translate(
        self,
        domain: str,
        image: bytes | None,
        hints: bytes | None = None,
        seed: int = 0,
        kind: str = "drawing",
    ) -> NDArray[np.uint8]:
        """Turns a picture file into a picture of a domain.

        Args:
            domain: what it should show, e.g. ``"shoes"``.
            image: a PNG, JPEG or WebP file: dark lines on white, or a photo, see ``kind``.
            hints: colours in the frame of ``image``, RGBA; without them, ``seed`` selects them.
            seed: 0 to 2**31 - 1; the same seed keeps the same colours.
            kind: ``"drawing"``, ``"photo"`` of a thing, or ``"paper"``: a photo of lines on paper.

        Returns:
            The picture, 256x256.

        Raises:
            UserError: as `draw` and `bring`.
        """
        _check_seed(seed)
        if kind not in get_args(Kind):
            raise UserError("bad_request", f"Choose a kind of image: {', '.join(get_args(Kind))}.")
        if not image:
            raise UserError("bad_image", "There is no image; send a PNG or JPEG.")
        translator = self.models.translator(domain)
        source = read_image(image) if kind == "drawing" else read_photo(image)
        dabs = read_image(hints) if hints else None
        if kind == "photo":
            translator.detector = self.models.detector()
        with self.lock:
            known = cast(Kind, kind)
            return translator.translate(source, dabs, seed=seed, kind=known).picture

    def enlarge(self, picture: str) -> str:
        """Enlarges a picture, such as one drawn here.

        Args:
            picture: a data URL of an image, no side over 512 px.

        Returns:
            The picture at four times the width and height, e.g. 1024x1024, as a PNG data URL.

        Raises:
            UserError: ``image_too_large`` or ``bad_image``, or as `ModelCache.enlarger`.
        """
        small = decode_image(picture, MAX_SMALL_SIDE)
        enlarger = self.models.enlarger()
        with self.lock:
            large = enlarger.enlarge(small)
        return encode_png(large)

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
        if kind not in ("photo", "paper"):
            raise UserError("bad_request", "Choose what to bring: photo or paper.")
        photo = decode_photo(picture)

        from pix2pix.edges.find import find_edges

        detector = self.models.detector() if kind == "photo" else None
        with self.lock:
            edges = find_edges(photo, cast(Kind, kind), detector=detector)
        strokes = edge_strokes(edges)
        if not strokes:
            raise UserError("no_lines", NO_LINES)
        return strokes

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
        photo = decode_photo(picture)
        colouriser = self.models.colouriser()

        from pix2pix.colouriser import gray

        with self.lock:
            coloured = colouriser.colourise(photo)
        return encode_png(coloured), encode_png(gray(photo))

    def answer(self, request: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a browser sends
        """Answers a request of the page; an error is an answer, too.

        Args:
            request: as sent by `SketchCanvas`, a `pix2pix.page.protocol.Request` as JSON.

        Returns:
            ``id`` of the request, with either ``picture`` and ``edges`` (data URLs), or
            ``variants``, or ``sticker``, or ``strokes``, or ``picture`` and ``gray``, or
            ``enlarged``, or ``error`` (``code`` and ``message``).
        """
        try:
            made = self._answer(parse_request(request))
        except UserError as error:
            made = {"error": {"code": error.code, "message": error.message}}
        except Exception:
            logger.exception("Answering failed")
            message = "Something went wrong here; your drawing is safe."
            made = {"error": {"code": "server_error", "message": message}}
        return {"id": request.get("id") if isinstance(request, dict) else None} | made

    def _answer(self, request: Request) -> dict[str, Any]:
        match request:
            case DrawRequest():
                picture, edges = self.draw(*request.drawn, request.accent)
                return {"picture": picture, "edges": edges}
            case VariantsRequest():
                return {"variants": self.variants(*request.drawn)}
            case StickerRequest():
                return {"sticker": self.sticker(*request.drawn, request.accent)}
            case BringRequest():
                return {"strokes": self.bring(request.source, request.picture)}
            case ColouriseRequest():
                picture, without = self.colourise(request.picture)
                return {"picture": picture, "gray": without}
            case EnlargeRequest():
                return {"enlarged": self.enlarge(request.picture)}


def _check_seed(seed: Any) -> None:  # noqa: ANN401 - whatever a client sends
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MAX_SEED:
        raise UserError("bad_request", f"The seed must be a whole number from 0 to {MAX_SEED}.")
