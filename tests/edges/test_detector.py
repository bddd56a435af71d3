import json

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from pix2pix import domains
from pix2pix.edges.detector import EdgeDetector
from pix2pix.errors import UserError
from pix2pix.networks.hed import CompactHED, ControlNetHED
from pix2pix.pretrained.export import export_detector


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("tiny")
    export_detector(CompactHED((4, 8, 8), (0, 1, 1), side=4), folder, {"steps": 1})
    return folder


@pytest.mark.parametrize("shape", [(64, 64), (37, 101), (1, 1), (5, 300)])
def test_photos_of_any_size_get_an_answer_of_their_size(tiny, shape):
    photo = np.random.default_rng(0).integers(0, 256, (*shape, 3)).astype(np.uint8)
    soft = EdgeDetector.from_pretrained(tiny).detect(photo)
    assert soft.shape == shape
    assert soft.dtype == np.float32
    assert 0 <= soft.min() <= soft.max() <= 1


def test_very_large_photos_are_reduced_for_the_network_only(tiny):
    photo = np.zeros((40, 4000, 3), np.uint8)
    assert EdgeDetector.from_pretrained(tiny).detect(photo).shape == (40, 4000)


def test_other_weights_have_another_name(tiny, tmp_path):
    torch.manual_seed(1)
    export_detector(CompactHED((4, 8, 8), (0, 1, 1), side=4), tmp_path, {"steps": 1})
    names = [EdgeDetector.from_pretrained(folder).name for folder in (tiny, tiny, tmp_path)]
    assert names[0] == names[1] != names[2]


@pytest.mark.parametrize("suffix", ["pth", "safetensors"])
def test_the_original_hed_loads_from_controlnets_layout(tmp_path, suffix):
    torch.manual_seed(0)
    original = ControlNetHED().eval()
    state = {name: value.contiguous() for name, value in original.state_dict().items()}
    if suffix == "pth":
        torch.save(state, tmp_path / "ControlNetHED.pth")
    else:
        save_file(state, tmp_path / "ControlNetHED.safetensors")
    detector = EdgeDetector.from_pretrained(tmp_path)
    photo = np.full((48, 64, 3), 90, np.uint8)
    photo[:, 32:] = 200
    padded = np.pad(photo, ((32, 32), (32, 32), (0, 0)), mode="reflect")
    batch = torch.from_numpy(padded).permute(2, 0, 1)[None].float() / 255
    with torch.inference_mode():
        expected = torch.sigmoid(original(batch)[-1])[0, 0, 32:-32, 32:-32].numpy()
    np.testing.assert_allclose(detector.detect(photo), expected, atol=1e-5)


class _Evil:
    def __reduce__(self):
        return (print, ("this must not run",))


def test_a_file_that_would_run_code_is_refused(tmp_path, capsys):
    torch.save({"norm": _Evil()}, tmp_path / "ControlNetHED.pth")
    with pytest.raises(UserError) as error:
        EdgeDetector.from_pretrained(tmp_path)
    assert error.value.code == "damaged_weights"
    assert "must not run" not in capsys.readouterr().out


def test_missing_and_damaged_weights_are_one_sentence_each(tiny, tmp_path):
    with pytest.raises(UserError, match="There is no edge detector in"):
        EdgeDetector.from_pretrained(tmp_path / "nowhere")
    (tmp_path / "config.json").write_text((tiny / "config.json").read_text())
    (tmp_path / "model.safetensors").write_bytes(b"half a fi")
    with pytest.raises(UserError, match="damaged"):
        EdgeDetector.from_pretrained(tmp_path)
    (tmp_path / "config.json").write_text('{"generator": "compact"}')
    with pytest.raises(UserError, match="not an edge detector") as error:
        EdgeDetector.from_pretrained(tmp_path)
    assert error.value.code == "other_architecture"


def test_a_detector_comes_from_the_hub_too(hub, tiny):
    repo = hub.add("you/lines", tiny)
    repo.refs["v2"] = repo.refs["main"]
    del repo.refs["main"]
    detector = EdgeDetector.from_pretrained("you/lines@v2")
    assert detector.name == EdgeDetector.from_pretrained(tiny).name


def test_the_shipped_detector_says_how_it_was_made_and_is_small():
    shipped = domains.WEIGHTS_DIR / "hed"
    config = json.loads((shipped / "config.json").read_text("utf-8"))
    assert config["command"].startswith("python -m pix2pix.detection.train")
    assert "BSDS500" in config["data_licence"]
    assert (shipped / "model.safetensors").stat().st_size < 4_000_000
    assert (shipped / "README.md").is_file()
