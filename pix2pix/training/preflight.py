"""What can be wrong with a run is said before PyTorch is imported, which takes seconds."""

import os

from pix2pix.data.files import open_files
from pix2pix.errors import UserError
from pix2pix.pretrained.places import check_place
from pix2pix.training.config import TrainConfig
from pix2pix.training.domain import domain_of
from pix2pix.training.existing import refuse_existing
from pix2pix.training.image_set import check_image_set
from pix2pix.training.trackers import check_trackers
from pix2pix.utils.atomic import check_writable


def check_run(config: TrainConfig) -> None:
    """Looks for what a run needs, and leaves nothing behind.

    Raises:
        UserError: the first thing that is missing or in the way.
    """
    check_trackers(config.report_to)
    if not (config.resume or config.report):
        refuse_existing(config.out)
    if os.environ.get("RANK", "0") == "0":  # only the first process writes
        check_writable(config.out)
    if config.objective == "pix2pix" and config.task == "sketch":
        domain_of(config)
    if config.dataset:
        check_image_set(config)
    else:
        with open_files(config.data):
            pass
    for flag, path in (
        ("--sketches", config.sketches),
        ("--style", config.style),
        ("--vgg", config.vgg),
        ("--inception", config.inception),
    ):
        if path is not None and not path.exists():
            raise UserError(
                "bad_option", f"There is no file '{path}'; give another one with {flag}."
            )
    started_from = () if config.resume else (config.init, config.blend)  # it may be gone by now
    for source in (*started_from, config.teacher, config.detector):
        if source is not None:
            check_place(source)
