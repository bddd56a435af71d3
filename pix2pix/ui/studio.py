"""From what the page or an API client sends to its answer: checks, loaded models, two ways."""

import logging
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from pix2pix.domains import get_domain
from pix2pix.errors import NO_LINES, UserError
from pix2pix.ui.images import decode_image, decode_photo, encode_png
from pix2pix.ui.strokes import edge_strokes

if TYPE_CHECKING:
    from pix2pix.edges.detector import EdgeDetector
    from pix2pix.translator import Translator

logger = logging.getLogger(__name__)

MAX_SEED = 2**31 - 1


class Studio:
    """Holds one loaded translator a domain, and the edge detector, and draws with them.

    Args:
        sources: where a domain's weights are, by domain id; a domain that is missing here is
            loaded by its id.
    """

    def __init__(self, sources: dict[str, str] | None = None) -> None:
        self._sources = sources or {}
        self._translators: dict[str, Translator] = {}
        self._detector: EdgeDetector | None = None
        self._loading = Lock()

    def translator(self, domain: str) -> "Translator":
        """Returns the translator of ``domain``, loading it the first time.

        Raises:
            UserError: ``unknown_domain``, ``missing_weights`` or ``damaged_weights``.
        """
        if not isinstance(domain, str):
            raise UserError("bad_request", "The domain has to be a piece of text.")
        get_domain(domain)
        with self._loading:
            if domain not in self._translators:
                # Imported here since it brings torch: the page is up before torch is.
                from pix2pix.translator import Translator

                source = self._sources.get(domain, domain)
                self._translators[domain] = Translator.from_pretrained(source)
            return self._translators[domain]

    def detector(self) -> "EdgeDetector":
        """Returns the edge detector for photos, loading it the first time.

        Raises:
            UserError: ``missing_weights``, ``damaged_weights`` or ``hub_failed``.
        """
        with self._loading:
            if self._detector is None:
                from pix2pix.edges.detector import EdgeDetector  # brings torch as well

                self._detector = EdgeDetector.from_pretrained()
            return self._detector

    def warm_up(self, domain: str) -> None:
        """Loads the translator of ``domain`` on a thread of its own, so that nobody waits for it.

        If that fails, the first drawing will say why.
        """

        def load() -> None:
            with suppress(UserError):
                self.translator(domain)

        Thread(target=load, name="warm-up", daemon=True).start()

    def draw(self, domain: str, drawing: str, hints: str = "", seed: int = 0) -> tuple[str, str]:
        """Turns a drawing into a picture.

        Args:
            domain: what it shows, e.g. ``"shoes"``.
            drawing: dark lines on white, as a data URL of an image of any size.
            hints: RGBA data URL with the wished colours where it is not transparent; ``""`` for
                colours picked by ``seed``.
            seed: 0 to 2**31 - 1; the same seed keeps the same colours.

        Returns:
            The picture, and the edge map it was made from, as 256x256 PNG data URLs.

        Raises:
            UserError: see ``pix2pix.translator``; also ``bad_request`` for a wrong seed.
        """
        if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MAX_SEED:
            raise UserError("bad_request", f"The seed has to be a whole number, 0 to {MAX_SEED}.")
        translator = self.translator(domain)
        result = translator.translate(
            decode_image(drawing), hints=decode_image(hints) if hints else None, seed=seed
        )
        return encode_png(result.picture), encode_png(result.edges)

    def bring(self, kind: str, picture: str) -> list[list[list[float]]]:
        """Finds the lines of a photo, as strokes to draw on with.

        Args:
            kind: ``"photo"`` of a thing, or ``"paper"``: a photo of lines on paper.
            picture: the photo as a data URL, such as a JPEG; no larger than 16 MB and 40 million
                pixels. It is turned as its EXIF data say.

        Returns:
            Strokes: lists of [x, y], parts of the canvas's side from 0 to 1.

        Raises:
            UserError: ``bad_request`` for another kind, ``bad_image``, ``heic`` or
                ``photo_too_large`` for what cannot be read, ``no_lines`` if there are none, and
                what `detector` raises.
        """
        if kind not in ("photo", "paper"):
            raise UserError("bad_request", "Say what to bring: a photo or a paper drawing.")
        photo = decode_photo(picture)
        if kind == "photo":
            from pix2pix.edges.photo import photo_edges

            edges = photo_edges(photo, self.detector())
        else:
            from pix2pix.edges.paper import paper_edges

            edges = paper_edges(photo)
        strokes = edge_strokes(edges)
        if not strokes:
            raise UserError("no_lines", NO_LINES)
        return strokes

    def answer(self, request: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a browser sends
        """Draws or brings for the page, which is always answered and never sees an exception.

        Args:
            request: what `SketchCanvas` sends: ``id``, and the arguments of `draw`; or those of
                `bring`, its kind as ``bring``.

        Returns:
            ``id`` as it came, with either ``picture`` and ``edges`` (data URLs), or ``strokes``,
            or ``error`` (``code`` and ``message``).
        """
        request = request if isinstance(request, dict) else {}
        answer: dict[str, Any] = {"id": request.get("id")}
        try:
            if "bring" in request:
                strokes = self.bring(request["bring"], request.get("picture", ""))
                return answer | {"strokes": strokes}
            picture, edges = self.draw(
                request.get("domain", ""),
                request.get("drawing", ""),
                request.get("hints", ""),
                request.get("seed", 0),
            )
        except UserError as error:
            return answer | {"error": {"code": error.code, "message": error.message}}
        except Exception:
            logger.exception("Answering failed")
            message = "Something went wrong here; your drawing is safe."
            return answer | {"error": {"code": "server_error", "message": message}}
        return answer | {"picture": picture, "edges": edges}
