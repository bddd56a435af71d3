"""Trains the generator of one domain, or one of the other objectives of docs/objectives.md.

    python train.py --domain shoes --data shoes.zip --out runs/shoes --minutes 60

`run` reads from top to bottom: options, task, objective, training. For several processes, use
``torchrun --nproc_per_node 2 train.py …`` or ``accelerate launch train.py …``. With the package
installed, use ``i-canvas-train …`` or ``torchrun --nproc_per_node 2 -m pix2pix.training …``.
"""

import sys
from collections.abc import Sequence

from pix2pix.errors import UserError
from pix2pix.training.config import TrainConfig, parse_config
from pix2pix.training.preflight import check_run
from pix2pix.utils.console import print_anything


def main(arguments: Sequence[str] | None = None) -> int | str:
    """Runs one training from the command line.

    Args:
        arguments: instead of those the program was started with.

    Returns:
        A value for `sys.exit`: 0, one sentence if the user has made a mistake, or 130 if
        interrupted.
    """
    print_anything()
    try:
        run(parse_config(arguments))
    except UserError as error:
        return error.message
    except KeyboardInterrupt:
        print("Stopped; a checkpoint, if there is one, is whole.", file=sys.stderr)
        return 130
    return 0


def run(config: TrainConfig) -> None:
    """Runs one training.

    Raises:
        UserError: if the user has made a mistake.
    """
    check_run(config)
    # PyTorch takes seconds to import: mistakes have been told by now.
    import cv2

    from pix2pix.pretrained.push import check_target, push
    from pix2pix.report.write import write_report
    from pix2pix.training.domain import domain_of
    from pix2pix.training.image_set import fetch_image_set
    from pix2pix.training.objectives import make_objective
    from pix2pix.training.options_file import write_options
    from pix2pix.training.tasks import make_task
    from pix2pix.training.trainer import Trainer

    if config.push_to_hub:
        check_target(config.push_to_hub)  # now, not after an hour of training
    if config.dataset:
        config = fetch_image_set(config)
    if config.report:
        report = write_report(config, domain_of(config))
        print(f"The report is in {report}; open it in a browser.")
        return
    cv2.setNumThreads(1)  # workers are forked, and OpenCV's own threads do not survive that

    # The task defines inputs and targets: data, sheets, metrics, exports.
    task = make_task(config)
    # The objective defines a training step: networks, losses, optimisers.
    objective = make_objective(config, task)
    trainer = Trainer(config, task, objective)
    if trainer.accelerator.is_main_process:
        write_options(config.out, config.options())
    trainer.train()
    if not trainer.accelerator.is_main_process:
        return
    if trainer.stopping:
        print(f"Stopped at step {trainer.step}; continue with --resume.")
    else:
        print(f"Done after {trainer.step} steps; the generator is in {config.out / 'export'}.")
        if trainer.evaluator.best:
            print(f"The best by {config.best} is in {trainer.evaluator.best.folder}.")
        if config.push_to_hub:
            export = config.out / "export"
            print(f"Pushed: {push(export, config.push_to_hub, private=config.private)}")


if __name__ == "__main__":
    sys.exit(main())
