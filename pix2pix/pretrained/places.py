"""Where weights may lie: folders, mistyped ones among them, which nobody asks the Hub for."""

import difflib
from pathlib import Path

from pix2pix.errors import UserError

_WITHIN = ("export", "best", "AtoB", "export/AtoB")
_CONFIG = "config.json"


def check_place(source: str | Path) -> None:
    """Refuses a folder that has no weights, or a mistyped one, and says which one is meant.

    A name whose first part is a folder here is that of a folder, not of a model on the Hub.

    Raises:
        UserError: ``missing_weights``.
    """
    folder = Path(source)
    if (folder / _CONFIG).is_file():
        return
    if folder.is_dir():
        if inside := next((w for w in _WITHIN if (folder / w / _CONFIG).is_file()), None):
            raise UserError(
                "missing_weights",
                f"There are no weights in '{folder}'; did you mean '{folder / inside}'?",
            )
        return
    beside = folder.parent
    here = beside.is_dir() if folder.is_absolute() else Path(folder.parts[0]).is_dir()
    if len(folder.parts) > 1 and here:
        names = [each.name for each in beside.iterdir()] if beside.is_dir() else []
        near = difflib.get_close_matches(folder.name, names, n=1)
        advice = f"did you mean '{beside / near[0]}'?" if near else "check its name."
        raise UserError("missing_weights", f"There is no folder '{folder}'; {advice}")
