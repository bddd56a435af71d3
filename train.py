"""Trains the generator of one domain.

    python train.py --domain shoes --data shoes.zip --out runs/shoes --minutes 60

Read from top to bottom: options, data, networks, training. Several processes or devices:
``torchrun --nproc_per_node 2 train.py …`` or ``accelerate launch train.py …``.
"""

import sys
from pathlib import Path

import cv2
import numpy as np

from pix2pix.data.colour import learn_looks, learn_palette, main_colour
from pix2pix.data.cutouts import well_cut
from pix2pix.data.dataset import SketchDataset
from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.imagined import imagine
from pix2pix.data.pairs import load_pairs
from pix2pix.data.quickdraw import load_drawings
from pix2pix.domains import get_domain
from pix2pix.errors import UserError
from pix2pix.export import CONFIG, read_config
from pix2pix.hub.push import check_target, push
from pix2pix.pretrained import load_pretrained
from pix2pix.report.write import write_report
from pix2pix.training.config import parse_config
from pix2pix.training.milestone import Milestone
from pix2pix.training.trainer import Trainer


def main() -> None:
    """Runs one training from the command line."""
    config = parse_config()
    if config.report:
        print(f"The report is in {write_report(config)}; open it in a browser.")
        return
    if config.push_to_hub:
        check_target(config.push_to_hub)  # now, not after an hour of training
    cv2.setNumThreads(1)  # sample makers are forked: OpenCV's own threads would not come along
    domain = get_domain(config.domain)

    # Data: a share of the pairs, chosen by their names, is held out for the sheets and metrics.
    # Photos that come without edges get theirs here, once.
    edge_maker = EdgeMaker(config.detector, config.edge_cache)
    pairs = well_cut(load_pairs(config.data, config.direction, edge_maker), domain.cutout)
    held_out = [pair for pair in pairs if pair.held_out]
    own = [pair for pair in pairs if not pair.held_out] or pairs
    imagined = imagine(domain.id, own, config.seed) if config.augment else []
    # A handful of photos is repeated, so that they stay a sixth of what is seen.
    training = own * max(1, round(len(imagined) / 5 / len(own))) + imagined
    flip = domain.flip if config.flip is None else config.flip
    dataset = SketchDataset(
        training,
        flip=flip,
        augment=config.augment,
        keeps_black=domain.keeps_black,
        looks=bool(domain.places),
    )
    sketches = []
    if config.sketches:
        sketches = load_drawings(config.sketches, domain.id, domain.frame)

    # Networks: new ones, or those of another run, whose story goes on.
    generator, parents = None, []
    if config.init:
        # A folder goes before a domain of the same name, whose weights ship.
        folder = Path(config.init)
        generator, parent = load_pretrained(folder if folder.is_dir() else config.init)
        parents = [*parent.pop("parents", []), parent]
    elif config.resume and (config.out / "export" / CONFIG).is_file():
        parents = read_config(config.out / "export").get("parents", [])

    # What the finished folder says of itself, besides the network.
    colours = [main_colour(pair.photo) for pair in own[:: max(1, len(own) // 4000)]]
    palette = learn_palette(np.stack(colours))
    looks = learn_looks([pair.photo for pair in own], domain.places) if domain.places else []
    metadata = {
        "domain": domain.id,
        "size": config.size,
        "palette": palette,
        "tinted": domain.tinted,
        "places": domain.places,
        "hollow": domain.hollow,
        "looks": looks,
        "data": domain.data_source,
        "data_licence": domain.data_licence,
        "licence_id": domain.licence_id,
        "dataset_id": domain.dataset_id,
        "training_pairs": len(own),
        "imagined_pairs": len(imagined),
        "held_out_pairs": len(held_out),
        "parents": parents,
    }
    milestone = Milestone(
        config.out, held_out, sketches, palette, config.size, metadata, domain.title["en"]
    )

    trainer = Trainer(config, dataset, milestone, generator)
    trainer.train()
    if not trainer.accelerator.is_main_process:
        return
    if trainer.stopping:
        print(f"Stopped at step {trainer.step}; go on with --resume.")
    else:
        print(f"Done after {trainer.step} steps; the generator is in {config.out / 'export'}.")
        if config.push_to_hub:
            export = config.out / "export"
            print(f"Pushed: {push(export, config.push_to_hub, private=config.private)}")


if __name__ == "__main__":
    try:
        main()
    except UserError as error:
        sys.exit(error.message)
