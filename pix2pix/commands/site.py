"""``python -m pix2pix site``: the page as files for any web host, without a server of its own."""

import argparse
from pathlib import Path

from pix2pix.domains import DOMAINS, REFINER, Domain, get_domain
from pix2pix.utils.options import OptionParser


def add_site(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser(
        "site", help="write the page as files for any web host, drawing in the browser"
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument(
        "--domain",
        action="append",
        metavar="DOMAIN",
        help="a kind of picture to offer; may be repeated, all by default",
    )
    parser.add_argument(
        "--missions", type=Path, metavar="FILE", help="a JSON file of your own missions"
    )
    parser.add_argument(
        "--no-webgpu",
        action="store_true",
        help="leave out what graphics processors take, 27 MB; all devices use the other runtime",
    )
    parser.set_defaults(run=_site)


def _site(options: argparse.Namespace) -> int:
    from pix2pix.page.assets import ENGINE
    from pix2pix.page.runtime import copy_runtime
    from pix2pix.page.site import MODELS, write_engine, write_site
    from pix2pix.pretrained.onnx_export import export_once  # brings torch
    from pix2pix.server.missions import SHIPPED, load_missions

    domains = _domains(options.domain)
    missions = load_missions(options.missions or SHIPPED)
    folder: Path = options.output
    gpu = not options.no_webgpu
    copy_runtime(folder / ENGINE, gpu=gpu)
    for name in (*(domain.id for domain in domains), REFINER):
        made = export_once(name, folder / MODELS / name, any_size=name == REFINER)
        print(f"{name}: {'exported' if made else 'as it was'}", flush=True)
    write_engine(folder, gpu=gpu)
    write_site(folder, domains, missions)
    print(f"Written: {folder}; serve it with: python -m http.server -d {folder}")
    return 0


def _domains(names: list[str] | None) -> list[Domain]:
    if not names:
        return list(DOMAINS.values())
    return [get_domain(name) for name in dict.fromkeys(names)]
