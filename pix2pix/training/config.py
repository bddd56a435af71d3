"""The options of a training run, and the command line made from them."""

import argparse
import shlex
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pix2pix.data.layout import Direction
from pix2pix.domains import DOMAINS
from pix2pix.domains.licences import check_licence
from pix2pix.errors import UserError
from pix2pix.networks.names import Factor, GANMode, Norm, PixelLoss
from pix2pix.training.checks import find_problem
from pix2pix.training.image_set import hub_id, kept_in
from pix2pix.training.options_file import OPTIONS, read_options
from pix2pix.training.recipe import (
    objective_options,
    recipe_options,
    task_options,
    teacher_options,
)
from pix2pix.utils.options import OptionParser, flag

Objective = Literal["pix2pix", "cyclegan", "style"]
TaskName = Literal["sketch", "pairs", "colourise", "enlarge", "refine"]
Generator = Literal["compact", "coarse-to-fine", "unet256", "resnet9", "srresnet", "guided"]

_UNSHOWN = frozenset({"resume", "push_to_hub", "private", "report"})  # do not change the result
_LIMITS = frozenset({"minutes", "epochs"})
_UNSET = object()
_FORMER = {"noise_channels": ["--grain"]}  # flags in the commands of older model cards


@dataclass(frozen=True)
class TrainConfig:
    """One training run. Each field is an option, ``--lambda-l1 50``; the defaults are the recipe.

    Raises:
        UserError: ``bad_option`` if values contradict each other.
    """

    domain: Annotated[str, "id of the domain, e.g. shoes; any name unless --task is sketch"]
    data: Annotated[
        Path,
        "folder or zip: photos/ and edges/, A|B pictures, photos, or A/ and B/; with --dataset, "
        "where its pictures are put",
    ]
    out: Annotated[Path, "folder of the run: checkpoint, logs, sample sheets and the export"]
    dataset: Annotated[
        str | None, "image set instead of --data: OWNER/NAME[@REVISION] on the Hub, or a folder"
    ] = None
    dataset_config: Annotated[str | None, "its configuration, if it has several"] = None
    dataset_split: Annotated[str, "its split, or the first rows of one: 'train[:500]'"] = "train"
    input_column: Annotated[str | None, "its column that goes in; else found by its name"] = None
    target_column: Annotated[str | None, "the one that comes out; else found by its name"] = None
    title: Annotated[str | None, "name of a domain of your own, in English"] = None
    title_ko: Annotated[str | None, "the same in Korean"] = None
    data_source: Annotated[str | None, "where the pictures come from, for the model card"] = None
    licence: Annotated[str | None, "their licence: an SPDX id such as CC-BY-4.0, or in words"] = (
        None
    )
    icon: Annotated[
        Path | None, "SVG file whose paths are the domain's icon; else it is traced"
    ] = None
    record: Annotated[Path | None, "TOML file that says more of the domain"] = None
    direction: Annotated[Direction, "which side goes in: AtoB for the left half or A/"] = "AtoB"
    detector: Annotated[str | None, "folder or Hub id of the edge detector for bare photos"] = None
    edge_cache: Annotated[
        Path | None, "where their edge maps are kept; beside the data if not given"
    ] = None
    sketches: Annotated[Path | None, "people's drawings (Quick, Draw! .ndjson or zip) to show"] = (
        None
    )
    held_out: Annotated[
        float | None,
        "share of the pictures to hold out, unless val/ has them; one in twenty or more",
    ] = None
    resume: Annotated[bool, "continue the run in --out with its own options; others override"] = (
        False
    )
    objective: Annotated[
        Objective, "pix2pix: pairs; cyclegan: A/ and B/ unpaired; style: photos like a picture"
    ] = "pix2pix"
    task: Annotated[
        TaskName,
        "what pix2pix learns: sketch: drawings to photos; pairs: A to B; colourise: gray photos to "
        "colour; enlarge: small pictures to large ones; refine: drawn ones to crisp ones",
    ] = "sketch"
    factor: Annotated[Factor | None, "enlarge: times as wide and high; 4 if not given"] = None
    degrade: Annotated[bool, "enlarge: blur or compress many inputs slightly"] = False
    recipe: Annotated[
        Literal["sketch", "finish", "original"],
        "finish: texture and light for the generator of --init; original: pix2pix as published, "
        "with the domain's epochs",
    ] = "sketch"
    init: Annotated[str | None, "exported folder or Hub id whose generator the run starts from"] = (
        None
    )
    blend: Annotated[str | None, "another one, whose weights are averaged with those of --init"] = (
        None
    )
    teacher: Annotated[
        str | None, "a third, whose pictures are learned instead of photos, with fewer channels"
    ] = None
    push_to_hub: Annotated[str | None, "publish the result on the Hub: OWNER/NAME[@BRANCH]"] = None
    private: Annotated[bool, "make the repository of --push-to-hub private"] = False
    report_to: Annotated[
        str | None,
        "where to watch the run: tensorboard (default, if there), wandb, …, with commas between "
        "several, or none",
    ] = None
    report: Annotated[bool, "write OUT/report.html about the data, and do not train"] = False

    minutes: Annotated[
        float | None,
        "stop after so many minutes, over all resumes; 0 only measures and exports --init",
    ] = None
    epochs: Annotated[float | None, "stop after so many passes over the data"] = None
    batch_size: Annotated[int, "pictures per step on each process"] = 8
    start_size: Annotated[int, "side of the pictures at first, px"] = 192
    size: Annotated[int, "side of the pictures at the end, px"] = 256
    grow_at: Annotated[float, "share of the run after which pictures grow, up to --size"] = 0.6

    generator: Annotated[
        Generator,
        "compact ships; coarse-to-fine: compact at half the size, and an enhancer; "
        "unet256: pix2pix's own; resnet9: CycleGAN's; srresnet: enlarges; guided: refines",
    ] = "compact"
    width: Annotated[
        float, "compact, coarse-to-fine: share of the usual channels; with --teacher, of its own"
    ] = 1.0
    noise_channels: Annotated[int, "compact: channels of fixed noise beside the input"] = 0
    ndf: Annotated[int, "channels of a discriminator's first layer"] = 32
    discriminators: Annotated[int, "PatchGANs, each at half the size of the previous one"] = 2
    norm: Annotated[Norm, "normalisation in the discriminator"] = "spectral"
    gan_mode: Annotated[GANMode, "adversarial loss"] = "hinge"
    conditional: Annotated[bool, "the discriminator sees the generator's input, too"] = True
    pixel_loss: Annotated[PixelLoss, "pixel-wise distance to the photo"] = "l1"
    lambda_gan: Annotated[float, "weight of the PatchGANs' adversarial loss"] = 0.5
    lambda_l1: Annotated[float, "weight of the pixel loss"] = 8.0
    lambda_fm: Annotated[float, "weight of feature matching with the PatchGANs"] = 2.0
    lambda_perceptual: Annotated[float, "weight of VGG-16's features; above 0 needs VGG-16"] = 0.0
    lambda_style: Annotated[float, "weight of their Gram matrices; above 0 needs VGG-16"] = 0.0
    lambda_projected: Annotated[
        float, "weight of a discriminator on EfficientNet-Lite1's features; 0 leaves it out"
    ] = 0.3
    lambda_lpips: Annotated[float, "weight of the distance between those features"] = 10.0
    lambda_colour: Annotated[float, "weight of mean colours where hints are given"] = 20.0
    detail: Annotated[float, "extra weight of the pixel loss on small things, such as eyes"] = 0.0
    lambda_tv: Annotated[float, "weight of total variation"] = 0.0
    vgg: Annotated[Path | None, "file of torchvision's vgg16; downloaded once if not given"] = None
    style: Annotated[Path | None, "picture whose style --objective style learns"] = None
    lambda_cycle: Annotated[float, "cyclegan: weight of L1 of A to B to A"] = 10.0
    lambda_identity: Annotated[float, "cyclegan: share of it for L1 of B to B"] = 0.5
    lr_generator: Annotated[float, "learning rate of the generator"] = 4e-4
    lr_discriminator: Annotated[float, "learning rate of the discriminator"] = 3e-4
    beta1: Annotated[float, "Adam's first moment"] = 0.0
    beta2: Annotated[float, "Adam's second moment"] = 0.99
    decay_from: Annotated[float, "share of the run after which both rates fall linearly to 0"] = 0.5
    ema: Annotated[float, "decay of the generator's moving average; 0 turns it off"] = 0.995

    augment: Annotated[bool, "redraw lines as people's sketches, recolour, give hints"] = True
    flip: Annotated[bool | None, "mirror samples; by default as the domain allows"] = None
    seed: Annotated[int, "seed of everything random"] = 0
    workers: Annotated[int, "processes that make samples"] = 2
    mixed_precision: Annotated[Literal["no", "fp16", "bf16"], "precision of the networks"] = "no"
    milestone: Annotated[float, "minutes between checkpoints with sheet and metrics"] = 10.0
    best: Annotated[
        str | None, "metric by which the best milestone is kept in OUT/best: ssim, swd, l1, …"
    ] = None
    inception: Annotated[Path | None, "weights of FID's Inception, for the metrics fid and kid"] = (
        None
    )

    def __post_init__(self) -> None:
        if problem := find_problem(self):
            raise UserError("bad_option", problem)
        if self.licence:
            check_licence(self.licence)

    @property
    def size_step(self) -> int:
        """All sizes must be multiples of this, px, as the generator halves them repeatedly."""
        return {"unet256": 256, "coarse-to-fine": 128}.get(self.generator, 64)

    @property
    def dataset_id(self) -> str | None:
        """Id on the Hub of the pictures that are trained on, if they come from there."""
        return hub_id(self.dataset) if self.dataset else None

    @property
    def base_model(self) -> str | None:
        """Id on the Hub of the generator that the run starts from, if it comes from there."""
        source = self.init or self.teacher
        if not source or Path(source).is_dir():
            return None
        from pix2pix.pretrained.hub_ids import parse_hub_id

        uri = parse_hub_id(source)
        return uri.id if uri else None

    def to_dict(self) -> dict[str, Any]:
        """The options as plain values, for checkpoints and model cards."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {k: str(v) if isinstance(v, Path) else v for k, v in values.items()}

    def shown(self) -> dict[str, Any]:
        """The options as plain values without directories, to be shown elsewhere."""
        given = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: _shown(value) for name, value in given.items() if value is not None}

    def options(self) -> dict[str, Any]:
        """What ``--config`` takes to start this run again: the options that are no defaults."""
        other = _other_defaults(self)
        return {
            f.name: self.to_dict()[f.name]
            for f in fields(self)
            if f.name not in _UNSHOWN
            and getattr(self, f.name) is not None
            and (getattr(self, f.name) != f.default or f.name in other)
        }

    def command(self) -> str:
        """The command line with these options, without directories.

        Options that do not change the result are left out.
        """
        words = ["python train.py"]
        other = _other_defaults(self)
        for f in fields(self):
            value = getattr(self, f.name)
            if value == f.default and f.name not in other:
                continue
            if f.name in _UNSHOWN or f.name == "report_to" or (f.name == "data" and self.dataset):
                continue
            if isinstance(value, bool):
                words.append(flag(f.name) if value else f"--no-{flag(f.name)[2:]}")
            else:
                words.append(f"{flag(f.name)} {shlex.quote(str(_shown(value)))}")
        return " ".join(words)


def parse_config(arguments: Sequence[str] | None = None) -> TrainConfig:
    """Reads a `TrainConfig` from the command line.

    Options of the file of ``--config`` come first, so that those of the command line override them.
    With ``--resume``, options that are not given are those of the run in ``--out``.

    Raises:
        UserError: ``bad_option``, naming the closest option if one is unknown; as `read_options`
            with ``--config``; as `restore_options` with ``--resume``; for ``--recipe original``,
            also as `recipe_options`.
        SystemExit: after ``--help``.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    file = _file_parser().parse_known_args(words)[0].config
    if file:
        words = [*read_options(file), *words]
    resumes = "--resume" in words
    unset = argparse.Namespace(**{f.name: _UNSET for f in fields(TrainConfig)})
    fetches = any(word.split("=")[0] == "--dataset" for word in words)
    optional = {"domain", "data"} if resumes else {"data"} if fetches else set()
    parsed = vars(_parser(optional).parse_args(words, unset))
    del parsed["config"]
    given = {name: value for name, value in parsed.items() if value is not _UNSET}
    kept = restore_options(given) if resumes else {}
    own = {f.name: f.default for f in fields(TrainConfig) if f.default is not MISSING}
    others = _other_defaults(argparse.Namespace(**own | kept | given))
    options = own | others | kept | given
    if options["dataset"] and "data" not in options:
        options["data"] = kept_in(options)
    return TrainConfig(**options)


def restore_options(given: dict[str, Any]) -> dict[str, Any]:
    """The options of the run to resume that are not `given`.

    When to stop is one decision: ``--minutes`` replaces both ``--minutes`` and ``--epochs``.

    Raises:
        UserError: as `load_checkpoint`; ``other_checkpoint`` if the run is of another domain, task
            or objective than given.
    """
    from pix2pix.training.checkpoint import load_checkpoint  # and PyTorch, which takes seconds

    out = given["out"]
    saved = load_checkpoint(out).get("config", {})
    if "domain" not in saved:
        raise UserError(
            "other_checkpoint",
            f"The checkpoint in '{out}' is of another kind of training; choose another --out.",
        )
    for name in ("domain", "task", "objective"):
        if name in given and name in saved and given[name] != saved[name]:
            raise UserError(
                "other_checkpoint",
                f"The run in '{out}' is of {flag(name)} {saved[name]}, not {given[name]}; omit "
                "it, or choose another --out.",
            )
    for name, flags in _FORMER.items():
        for old in (each.removeprefix("--") for each in flags):
            if old in saved:
                saved.setdefault(name, saved[old])
    if "data_source" not in saved and (known := DOMAINS.get(saved["domain"])):
        # Earlier versions took for granted that the data were those of the domain.
        saved |= {"data_source": known.data_source, "licence": known.data_licence}
    left = _UNSHOWN | {"out"} | (_LIMITS if given.keys() & _LIMITS else set()) | given.keys()
    paths = [name for name, hint in get_type_hints(TrainConfig).items() if Path in _kinds(hint)]
    return {
        f.name: Path(saved[f.name]) if f.name in paths and saved[f.name] else saved[f.name]
        for f in fields(TrainConfig)
        if f.name in saved and f.name not in left
    }


def _kinds(hint: object) -> tuple[object, ...]:
    """The types of a field; None is one of them if it may be left out."""
    return get_args(hint) or (hint,)


def _file_parser() -> OptionParser:
    parser = OptionParser(add_help=False, allow_abbrev=False)
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help=f"TOML file of options, as {OPTIONS} of a run"
    )
    return parser


def _parser(optional: Collection[str]) -> OptionParser:
    parser = OptionParser(
        description="Trains the pix2pix generator of one domain.",
        parents=[_file_parser()],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
        allow_abbrev=False,
    )
    hints = get_type_hints(TrainConfig, include_extras=True)
    for f in fields(TrainConfig):
        kind, text = get_args(hints[f.name])
        options: dict[str, Any] = {"help": text}
        if type(None) in get_args(kind):
            kind = next(k for k in get_args(kind) if k is not type(None))
        if get_origin(kind) is Literal:
            options |= {"choices": get_args(kind), "type": type(get_args(kind)[0])}
        elif kind is bool:
            options["action"] = argparse.BooleanOptionalAction
        else:
            options["type"] = kind
        if f.default is MISSING:
            options["required"] = f.name not in optional
        else:
            options["default"] = f.default
        parser.add_argument(flag(f.name), *_FORMER.get(f.name, []), **options)
    return parser


def _other_defaults(options: TrainConfig | argparse.Namespace) -> dict[str, Any]:
    """Defaults that differ from those of `TrainConfig`."""
    recipe = recipe_options(options.recipe, options.domain)
    taught = teacher_options(options.init) if options.teacher else {}
    return objective_options(options.objective) | task_options(options.task) | recipe | taught


def _shown(value: object) -> object:
    """Hides the directory of a path, also in options that take a Hub id instead."""
    if isinstance(value, Path):
        return value.name
    with suppress(OSError):  # words too long for a name
        if isinstance(value, str) and Path(value).exists():
            return Path(value).name
    return value
