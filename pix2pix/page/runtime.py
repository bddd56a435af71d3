"""The runtime with which browsers run generators: onnxruntime-web, files of its npm package.

They are 14 MB, and 27 MB more for graphics processors, which WebGPU gives browsers. So neither the
repository nor the Python package has them. They are taken from
``node_modules``, or fetched once and kept in the user's cache.
"""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

import httpx

from pix2pix.errors import UserError
from pix2pix.utils.atomic import write_atomically

VERSION = "1.30.0"
"""The version that ``package.json`` names, too."""

INTEGRITY = (
    "q0y+JrrtukXSzsBWEMccVfqX25LRmosXHF+CaRJmg8pZClzcV7svNc4rKY3jL02Vb7QmRMDs1SigqR4CXAfKYQ=="
)
"""SHA-512 of the package, in base64 as in ``package-lock.json``."""

FILES = {"ort.js": "ort.wasm.bundle.min.mjs", "ort.wasm": "ort-wasm-simd-threaded.wasm"}
"""Its files by the names that they have here, which every web server knows the types of."""

GPU_FILES = {
    "ort.gpu.js": "ort.webgpu.bundle.min.mjs",
    "ort.gpu.wasm": "ort-wasm-simd-threaded.asyncify.wasm",
}
"""Those of its build for WebGPU."""

REGISTRY = "npm_config_registry"
"""Environment variable of npm for another registry."""

PATIENCE = 60.0
"""Seconds that the registry may be silent."""

_NAME = "onnxruntime-web"
_ROOT = Path(__file__).resolve().parents[2]
_VERSION_IN = f'"version": "{VERSION}"'


def copy_runtime(folder: Path, *, gpu: bool = False) -> None:
    """Writes the runtime's files, `FILES`, into a folder.

    Args:
        folder: the target folder, created if necessary.
        gpu: whether to write `GPU_FILES`, too; those of an earlier time are removed otherwise.

    Raises:
        UserError: ``fetch_failed`` if they have to be fetched and cannot be, or ``cannot_write``.
    """
    files = FILES | GPU_FILES if gpu else FILES
    source = _in_node_modules() or _fetched(files.values())
    for name, theirs in files.items():
        write_atomically(folder / name, partial(shutil.copyfile, source / theirs))
    for name in (FILES | GPU_FILES).keys() - files.keys():
        (folder / name).unlink(missing_ok=True)


def _in_node_modules() -> Path | None:
    """The package's folder after ``npm ci``, if it is of this version."""
    package = _ROOT / "node_modules" / _NAME
    try:
        known = _VERSION_IN in (package / "package.json").read_text("utf-8")
    except OSError:
        return None
    return package / "dist" if known else None


def _fetched(files: Collection[str]) -> Path:
    """The folder in the user's cache, filled if it has not all of these files."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "i-canvas" / f"{_NAME}-{VERSION}"
    if not all((folder / name).is_file() for name in files):
        _unpack(_fetch(_address()), files, folder)
    return folder


def _address() -> str:
    """Where npm would look for it: its own variable, or what it says itself."""
    registry = os.environ.get(REGISTRY) or _registry_of_npm()
    return f"{registry.rstrip('/')}/{_NAME}/-/{_NAME}-{VERSION}.tgz"


def _registry_of_npm() -> str:
    npm = shutil.which("npm")
    if npm is None:
        raise UserError(
            "fetch_failed",
            f"The runtime for browsers, {_NAME} {VERSION}, comes from npm's registry: install npm, "
            f"or set {REGISTRY} to the registry's address.",
        )
    asked = subprocess.run([npm, "config", "get", "registry"], capture_output=True, text=True)
    return asked.stdout.strip()


def _fetch(address: str) -> bytes:
    """The package, whose content is checked."""
    try:
        answer = httpx.get(address, follow_redirects=True, timeout=PATIENCE)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise UserError(
            "fetch_failed",
            f"The runtime for browsers, {_NAME} {VERSION}, could not be fetched from npm; check "
            "the network, or run 'npm ci' in the checkout.",
        ) from error
    digest = base64.b64encode(hashlib.sha512(answer.content).digest()).decode()
    if digest != INTEGRITY:
        raise UserError(
            "fetch_failed",
            f"What came from npm is not {_NAME} {VERSION}; nothing of it was kept.",
        )
    return answer.content


def _unpack(archive: bytes, names: Iterable[str], folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(archive)) as package:
        for name in names:
            file = package.extractfile(f"package/dist/{name}")
            assert file is not None  # the integrity of the archive was checked
            write_atomically(folder / name, partial(_write_bytes, file.read()))


def _write_bytes(data: bytes, path: Path) -> None:
    path.write_bytes(data)
