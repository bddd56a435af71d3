"""The task of the page: edge maps and hints in, photos out."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import nn

from pix2pix.data.colour import learn_looks, learn_palette, look_of, main_colour
from pix2pix.data.cutout_filter import well_cut
from pix2pix.data.dataset import SketchDataset, plain_sample
from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.portrait import draw_icon, trace_starters
from pix2pix.data.quickdraw import load_drawings
from pix2pix.data.sketch_pairs import Pair, load_pairs
from pix2pix.data.synthetic import synthesise
from pix2pix.data.synthetic.soft import soft_pairs
from pix2pix.domains import DOMAINS, Domain
from pix2pix.domains.record import write_record
from pix2pix.edges import normalise_strokes
from pix2pix.errors import UserError
from pix2pix.networks.generator import INPUT_CHANNELS
from pix2pix.networks.tensors import to_picture
from pix2pix.training.config import TrainConfig
from pix2pix.training.domain import domain_of
from pix2pix.training.evaluator import COLUMNS, Evaluator, predict
from pix2pix.training.tasks.task import Task, load_parents, load_teacher, split
from pix2pix.translator import Translator

_VIVID = 10  # of the 12 colours that a drawing takes by itself
_DABS = ((232, 74, 47), (40, 110, 220))  # the colours of the sheet's last rows


def sketch_task(config: TrainConfig) -> Task:
    """Reads pairs of one domain, or photos, whose edge maps are then made.

    Raises:
        UserError: ``unknown_domain``, or if the data or ``--init`` is faulty.
    """
    domain = domain_of(config)

    # What can be wrong is read before edge maps are made, which takes long.
    sketches = []
    if config.sketches:
        sketches = load_drawings(config.sketches, domain.id, domain.frame)
    generator, parents = load_parents(config, "sketch")
    teacher, taught = load_teacher(config)
    parents += [run for run in taught if run not in parents]

    # Photos without edge maps get theirs here, once.
    edge_maker = EdgeMaker(config.detector, config.edge_cache)
    pairs = load_pairs(config.data, config.direction, edge_maker, config.held_out)
    pairs = well_cut(pairs, domain.cutout)
    if not pairs:
        raise UserError(
            "bad_data",
            f"No photo in '{config.data}' is cut out cleanly enough for '{domain.id}'; check the "
            "photos, or change the domain's limits (cutout).",
        )
    # A share of the pairs, chosen by their names, is held out for the sheets and metrics.
    own, held_out = split(pairs)
    synthetic = []
    metadata = _metadata(domain, config, own)  # from the flat colours, which are brighter
    if taught:  # the same colours for the same seeds
        metadata |= {name: taught[-1].get(name, ()) for name in ("palette", "looks")}
    if config.augment:
        synthetic = synthesise(domain.id, own, config.seed)
        own, held_out = soft_pairs(own, domain), soft_pairs(held_out, domain)
    dataset = _dataset(own, synthetic, domain, config)
    counts = {
        "training_pairs": len(own),
        "synthetic_pairs": len(synthetic),
        "held_out_pairs": len(held_out),
    }
    metadata |= counts | {"parents": parents}
    title = domain.title["en"]
    record = None if domain.id in DOMAINS else _portrayed(domain, own)
    evaluator = SketchEvaluator(config.out, held_out, sketches, metadata, title, record)
    return Task(dataset, evaluator, INPUT_CHANNELS, generator, teacher=teacher)


def _dataset(
    own: list[Pair], synthetic: list[Pair], domain: Domain, config: TrainConfig
) -> SketchDataset:
    # A handful of photos is repeated to remain half of the samples, or a quarter if they show the
    # thing as nobody draws it.
    share = 0.25 if domain.drawn_otherwise else 0.5
    repeated = own * max(1, round(len(synthetic) / len(own) * share / (1 - share)))
    return SketchDataset(
        repeated + synthetic,
        flip=domain.flip if config.flip is None else config.flip,
        augment=config.augment,
        keeps_black=domain.keeps_black,
        painted=domain.painted,
        tinted=domain.tinted,
        looks=bool(domain.places),
        photos=len(repeated),
        trusted=domain.drawn_otherwise,
    )


def _portrayed(domain: Domain, own: Sequence[Pair]) -> Domain:
    """A domain with what its record lacks of an icon and starters, made from its pictures."""
    return replace(
        domain,
        icon=domain.icon or draw_icon(own),
        starters=domain.starters or trace_starters(own, domain.title),
    )


def _metadata(domain: Domain, config: TrainConfig, own: Sequence[Pair]) -> dict[str, Any]:
    """The metadata of the export, besides the network and the run."""
    some = own[:: max(1, len(own) // 4000)]
    colours = [main_colour(pair.photo, painted=domain.painted) for pair in some]
    first = _VIVID if domain.tinted and not domain.places else 0
    palette = learn_palette(np.stack(colours), vivid=first)
    looks: Sequence[Sequence[str]] = domain.looks
    if domain.places and not looks:
        looks = learn_looks([pair.photo for pair in own], domain.places)
    return {
        "task": "sketch",
        "domain": domain.id,
        "size": config.size,
        "palette": palette,
        "tinted": domain.tinted,
        "places": domain.places,
        "hint_strength": domain.hint_strength,
        "line_margin": domain.line_margin,
        "has_holes": domain.has_holes,
        "inked": domain.inked,
        "has_face": domain.has_face,
        "bright_eyes": domain.bright_eyes,
        "has_sole": domain.has_sole,
        "has_wheels": domain.has_wheels,
        "local_contrast": domain.local_contrast,
        "looks": looks,
        "data": domain.data_source,
        "data_licence": domain.data_licence,
        "licence_id": domain.licence_id,
        "dataset_id": config.dataset_id,
        "base_model": config.base_model,
        **({"teacher": config.shown()["teacher"], "width": config.width} if config.teacher else {}),
    }


class SketchEvaluator(Evaluator):
    """Evaluates the generator on held-out pairs and people's sketches.

    Args:
        out: see `Evaluator`, as for `metadata` and `title`.
        held_out: validation pairs; may be empty.
        sketches: people's drawings, uint8 (256, 256); may be empty.
        metadata: what the exports record besides the network, including what `Translator` reads.
        title: title of the model card.
        record: the domain's record, to lie beside the weights; None of a domain that comes along.
    """

    def __init__(
        self,
        out: Path,
        held_out: Sequence[Pair],
        sketches: Sequence[NDArray[np.uint8]],
        metadata: dict[str, Any],
        title: str = "",
        record: Domain | None = None,
    ) -> None:
        super().__init__(out, metadata, title)
        self.record = record
        self.size = int(metadata["size"])
        self.held_out = held_out
        self.edge_maps = [normalise_strokes(s, size=self.size) for s in sketches]

    def write_beside(self, folder: Path) -> None:
        """The domain's record."""
        if self.record:
            write_record(folder, self.record)

    @property
    def measures(self) -> tuple[str, ...]:
        """As `compare`."""
        return self.compares(len(self.held_out))

    def evaluate(
        self, network: nn.Module
    ) -> tuple[list[list[NDArray[np.uint8]]], dict[str, float]]:
        """Rows of held-out pairs and of sketches; metrics of the pairs as `compare`."""
        rows, metrics = self._held_out_rows(network)
        return rows + self._sketch_rows(network), metrics

    def _held_out_rows(
        self, generator: nn.Module
    ) -> tuple[list[list[NDArray[np.uint8]]], dict[str, float]]:
        if not self.held_out:
            return [], {}
        samples = [plain_sample(pair, self.size) for pair in self.held_out]
        made = predict(generator, [x for x, _ in samples])
        right = [to_picture(y) for _, y in samples]
        metrics = self.compare(made, right)
        maps = [normalise_strokes(p.edges, size=self.size) for p in self.held_out[:COLUMNS]]
        if self.metadata.get("looks"):  # without them, all parts have one colour
            made = self._in_their_looks(self._translator(generator), maps)
        return [maps, made[:COLUMNS], right[:COLUMNS]], metrics

    def _in_their_looks(
        self, translator: Translator, maps: Sequence[NDArray[np.uint8]]
    ) -> list[NDArray[np.uint8]]:
        """Edge maps in the colours that the parts of their photos have."""
        pictures = []
        for edges, pair in zip(maps, self.held_out, strict=False):
            look = look_of(pair.photo, self.metadata["places"])
            if look is None:
                pictures.append(translator.paint(edges, seed=None))
            else:
                pictures.append(translator.paint_look(edges, look))
        return pictures

    def _sketch_rows(self, generator: nn.Module) -> list[list[NDArray[np.uint8]]]:
        maps = self.edge_maps[:: max(1, len(self.edge_maps) // COLUMNS)][:COLUMNS]
        if not maps:
            return []
        paint = self._translator(generator).paint
        return [
            maps,
            [paint(m, seed=None) for m in maps],
            [paint(m, seed=i, accent=True) for i, m in enumerate(maps)],
            *([paint(m, _dab(m, colour), seed=None) for m in maps] for colour in _DABS),
        ]

    def _translator(self, generator: nn.Module) -> Translator:
        return Translator(generator, self.metadata, next(generator.parameters()).device)


def _dab(edge_map: NDArray[np.uint8], colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    """One dot of `colour` in the middle of what is drawn, as hints (S, S, 4)."""
    hints = np.zeros((*edge_map.shape, 4), np.uint8)
    ys, xs = np.nonzero(edge_map < 128)
    if len(ys):
        # The middle of the lower half: inside most shoes and bags.
        middle = (int(xs.mean()), int(0.4 * ys.mean() + 0.6 * np.percentile(ys, 90)))
        cv2.circle(hints, middle, round(7 * edge_map.shape[0] / 256), (*colour, 255), -1)
    return hints
