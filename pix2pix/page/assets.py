"""The page's files: markup, styles, scripts, icons, starter drawings and texts."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pix2pix.domains import DEFAULT_DOMAIN, Domain, known_domains
from pix2pix.page.bundle import bundle

UI_DIR = Path(__file__).resolve().parent
FAVICON = UI_DIR / "icons" / "favicon.svg"
SHARE_IMAGE = UI_DIR / "icons" / "share.jpg"

BACKGROUNDS = UI_DIR / "backgrounds"
"""Backgrounds of scenes, served as files; the page fetches each when it is shown."""

DEMOS = UI_DIR / "demos"
"""Pictures of a drawing that grows, a strip for each domain that has a starter with ``demo``."""

CONSTANTS = UI_DIR / "engine" / "constants.json"
"""What the engine shares with Python."""

ENGINE = "engine"
"""Folder of what makes pictures in the browser, in a static page and on the server."""

ELEM_ID = "sketch"

_GLOBAL_STYLES = ("common/tokens", "common/global")
_STYLES = (
    *("common/base", "app/header", "drawing/canvas", "app/toolbar", "picture/picture"),
    *("picture/variants", "common/dialog", "picture/look", "app/play", "missions/cards"),
    *("missions/taskbar", "missions/trace", "album/album", "album/replay", "scenes/scenes"),
    *("scenes/drawer", "drawing/keypen", "app/settings", "app/layout", "app/tall", "app/small"),
    *("missions/ticks", "guide/demo", "guide/celebration", "guide/help"),
    *("friend/friend", "classroom/pupil", "app/access"),
)
"""Stylesheets in the order of the cascade: later ones may override earlier ones."""
_CLASSROOM_STYLES = (
    *("common/tokens", "common/base", "app/header", "common/dialog", "missions/cards"),
    *("classroom/classroom", "classroom/wall"),
)
_INCLUDE = re.compile(r"<!-- include (\S+) -->")


def markup(*, classroom: bool = False) -> str:
    """Returns the page's HTML, with parts and icons included.

    Args:
        classroom: whether to include what pupils have; otherwise there is nothing of it.
    """
    return _include("<!-- include app/app.html -->", without="" if classroom else "classroom/")


def head() -> str:
    """Returns the page's CSS as a ``<style>`` for the document's head.

    Styles of the page are nested in its id, so that none of Gradio's can override them.
    """
    outside = "\n".join(_read(f"{name}.css") for name in _GLOBAL_STYLES)
    inside = "\n".join(_read(f"{name}.css") for name in _STYLES)
    return f"<style>{outside}\n#{ELEM_ID} {{\n{inside}\n}}</style>"


def script() -> str:
    """Returns the JavaScript that `SketchCanvas` runs when it is on the page.

    Gradio hands it ``element``, ``trigger`` and ``props``.
    """
    return _script("app/gradio.js", "openInGradio(element, props, trigger);")


def first_script() -> str:
    """Returns the JavaScript that has to run before Gradio's."""
    return _script("app/loaderclock.js", "stopLoaderClock(window);")


def worker(*, gpu: bool = False) -> str:
    """Returns the script of the worker in which the browser makes pictures, a module.

    Args:
        gpu: whether its generators run on the graphics processor, by WebGPU.
    """
    runtime, provider = ("ort.gpu.js", "webgpu") if gpu else ("ort.js", "wasm")
    start = f"startWorker(self, ort, self.location.href, '{provider}');"
    return f"import * as ort from './{runtime}';\n{_script('engine/worker.js', start)}\n"


def service_worker(contents: dict[str, Any]) -> str:
    """Returns the script that keeps the files of a static page for when there is no network.

    Args:
        contents: as `FileStore` takes them.
    """
    start = f"new FileStore(registration.scope, {json.dumps(contents, indent=1)}).listen(self);"
    return _script("app/serviceworker.js", start) + "\n"


def site(domains: Iterable[Domain], *, gpu: bool) -> str:
    """Returns the complete static page as HTML.

    Args:
        domains: the kinds of picture that it offers.
        gpu: whether it has what the graphics processor takes.
    """
    engine = {"folder": f"{ENGINE}/", "domains": [], "gpu": gpu}
    data = settings(domains=domains, engine=engine)
    start = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    script = _script("app/site.js", f"openSite(document.getElementById('{ELEM_ID}'), {start});")
    parts = {
        "style": f"{head()}<style>body {{ margin: 0; }}\n{_read('app/site.css')}</style>",
        "markup": markup(),
        "script": f"<script>{script}</script>",
    }
    page = _read("app/site.html")
    for name, part in parts.items():
        page = page.replace(f"<!-- {name} -->", part)
    return page


def classroom(code: str, address: str, domains: Iterable[Domain] | None = None) -> str:
    """Returns the complete page for a classroom's big screen as HTML.

    Args:
        code: the QR code, SVG.
        address: its content, as HTML.
        domains: as for `settings`.
    """
    style = "\n".join(_read(f"{name}.css") for name in _CLASSROOM_STYLES)
    # A title may be anybody's: within a script, "</script>" would end it.
    known = json.dumps(settings(domains), ensure_ascii=False).replace("<", r"\u003c")
    start = f"openClassroom({known});"
    script = _script("classroom/classroom.js", start)
    parts = {
        "style": f"<style>{style}</style>",
        "code": code,
        "address": address,
        "script": f"<script>{script}</script>",
    }
    page = _include("<!-- include classroom/classroom.html -->")
    for name, part in parts.items():
        page = page.replace(f"<!-- {name} -->", part)
    return page


def texts() -> dict[str, dict[str, str]]:
    """Returns the page's texts by key, by language code."""
    return {path.stem: _json(path) for path in sorted((UI_DIR / "locales").glob("*.json"))}


def settings(
    domains: Iterable[Domain] | None = None,
    *,
    classroom: bool = False,
    engine: dict[str, Any] | None = None,
    faces: bool = False,
) -> dict[str, Any]:
    """Returns the data for the scripts: texts by language, domains, and which domain is first.

    Args:
        domains: what can be drawn; by default all of `known_domains`.
        classroom: whether the page is a pupil's.
        engine: what makes pictures in the browser: the address of its ``folder``, with a slash at
            its end, ``domains`` for which a server can make them, too, and whether there is what
            the graphics processor takes, ``gpu``.
        faces: whether the server can hide the faces in photos.
    """
    return {
        "classroom": classroom,
        "engine": engine,
        "faces": faces,
        "texts": texts(),
        "start": DEFAULT_DOMAIN,
        "backgrounds": sorted(path.stem for path in BACKGROUNDS.glob("*.svg")),
        "domains": [
            {
                "id": domain.id,
                "title": domain.title,
                "icon": icon(domain),
                "starters": starters(domain),
            }
            for domain in (known_domains().values() if domains is None else domains)
        ],
    }


def icon(domain: Domain) -> str:
    """Returns the icon of a domain as SVG, or a generic one if it has none."""
    if domain.icon:
        filled, *others = domain.icon
        lines = [f'<path d="{filled}" class="icon-fill"/>', f'<path d="{filled}"/>']
        lines += [f'<path d="{each}"/>' for each in others]
        frame = 'viewBox="0 0 48 48" aria-hidden="true" class="domain-icon"'
        return f"<svg {frame}>{''.join(lines)}</svg>"
    own = UI_DIR / "icons" / f"{domain.id}.svg"
    return (own if own.exists() else UI_DIR / "icons" / "generic.svg").read_text(encoding="utf-8")


def starters(domain: Domain) -> list[dict[str, Any]]:
    """Returns the drawings for "Surprise me"; none if the domain has neither a file nor its own.

    Each has ``name`` by language and ``strokes``, SVG path data in the unit square.
    """
    path = UI_DIR / "starters" / f"{domain.id}.json"
    if path.exists() and not domain.starters:
        return _json(path)["starters"]
    return [{"name": each.name, "strokes": list(each.strokes)} for each in domain.starters]


def _script(module: str, start: str) -> str:
    """A module and its imports in a scope of their own, followed by the code `start`."""
    return f"(() => {{\n{bundle(UI_DIR / module)}\n{start}\n}})();"


def _include(text: str, without: str = "") -> str:
    """Puts in the named parts, except those in the folder `without`."""

    def part(match: re.Match[str]) -> str:
        if without and match[1].startswith(without):
            return ""
        return _include(_read(match[1]), without).strip()

    return _INCLUDE.sub(part, text)


def _read(name: str) -> str:
    return (UI_DIR / name).read_text(encoding="utf-8")


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    return json.loads(path.read_text(encoding="utf-8"))
