"""The models behind the page, each loaded on first use."""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from pix2pix.domains import COLOUR, ENLARGER, TOOLS, Domain, known_domains, unknown_domain
from pix2pix.errors import UserError

if TYPE_CHECKING:
    from pix2pix.colouriser import Colouriser
    from pix2pix.edges.detector import EdgeDetector
    from pix2pix.enlarger import Enlarger
    from pix2pix.privacy.photos import FaceHider
    from pix2pix.translator import Translator

_T = TypeVar("_T")

_DETECTOR, _FACES = "detector", "faces"


class ModelCache:
    """One translator per domain, an edge detector, a colouriser, an enlarger, and what hides faces.

    Modules that need torch are imported by the methods, so that the page is up before torch.

    Args:
        sources: a folder or a model on the Hub, by the id of a domain or of `TOOLS`. Where a source
            is missing or cannot be loaded, the shipped weights are used, if there are any.
        domains: what can be drawn, by id; by default all of `known_domains`.
    """

    def __init__(
        self,
        sources: dict[str, str] | None = None,
        domains: Mapping[str, Domain] | None = None,
    ) -> None:
        self._sources = sources or {}
        self.domains = known_domains() if domains is None else domains
        self._loaded: dict[str, Any] = {}
        # A lock for each: loading one domain must not delay drawing with another.
        self._loading = {name: Lock() for name in (*self.domains, *TOOLS, _DETECTOR, _FACES)}
        self._is_over = Event()
        self._warming: Thread | None = None

    def translator(self, domain: str) -> "Translator":
        """Returns the translator of ``domain``.

        Raises:
            UserError: ``unknown_domain``, ``missing_weights`` or ``damaged_weights``; its message
                also says why the domain's own source could not be loaded.
        """
        if not isinstance(domain, str):
            raise UserError("bad_request", "The domain must be text.")
        if domain not in self.domains:
            raise unknown_domain(domain, self.domains)
        from pix2pix.translator import Translator

        return self._take(domain, lambda: self._load(domain, Translator.from_pretrained))

    def colouriser(self) -> "Colouriser":
        """Returns the colouriser of gray pictures; errors as `translator`."""
        from pix2pix.colouriser import Colouriser

        return self._take(COLOUR, lambda: self._load(COLOUR, Colouriser.from_pretrained))

    def enlarger(self) -> "Enlarger":
        """Returns the enlarger; errors as `translator`."""
        from pix2pix.enlarger import Enlarger

        return self._take(ENLARGER, lambda: self._load(ENLARGER, Enlarger.from_pretrained))

    def detector(self) -> "EdgeDetector":
        """Returns the edge detector for photos, always the shipped one.

        Raises:
            UserError: ``missing_weights`` or ``damaged_weights``.
        """
        from pix2pix.edges.detector import EdgeDetector

        return self._take(_DETECTOR, EdgeDetector.from_pretrained)

    def face_hider(self) -> "FaceHider":
        """Returns what hides the faces in photos, always with the shipped cartoon generator.

        Raises:
            UserError: ``no_face_finder``, ``missing_weights`` or ``damaged_weights``.
        """
        from pix2pix.privacy.cover import Coverer
        from pix2pix.privacy.faces import FaceFinder
        from pix2pix.privacy.photos import FaceHider

        return self._take(_FACES, lambda: FaceHider(FaceFinder(), Coverer()))

    def warm_up(self, *domains: str) -> Thread:
        """Loads the translators of ``domains``, so that nobody waits for them later.

        They are loaded in this order, but those with a source of their own last, so that fetching
        from the Hub does not delay the others. If one fails, the first drawing will say why.

        Returns:
            The thread, already started.
        """

        def load() -> None:
            for domain in sorted(domains, key=self._sources.__contains__):
                if self._is_over.is_set():
                    return
                with suppress(UserError):
                    self.translator(domain)

        self._warming = Thread(target=load, name="warm-up", daemon=True)
        self._warming.start()
        return self._warming

    def cool_down(self, patience: float = 10.0) -> None:
        """Ends `warm_up`: Python cannot end properly while a thread is inside of torch.

        Args:
            patience: seconds to wait for the model that is being loaded.
        """
        self._is_over.set()
        if self._warming:
            self._warming.join(patience)

    def _take(self, name: str, load: Callable[[], _T]) -> _T:
        """The model called ``name``, loaded if it is not there yet."""
        with self._loading[name]:
            if name not in self._loaded:
                self._loaded[name] = load()
            return self._loaded[name]

    def _load(self, name: str, load: Callable[[str], _T]) -> _T:
        """Loads from the source of ``name``; failing that, the shipped weights, with a warning."""
        why = ""
        if name in self._sources:
            try:
                return load(self._sources[name])
            except UserError as error:
                if name not in TOOLS and name not in known_domains():
                    raise  # nothing is shipped of a domain that is only there
                why = f"{error.message} "
        try:
            shipped = load(name)
        except UserError as error:
            raise UserError(error.code, why + error.message) from error
        if why:
            print(f"{why}Using the shipped weights of '{name}'.", file=sys.stderr)
        return shipped
