"""The tasks; each file defines inputs, targets and evaluation."""

from pix2pix.metrics.inception import find_inception
from pix2pix.training.config import TrainConfig
from pix2pix.training.tasks.colourise import colourise_task
from pix2pix.training.tasks.enlarge import enlarge_task
from pix2pix.training.tasks.pairs import pairs_task
from pix2pix.training.tasks.photos import photos_task
from pix2pix.training.tasks.refine import refine_task
from pix2pix.training.tasks.sketch import sketch_task
from pix2pix.training.tasks.task import Task
from pix2pix.training.tasks.unpaired import unpaired_task


def make_task(config: TrainConfig) -> Task:
    """Reads the data, and any network to start from, for ``--objective`` and ``--task``.

    Raises:
        UserError: if they are faulty, or ``--best`` names a metric that is not measured.
    """
    task = _read(config)
    inception = find_inception(config.inception) if "l1" in task.evaluator.measures else None
    task.evaluator.track_best(config.best, inception, resume=config.resume)
    return task


def _read(config: TrainConfig) -> Task:
    if config.objective == "cyclegan":
        return unpaired_task(config)
    if config.objective == "style":
        return photos_task(config)
    if config.task == "colourise":
        return colourise_task(config)
    if config.task == "enlarge":
        return enlarge_task(config)
    if config.task == "refine":
        return refine_task(config)
    if config.task == "pairs":
        return pairs_task(config)
    return sketch_task(config)
