"""The domains: the kinds of thing that can be drawn, one record each.

Those that come along are in `DOMAINS`; people's own are folders in ``weights/``, see `own_domains`.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pix2pix.errors import UserError

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "weights"

WEIGHTS_DIR = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "weights"
"""The shipped weights: inside an installed package, beside it in a checkout."""

COLOUR, ENLARGER, REFINER = "colour", "bigger", "crisp"
TOOLS = {COLOUR: "colourise", ENLARGER: "enlarge", REFINER: "refine"}
"""Weights that belong to no domain, with the ``train.py --task`` that makes them."""

RECORD = "domain.toml"
"""The file beside an own domain's weights that says what it is, see `pix2pix.domains.record`."""

UNDESCRIBED = "not described"
"""The source of data of which nobody has said where they come from."""

_EXPORT = "config.json"
_BAGS = "http://efrosgans.eecs.berkeley.edu/pix2pix/datasets/edges2handbags.tar.gz"

DEFAULT_DOMAIN = "shoes"
"""The domain with which the page opens."""


@dataclass(frozen=True)
class PublishedRecipe:
    """Pix2pix as published, as the service that this project grew from trained a domain.

    Attributes:
        data_set: name of the data set.
        pictures: number of pictures in it.
        batch_size: pictures per step.
        epochs: passes over the data.
        source: where ``python -m pix2pix fetch`` finds the data set: an id on the Hugging Face Hub
            or the address of an archive; None if it must be fetched by hand, see docs/data.md.
    """

    data_set: str
    pictures: int
    batch_size: int
    epochs: int
    source: str | None = None


@dataclass(frozen=True)
class CutoutLimits:
    """Limits beyond which a photo is left out of training, as its background was cut away badly.

    Attributes:
        roughness: maximum length of the silhouette, as a multiple of its convex hull's.
        straight: maximum share of the subject's top, left or right side that runs straight along
            the picture's frame, as it does where some of the background was left.
        wheels: minimum share of the subject's bounding box that is dark in its lower left, and in
            its lower right; cars that lost their wheels with the background have less.
    """

    roughness: float = 9.0
    straight: float = 1.0
    wheels: float = 0.0


_LOOKS = tuple(
    tuple(look.split())
    for look in (  # hair, skin, clothes, trousers, shoes
        "#4a3026 #f5c49a #e8483f #2f5fb8 #f4b93a",
        "#e3b553 #ffe0c4 #3fa7e0 #f2c230 #e05a47",
        "#2d2627 #7d4e30 #f6c33c #3a7d5c #8a5a36",
        "#d2672c #fbd2ae #f285ae #7d5cc0 #fdf8f0",
        "#2d2627 #c08256 #7bc257 #3c6cc4 #e8623c",
        "#6e4429 #eab487 #8f62c9 #f3a0c0 #4b3a78",
        "#8f5a2e #d99c6c #ff8a3c #34787f #5b4038",
        "#2d2627 #a0683f #2fb5a5 #ef6f61 #ffe08a",
        "#f3d483 #f5c49a #4b7fe0 #44506e #f07f3c",
        "#a33c2a #ffe0c4 #58c0c9 #a97bd6 #f285ae",
        "#2d2627 #eab487 #ef5f7a #f6d04a #5cb6e4",
        "#4a3026 #7d4e30 #a6d15a #e0a03e #7a4e33",
    )
)


@dataclass(frozen=True)
class Starter:
    """A drawing to begin with.

    Attributes:
        name: by language code.
        strokes: SVG path data in the unit square.
    """

    name: dict[str, str]
    strokes: tuple[str, ...]


@dataclass(frozen=True)
class Domain:
    """One kind of picture, as the page and the trainer know it.

    Attributes:
        id: short name used on the command line, in URLs and as the folder below ``weights/``.
        title: name by language code (``"en"``, ``"ko"``).
        flip: whether a mirrored picture is as likely as the original, so training may flip.
        frame: the longer side of the subject, as a share of the picture's side.
        data_source: where the training pictures come from.
        data_licence: terms of that source, in words for the model card.
        licence_id: licence of the weights, by its name on the Hugging Face Hub.
        keeps_black: whether black belongs to the thing, as in a sticker's outlines, a panda's ears
            or tyres; recolouring then leaves it alone.
        painted: whether the thing's colour is that of its paint, while glass and tyres keep theirs;
            see `pix2pix.data.colour.paint_colour`.
        tinted: whether a drawing without a dab takes a colour from the domain's palette; otherwise
            the generator chooses.
        drawn_otherwise: whether people draw the thing as no photo shows it, such as a panda's head
            by itself. The critic is then shown synthetic pictures as real, too; given photos alone,
            it would ask for a black body below every head.
        places: (x, y) of the parts that have a colour each, such as skin, hair and shirt, as shares
            of the subject's bounding box. A drawing without dabs then takes a look, part by part;
            of things with faces, a face takes the colour of the second, wherever it is.
        looks: friendly colours that go together, ``"#rrggbb"`` for each place; by default those of
            pictures in the data.
        softened: whether its pictures are flat, and are given soft light before training and
            evaluation, see `pix2pix.data.synthetic.soft`.
        cheeks: (x, y) of places that blush then, as shares of the picture's sides.
        hint_strength: how strictly a drawing keeps a hint's colour, above 0 and up to 1 (fully, as
            figures in flat colours do); by default `pix2pix.imaging.hints.HINT_STRENGTH`.
        line_margin: px kept on both sides of a line that encloses nothing: half the width of a limb
            drawn as one line, see `pix2pix.imaging.background.whiten_background`. Limbs that hang
            together then have one colour, and closed parts are filled, see `pix2pix.imaging.fill`.
        has_holes: whether lines may enclose a hole, such as the loop of a handle; see
            `pix2pix.imaging.background.whiten_holes`.
        inked: whether pictures are flat parts within ink lines, in colours that go together; see
            `pix2pix.imaging.ink`.
        has_face: whether eyes and mouths are drawn over the picture, see
            `pix2pix.imaging.features`.
        bright_eyes: whether eyes and mouths of animals are, see `pix2pix.imaging.bright_eyes`.
        has_sole: whether it is a shoe, whose sole stays light and whose sole and opening are
            completed; see `pix2pix.imaging.soles` and `pix2pix.imaging.shoes`.
        has_wheels: whether it has wheels and windows, which are completed and drawn over it,
            see `pix2pix.imaging.car`.
        local_contrast: by how much light and shade are strengthened, 0 for not at all; see
            `pix2pix.imaging.contrast`.
        cutout: limits for photos that were cut out automatically.
        dataset_id: id of the training pictures on the Hugging Face Hub, if they are there.
        hub_id: id of the generator on the Hugging Face Hub, if it has been published.
        published_recipe: what ``train.py --recipe original`` follows, if there is one.
        icon: SVG path data in a square of 48 px, the first of them filled, of a domain without an
            icon among the page's files.
        starters: drawings to begin with, of a domain without such a file.
        folder: where its weights are, if not in ``weights/ID``.
    """

    id: str
    title: dict[str, str]
    flip: bool
    frame: float
    data_source: str
    data_licence: str
    licence_id: str = "other"
    keeps_black: bool = False
    painted: bool = False
    tinted: bool = True
    drawn_otherwise: bool = False
    places: tuple[tuple[float, float], ...] = ()
    looks: tuple[tuple[str, ...], ...] = ()
    softened: bool = False
    cheeks: tuple[tuple[float, float], ...] = ()
    hint_strength: float | None = None
    line_margin: float = 0.0
    has_holes: bool = False
    inked: bool = False
    has_face: bool = False
    bright_eyes: bool = False
    has_sole: bool = False
    has_wheels: bool = False
    local_contrast: float = 0.0
    cutout: CutoutLimits | None = None
    dataset_id: str | None = None
    hub_id: str | None = None
    published_recipe: PublishedRecipe | None = None
    icon: tuple[str, ...] = ()
    starters: tuple[Starter, ...] = ()
    folder: Path | None = None

    @property
    def weights(self) -> Path:
        """Folder of the generator, ``weights/ID`` unless it lies elsewhere."""
        return self.folder or WEIGHTS_DIR / self.id


DOMAINS: dict[str, Domain] = {
    domain.id: domain
    for domain in (
        Domain(
            id="cartoon",
            title={"en": "Cartoon face", "ko": "만화 얼굴"},
            flip=True,
            frame=1.0,
            data_source="faces composed from the Avataaars parts by Pablo Stanley, via DiceBear",
            data_licence=(
                "Avataaars: free for personal and commercial use; DiceBear: MIT; "
                "edge maps: by the edge detector of this project, see its card"
            ),
            keeps_black=True,
            places=((0.5, 0.06), (0.5, 0.37), (0.3, 0.92)),  # hair, skin, clothes
            looks=tuple(look[:3] for look in _LOOKS),
            drawn_otherwise=True,
            softened=True,
            cheeks=((0.385, 0.46), (0.615, 0.46)),
            hint_strength=0.8,
            has_face=True,
            published_recipe=PublishedRecipe("Google Cartoon Set", 9_996, 4, 28),
        ),
        Domain(
            id="panda",
            title={"en": "Panda", "ko": "판다"},
            flip=True,
            frame=0.9,
            data_source=(
                "310 photographs of pandas from the web, cut out by ISNet and chosen by eye"
            ),
            data_licence="research only",
            keeps_black=True,
            tinted=False,
            hint_strength=1.0,
            bright_eyes=True,
            drawn_otherwise=True,
            cutout=CutoutLimits(straight=0.8),
            published_recipe=PublishedRecipe("Panda or Bear (Kaggle), its pandas", 300, 1, 180),
        ),
        Domain(
            id="car",
            title={"en": "Car", "ko": "자동차"},
            flip=True,
            frame=0.9,
            data_source="467 cars of Stanford Cars, mostly from the side, cut out by ISNet",
            data_licence="research and non-commercial use",
            keeps_black=True,
            painted=True,
            hint_strength=0.8,
            has_wheels=True,
            local_contrast=0.3,
            cutout=CutoutLimits(roughness=1.5, wheels=0.04),
            published_recipe=PublishedRecipe("DVM-Car, BMW 5 and 7 sedans", 11_476, 4, 19),
        ),
        Domain(
            id="handbags",
            title={"en": "Handbag", "ko": "가방"},
            flip=True,
            frame=0.91,
            data_source="1,000 pairs of edges2handbags (pix2pix authors; photos of iGAN)",
            data_licence="research and non-commercial use",
            has_holes=True,
            local_contrast=0.6,
            published_recipe=PublishedRecipe("edges2handbags", 138_567, 4, 5, _BAGS),
        ),
        Domain(
            id="shoes",
            title={"en": "Shoe", "ko": "신발"},
            flip=True,
            frame=0.96,
            data_source="1,000 pairs of edges2shoes (pix2pix authors; photos of UT Zappos50K)",
            data_licence="research and non-commercial use",
            has_sole=True,
            local_contrast=1.0,
            dataset_id="huggan/edges2shoes",
            published_recipe=PublishedRecipe("edges2shoes", 49_825, 4, 25, "huggan/edges2shoes"),
        ),
        Domain(
            id="character",
            title={"en": "Game character", "ko": "게임 캐릭터"},
            flip=True,
            frame=0.95,
            data_source="characters composed from Kenney's Modular Characters",
            data_licence="CC0; edge maps: by the edge detector of this project, see its card",
            keeps_black=True,
            # Hair, skin, clothes, trousers, shoes.
            places=((0.5, 0.03), (0.5, 0.27), (0.42, 0.62), (0.38, 0.8), (0.3, 0.98)),
            looks=_LOOKS,
            softened=True,
            cheeks=((0.385, 0.345), (0.615, 0.345)),
            hint_strength=1.0,
            drawn_otherwise=True,
            line_margin=10.0,
            has_face=True,
            published_recipe=PublishedRecipe("maplestory_characters_hd (Kaggle)", 69_372, 4, 14),
        ),
        Domain(
            id="sticker",
            title={"en": "Sticker", "ko": "스티커"},
            flip=True,
            frame=0.85,
            data_source="3,862 emoji of OpenMoji (openmoji.org) with their line art",
            data_licence="CC BY-SA 4.0: attribution, share alike",
            licence_id="cc-by-sa-4.0",
            keeps_black=True,
            hint_strength=1.0,
            inked=True,
        ),
    )
}


def own_domains(tell: Callable[[str], object] | None = None) -> dict[str, Domain]:
    """The domains that people put into ``weights/``: each folder with a generator for drawings.

    A folder's name is the domain's id; its `RECORD` says the rest.

    Args:
        tell: told why a folder is left out, in a sentence.
    """
    found: dict[str, Domain] = {}
    folders = sorted(WEIGHTS_DIR.iterdir()) if WEIGHTS_DIR.is_dir() else []
    for folder in folders:
        if folder.name in DOMAINS or not _draws(folder):
            continue
        try:
            found[folder.name] = _read(folder)
        except UserError as error:
            if tell:
                tell(error.message)
    return found


def known_domains(tell: Callable[[str], object] | None = None) -> dict[str, Domain]:
    """All domains by their ids: those that come along, then as `own_domains`."""
    return DOMAINS | own_domains(tell)


def get_domain(domain_id: str) -> Domain:
    """Returns the record of ``domain_id``.

    Raises:
        UserError: ``unknown_domain``, naming the known domains; ``bad_record`` if its record cannot
            be read.
    """
    if domain_id in DOMAINS:
        return DOMAINS[domain_id]
    known = own_domains()
    if domain_id in known:
        return known[domain_id]
    # Only a name: an id is typed by people, and sent by strangers.
    if domain_id == Path(domain_id).name and _draws(WEIGHTS_DIR / domain_id):
        return _read(WEIGHTS_DIR / domain_id)  # raises
    raise unknown_domain(domain_id, known_domains())


def unknown_domain(domain_id: str, known: Iterable[str]) -> UserError:
    """The error of a domain that is none of the known ones."""
    choice = ", ".join(known)
    return UserError(
        "unknown_domain", f"There is no domain called '{domain_id}'; choose one of: {choice}."
    )


def _draws(folder: Path) -> bool:
    """Whether a folder has a generator for drawings, rather than a tool or nothing."""
    if folder.name in TOOLS or folder.name.startswith("."):
        return False
    if (folder / RECORD).is_file():
        return True
    if not (folder / _EXPORT).is_file():  # nor a pipe, on which one would wait
        return False
    try:
        config = json.loads((folder / _EXPORT).read_bytes())
    except (OSError, ValueError):
        return False
    return (
        isinstance(config, dict)
        and "generator" in config
        and config.get("task", "sketch") == "sketch"
    )


def _read(folder: Path) -> Domain:
    from pix2pix.domains.record import read_domain  # and the validator, which few need

    return read_domain(folder)
