"""Which of a folder's generators a server lets browsers draw with, and what it serves of it."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pix2pix.domains import REFINER
from pix2pix.errors import UserError
from pix2pix.page.runtime import FILES, GPU_FILES
from pix2pix.page.site import MODELS
from pix2pix.pretrained import onnx_export
from pix2pix.server.engine_files import find_engine
from tests.toys import write_export


@pytest.fixture
def site(tmp_path):
    """A folder as of ``python -m pix2pix site`` for shoes, without what is in the files."""
    for file in FILES:
        write(tmp_path / "site/engine" / file, file)
    for name in ("shoes", REFINER):
        model = tmp_path / "site" / MODELS / name
        for file in ("config.json", onnx_export.MODEL):
            write(model / file, name)
        write(model / onnx_export._NOTE, onnx_export._state(name))
    return tmp_path / "site"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_what_was_exported_from_the_servers_weights_is_offered(site):
    assert find_engine(site, {}).domains == ("shoes",)


def test_a_domain_with_other_weights_is_left_to_the_server(site, tmp_path):
    for name in ("car", "panda"):
        write(site / MODELS / name / onnx_export.MODEL, name)
        write(site / MODELS / name / onnx_export._NOTE, onnx_export._state(name))
    assert set(find_engine(site, {}).domains) == {"shoes", "car", "panda"}
    others = {"shoes": str(write_export(tmp_path / "toy")), "car": "you/cars@v2"}
    assert find_engine(site, others).domains == ("panda",)
    with pytest.raises(UserError, match="has no engine for the browser"):
        find_engine(site, others | {"panda": "you/pandas"})


def test_without_the_runtime_there_is_no_engine(site):
    (site / "engine/ort.wasm").unlink()
    with pytest.raises(UserError, match="has no engine for the browser"):
        find_engine(site, {})


def test_the_files_are_kept_by_browsers_and_nothing_else_is_served(site):
    engine = find_engine(site, {})
    client = TestClient(Starlette(routes=[engine.route()]))
    folder = engine.settings["folder"]
    runtime = client.get(f"/{folder}ort.wasm")
    assert runtime.text == "ort.wasm"
    assert "immutable" in runtime.headers["cache-control"]
    worker = client.get(f"/{folder}worker.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert "import * as ort from './ort.js'" in worker.text
    assert client.get(f"/{folder}models/shoes/model.onnx").text == "shoes"
    for name in ("models/shoes/exported.txt", "models/car/model.onnx", "../sw.js", "%2e%2e/sw.js"):
        assert client.get(f"/{folder}{name}").status_code == 404
    assert client.get(f"/{folder}worker.gpu.js").status_code == 404
    (site / "engine/ort.wasm").write_text("another")
    assert find_engine(site, {}).version != engine.version
    assert client.get("/engine/another/ort.wasm").status_code == 404


def test_what_graphics_processors_take_is_offered_where_it_is_there(site):
    without = find_engine(site, {})
    for file in GPU_FILES:
        write(site / "engine" / file, file)
    engine = find_engine(site, {})
    assert [without.settings["gpu"], engine.settings["gpu"]] == [False, True]
    assert without.version != engine.version
    client = TestClient(Starlette(routes=[engine.route()]))
    folder = engine.settings["folder"]
    assert client.get(f"/{folder}ort.gpu.wasm").text == "ort.gpu.wasm"
    script = client.get(f"/{folder}worker.gpu.js").text
    assert "import * as ort from './ort.gpu.js'" in script
    assert "'webgpu');" in script
