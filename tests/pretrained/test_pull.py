"""Pulling with the real client from a small Hub."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from huggingface_hub import constants

from pix2pix import __version__
from pix2pix.errors import UserError
from pix2pix.pretrained.pull import download, list_files
from tests.hub_server import READER, WRITER, Fault
from tests.toys import write_export

ROOT = Path(__file__).parents[2]
FILES = ("config.json", "model.safetensors")
SHOES = "you/pix2pix-shoes"


@pytest.fixture
def folder(tmp_path):
    return write_export(tmp_path / "export")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_only_the_files_that_are_needed_come_equal_to_the_byte(hub, folder, capfd):
    hub.add(SHOES, folder)
    got = contents(download(SHOES, None, FILES))
    assert got == {name: (folder / name).read_bytes() for name in FILES}
    assert hub.asked("model.safetensors")
    assert not hub.asked("README|sheet")
    assert "100%" in capfd.readouterr().err  # a progress bar
    assert {r.headers["user-agent"].split(";")[0] for r in hub.asked("resolve/|api/models")} == {
        f"i-canvas/{__version__}"
    }
    assert sorted(list_files(SHOES)) == sorted([".gitattributes", *contents(folder)])


def test_what_is_there_is_not_fetched_again_and_serves_without_the_hub(hub, folder, monkeypatch):
    hub.add(SHOES, folder)
    first = download(SHOES, None, FILES)
    hub.requests.clear()
    assert download(SHOES, None, FILES) == first
    assert not hub.asked("resolve") + hub.asked("HEAD")
    hub.close()
    assert download(SHOES, None, FILES) == first
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert contents(download(SHOES, None, FILES)) == contents(first)


def test_a_revision_is_a_branch_a_tag_or_a_commit(hub, folder):
    repo = hub.add(SHOES, folder)
    old = repo.refs["v1"] = repo.refs["main"]
    repo.commit("Change", {"config.json": b"{}"})
    assert (download(SHOES, None, FILES) / "config.json").read_text() == "{}"
    expected = (folder / "config.json").read_bytes()
    for source, revision in ((f"{SHOES}@v1", None), (SHOES, "v1"), (f"{SHOES}@{old}", None)):
        assert (download(source, revision, FILES) / "config.json").read_bytes() == expected


def test_a_transfer_that_breaks_off_is_taken_up_where_it_was(hub, folder, monkeypatch):
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 4096)
    hub.add(SHOES, folder)
    whole = (folder / "model.safetensors").read_bytes()
    name = hashlib.sha256(whole).hexdigest()
    hub.faults.append(Fault(f"GET /{name}", cut=len(whole) // 2, times=1))
    got = download(SHOES, None, FILES)
    first, second = hub.asked(f"GET /{name}")
    assert "range" not in first.headers
    start = int(second.headers["range"].removeprefix("bytes=").removesuffix("-"))
    assert 0 < start <= len(whole) // 2
    assert (got / "model.safetensors").read_bytes() == whole


def test_a_token_goes_to_the_hub_and_to_nobody_else(hub, folder, monkeypatch, capfd):
    hub.add(SHOES, folder, private=True)
    Path(constants.HF_TOKEN_PATH).parent.mkdir(parents=True, exist_ok=True)
    Path(constants.HF_TOKEN_PATH).write_text(READER)  # as 'hf auth login' leaves it
    download(SHOES, None, FILES)
    assert {r.headers.get("authorization") for r in hub.requests if not r.at_cdn} == {
        f"Bearer {READER}"
    }
    at_cdn = [r for r in hub.requests if r.at_cdn]
    assert at_cdn
    assert READER not in str([(r.path, r.headers) for r in at_cdn])
    monkeypatch.setenv("HF_TOKEN", WRITER)
    hub.requests.clear()
    download(SHOES, None, FILES)
    assert {r.headers.get("authorization") for r in hub.requests} == {f"Bearer {WRITER}"}
    said = "".join(capfd.readouterr())
    assert READER not in said
    assert WRITER not in said


def complaint(source: str = SHOES) -> UserError:
    with pytest.raises(UserError) as error:
        download(source, None, FILES)
    assert error.value.message.count(". ") == 0  # one sentence
    assert error.value.message.endswith(".")
    assert "127.0.0.1" not in error.value.message
    return error.value


def test_no_such_model_and_no_such_revision(hub, folder):
    assert complaint("you/nothing").code == "hub_not_found"
    hub.add(SHOES, folder, private=True)
    error = complaint()
    assert error.code == "hub_not_found"
    assert "hf auth login" in error.message
    hub.add("you/open", folder)
    error = complaint("you/open@v9")
    assert error.code == "hub_no_revision"
    assert "'you/open@v9'" in error.message


def test_a_model_that_is_given_out_on_request(hub, folder):
    hub.add(SHOES, folder, gated=True)
    error = complaint()
    assert error.code == "hub_gated"
    assert "ask for access" in error.message


def test_a_token_that_is_wrong_is_said_but_not_shown(hub, folder, monkeypatch):
    hub.add(SHOES, folder)
    monkeypatch.setenv("HF_TOKEN", "hf_stale")
    error = complaint()
    assert error.code == "hub_unauthorised"
    assert "hf_stale" not in error.message


@pytest.mark.parametrize(
    ("status", "code"), [(503, "hub_busy"), (429, "hub_busy"), (403, "hub_forbidden")]
)
def test_a_hub_that_does_not_serve(hub, folder, status, code):
    hub.add(SHOES, folder)
    hub.faults.append(Fault("api/models", status=status))
    error = complaint()
    assert error.code == code
    assert str(status) in error.message or code == "hub_forbidden"


def test_nobody_there_and_switched_off(hub, folder, monkeypatch):
    hub.add(SHOES, folder)
    hub.close()
    assert complaint().code == "hub_unreachable"
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    error = complaint()
    assert error.code == "hub_offline"
    assert "HF_HUB_OFFLINE" in error.message


@pytest.mark.parametrize("pattern", ["api/models", "HEAD .*resolve"])
def test_somebody_else_answers(hub, folder, pattern):
    hub.add(SHOES, folder)
    hub.faults.append(Fault(pattern, status=200))
    assert complaint().code == "hub_unreachable"


def test_a_connection_that_keeps_breaking_leaves_nothing_half(hub, folder):
    hub.add(SHOES, folder)
    name = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    hub.faults.append(Fault(f"GET /{name}", cut=100))
    assert complaint().code == "hub_broken"
    hub.faults.clear()
    hub.requests.clear()
    got = download(SHOES, None, FILES)  # what the sentence says: start again
    assert contents(got) == {name: (folder / name).read_bytes() for name in FILES}
    assert not hub.asked("GET .*config.json")  # was whole already


def test_a_cache_that_cannot_be_used(hub, folder, tmp_path, monkeypatch):
    hub.add(SHOES, folder)
    (tmp_path / "file").touch()
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "file/hub"))
    error = complaint()
    assert error.code == "cache_denied"
    assert "HF_HOME" in error.message


# With no file larger than 16 KB, as on a disk that is full.
FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 14, 1 << 14))
from pix2pix.errors import UserError
from pix2pix.pretrained.pull import download
try:
    download(sys.argv[1], None, ["model.safetensors"])
except UserError as error:
    print(error.code, error.message)
"""


def test_a_full_disk(hub, folder, tmp_path):
    hub.add(SHOES, folder)
    assert (folder / "model.safetensors").stat().st_size > 1 << 14
    done = subprocess.run(
        [sys.executable, "-c", FULL, SHOES], cwd=ROOT, text=True, capture_output=True,
        env=hub.environment(tmp_path / "home"),
    )  # fmt: skip
    assert done.stdout.startswith("disk_full There is no space"), done.stderr
    assert "Traceback" not in done.stderr
