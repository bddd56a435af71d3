"""The checks of a run's options: values out of range, and such that contradict each other."""

import math
from dataclasses import fields
from typing import TYPE_CHECKING

from pix2pix.domains import DOMAINS
from pix2pix.training.image_set import SPLIT, takes_photos
from pix2pix.training.trackers import NONE, TRACKERS, named_trackers
from pix2pix.utils.options import flag

if TYPE_CHECKING:
    from pix2pix.training.config import TrainConfig

LARGEST = 256
"""Side of the largest pictures that are trained on, px; larger ones are reduced when read."""

_RECORD = ("title", "title_ko", "icon", "record")
_ABOVE_0 = ("batch_size", "width", "size", "start_size", "ndf", "discriminators", "milestone")
_NOT_NEGATIVE = ("detail", "workers", "noise_channels")
_SHARES = ("grow_at", "decay_from", "ema", "beta1", "beta2")
_WHOLE_PICTURES = ("lambda_perceptual", "lambda_style", "lambda_projected", "lambda_lpips")


def find_problem(config: "TrainConfig") -> str | None:
    """The first problem of a run's options, in one sentence."""
    return (
        _limit_problem(config)
        or _number_problem(config)
        or _record_problem(config)
        or _dataset_problem(config)
        or _objective_problem(config)
        or _enlarge_problem(config)
        or _size_problem(config)
    )


def _limit_problem(config: "TrainConfig") -> str | None:
    """What is missing of when to stop, what to start from and where to publish and report."""
    if config.minutes is None and config.epochs is None and not config.report:
        return "Say when to stop: give --minutes, --epochs or both."
    if config.blend and not config.init:
        return "--blend needs another generator: name it with --init."
    if config.private and not config.push_to_hub:
        return "--private needs --push-to-hub OWNER/NAME."
    for name in ("minutes", "epochs"):
        value = getattr(config, name)
        exports_only = name == "minutes" and value == 0 and config.init
        if value is not None and not value > 0 and not exports_only:
            return f"{flag(name)} must be above 0."
    for name in named_trackers(config.report_to or NONE):
        if name not in TRACKERS:
            known = ", ".join(TRACKERS)
            return f"--report-to has no tracker '{name}'; choose from {known}, or {NONE}."
    if config.held_out is not None and not 0 <= config.held_out <= 0.5:
        return "--held-out must be a share from 0 to 0.5."
    return None


def _number_problem(config: "TrainConfig") -> str | None:
    """A number out of its range, in one sentence."""
    for f in fields(config):
        value = getattr(config, f.name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        if not math.isfinite(value):
            return f"{flag(f.name)} must be a number."
        if (f.name.startswith("lr_") or f.name in _ABOVE_0) and value <= 0:
            return f"{flag(f.name)} must be above 0."
        if (f.name.startswith("lambda_") or f.name in _NOT_NEGATIVE) and value < 0:
            return f"{flag(f.name)} must not be negative."
        if f.name in _SHARES and not 0 <= value <= 1:
            return f"{flag(f.name)} must be from 0 to 1."
    return None


def _record_problem(config: "TrainConfig") -> str | None:
    """A record of a domain where none is wanted, in one sentence."""
    given = [flag(name) for name in _RECORD if getattr(config, name) is not None]
    if given and config.domain in DOMAINS:
        return (
            f"'{config.domain}' comes along with i-Canvas; {given[0]} is for a domain of your "
            "own, so choose another --domain."
        )
    drawn = config.task == "sketch" and config.objective == "pix2pix"
    given = [each for each in given if each not in ("--title", "--title-ko")]
    if given and not drawn:
        return f"{given[0]} is for domains that are drawn; omit it."
    if config.title_ko and not (config.title or config.record):
        return "--title-ko needs the English name too: give --title."
    return None


def _dataset_problem(config: "TrainConfig") -> str | None:
    """What is wrong with the choice of an image set's pictures, in one sentence."""
    if not config.dataset:
        chosen = ("dataset_config", "input_column", "target_column")
        given = [flag(name) for name in chosen if getattr(config, name) is not None]
        if config.dataset_split != "train":
            given.append("--dataset-split")
        return f"{given[0]} is for --dataset; give it or omit both." if given else None
    if not SPLIT.fullmatch(config.dataset_split):
        return (
            "--dataset-split takes a name or its first rows, such as 'train' or 'train[:500]', "
            f"not '{config.dataset_split}'."
        )
    if config.input_column and takes_photos(config.objective, config.task):
        learner = f"--objective {config.objective}"
        if config.objective == "pix2pix":
            learner = f"--task {config.task}"
        return f"{learner} learns from photos alone; omit --input-column."
    if config.input_column and config.input_column == config.target_column:
        return "--input-column and --target-column must differ."
    return None


def _objective_problem(config: "TrainConfig") -> str | None:
    """What an objective lacks or cannot use, in one sentence."""
    if config.objective != "pix2pix" and config.recipe != "sketch":
        recipe = f"--recipe {config.recipe}"
        return f"{recipe} is for --objective pix2pix only; omit one of them."
    if config.task != "sketch" and (config.objective != "pix2pix" or config.recipe != "sketch"):
        return (
            f"--task {config.task} implies --objective pix2pix and its own recipe; "
            "omit --objective and --recipe."
        )
    if config.teacher and (config.task, config.recipe) != ("sketch", "sketch"):
        return "--teacher is for sketches; omit it, or --task and --recipe."
    if config.teacher and config.objective != "pix2pix":
        return "--teacher is for --objective pix2pix; omit one of them."
    if config.recipe == "finish" and not (config.init or config.resume or config.report):
        return "--recipe finish starts from a trained generator: name it with --init."
    if config.task != "sketch" and config.report:
        return f"--report examines data for sketches; omit it or --task {config.task}."
    if config.task == "colourise" and any(getattr(config, name) for name in _WHOLE_PICTURES):
        flags = ", ".join(map(flag, _WHOLE_PICTURES[:-1]))
        return (
            f"{flags} and {flag(_WHOLE_PICTURES[-1])} compare whole pictures, but --task "
            "colourise draws only their colour; omit them."
        )
    if config.objective == "style" and config.style is None:
        return "--objective style needs a picture: give --style PICTURE."
    if config.objective != "style" and config.style is not None:
        return "--style needs --objective style; give it or omit the picture."
    if config.vgg and (
        config.objective == "cyclegan" or not (config.lambda_perceptual or config.lambda_style)
    ):
        return (
            "--vgg is for --lambda-perceptual, --lambda-style and --objective style; "
            "give one of them or omit it."
        )
    if config.objective == "cyclegan" and (config.push_to_hub or config.init):
        return (
            "--objective cyclegan has two generators and takes neither --init nor "
            "--push-to-hub; push export/AtoB and export/BtoA when training is done."
        )
    return None


def _enlarge_problem(config: "TrainConfig") -> str | None:
    """What --task enlarge or refine lacks, or what only it can use, in one sentence."""
    if (config.task == "refine") != (config.generator == "guided"):
        return "--task refine and --generator guided go together; give both or neither."
    if config.task != "enlarge":
        if config.task == "refine" and max(config.size, config.start_size) > 256:
            return "--size and --start-size must be at most 256 with --task refine."
        if config.factor or config.degrade or config.generator == "srresnet":
            return (
                "--factor, --degrade and --generator srresnet are for --task enlarge; "
                "give it or omit them."
            )
        return None
    if config.factor is None or config.generator != "srresnet":
        return "--task enlarge needs --factor 2 or 4 and --generator srresnet."
    if max(config.size, config.start_size) > 256:
        return "--size and --start-size must be at most 256 with --task enlarge."
    return None


def _size_problem(config: "TrainConfig") -> str | None:
    """A size that the generator cannot have, in one sentence."""
    if config.width != 1 and config.generator not in ("compact", "coarse-to-fine"):
        return "--width needs --generator compact or coarse-to-fine."
    if config.width != 1 and config.init:
        return "--width is for new generators; omit it or --init."
    if config.noise_channels and config.generator != "compact":
        return "--noise-channels needs --generator compact."
    if max(config.size, config.start_size) > LARGEST:
        return (
            f"--size and --start-size must be at most {LARGEST}, the side at which pictures are "
            "read; what is drawn is refined to twice that."
        )
    if config.size % config.size_step or config.start_size % config.size_step:
        return (
            f"--size and --start-size must be multiples of {config.size_step} for "
            f"--generator {config.generator}."
        )
    return None
