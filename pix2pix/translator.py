"""The main path of the product: drawing or photo, edge map, generator, picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from pix2pix.colouriser import Colouriser
from pix2pix.edges import Kind, Polarity
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.find import find_edges
from pix2pix.edges.normalise import centre_lines, flatten, to_square
from pix2pix.enlarger import Enlarger
from pix2pix.errors import NO_LINES, UserError
from pix2pix.imaging.background import whiten_background, whiten_holes
from pix2pix.imaging.bright_eyes import bright, draw_bright_eyes
from pix2pix.imaging.car import find_car, finish_car
from pix2pix.imaging.coloured_area import crayon_rim, is_body
from pix2pix.imaging.contrast import strengthen_contrast
from pix2pix.imaging.crayons import dabs_within, match_colours, meant_parts
from pix2pix.imaging.faces import Face, find_faces
from pix2pix.imaging.features import draw_features, eye_colours
from pix2pix.imaging.fill import fill_parts
from pix2pix.imaging.gaps import close_around
from pix2pix.imaging.hints import (
    HINT_STRENGTH,
    add_accent,
    add_look,
    in_turn,
    palette_hint,
    parse_colour,
    spread_hints,
)
from pix2pix.imaging.ink import add_harmony, clean_fills, draw_ink
from pix2pix.imaging.leather import paint_leather
from pix2pix.imaging.matting import cut_out, dabs_off_holes
from pix2pix.imaging.open_picture import read_layers
from pix2pix.imaging.shoes import complete_shoe
from pix2pix.imaging.soles import add_sole
from pix2pix.imaging.straps import find_straps
from pix2pix.imaging.tyres import draw_wheels, seen_looks
from pix2pix.imaging.wheels import find_wheels
from pix2pix.networks.tensors import to_input, to_picture
from pix2pix.pretrained.load import Pretrained, loading, once
from pix2pix.refiner import Refiner


@dataclass(frozen=True)
class Translation:
    """The result of translating a drawing.

    Attributes:
        edges: uint8 (S, S), the edge map: black lines one pixel wide on white.
        picture: uint8 (S, S, 3) RGB, the picture generated from the lines, or twice as
            wide and high.
        cutout: uint8 (2 S, 2 S, 4) RGBA, the picture without its white background; None at S, where
            `Translator.cut_out` makes it.
    """

    edges: NDArray[np.uint8]
    picture: NDArray[np.uint8]
    cutout: NDArray[np.uint8] | None = None


class Translator(Pretrained):
    """Turns drawings into pictures of one domain.

    Example:
        >>> translator = Translator.from_pretrained("shoes")  # doctest: +SKIP
        >>> translation = translator.translate(Image.open("drawing.png"))  # doctest: +SKIP
        >>> Image.fromarray(translation.picture).save("shoe.png")  # doctest: +SKIP

    Args:
        generator: input float (N, 5, S, S), output (N, 3, S, S) in -1..1; see `networks`.
        config: as in ``config.json``: ``size`` S in pixels and ``palette``, ``"#rrggbb"`` colours.
        device: the device to run on.
        detector: finds the edges of photos; by default the shipped one, loaded on first use.
        folder: the folder it was loaded from, for `name`.
    """

    def __init__(
        self,
        generator: nn.Module,
        config: dict[str, Any],
        device: str | torch.device = "cpu",
        detector: EdgeDetector | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__(generator, device, folder)
        self.config = config
        self.detector = detector
        self.size = int(config["size"])
        self.palette = [parse_colour(colour) for colour in config.get("palette", ())]
        self._turns = in_turn(self.palette)
        looks = [[parse_colour(c) for c in look] for look in config.get("looks", ())]
        # Consecutive seeds take them shuffled, since neighbours look alike.
        self._looks = [looks[i] for i in np.random.default_rng(0).permutation(len(looks))]

    @classmethod
    def from_pretrained(
        cls,
        source: str | Path,
        *,
        revision: str | None = None,
        device: str | torch.device = "cpu",
    ) -> "Translator":
        """Loads a generator.

        Args:
            source: a domain's id (its shipped weights), a folder with ``config.json`` and
                ``model.safetensors``, or the id of a model on the Hugging Face Hub,
                ``OWNER/NAME`` or ``OWNER/NAME@REVISION``. Downloads are cached.
            revision: branch, tag or commit on the Hub.
            device: the device to run on.

        Raises:
            UserError: ``unknown_domain``, ``missing_weights``, ``pickle_only``,
                ``other_architecture``, ``other_task``, ``damaged_weights``, or as
                `pix2pix.pretrained.hub_errors.explain`.
        """
        with loading(source, revision, task="sketch") as (generator, config, folder):
            return cls(generator, config, device, folder=folder)

    def translate(
        self,
        drawing: NDArray[np.uint8] | Image.Image,
        hints: NDArray[np.uint8] | Image.Image | None = None,
        *,
        seed: int | None = 0,
        strength: float | None = None,
        polarity: Polarity = "dark-on-light",
        kind: Kind = "drawing",
        accent: bool = False,
        size: int | None = None,
    ) -> Translation:
        """Generates the picture for a drawing.

        Args:
            drawing: uint8 (H, W), (H, W, 3) RGB or (H, W, 4) RGBA, or a PIL image; of any size.
                Non-square images are centred on a square.
            hints: dabs of colour, uint8 (H, W, 4) RGBA in the frame of `drawing`; a dab is where
                alpha is 128 or above. Without lines, or with only such as lie on it, the rim of
                the colour is the outline.
            seed: selects a colour from the domain's palette if there is no dab. The same seed gives
                the same colour however the drawing grows; the next seed gives another. In domains
                whose parts have a colour each (faces), it selects a look, and a dab overrides the
                colour of its own part only. None leaves the colours to the generator.
            strength: how strictly a colour is kept, 0 (not at all) to 1; by default exactly, with
                as much light and shade as suits the domain, see
                `pix2pix.imaging.hints.HINT_STRENGTH`.
            polarity: of a drawing; ``"light-on-dark"`` for chalk on a board.
            kind: ``"photo"`` for a photo of a thing, whose edges are found first; ``"paper"`` for a
                photo of a drawing on paper.
            accent: whether the part farthest from the dabs gets the seed's colour as well; without
                dabs, the whole drawing gets it, even if its domain (pandas) has its own colours.
            size: side of the picture in px: S, the generator's own and the default (256 for the
                shipped domains), or 2 S, refined along the lines as they were drawn.

        Returns:
            Edge map of S px per side, and picture.

        Raises:
            UserError: ``empty_drawing``, ``no_lines``, ``bad_image``, or ``bad_size`` for another
                size; for photos also those of `EdgeDetector.from_pretrained`, and for 2 S those of
                `Refiner.from_pretrained`.
        """
        if size not in (None, self.size, 2 * self.size):
            raise UserError(
                "bad_size",
                f"This domain's pictures are {self.size} or {2 * self.size} px a side, not {size}.",
            )
        edges = self.find_edges(drawing, polarity=polarity, kind=kind)
        placed = self._place(hints, self.size)
        is_coloured = kind == "drawing" and is_body(edges, placed)
        if is_coloured:
            edges = np.minimum(edges, crayon_rim(placed))
        elif kind != "photo":
            edges = close_around(edges, placed[..., 3] >= 128)
        if edges.min() == 255:
            if kind == "drawing":
                raise UserError(
                    "empty_drawing", "There is nothing drawn yet; draw a line to begin."
                )
            raise UserError("no_lines", NO_LINES)
        faces = self._faces(edges)
        picture = self.paint(
            edges, placed, seed=seed, strength=strength, accent=accent, faces=faces
        )
        if size != 2 * self.size:
            return Translation(edges, picture)
        lines = edges  # those of a photo are known no better
        if kind == "drawing":
            lines = centre_lines(drawing, polarity=polarity, size=size)
        if is_coloured:
            lines = np.minimum(lines, crayon_rim(self._place(hints, size)))
        cutout = self.refine(picture, edges, lines, faces)
        return Translation(edges, flatten(cutout), cutout)

    def find_edges(
        self,
        image: NDArray[np.uint8] | Image.Image,
        *,
        polarity: Polarity = "dark-on-light",
        kind: Kind = "drawing",
    ) -> NDArray[np.uint8]:
        """The first half of `translate`: the edge map, uint8 (S, S), all 255 if empty."""
        if kind == "photo" and self.detector is None:
            self.detector = EdgeDetector.from_pretrained(device=self.device)
        return find_edges(image, kind, detector=self.detector, polarity=polarity, size=self.size)

    def paint(
        self,
        edges: NDArray[np.uint8],
        hints: NDArray[np.uint8] | Image.Image | None = None,
        *,
        seed: int | None = 0,
        strength: float | None = None,
        accent: bool = False,
        faces: Sequence[Face] | None = None,
    ) -> NDArray[np.uint8]:
        """The second half of `translate`: the picture for an edge map, uint8 (S, S, 3) RGB.

        `faces` are those of `edges`, if they have been found already.
        """
        straps = find_straps(edges) if self.config.get("has_holes") else None
        if straps:
            edges = straps.edge_map
        faces = self._faces(edges) if faces is None else faces
        plane, dabbed = self._hint_plane(edges, hints, seed, accent=accent, faces=faces)
        if self.config.get("has_sole"):
            edges, plane = complete_shoe(edges, plane, dabbed)
        share = self.config.get("hint_strength") or HINT_STRENGTH if strength is None else strength
        car = find_car(edges, dabbed) if self.config.get("has_wheels") else None
        if car:
            edges = car.edge_map
        painted = self._draw(edges, share * plane)
        picture = whiten_background(painted, edges, self.config.get("line_margin", 0.0))
        if straps:
            picture = paint_leather(whiten_holes(picture, straps), straps)
            dabbed = dabs_off_holes(picture, straps, dabbed)
        if amount := self.config.get("local_contrast"):
            picture = strengthen_contrast(picture, amount)
        kept = 1.0 if strength is None else strength
        picture = match_colours(picture, edges, plane, dabbed, kept)
        if self.config.get("line_margin"):
            picture = fill_parts(picture, edges, plane, kept)
        if self.config.get("has_face"):
            picture = draw_features(picture, faces, eye_colours(plane, dabbed, seed))
        if self.config.get("bright_eyes"):
            picture = draw_bright_eyes(picture, faces, dabbed)
        if car:
            picture = finish_car(picture, car, plane, dabbed)
        return clean_fills(picture, edges) if self.config.get("inked") else picture

    def refine(
        self,
        picture: NDArray[np.uint8],
        edges: NDArray[np.uint8],
        lines: NDArray[np.uint8],
        faces: Sequence[Face] | None = None,
    ) -> NDArray[np.uint8]:
        """Doubles a picture and cuts it out along its lines, see `pix2pix.refiner.Refiner`.

        Args:
            picture: as from `paint`.
            edges: what it was painted from.
            lines: uint8 (2 S, 2 S), as from `pix2pix.edges.normalise.centre_lines`, or `edges`.
            faces: those of `edges`, if they have been found already.

        Returns:
            uint8 (2 S, 2 S, 4) RGBA.
        """
        if len(lines) == self.size:
            lines = centre_lines(lines, size=2 * self.size)
        has_holes = bool(self.config.get("has_holes"))
        refined = once(Refiner.from_pretrained).refine(picture, edges, lines, has_holes=has_holes)
        found = self._faces(edges) if faces is None else faces
        if self.config.get("has_face"):
            refined = draw_features(refined, found, picture, again=True)
        if self.config.get("bright_eyes"):
            refined = draw_bright_eyes(refined, found, bright(picture))
        if self.config.get("has_wheels"):
            wheels = find_wheels(edges)
            refined = draw_wheels(refined, self.size, wheels, seen_looks(wheels, picture))
        return draw_ink(refined, lines) if self.config.get("inked") else refined

    def paint_look(
        self, edges: NDArray[np.uint8], look: Sequence[tuple[int, int, int]] | NDArray[np.uint8]
    ) -> NDArray[np.uint8]:
        """Paints an edge map in given colours, one for each part of its domain.

        Args:
            edges: as from `find_edges`.
            look: R, G, B of each part, in the order of the domain's ``places``.

        Returns:
            uint8 (S, S, 3) RGB.
        """
        blank = np.zeros((self.size, self.size, 4), np.uint8)
        dabs = add_look(edges, blank, self.config["places"], look)
        return self.paint(edges, dabs, seed=None)

    def cut_out(self, picture: NDArray[np.uint8], edges: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A translated picture without its white background, uint8 (S, S, 4) RGBA.

        White parts inside stay opaque; see `pix2pix.imaging.matting.cut_out`.
        """
        return cut_out(picture, edges, has_holes=bool(self.config.get("has_holes")))

    @staticmethod
    def colourise(picture: NDArray[np.uint8] | Image.Image) -> NDArray[np.uint8]:
        """Colours a gray picture of anything; the shipped colouriser is loaded on first use.

        See `pix2pix.colouriser.Colouriser`, also for other weights.

        Raises:
            UserError: ``bad_image``, ``missing_weights`` or ``damaged_weights``.
        """
        return once(Colouriser.from_pretrained).colourise(picture)

    @staticmethod
    def enlarge(picture: NDArray[np.uint8] | Image.Image) -> NDArray[np.uint8]:
        """Enlarges a picture, 256 px to 1024 px; the shipped network is loaded on first use.

        See `pix2pix.enlarger.Enlarger`, also for other weights.

        Raises:
            UserError: ``bad_image``, ``too_large``, ``missing_weights`` or ``damaged_weights``.
        """
        return once(Enlarger.from_pretrained).enlarge(picture)

    def _faces(self, edges: NDArray[np.uint8]) -> Sequence[Face]:
        """The faces of a drawing; none in domains without."""
        is_there = self.config.get("has_face") or self.config.get("bright_eyes")
        return find_faces(edges) if is_there else ()

    def _hint_plane(
        self,
        edges: NDArray[np.uint8],
        hints: NDArray[np.uint8] | Image.Image | None,
        seed: int | None,
        *,
        accent: bool,
        faces: Sequence[Face] = (),
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """The hint plane, float32 (4, S, S), and where it was dabbed, bool (S, S)."""
        placed = dabs_within(edges, self._place(hints, self.size))
        dabbed = placed[..., 3] >= 128
        tinted = self.config.get("tinted", True)
        if self._looks and seed is not None:
            look = self._looks[seed % len(self._looks)]
            limbs = bool(self.config.get("line_margin"))
            heads = [face.head for face in faces] if self.config.get("has_face") else None
            places = self.config["places"]
            placed = add_look(edges, placed, places, look, limbs=limbs, heads=heads)
            return spread_hints(edges, placed), dabbed
        colour = None
        if seed is not None and self.palette:
            colour = self._turns[seed % len(self._turns)]
        if dabbed.any():
            if accent and colour is not None:
                placed = add_accent(edges, placed, colour)
            if self.config.get("has_sole"):
                placed = add_sole(edges, placed, None)
            dabbed = placed[..., 3] >= 128
            plane = spread_hints(edges, placed)
            return plane if tinted else plane * meant_parts(edges, dabbed), dabbed
        if colour is None or not (accent or tinted):
            return np.zeros((4, self.size, self.size), np.float32), dabbed
        if self.config.get("inked"):
            placed = add_harmony(edges, placed, colour)
        elif self.config.get("has_sole"):
            placed = add_sole(edges, placed, colour)
        dabbed = placed[..., 3] >= 128
        if dabbed.any():
            return spread_hints(edges, placed), dabbed
        return palette_hint(colour, self.size), dabbed

    @staticmethod
    def _place(hints: NDArray[np.uint8] | Image.Image | None, size: int) -> NDArray[np.uint8]:
        """Hints in the frame of the edge map, uint8 (size, size, 4)."""
        if hints is None:
            return np.zeros((size, size, 4), np.uint8)
        rgba = read_layers(hints) if isinstance(hints, Image.Image) else np.asarray(hints)
        if rgba.dtype != np.uint8 or rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.size == 0:
            raise UserError("bad_image", "Colour hints must be an 8-bit RGBA image.")
        return to_square(rgba, size, cv2.INTER_NEAREST)

    @torch.inference_mode()
    def _draw(self, edges: NDArray[np.uint8], plane: NDArray[np.float32]) -> NDArray[np.uint8]:
        batch = to_input(edges, plane)[None].to(self.device, memory_format=torch.channels_last)
        return to_picture(self._network(batch)[0])
