"""The page's files: markup, styles, scripts, icons, starter drawings and texts."""

import json
import re
from pathlib import Path
from typing import Any

from pix2pix.domains import DEFAULT_DOMAIN, DOMAINS, Domain

UI_DIR = Path(__file__).resolve().parent
FAVICON = UI_DIR / "icons" / "favicon.svg"

BACKGROUNDS = UI_DIR / "backgrounds"
"""Grounds for scenes, served as they are: a page fetches one when it is looked at."""

ELEM_ID = "sketch"

# Order matters: a later script uses the classes of the earlier ones.
_SCRIPTS = (
    "preferences",
    "texts",
    "sketch",
    "draft",
    "store",
    "planes",
    "pointer",
    "starters",
    "photo",
    "bring",
    "search",
    "server",
    "picture",
    "save",
    "bigger",
    "variants",
    "toolbar",
    "shortcuts",
    "apipage",
    "domains",
    "studio",
    "room",
    "play",
    "sight",
    "cards",
    "voice",
    "slip",
    "stars",
    "cheer",
    "quest",
    "missions",
    "trace",
    "templates",
    "enough",
    "undobar",
    "pdf",
    "bookpages",
    "book",
    "backup",
    "albumpage",
    "moments",
    "keeper",
    "album",
    "film",
    "gif",
    "replay",
    "stickers",
    "scene",
    "board",
    "scenes",
    "keypen",
    "settings",
    "reader",
)
_ROOMS = (
    *("Slip", "Voice", "Play", "Missions", "Templates", "Enough"),
    *("Moments", "Keeper", "Replay", "Album", "Stickers", "Scenes"),
    *("KeyPen", "Settings", "Reader"),
)
"""Classes of what is beside the drawing table, see ``scripts/room.js``."""
_GLOBAL_STYLES = ("tokens", "ground")
_STYLES = (
    *("base", "header", "canvas", "toolbar", "picture", "variants", "dialog", "room"),
    *("cards", "slip", "trace", "album", "replay", "scenes", "drawer", "keypen", "settings"),
    *("layout", "small", "access"),
)
_INCLUDE = re.compile(r"<!-- include (\S+) -->")


def markup() -> str:
    """Returns the page's HTML, its includes (parts and icons) put in."""
    return _include("<!-- include markup/studio.html -->")


def head() -> str:
    """Returns the page's CSS as a ``<style>`` for the document's head.

    What is inside the page is nested in its id, so that nothing of Gradio's can outrank it.
    """
    outside = "\n".join(_read(f"styles/{name}.css") for name in _GLOBAL_STYLES)
    inside = "\n".join(_read(f"styles/{name}.css") for name in _STYLES)
    return f"<style>{outside}\n#{ELEM_ID} {{\n{inside}\n}}</style>"


def script() -> str:
    """Returns the JavaScript that `SketchCanvas` runs when it is on the page.

    Gradio hands it ``element``, ``trigger`` and ``props``.
    """
    modules = "\n".join(_read(f"scripts/{name}.js") for name in _SCRIPTS)
    rooms = "\n".join(f"new {name}(studio);" for name in _ROOMS)
    start = "const studio = new Studio(element, props, () => trigger('input'));"
    return f"{modules}\n{start}\n{rooms}\nopenApiPage();"


def classroom(code: str, address: str) -> str:
    """Returns the page for a classroom's big screen, whole, as HTML.

    Args:
        code: the QR code, SVG.
        address: what it says, as HTML.
    """
    style = "\n".join(_read(f"styles/{name}.css") for name in ("tokens", "header", "classroom"))
    start = f"new Classroom(new Texts({json.dumps(texts(), ensure_ascii=False)}));"
    script = "\n".join([*(_read(f"scripts/{name}.js") for name in ("texts", "classroom")), start])
    parts = {
        "style": f"<style>{style}</style>",
        "code": code,
        "address": address,
        "script": f"<script>{script}</script>",
    }
    page = _include("<!-- include markup/classroom.html -->")
    for name, part in parts.items():
        page = page.replace(f"<!-- {name} -->", part)
    return page


def texts() -> dict[str, dict[str, str]]:
    """Returns the page's words by key, by language code."""
    return {path.stem: _json(path) for path in sorted((UI_DIR / "locales").glob("*.json"))}


def settings() -> dict[str, Any]:
    """Returns the data the scripts work with: texts by language, the domains, and the first one."""
    return {
        "texts": texts(),
        "start": DEFAULT_DOMAIN,
        "backgrounds": sorted(path.stem for path in BACKGROUNDS.glob("*.svg")),
        "domains": [
            {
                "id": domain.id,
                "title": domain.title,
                "icon": domain.icon.read_text(encoding="utf-8"),
                "starters": starters(domain),
            }
            for domain in DOMAINS.values()
        ],
    }


def starters(domain: Domain) -> list[dict[str, Any]]:
    """Returns the starter drawings of a domain, none where it has no file.

    Each has ``name`` by language and ``strokes``, SVG path data in the unit square.
    """
    return _json(domain.starters)["starters"] if domain.starters.exists() else []


def _include(text: str) -> str:
    return _INCLUDE.sub(lambda match: _include(_read(match[1])).strip(), text)


def _read(name: str) -> str:
    return (UI_DIR / name).read_text(encoding="utf-8")


def _json(path: Path) -> Any:  # noqa: ANN401 - as the file says
    return json.loads(path.read_text(encoding="utf-8"))
