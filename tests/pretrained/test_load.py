import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from pix2pix import Translator
from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.pretrained.load import find, load_pretrained, once
from tests.toys import house, write_export

SHOES = "you/pix2pix-shoes"


@pytest.fixture
def folder(tmp_path):
    return write_export(tmp_path / "export")


def complaint(source: str | Path) -> UserError:
    with pytest.raises(UserError) as error:
        load_pretrained(source)
    assert error.value.message.endswith(".")
    return error.value


def test_a_model_on_the_hub_draws_as_the_folder_it_came_from(hub, folder):
    repo = hub.add(SHOES, folder)
    repo.refs["v2"] = repo.refs["main"]
    repo.commit("Break", {"config.json": b"{}"})
    expected = Translator.from_pretrained(folder).translate(house()).picture
    for translator in (
        Translator.from_pretrained(f"{SHOES}@v2"),
        Translator.from_pretrained(SHOES, revision="v2"),
    ):
        assert (translator.translate(house()).picture == expected).all()


def test_a_folder_goes_before_the_hub_and_a_path_is_always_a_folder(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    shutil.copytree(folder, SHOES)
    shutil.copytree(folder, "shoes")
    assert find(SHOES) == Path(SHOES)
    assert find("shoes") == DOMAINS["shoes"].weights
    assert find(Path("shoes")) == Path("shoes")


@pytest.mark.parametrize("source", ["/nowhere/at/all", "you/x@", Path("nowhere")], ids=str)
def test_what_is_neither_folder_nor_id_is_told_their_form(source):
    error = complaint(source)
    assert error.code == "missing_weights"
    assert "OWNER/NAME@REVISION" in error.message


def test_a_pickle_is_refused_and_never_asked_for(hub, folder):
    (folder / "model.safetensors").unlink()
    torch.save({}, folder / "pytorch_model.bin")
    error = complaint(folder)
    assert error.code == "pickle_only"
    assert "only safetensors are loaded" in error.message
    hub.add(SHOES, folder)
    assert complaint(SHOES).code == "pickle_only"
    assert hub.asked("resolve.*config.json")
    assert not hub.asked("resolve.*bin")


def test_a_model_without_weights_and_one_of_another_kind(hub, folder):
    (folder / "model.safetensors").rename(folder / "adapter.safetensors")
    hub.add("you/adapter", folder)
    error = complaint("you/adapter")
    assert error.code == "missing_weights"
    assert "'you/adapter' lacks" in error.message
    (folder / "adapter.safetensors").rename(folder / "model.safetensors")
    (folder / "config.json").write_text('{"architectures": ["LlamaForCausalLM"], "size": 256}')
    hub.add("you/llama", folder)
    error = complaint("you/llama")
    assert error.code == "other_architecture"
    assert "'you/llama' is not a model of i-Canvas" in error.message


def test_weights_damaged_in_the_cache_say_how_to_forget_them(hub, folder):
    hub.add(SHOES, folder)
    kept = (find(SHOES) / "model.safetensors").resolve()
    kept.write_bytes(kept.read_bytes()[:-1])
    error = complaint(f"{SHOES}@main")
    assert error.code == "damaged_weights"
    assert f"hf cache rm model/{SHOES}" in error.message
    (folder / "model.safetensors").write_bytes(kept.read_bytes())
    assert "fetch them again" in complaint(folder).message


def test_missing_shipped_weights_name_the_command_that_fetches_them(tmp_path, monkeypatch):
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    assert "train the domain with train.py" in complaint("shoes").message
    monkeypatch.setitem(DOMAINS, "shoes", replace(DOMAINS["shoes"], hub_id=SHOES))
    assert f"hf download {SHOES} --local-dir weights/shoes" in complaint("shoes").message


def test_what_is_loaded_once_is_kept_and_what_fails_is_tried_again(folder):
    weights = folder / "model.safetensors"
    kept = weights.read_bytes()
    weights.unlink()

    def load() -> Translator:
        return Translator.from_pretrained(folder)

    with pytest.raises(UserError):
        once(load)
    weights.write_bytes(kept)
    translator = once(load)
    weights.unlink()
    assert once(load) is translator
