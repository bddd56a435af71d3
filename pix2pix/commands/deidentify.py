"""``python -m pix2pix deidentify``: photos and videos without faces, and with them again."""

import argparse
import getpass

from pix2pix.commands.files import list_jobs
from pix2pix.commands.options import add_files
from pix2pix.errors import UserError
from pix2pix.utils.options import OptionParser

_BY = ("cartoon", "blur", "mosaic")
_ASK = "-"


def add_deidentify(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("deidentify", help="hide the faces in photos and videos")
    parser.add_argument(
        "--by", choices=_BY, default=_BY[0], help="what covers a face: a painted one by default"
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="selects the painted faces, if there is no passcode"
    )
    parser.add_argument(
        "--passcode",
        metavar="WORDS",
        help="selects the painted faces, and seals the real ones into the photo, for --reveal; "
        f"'{_ASK}' asks for it, which keeps it out of the shell's history",
    )
    parser.add_argument(
        "--reveal",
        action="store_true",
        help="give back the faces that were sealed with this passcode",
    )
    add_files(parser)
    parser.set_defaults(run=_deidentify)


def _deidentify(options: argparse.Namespace) -> int:
    passcode = _passcode(options)
    jobs = list_jobs(options.inputs, options.output, videos=True, photos=not options.reveal)
    if passcode and any(job.is_video for job in jobs):
        raise UserError("no_sealed_videos", "Passcodes are for photos only; do videos without one.")

    from pix2pix.commands.make_private import PrivateMaker, RevealingMaker
    from pix2pix.commands.parallel import join_processes

    state = join_processes()
    if options.reveal:
        return RevealingMaker(options, passcode, state.device).run(jobs, state)
    progress = state.is_main_process
    return PrivateMaker(options, passcode, state.device, progress=progress).run(jobs, state)


def _passcode(options: argparse.Namespace) -> str:
    """The passcode, asked for if it is to be; ``""`` if there is none."""
    passcode: str | None = options.passcode
    if passcode == _ASK or (passcode is None and options.reveal):
        passcode = getpass.getpass("Passcode: ")
    if passcode is None:
        return ""
    if not passcode:
        raise UserError("no_passcode", "A passcode has at least one letter; four words are better.")
    from pix2pix.privacy.seal import check_installed

    check_installed()
    return passcode
