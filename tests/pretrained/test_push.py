"""Pushing with the real client to a small Hub, and pulling back."""

import hashlib
import json
import re
import urllib.request
from urllib.error import HTTPError

import numpy as np
import onnxruntime
import pytest
import torch

from pix2pix import Translator, __version__
from pix2pix.errors import UserError
from pix2pix.pretrained.load import load_pretrained
from pix2pix.pretrained.pull import download
from pix2pix.pretrained.push import check_target, push
from tests.hub_server import READER, WRITER, Fault
from tests.toys import write_enlarger, write_export

# What the client's own way of sending a file is told by the library below it.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content:DeprecationWarning")

SHOES = "you/pix2pix-shoes"
NAMES = {"README.md", "config.json", "model.safetensors", "sheet.png"}


@pytest.fixture
def folder(tmp_path):
    return write_export(tmp_path / "export")


@pytest.fixture(autouse=True)
def token(monkeypatch, hub):
    monkeypatch.setenv("HF_TOKEN", WRITER)


def complaint(folder, hub_id: str = SHOES, **options: bool) -> UserError:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(UserError) as error:
        push(folder, hub_id, **options)
    assert error.value.message.endswith(".")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    return error.value


def test_four_files_in_one_commit_come_back_equal_to_the_byte(hub, folder):
    (folder / "notes.txt").write_text("mine alone")
    address = push(folder, SHOES)
    repo = hub.repos[SHOES]
    assert address == f"{hub.url}/{SHOES}/commit/{repo.refs['main']}"
    assert len(repo.messages) == 2  # the Hub's own first one, and this
    assert f"i-Canvas {__version__}" in repo.messages[1]
    assert set(repo.files()) == NAMES | {".gitattributes"}
    back = download(SHOES, None, sorted(NAMES))
    for name in NAMES - {"README.md"}:
        assert (back / name).read_bytes() == (folder / name).read_bytes()
    card = (folder / "README.md").read_text("utf-8")
    published = (back / "README.md").read_text("utf-8")
    assert published == card.replace('from_pretrained(".")', f'from_pretrained("{SHOES}")')
    assert published != card
    assert Translator.from_pretrained(SHOES).config["domain"] == "shoes"


def test_what_is_no_text_goes_the_way_of_large_files(hub, folder):
    push(folder, SHOES)
    stored = {r.path[1:65] for r in hub.asked("PUT")}
    large = {"model.safetensors", "sheet.png"}
    assert stored == {hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in large}
    assert len(hub.asked("POST .*objects/verify")) == 2
    assert len(hub.asked("POST .*/commit/")) == 1


def test_the_token_is_in_one_header_alone(hub, folder, capfd):
    push(folder, SHOES)
    writes = [r for r in hub.requests if r.method == "POST" and "validate" not in r.path]
    assert {r.headers["authorization"] for r in writes} == {f"Bearer {WRITER}"}
    for request in hub.requests:
        others = {k: v for k, v in request.headers.items() if k != "authorization"}
        assert WRITER not in f"{request.path} {others}"
        assert not (request.at_cdn and "authorization" in request.headers)
    assert f"i-canvas/{__version__}" in writes[0].headers["user-agent"]
    assert WRITER not in "".join(capfd.readouterr())


def test_private_stays_private(hub, folder):
    push(folder, SHOES, private=True)
    push(folder, SHOES, private=True)
    assert hub.repos[SHOES].private
    push(folder, "you/open")
    assert not hub.repos["you/open"].private
    commits = len(hub.repos["you/open"].messages)
    error = complaint(folder, "you/open", private=True)
    assert error.code == "hub_public"
    assert "already on the Hub and public" in error.message
    assert len(hub.repos["you/open"].messages) == commits


def test_another_branch_is_made_and_the_main_one_left(hub, folder):
    repo = hub.add(SHOES)
    main = repo.refs["main"]
    push(folder, f"{SHOES}@v2")
    push(folder, f"{SHOES}@v2")
    assert repo.refs["main"] == main
    assert set(repo.files("v2")) > NAMES
    assert f'from_pretrained("{SHOES}@v2")' in repo.files("v2")["README.md"].decode()


def test_a_persons_own_words_on_the_card_stay(hub, folder):
    card = (folder / "README.md").read_text("utf-8")
    (folder / "README.md").write_text(card + "\nDrawn by class 3b.\n", "utf-8")
    push(folder, SHOES)
    assert hub.repos[SHOES].files()["README.md"].decode().endswith("\nDrawn by class 3b.\n")


@pytest.mark.slow
def test_the_onnx_file_comes_along_and_the_card_lists_all(hub, folder):
    push(folder, SHOES, onnx=True)
    files = hub.repos[SHOES].files()
    assert set(files) == NAMES | {".gitattributes", "model.onnx"}
    listed = re.findall(r"^- `(.+?)`: ", files["README.md"].decode().partition("## Files")[2], re.M)
    assert set(listed) == set(files) - {"README.md", ".gitattributes"}
    generator, _ = load_pretrained(folder)
    inputs = torch.zeros(1, 5, 256, 256)
    inputs[..., 64:192, 100] = 1
    session = onnxruntime.InferenceSession(files["model.onnx"])
    (picture,) = session.run(None, {"input": inputs.numpy()})
    with torch.inference_mode():
        assert np.abs(picture - generator(inputs).numpy()).max() / 2 <= 1 / 255


@pytest.mark.slow
def test_a_network_without_an_onnx_file_is_not_sent_half(hub, tmp_path):
    folder = write_enlarger(tmp_path / "bigger")
    (folder / "README.md").write_text("---\nlicense: other\n---\n")
    before = sorted(folder.iterdir())
    with pytest.raises(UserError, match="cannot be exported to ONNX"):
        push(folder, "you/bigger", onnx=True)
    assert not hub.repos
    assert sorted(folder.iterdir()) == before


def test_what_the_hub_refuses_in_a_card_is_said_before_anything_is_made(hub, folder):
    card = (folder / "README.md").read_text("utf-8")
    (folder / "README.md").write_text(card.replace("license: other", "license: mine"), "utf-8")
    error = complaint(folder)
    assert error.code == "card_refused"
    assert '"license" must be one of the known ones' in error.message
    assert f"python -m pix2pix.pretrained.card {folder}" in error.message
    assert not hub.repos
    (folder / "README.md").write_text("---\n: [\n---\n", "utf-8")
    assert complaint(folder).code == "card_refused"
    (folder / "README.md").write_bytes(b"\xff")
    assert complaint(folder).code == "card_refused"
    (folder / "README.md").unlink()
    assert complaint(folder).code == "missing_card"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("model.safetensors", None, "missing_weights"),
        ("model.safetensors", b"half a fi", "damaged_weights"),
        ("config.json", b'{"generator": "stylegan"}', "other_architecture"),
    ],
)
def test_a_folder_that_would_not_load_is_not_sent(hub, folder, name, content, code):
    (folder / name).unlink()
    if content:
        (folder / name).write_bytes(content)
    assert complaint(folder).code == code
    assert not hub.requests


@pytest.mark.parametrize("hub_id", ["shoes", "you/", "a/b/c", "https://you/x"])
def test_an_id_of_another_form_is_refused_at_once(hub, hub_id):
    with pytest.raises(UserError, match="OWNER/NAME") as error:
        check_target(hub_id)
    assert error.value.code == "bad_hub_id"


def test_without_a_token_it_says_how_to_log_in(hub, folder, monkeypatch):
    monkeypatch.delenv("HF_TOKEN")
    error = complaint(folder)
    assert error.code == "hub_unauthorised"
    assert "hf auth login" in error.message
    assert not hub.requests


def test_a_token_that_may_not_write(hub, folder, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", READER)
    assert complaint(folder).code == "hub_forbidden"
    monkeypatch.setenv("HF_TOKEN", "hf_stale")
    error = complaint(folder)
    assert error.code == "hub_unauthorised"
    assert "hf_stale" not in error.message


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("POST .*/commit/", status=503), "hub_busy"),
        (Fault("POST .*/objects/verify", status=422), "hub_refused"),
        (Fault("POST .*/repos/create", cut=10), "hub_broken"),
    ],
    ids=["busy", "refused", "cut"],
)
def test_a_push_that_fails_says_how_to_try_again(hub, folder, fault, code):
    hub.faults.append(fault)
    error = complaint(folder, private=True)
    assert error.code == code
    retry = f"python -m pix2pix push {folder} {SHOES} --private."
    assert error.message.endswith(f"again: {retry}")
    assert len(hub.repos[SHOES].messages) == 1  # nothing by halves
    hub.faults.clear()
    push(folder, SHOES, private=True)
    assert set(hub.repos[SHOES].files()) > NAMES


def test_nobody_there(hub, folder):
    hub.close()
    error = complaint(folder)
    assert error.code == "hub_unreachable"
    assert "python -m pix2pix push" in error.message


def test_the_small_hub_takes_no_commit_without_its_large_files(hub):
    hub.add(SHOES)
    lines = [
        {"key": "header", "value": {"summary": "x"}},
        {"key": "lfsFile", "value": {"path": "model.safetensors", "oid": "0" * 64, "size": 1}},
    ]
    request = urllib.request.Request(
        f"{hub.url}/api/models/{SHOES}/commit/main",
        headers={"Authorization": f"Bearer {WRITER}"},
        data="\n".join(map(json.dumps, lines)).encode(),
    )
    with pytest.raises(HTTPError, match="400") as error:
        urllib.request.urlopen(request)
    assert "large file is missing" in error.value.read().decode()
