"""The pages for makers: each command is one that its program takes, and the first ones run."""

import json
import re
import shlex

import pytest
from PIL import Image

from harness.server import ROOT
from pix2pix.__main__ import _parser as commands_parser
from pix2pix.__main__ import main
from pix2pix.server.sources import find_domains, parse_sources
from pix2pix.server.start import _parser as page_parser
from pix2pix.training.config import parse_config
from tests.hub_server import WRITER
from tests.toys import house, write_toy_set
from tests.training.runs import train

PAGES = ("training", "evaluate", "ship", "deploy", "own-domain", "hub")
SMALL = ["--batch-size", "2", "--start-size", "64", "--size", "64", "--ndf", "4"]


def page(name: str) -> str:
    return (ROOT / f"docs/{name}.md").read_text("utf-8")


def first_block(name: str) -> list[list[str]]:
    """The commands that a page begins with, word by word."""
    block = re.search(r"```sh\n(.+?)```", page(name), re.DOTALL)[1].replace("\\\n", "")
    return [shlex.split(line) for line in block.splitlines()]


def commands(name: str) -> list[list[str]]:
    """All commands of a page that begin with python: in its blocks, and by themselves in a row."""
    text = page(name)
    blocks = "".join(re.findall(r"```sh\n(.+?)```", text, re.DOTALL)).replace("\\\n", "")
    lines = [*blocks.splitlines(), *re.findall(r"\| `(python [^`]+)` \|", text)]
    words = [shlex.split(line.removesuffix(" &"), comments=True) for line in lines]
    return [each[1:] for each in words if each[:1] == ["python"]]


@pytest.mark.parametrize("name", PAGES)
def test_every_command_is_one_that_its_program_takes(name):
    found = commands(name)
    assert found
    for words in found:
        match words:
            case ["train.py", *options]:
                if "--resume" not in options and "--config" not in options:  # they ask for a run
                    parse_config(options)
            case ["app.py", *options]:
                page_parser().parse_args(options)
            case ["-m", "pix2pix", *options]:
                commands_parser().parse_args(options)
            case ["-m", module, *options] if module.startswith(("benchmarks.", "docs.")):
                source = (ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8")
                for option in options:
                    assert not option.startswith("--") or f'"{option}"' in source, words
            case _:
                assert words[1] in ("pip", "pytest", "pix2pix.pretrained.card"), words


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with ``leaves``, ``drawings`` and ``runs/leaf``."""
    folder = tmp_path_factory.mktemp("makers")
    write_toy_set(folder / "leaves")
    (folder / "drawings").mkdir()
    Image.fromarray(house()).save(folder / "drawings/house.png")
    words = ["--domain", "leaf", "--title", "Leaf", "--licence", "CC-BY-4.0", "--epochs", "0.1"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert train(*words, "--data", "leaves", "--out", "runs/leaf", *SMALL) == 0
    return folder


@pytest.mark.slow
def test_a_generator_is_evaluated(trained, monkeypatch):
    monkeypatch.chdir(trained)
    board, translate, again = first_block("evaluate")
    assert board[:2] == ["tensorboard", "--logdir"]
    assert list((trained / board[2]).glob("events.*"))
    assert main(translate[3:]) == 0
    assert Image.open("pictures/sheets/0001.png").height >= 64
    assert train(*again[2:], *SMALL) == 0
    made = json.loads((trained / "runs/check/export/config.json").read_text("utf-8"))
    assert set(made["metrics"]) == {"l1", "ssim", "swd"}
    assert made["metrics"] == pytest.approx(
        json.loads((trained / "runs/leaf/export/config.json").read_text("utf-8"))["metrics"],
        rel=0.05,  # the weights were stored in float16
    )


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Use 'content:DeprecationWarning")
def test_a_generator_is_shipped(trained, hub, monkeypatch):
    monkeypatch.chdir(trained)
    monkeypatch.setenv("HF_TOKEN", WRITER)
    push, export, show = first_block("ship")
    assert main(push[3:]) == 0
    table = page("ship").partition("## What there is")[2].partition("## ")[0]
    listed = set(re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE))
    assert set(hub.repos["you/leaf"].files()) == listed | {"model.onnx", ".gitattributes"}
    assert main(export[3:]) == 0
    assert (trained / "leaf-onnx/model.onnx").is_file()
    sources = parse_sources(page_parser().parse_args(show[2:]).weights, {})
    assert find_domains(sources)["leaf"].title["en"] == "Leaf"
