"""train.py, run as a person runs it."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from pix2pix import Translator
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.domains import RECORD
from pix2pix.domains.record import read_domain
from pix2pix.networks.resnet import ResnetGenerator
from pix2pix.page import assets
from pix2pix.pretrained.export import export
from pix2pix.server.service import DrawingService
from pix2pix.training.checkpoint import load_checkpoint
from tests.data.image_sets import write_parquet
from tests.hub_server import WRITER, Fault
from tests.toys import (
    HISTORY,
    house,
    write_export,
    write_flawed_set,
    write_paired_set,
    write_toy_set,
)
from tests.training.runs import train, train_together

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SMALL = ["--batch-size", "2", "--start-size", "64", "--size", "64", "--ndf", "4"]


def command(*words: object) -> list[str]:
    return [sys.executable, "train.py", *map(str, words), "--workers", "1"]


@pytest.fixture
def toys(tmp_path):
    return write_toy_set(tmp_path / "data", 24)


def test_ctrl_c_saves_and_resume_finishes(tmp_path, toys):
    out = tmp_path / "run"
    words = ["--domain", "shoes", "--data", toys, "--out", out, *SMALL]
    process = subprocess.Popen(
        command(*words, "--epochs", 1000), cwd=ROOT, stderr=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    seen = ""
    while "step 3 " not in seen and process.poll() is None:
        seen += process.stderr.read(1)
    os.killpg(process.pid, signal.SIGINT)  # the whole group, as a terminal does
    output, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors
    assert "continue with --resume" in output
    assert "Traceback" not in errors
    step = load_checkpoint(out)["step"]
    assert step >= 3

    held_out = [pair.held_out for pair in load_pairs(toys)]
    assert any(held_out)
    epochs = (step + 4) * 2 / held_out.count(False)
    assert train(*words, "--epochs", epochs, "--resume") == 0
    assert load_checkpoint(out)["step"] == step + 4
    export = out / "export"
    assert {"config.json", "model.safetensors", "README.md", "sheet.png"} <= {
        p.name for p in export.iterdir()
    }
    assert list((out / "logs").glob("events*"))
    config = Translator.from_pretrained(export).config
    assert config["domain"] == "shoes"
    assert config["steps"] == step + 4
    assert str(tmp_path) not in str(config["history"])
    assert [h["from_step"] for h in config["history"]] == [0, step]


def test_no_minutes_measure_and_export_the_blend_as_it_is(tmp_path, toys):
    first, second = tmp_path / "first", tmp_path / "second"
    words = ["--domain", "shoes", "--data", toys, *SMALL]
    assert train(*words, "--epochs", 0.1, "--out", first) == 0
    words += ["--init", first / "export"]
    assert train(*words, "--epochs", 0.2, "--out", second) == 0
    words += ["--blend", second / "export", "--minutes", 0, "--out", tmp_path / "blend"]
    assert train(*words) == 0
    files = [run / "export/model.safetensors" for run in (first, second, tmp_path / "blend")]
    ours, theirs, blended = (load_file(file) for file in files)
    assert any(not torch.equal(ours[name], theirs[name]) for name in ours)
    for name, value in blended.items():
        if not value.is_floating_point():  # how many batches were seen
            continue
        mean = (ours[name].float() + theirs[name].float()) / 2
        torch.testing.assert_close(value.float(), mean, atol=1e-3, rtol=1e-2)
    config = Translator.from_pretrained(tmp_path / "blend/export").config
    assert (config["steps"], config["minutes"]) == (0, 0)
    assert config["metrics"].keys() == {"l1", "ssim", "swd"}
    assert len(config["parents"]) == 2
    assert "--blend export --minutes 0" in config["command"]


def test_a_student_learns_from_a_teacher(tmp_path, toys):
    teacher = write_export(tmp_path / "teacher", palette=["#102030"])
    out = tmp_path / "run"
    words = ["--domain", "shoes", "--data", toys, *SMALL, "--teacher", teacher, "--out", out]
    losses = ["--lambda-lpips", 0, "--width", 0.5, "--epochs", 0.2]
    assert train(*words, *losses) == 0
    config = Translator.from_pretrained(out / "export").config
    assert (config["teacher"], config["palette"]) == ("teacher", ["#102030"])
    assert config["widths"] == [8, 16, 16]
    assert [parent["widths"] for parent in config["parents"]] == [[8, 16, 24]]
    assert str(tmp_path) not in json.dumps(config)
    assert train("--out", out, "--resume", "--epochs", 0.3) == 0
    assert len(Translator.from_pretrained(out / "export").config["parents"]) == 1


def test_a_report_is_written_and_nothing_is_trained(tmp_path, capsys):
    flawed, out = write_flawed_set(tmp_path / "flawed"), tmp_path / "run"
    assert train("--domain", "shoes", "--data", flawed, "--out", out, "--report") == 0
    told = f"The report is in {out / 'report.html'}; open it in a browser.\n"
    assert capsys.readouterr().out == told
    assert [path.name for path in out.iterdir()] == ["report.html"]


def test_two_processes_train_together(tmp_path, toys):
    out = tmp_path / "run"
    launch = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
    words = ["--domain", "shoes", "--data", toys, "--out", out, *SMALL, "--epochs", 0.5]
    done = subprocess.run(
        [sys.executable, *launch, *command(*words)[1:]], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Done after") == 1
    training = sum(not pair.held_out for pair in load_pairs(toys))
    assert load_checkpoint(out)["step"] == round(0.5 * training / 4)  # 2 pictures each
    assert (out / "export/model.safetensors").is_file()


def test_two_processes_learn_what_one_does_from_twice_the_batch(tmp_path, monkeypatch):
    facts = {"task": "pictures", "domain": "x", "minutes": 1, "steps": 1, "history": HISTORY}
    torch.manual_seed(0)  # without batch norm and dropout, which see a process' own share
    export(ResnetGenerator(ngf=8, blocks=1), tmp_path / "small", facts)
    data = write_paired_set(tmp_path / "pairs")
    monkeypatch.setenv("ACCELERATE_USE_CPU", "true")
    words = ["--task", "pairs", "--domain", "x", "--data", data, "--init", tmp_path / "small",
             *SMALL, "--generator", "resnet9", "--norm", "spectral", "--epochs", 1.8]  # fmt: skip
    train_together(*words, "--out", tmp_path / "2")
    assert train(*words, "--batch-size", 4, "--out", tmp_path / "1") == 0
    logs = {count: losses(tmp_path / f"{count}/logs") for count in (1, 2)}
    assert logs[1].keys() == {"loss/l1", "loss/gan", "loss/fm", "loss/d"}
    for name, values in logs[1].items():
        assert [step for step, _ in values] == [1, 10]  # later, rounding has grown
        expected = [(step, pytest.approx(right, rel=1e-3)) for step, right in values]
        assert logs[2][name] == expected, name


def losses(folder: Path) -> dict[str, list[tuple[int, float]]]:
    """What TensorBoard shows of each loss, as step and value."""
    (events,) = folder.iterdir()  # of the main process alone
    log = EventAccumulator(str(events))
    log.Reload()
    names = [name for name in log.Tags()["scalars"] if name.startswith("loss/")]
    return {name: [(each.step, each.value) for each in log.Scalars(name)] for name in names}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--domain", "hats", "--minutes", 1], "no domain called 'hats'"),
        (["--domain", "shoes", "--minutes", 1, "--lamda-l1", 3], "did you mean --lambda-l1?"),
        (["--domain", "shoes", "--minutes", 1], "no pictures in"),
    ],
)
def test_mistakes_are_one_sentence(tmp_path, words, message):
    said = train(*words, "--data", tmp_path, "--out", tmp_path / "run")
    assert message in said
    assert "\n" not in said
    assert not (tmp_path / "run").exists()


def test_a_run_is_not_started_over_and_where_nothing_can_be_written_is_said_first(tmp_path):
    words = ["--domain", "shoes", "--minutes", 1, "--data", tmp_path / "none", "--out"]
    (tmp_path / "run").mkdir()
    (tmp_path / "run/checkpoint.pt").write_bytes(b"hours of work")
    assert "continue it with --resume, or choose another --out" in train(*words, tmp_path / "run")
    assert (tmp_path / "run/checkpoint.pt").read_bytes() == b"hours of work"
    assert train(*words, "/proc/run").startswith("Cannot write '/proc/run'")


def test_a_sentence_is_all_that_the_program_says(tmp_path, bare):
    words = ["--domain", "shoes", "--minutes", 1, "--data", tmp_path, "--out", tmp_path / "run"]
    done = subprocess.run(
        command(*words), cwd=ROOT, env=os.environ | {"PYTHONPATH": str(bare)}, text=True,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("There are no pictures in ")
    assert done.stderr.count("\n") == 1


@pytest.fixture
def bare(tmp_path):
    """A folder before which Python finds no library that training can do without."""
    for name in ("gradio", "tensorboard", "datasets"):
        (tmp_path / "bare" / f"{name}.py").parent.mkdir(exist_ok=True)
        (tmp_path / "bare" / f"{name}.py").write_text("raise ImportError")
    return tmp_path / "bare"


def test_a_run_is_published_and_another_goes_on_from_it(
    tmp_path, toys, hub, bare, monkeypatch, capsys
):
    env = hub.environment(tmp_path / "home", HF_TOKEN=WRITER, PYTHONPATH=str(bare))
    words = ["--data", toys, *SMALL, "--epochs", 0.1, "--push-to-hub", "you/pix2pix-shoes"]
    first = ["--domain", "shoes", "--out", tmp_path / "a", *words, "--private"]
    done = subprocess.run(command(*first), cwd=ROOT, env=env, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    repo = hub.repos["you/pix2pix-shoes"]
    assert repo.private
    assert done.stdout.endswith(f"Pushed: {hub.url}/you/pix2pix-shoes/commit/{repo.refs['main']}\n")
    assert WRITER not in done.stdout + done.stderr
    config = json.loads(repo.files()["config.json"])
    assert "push" not in str(config["history"])

    # A second one goes on from there; its push fails, and it says so and leaves the export whole.
    monkeypatch.setenv("HF_TOKEN", WRITER)
    hub.faults.append(Fault("POST .*/commit/", status=503))
    second = ["--domain", "sticker", "--out", tmp_path / "b"]
    said = train(*second, *words, "--init", "you/pix2pix-shoes")
    export = tmp_path / "b/export"
    retry = f"python -m pix2pix push {export} you/pix2pix-shoes."
    assert said.endswith(f"'{export}', which is complete, again: {retry}")
    config = Translator.from_pretrained(export).config
    assert [parent["domain"] for parent in config["parents"]] == ["shoes"]
    assert "--init you/pix2pix-shoes" in config["history"][0]["command"]
    assert (export / "README.md").is_file()

    # Resumed without naming it again, the run still knows where it came from.
    assert train(*second, "--data", toys, *SMALL, "--epochs", 0.2, "--resume") == 0
    config = Translator.from_pretrained(export).config
    assert [parent["domain"] for parent in config["parents"]] == ["shoes"]


def test_a_run_learns_from_an_image_set_of_the_hub(tmp_path, hub):
    boxes = write_parquet(tmp_path / "boxes", 4)
    (boxes / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n# Boxes\n")
    hub.add("datasets/you/boxes", boxes)
    environment = hub.environment(tmp_path / "home", HOME=str(tmp_path / "home"))
    words = ["--domain", "box", "--title", "Box", *SMALL, "--epochs", 0.5, "--workers", 0]
    out = tmp_path / "run"
    first = command(*words, "--out", out, "--dataset", "you/boxes")
    done = subprocess.run(first, cwd=ROOT, env=environment, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    card = (out / "export/README.md").read_text("utf-8")
    assert "license: cc-by-4.0" in card
    assert "datasets:\n- you/boxes\n" in card
    assert "Data: you/boxes of the Hub; 3 pairs, 1 more held out" in card
    assert "--dataset you/boxes --input-column conditioning_image --target-column image" in card


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--push-to-hub", "shoes"], "write OWNER/NAME or OWNER/NAME@BRANCH"),
        (["--push-to-hub", "you/shoes"], "log in with 'hf auth login'"),
        (
            ["--init", "you/nothing"],
            "'you/nothing' is neither a folder here nor a model on the Hub",
        ),
    ],
)
def test_what_cannot_be_published_or_gone_on_from_is_said_at_once(
    tmp_path, toys, hub, words, message
):
    base = ["--domain", "shoes", "--data", toys, "--out", tmp_path / "run", "--minutes", 60]
    assert message in train(*base, *words)
    assert not (tmp_path / "run").exists()


def test_a_domain_of_ones_own_takes_three_commands(tmp_path, monkeypatch):
    toys = write_toy_set(tmp_path / "data", 4)
    shutil.rmtree(toys / "edges")  # photos alone
    text = (ROOT / "docs/own-domain.md").read_text("utf-8")
    script = re.search(r"```sh\n(.+?)```", text, re.DOTALL)[1].replace("\\\n", "")
    first, second, third = script.splitlines()
    words = shlex.split(first)[2:]
    words[words.index("leaves")] = str(toys)
    words[words.index("runs/leaf")] = str(tmp_path / "runs/leaf")
    at = words.index("--minutes")
    words[at : at + 2] = ["--epochs", "0.4"]
    assert train(*words, *SMALL) == 0
    (tmp_path / "weights").mkdir()
    subprocess.run(second, shell=True, cwd=tmp_path, check=True)
    assert third == "python app.py"

    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path / "weights")
    translator = Translator.from_pretrained("leaf")
    assert translator.config["data_licence"] == "CC-BY-4.0"
    assert translator.translate(house()).picture.shape == (64, 64, 3)
    service = DrawingService()
    assert "leaf" in service.models.domains
    shown = {domain["id"]: domain for domain in assets.settings()["domains"]}
    assert shown["leaf"]["title"] == {"en": "Leaf", "ko": "나뭇잎"}
    assert 'class="icon-fill"' in shown["leaf"]["icon"]
    assert [each["name"]["ko"] for each in shown["leaf"]["starters"]][:1] == ["나뭇잎 1"]

    card = (tmp_path / "weights/leaf/README.md").read_text("utf-8")
    assert "# Leaf: sketch to picture" in card
    assert "Data: 50 photographs of leaves from our school garden; 4 pairs" in card
    assert "under those of the shoes that it went on from" in card
    assert "license_name: research-non-commercial" in card
    monkeypatch.chdir(tmp_path / "weights/leaf")
    Image.fromarray(house()).save("drawing.png")
    exec(re.search(r"```python\n(.*?)```", card, re.DOTALL)[1], {})
    assert Image.open("picture.png").size == (64, 64)


def test_a_record_in_the_docs_is_one(tmp_path):
    text = (ROOT / "docs/own-domain.md").read_text("utf-8")
    (tmp_path / RECORD).write_text(re.search(r"```toml\n(.+?)```", text, re.DOTALL)[1], "utf-8")
    domain = read_domain(tmp_path, "leaf")
    assert (domain.licence_id, domain.title["ko"], len(domain.icon)) == ("cc-by-4.0", "나뭇잎", 2)
    assert domain.starters[0].name["en"] == "Leaf 1"
