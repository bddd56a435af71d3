"""What pages make pictures with in the browser: files of a folder by ``python -m pix2pix site``."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pix2pix.domains import DOMAINS, REFINER
from pix2pix.errors import UserError
from pix2pix.page import assets
from pix2pix.page.runtime import FILES, GPU_FILES
from pix2pix.page.site import GPU_WORKER, MODELS
from pix2pix.server.refusals import refuse

_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}  # the address has the version


@dataclass(frozen=True)
class EngineFiles:
    """The engine for the browser, as a server offers it.

    Attributes:
        files: the files by their path in the engine's folder.
        scripts: those of the workers by their name, which are of this version.
        domains: ids of the domains that it draws as the server does.
    """

    files: Mapping[str, Path]
    scripts: Mapping[str, str]
    domains: tuple[str, ...]

    @cached_property
    def version(self) -> str:
        """What its address tells apart: other files are at another one."""
        state = hashlib.sha256("".join(self.scripts.values()).encode())
        for name, path in sorted(self.files.items()):
            status = path.stat()
            state.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
        return state.hexdigest()[:12]

    @property
    def settings(self) -> dict[str, Any]:
        """What `pix2pix.page.assets.settings` tells the page."""
        return {
            "folder": f"{assets.ENGINE}/{self.version}/",
            "domains": list(self.domains),
            "gpu": GPU_WORKER in self.scripts,
        }

    def route(self) -> Route:
        """Returns the route of all files."""
        version = self.version

        def serve(request: Request) -> Response:
            name = request.path_params["name"]
            if request.path_params["version"] != version:
                return refuse(404, "There is another engine now; reload the page.")
            if script := self.scripts.get(name):
                return Response(script, headers=_KEPT, media_type="text/javascript")
            if name not in self.files:
                return refuse(404, "There is no such file.")
            return FileResponse(self.files[name], headers=_KEPT)

        return Route(f"/{assets.ENGINE}/{{version}}/{{name:path}}", serve)


def find_engine(site: Path, sources: Mapping[str, str]) -> EngineFiles:
    """Finds the engine in the folder of a static page.

    Args:
        site: as ``python -m pix2pix site`` wrote it.
        sources: the server's own weights by domain, see `parse_sources`. A domain that was exported
            from others is left to the server.

    Raises:
        UserError: ``no_engine`` if there is none.
    """
    models = site / MODELS
    fit = [name for name in (*DOMAINS, REFINER) if _fits(sources.get(name), name, models / name)]
    runtime = {name: site / assets.ENGINE / name for name in FILES}
    if REFINER not in fit or len(fit) == 1 or not all(map(Path.is_file, runtime.values())):
        raise UserError(
            "no_engine",
            f"'{site}' has no engine for the browser with this server's weights; write it with: "
            f"python -m pix2pix site -o {site}",
        )
    files = runtime | {
        f"models/{name}/{file}": models / name / file
        for name in fit
        for file in ("config.json", "model.onnx")
    }
    files[assets.CONSTANTS.name] = assets.CONSTANTS
    scripts = {"worker.js": assets.worker()}
    gpu = {name: site / assets.ENGINE / name for name in GPU_FILES}
    if all(map(Path.is_file, gpu.values())):
        files |= gpu
        scripts[GPU_WORKER] = assets.worker(gpu=True)
    return EngineFiles(files, scripts, tuple(name for name in fit if name in DOMAINS))


def _fits(source: str | None, name: str, model: Path) -> bool:
    """Whether an exported model is what the server draws with; nothing is fetched to find out."""
    from pix2pix.pretrained.onnx_export import is_exported  # brings torch

    if source is None:
        return is_exported(name, model)
    return Path(source).is_dir() and is_exported(Path(source), model)
