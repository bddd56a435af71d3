"""Generators in ONNX, run by another runtime on what people draw."""

import json
import re

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from PIL import Image

from harness.server import ROOT
from pix2pix.__main__ import main
from pix2pix.edges import normalise_strokes
from pix2pix.errors import UserError
from pix2pix.networks.tensors import to_input
from pix2pix.pretrained import onnx_export
from pix2pix.pretrained.load import load_pretrained
from tests.toys import house, write_enlarger, write_export

pytestmark = pytest.mark.slow


def run(data, batch):
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    (picture,) = session.run([onnx_export.OUTPUT], {onnx_export.INPUT: batch.numpy()})
    return picture


@pytest.mark.parametrize("half", [False, True])
def test_the_shipped_shoes_are_the_same_elsewhere(tmp_path, half, capsys):
    words = ["export", "--onnx", "shoes", "-o", str(tmp_path / "shoes"), *["--half"] * half]
    assert main(words) == 0
    path = tmp_path / "shoes" / onnx_export.MODEL
    said = capsys.readouterr()
    assert said.out.startswith(f"Written: {path} (")
    assert said.err == ""

    generator, config = load_pretrained("shoes")
    drawing = normalise_strokes(house())
    rng = np.random.default_rng(0)
    batch = to_input(drawing, rng.uniform(-1, 1, (4, 256, 256)).astype(np.float32))[None]
    with torch.inference_mode():
        ours = generator(batch).numpy()
    theirs = run(path.read_bytes(), batch)
    assert ours.std() > 0.1
    assert np.abs(ours - theirs).max() / 2 <= 1 / 255
    assert json.loads((tmp_path / "shoes/config.json").read_text("utf-8")) == config

    weights = sum(parameter.numel() for parameter in generator.parameters())
    assert path.stat().st_size < weights * (2.2 if half else 4.2)


def test_the_model_says_its_size_and_pads_explicitly(tmp_path):
    source = write_export(tmp_path / "toy")
    model = onnx.load(onnx_export.export_onnx(source, tmp_path / "out"))
    (given,), (made,) = model.graph.input, model.graph.output
    sides = [[d.dim_value for d in each.type.tensor_type.shape.dim] for each in (given, made)]
    assert sides == [[1, 5, 256, 256], [1, 3, 256, 256]]
    kinds = {node.op_type for node in model.graph.node}
    assert "BatchNormalization" not in kinds
    for node in model.graph.node:
        padding = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        if node.op_type == "Conv":
            assert padding.get("auto_pad", b"NOTSET") == b"NOTSET"
            assert "pads" in padding


def test_a_network_that_is_no_generator_of_pictures_is_refused(tmp_path):
    source = write_enlarger(tmp_path / "bigger")
    with pytest.raises(UserError, match="choose a generator"):
        onnx_export.export_onnx(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_model_that_paints_otherwise_is_not_written(tmp_path, monkeypatch, capsys):
    source = write_export(tmp_path / "toy")
    monkeypatch.setattr(onnx_export, "TOLERANCE", 0.0)
    words = ["export", "--onnx", str(source), "-o", str(tmp_path / "out"), "--half"]
    assert main(words) == 2
    assert "differ from PyTorch's" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_refiner_takes_pictures_of_any_size(tmp_path):
    assert onnx_export.export_once("crisp", tmp_path, any_size=True)
    network, _ = load_pretrained("crisp")
    data = (tmp_path / onnx_export.MODEL).read_bytes()
    for height, width in ((20, 34), (64, 64)):
        batch = torch.rand(1, 7, height, width) * 2 - 1
        with torch.inference_mode():
            ours = network(batch).numpy()
        assert np.abs(ours - run(data, batch)).max() / 2 <= 1 / 255


def test_what_is_exported_already_is_left_until_its_weights_change(tmp_path):
    source, folder = write_export(tmp_path / "toy"), tmp_path / "out"
    assert onnx_export.export_once(source, folder)
    assert onnx_export.is_exported(source, folder)
    assert not onnx_export.export_once(source, folder)
    config = json.loads((source / "config.json").read_text("utf-8"))
    (source / "config.json").write_text(json.dumps(config | {"palette": ["#123456"]}))
    assert not onnx_export.is_exported(source, folder)
    assert onnx_export.export_once(source, folder)
    assert "#123456" in (folder / "config.json").read_text("utf-8")


def test_missing_packages_are_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(onnx_export, "_PACKAGES", ("onnx", "package_that_is_not_there"))
    assert main(["export", "--onnx", "shoes", "-o", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == (
        "To export to ONNX, first run: python -m pip install package_that_is_not_there\n"
    )


def test_the_example_of_the_docs_draws(tmp_path, monkeypatch):
    text = (ROOT / "docs/hub.md").read_text("utf-8")
    example = re.search(r"```python\n(import numpy.+?)```", text, re.DOTALL)[1]
    onnx_export.export_onnx(write_export(tmp_path / "toy"), tmp_path / "shoes-onnx")
    (tmp_path / "edges").mkdir()
    Image.fromarray(normalise_strokes(house())).save(tmp_path / "edges/drawing.png")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "docs/hub.md", "exec"), {})
    with Image.open("shoe.png") as picture:
        assert picture.size == (256, 256)
