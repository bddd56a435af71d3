"""The page as a folder of files, for any web host: browsers make its pictures themselves."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pix2pix.domains import DEFAULT_DOMAIN, REFINER, Domain
from pix2pix.page import assets
from pix2pix.page.assets import ENGINE
from pix2pix.page.runtime import FILES, GPU_FILES
from pix2pix.utils.atomic import write_atomically

MODELS = f"{ENGINE}/models"
"""Folder of the generators, beside the worker and its runtime."""

GPU_WORKER = "worker.gpu.js"
"""The worker whose generators run on the graphics processor."""

NAME = "아이캔버스 · i-Canvas"

_ICONS = ("favicon.svg", "icon-192.png", "icon-512.png")


def write_engine(folder: Path, *, gpu: bool = False) -> None:
    """Writes the worker and its constants; the runtime and the generators come beside them.

    Args:
        folder: of the site.
        gpu: whether to write the worker for the graphics processor, too.
    """
    _write(folder / ENGINE / "worker.js", assets.worker())
    if gpu:
        _write(folder / ENGINE / GPU_WORKER, assets.worker(gpu=True))
    else:
        (folder / ENGINE / GPU_WORKER).unlink(missing_ok=True)
    _copy(assets.CONSTANTS, folder / ENGINE / assets.CONSTANTS.name)


def write_site(folder: Path, domains: Sequence[Domain], missions: list[dict[str, Any]]) -> None:
    """Writes the page and all it needs but its engine, which must be there.

    Args:
        folder: the target folder.
        domains: the kinds of picture to offer, each with its generator in `MODELS`.
        missions: as from `pix2pix.server.missions.load_missions`.
    """
    offered = {domain.id for domain in domains}
    for pictures in (assets.BACKGROUNDS, assets.DEMOS):
        for path in sorted(pictures.iterdir()):
            _copy(path, folder / pictures.name / path.name)
    for icon in _ICONS:
        _copy(assets.UI_DIR / "icons" / icon, folder / icon)
    known = [mission for mission in missions if mission["domain"] in offered]
    _write(folder / "missions.json", json.dumps(known, ensure_ascii=False))
    _write(folder / "manifest.json", json.dumps(_manifest(), ensure_ascii=False, indent=2))
    gpu = [f"{ENGINE}/{name}" for name in (GPU_WORKER, *GPU_FILES)]
    few = gpu if all((folder / path).is_file() for path in gpu) else []
    _write(folder / "index.html", assets.site(domains, gpu=bool(few)))
    _write(folder / "sw.js", assets.service_worker(_contents(folder, domains, few)))


def _manifest() -> dict[str, Any]:
    """What a browser needs to install the page."""
    return {
        "name": NAME,
        "short_name": "i-Canvas",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#fbf1de",
        "theme_color": "#fbf1de",
        "icons": [
            {"src": "favicon.svg", "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": f"icon-{side}.png", "sizes": f"{side}x{side}", "type": "image/png"}
                for side in (192, 512)
            ),
        ],
    }


def _contents(folder: Path, domains: Sequence[Domain], few: list[str]) -> dict[str, Any]:
    """The files that a service worker keeps, and which of them later or for `few` browsers."""
    start = DEFAULT_DOMAIN if any(d.id == DEFAULT_DOMAIN for d in domains) else domains[0].id
    first = {start, REFINER}
    models = {path: path.split("/")[2] for path in _models(d.id for d in domains)}
    paths = [
        *("index.html", "manifest.json", "missions.json", *_ICONS),
        *(
            f"{pictures.name}/{path.name}"
            for pictures in (assets.BACKGROUNDS, assets.DEMOS)
            for path in sorted(pictures.iterdir())
        ),
        *(f"{ENGINE}/{name}" for name in ("worker.js", assets.CONSTANTS.name, *FILES)),
        *models,
        *few,
    ]
    return {
        "files": {path: _hash(folder / path) for path in paths},
        "later": [path for path, model in models.items() if model not in first],
        "few": few,
    }


def _models(names: Iterable[str]) -> list[str]:
    return [
        f"{MODELS}/{name}/{file}"
        for name in (*names, REFINER)
        for file in ("config.json", "model.onnx")
    ]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _write(path: Path, text: str) -> None:
    write_atomically(path, lambda part: part.write_text(text, "utf-8"))


def _copy(source: Path, path: Path) -> None:
    write_atomically(path, lambda part: shutil.copyfile(source, part))
