"""Trained generators as ONNX files, for runtimes other than PyTorch."""

import importlib.util
import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.export import Dim

from pix2pix.errors import UserError
from pix2pix.networks.fold import fold_batchnorm
from pix2pix.networks.guided_upsampler import ConvolvedUpsampler, GuidedUpsampler
from pix2pix.pretrained.export import CONFIG, fingerprint
from pix2pix.pretrained.load import find, load_pretrained
from pix2pix.utils.atomic import write_atomically

if TYPE_CHECKING:
    import onnx

MODEL = "model.onnx"

INPUT, OUTPUT = "input", "picture"
"""Names of the model's one input and output."""

TOLERANCE = 1 / 255
"""What a picture may differ from PyTorch's, as a share of the range from black to white."""

OPSET = 18
"""Version of ONNX's operators, of December 2022: runtimes since then know it."""

_NOTE = "exported.txt"  # of which weights, and how, a model in a site's folder was made
_MANNER = f"half, opset {OPSET}"
_PACKAGES = ("onnx", "onnxscript", "onnxruntime")
_SMALL = 1024  # values; in half precision, fewer would save nothing


def export_once(source: str | Path, folder: Path, *, any_size: bool = False) -> bool:
    """Exports a generator in half precision, unless the folder has it.

    Args:
        source: as in `export_onnx`.
        folder: as in `export_onnx`.
        any_size: as in `export_onnx`.

    Returns:
        Whether it was exported now.

    Raises:
        UserError: as `export_onnx`.
    """
    if is_exported(source, folder):
        return False
    export_onnx(source, folder, half=True, any_size=any_size)
    state = _state(source)
    write_atomically(folder / _NOTE, lambda part: part.write_text(state, "utf-8"))
    return True


def is_exported(source: str | Path, folder: Path) -> bool:
    """Whether `export_once` wrote a folder, from the present weights of `source`."""
    try:
        note = (folder / _NOTE).read_text("utf-8")
        return (folder / MODEL).is_file() and note == _state(source)
    except OSError:
        return False


def _state(source: str | Path) -> str:
    return f"{fingerprint(find(source))} {_MANNER}"


def export_onnx(
    source: str | Path, folder: Path, *, half: bool = False, any_size: bool = False
) -> Path:
    """Writes a generator as ``model.onnx``, with its ``config.json`` beside it.

    The model takes one input of a fixed size, float32 (1, C, S, S) as from `to_input`, and gives
    float32 (1, 3, S, S) in -1..1. Batch normalisation is folded into the convolutions, and all
    padding is explicit. Its pictures are compared with PyTorch's before it is written.

    Args:
        source: a generator, as in `load_pretrained`.
        folder: the target folder, created if necessary.
        half: whether to store the weights in float16, which halves the file. They are computed with
            in float32.
        any_size: whether the input may be of any height and width instead.

    Returns:
        The written model.

    Raises:
        UserError: ``missing_package`` if the packages of ``i-canvas[onnx]`` are not installed,
            ``other_architecture`` for a network that is no generator of pictures from an input of
            its own size, ``onnx_differs`` if its pictures are not PyTorch's, or as
            `load_pretrained`.
    """
    if missing := [name for name in _PACKAGES if importlib.util.find_spec(name) is None]:
        raise UserError(
            "missing_package",
            f"To export to ONNX, first run: python -m pip install {' '.join(missing)}",
        )
    generator, config = load_pretrained(source)
    if "in_channels" not in config or "size" not in config:
        raise UserError(
            "other_architecture", f"'{source}' cannot be exported to ONNX; choose a generator."
        )
    folded = fold_batchnorm(generator.eval())
    if isinstance(folded, GuidedUpsampler):
        folded = ConvolvedUpsampler(folded)
    shape = (1, int(config["in_channels"]), int(config["size"]), int(config["size"]))
    data = to_onnx(folded, torch.zeros(shape), half=half, any_size=any_size)
    difference = compare(folded, data, shape)
    if any_size:
        wider = (*shape[:2], shape[2] // 2, shape[3] + 2)
        difference = max(difference, compare(folded, data, wider))
    if not difference <= TOLERANCE:
        advice = "export without --half" if half else f"update {', '.join(_PACKAGES)}"
        raise UserError(
            "onnx_differs",
            f"Nothing was written: the ONNX model's pictures differ from PyTorch's by up to "
            f"{255 * difference:.1f} of 255; {advice}.",
        )
    write_atomically(folder / MODEL, lambda part: part.write_bytes(data))
    text = json.dumps(config, indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder / CONFIG, lambda part: part.write_text(text, "utf-8"))
    return folder / MODEL


def to_onnx(
    network: nn.Module, example: Tensor, *, half: bool = False, any_size: bool = False
) -> bytes:
    """Translates a network with one input and one output.

    Args:
        network: in evaluation mode.
        example: float32; all inputs have its shape.
        half: as in `export_onnx`.
        any_size: whether inputs may be of another height and width.

    Returns:
        The serialised ONNX model.
    """
    import onnx

    with _quiet():
        program = torch.onnx.export(
            network,
            (example,),
            dynamo=True,
            verbose=False,
            input_names=[INPUT],
            output_names=[OUTPUT],
            opset_version=OPSET,
            dynamic_shapes=({2: Dim.DYNAMIC, 3: Dim.DYNAMIC},) if any_size else None,
        )
    assert program is not None
    model = program.model_proto
    if half:
        _store_half(model)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()


def compare(network: nn.Module, data: bytes, shape: tuple[int, ...], count: int = 3) -> float:
    """How far an ONNX model's pictures are from those of the network it was made from.

    Args:
        network: the network.
        data: the serialised model.
        shape: of their inputs.
        count: number of inputs, made from a seed: lines in the first channel, values in the others.

    Returns:
        The greatest difference of a value, as a share of the range from black to white.
    """
    import onnxruntime

    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(0)
    worst = 0.0
    for _ in range(count):
        inputs = rng.uniform(-1, 1, shape).astype(np.float32)
        inputs[:, 0] = rng.random((shape[0], *shape[2:])) < 0.05
        with torch.inference_mode():
            ours = network(torch.from_numpy(inputs)).numpy()
        (theirs,) = session.run([OUTPUT], {INPUT: inputs})
        worst = max(worst, float(np.abs(ours - theirs).max()) / 2)
    return worst


def _store_half(model: "onnx.ModelProto") -> None:
    """Stores large weights in float16, each followed by its conversion to float32.

    Runtimes convert them once, as they load the model.
    """
    from onnx import TensorProto, helper, numpy_helper

    graph, conversions = model.graph, []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < _SMALL:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        conversions.append(
            helper.make_node("Cast", [tensor.name], [name], f"{name}.cast", to=TensorProto.FLOAT)
        )
    nodes = [*conversions, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the exporter's remarks about itself off the terminal."""
    exporter = logging.getLogger("torch.onnx")
    level = exporter.level
    exporter.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        exporter.setLevel(level)
