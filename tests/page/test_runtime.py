"""The browser's runtime: which version, and that nothing else is taken for it."""

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from harness.server import ROOT
from pix2pix.errors import UserError
from pix2pix.page import runtime


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A folder that is served as npm's registry; there is nothing in the user's cache."""
    folder = tmp_path / "registry"
    folder.mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv(runtime.REGISTRY, f"http://127.0.0.1:{server.server_port}/")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(runtime, "_ROOT", tmp_path)  # not the checkout's node_modules
    yield folder
    server.shutdown()
    server.server_close()


def test_python_and_npm_name_the_same_package():
    named = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    assert named["onnxruntime-web"] == runtime.VERSION
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    entry = locked["node_modules/onnxruntime-web"]
    assert entry["version"] == runtime.VERSION
    assert entry["integrity"] == f"sha512-{runtime.INTEGRITY}"


def test_another_package_is_not_taken_for_it(registry, tmp_path):
    name = f"onnxruntime-web-{runtime.VERSION}.tgz"
    (registry / "onnxruntime-web/-").mkdir(parents=True)
    (registry / "onnxruntime-web/-" / name).write_bytes(b"something else")
    with pytest.raises(UserError, match=r"is not onnxruntime-web"):
        runtime.copy_runtime(tmp_path / "engine")
    assert not (tmp_path / "engine").exists()
    assert not (tmp_path / "cache").exists()


def test_without_the_network_one_sentence_says_so(registry, tmp_path):
    with pytest.raises(UserError, match=r"could not be fetched from npm"):
        runtime.copy_runtime(tmp_path / "engine")


def test_what_was_fetched_once_is_copied(registry, tmp_path):
    kept = tmp_path / f"cache/i-canvas/onnxruntime-web-{runtime.VERSION}"
    kept.mkdir(parents=True)
    for file in runtime.FILES.values():
        (kept / file).write_text(file)
    runtime.copy_runtime(tmp_path / "engine")
    written = {path.name: path.read_text() for path in (tmp_path / "engine").iterdir()}
    assert written == runtime.FILES


def test_what_was_kept_without_the_files_for_gpus_is_fetched_again_for_them(registry, tmp_path):
    kept = tmp_path / f"cache/i-canvas/onnxruntime-web-{runtime.VERSION}"
    kept.mkdir(parents=True)
    for file in runtime.FILES.values():
        (kept / file).write_text(file)
    with pytest.raises(UserError, match="could not be fetched"):
        runtime.copy_runtime(tmp_path / "engine", gpu=True)
    for file in runtime.GPU_FILES.values():
        (kept / file).write_text(file)
    runtime.copy_runtime(tmp_path / "engine", gpu=True)
    written = {path.name for path in (tmp_path / "engine").iterdir()}
    assert written == {*runtime.FILES, *runtime.GPU_FILES}
    runtime.copy_runtime(tmp_path / "engine")
    assert {path.name for path in (tmp_path / "engine").iterdir()} == set(runtime.FILES)


def test_another_version_in_node_modules_is_left_alone(registry, tmp_path):
    package = tmp_path / "node_modules/onnxruntime-web"
    (package / "dist").mkdir(parents=True)
    (package / "package.json").write_text('{"version": "0.1.0"}')
    with pytest.raises(UserError, match="could not be fetched"):
        runtime.copy_runtime(tmp_path / "engine")


def test_without_npm_one_sentence_says_what_is_missing(registry, tmp_path, monkeypatch):
    monkeypatch.delenv(runtime.REGISTRY)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match=r"install npm, or set npm_config_registry"):
        runtime.copy_runtime(tmp_path / "engine")


def test_npm_says_where_its_registry_is(monkeypatch):
    monkeypatch.delenv(runtime.REGISTRY, raising=False)
    assert runtime._address().startswith("http")
    assert runtime._address().endswith(f"/onnxruntime-web-{runtime.VERSION}.tgz")
