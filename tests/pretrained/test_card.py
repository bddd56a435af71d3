import json
import re

import pytest
import yaml
from PIL import Image

from pix2pix.domains import DOMAINS, TOOLS, WEIGHTS_DIR
from pix2pix.errors import UserError
from pix2pix.networks.generator import CompactUNet
from pix2pix.pretrained.card import for_hub, main, model_card
from pix2pix.pretrained.detector_card import detector_card
from pix2pix.pretrained.export import export
from tests.hub_repos import card_problems
from tests.toys import HISTORY, METADATA, toy_pair, write_colouriser, write_enlarger, write_export

CONFIG = METADATA | {
    "minutes": 1.5,
    "steps": 6,
    "hardware": "2 cores",
    "history": HISTORY,
    "metrics": {"l1": 0.1234, "ssim": 0.75, "swd": 147.2},
}


def test_the_card_says_what_the_weights_are():
    card = model_card(CONFIG, "Shoe")
    _, front, body = card.split("---\n", 2)
    assert yaml.safe_load(front)["pipeline_tag"] == "image-to-image"
    for words in (
        "Shoe",
        "free to use",
        "1.5 minutes",
        "abc123",
        "0.123",
        "0.750",
        "147",
        "train.py",
    ):
        assert words in body
    assert "{" not in body


PICTURES = {
    "task": "pictures",
    "objective": "style",
    "domain": "wave",
    "size": 128,
    "data": "photos.zip",
    "takes": "photos",
    "gives": "photos in the style of wave",
    "training_pictures": 19,
    "held_out_pictures": 1,
    "minutes": 1.5,
    "steps": 6,
    "hardware": "2 cores",
    "history": HISTORY,
    "metrics": {"cycle_a": 0.25},
}


def test_a_generator_of_pictures_has_a_card_whose_example_runs(tmp_path, monkeypatch):
    card = model_card(PICTURES, "Wave")
    assert card_problems(card) == []
    for words in ("# Wave: photos to photos in", "`style`", "19 pictures", "`cycle_a`: 0.250"):
        assert words in card
    generator = CompactUNet((8, 16, 16), in_channels=3, base=4)
    export(generator, tmp_path, PICTURES)
    monkeypatch.chdir(tmp_path)
    Image.fromarray(toy_pair(1)[0]).save("photo.jpg")
    exec(re.search(r"```python\n(.*?)```", card, re.DOTALL)[1], {})
    assert Image.open("picture.png").size == (128, 128)
    assert 'from_pretrained("you/wave")' in for_hub(card, "you/wave")


def test_a_colouriser_has_a_card_whose_example_runs(tmp_path, monkeypatch):
    told = {"task": "colourise", "objective": "pix2pix", "domain": "colour", "size": 64}
    config = PICTURES | told | {"takes": "gray pictures", "gives": "coloured pictures"}
    card = model_card(config, "Colour")
    assert card_problems(card) == []
    assert "# Colour: gray pictures to coloured pictures" in card
    write_colouriser(tmp_path)
    monkeypatch.chdir(tmp_path)
    Image.fromarray(toy_pair(1)[0][:90]).convert("L").save("gray.jpg")
    exec(re.search(r"```python\n(.*?)```", card, re.DOTALL)[1], {})
    assert Image.open("coloured.png").size == (256, 90)
    assert 'from_pretrained("you/colour")' in for_hub(card, "you/colour")


def test_a_network_that_enlarges_has_a_card_whose_example_runs(tmp_path, monkeypatch):
    config = PICTURES | {"task": "enlarge", "factor": 4, "domain": "bigger", "metrics": {"psnr": 3}}
    card = model_card(config, "bigger")
    assert card_problems(card) == []
    for words in ("4 times as wide and high", "pieces of 128 px", "19 pictures", "`psnr`: 3.000"):
        assert words in card
    write_enlarger(tmp_path)
    monkeypatch.chdir(tmp_path)
    Image.fromarray(toy_pair(1)[0]).resize((30, 20)).save("picture.png")
    exec(re.search(r"```python\n(.*?)```", card, re.DOTALL)[1], {})
    assert Image.open("large.png").size == (120, 80)
    assert 'from_pretrained("you/bigger")' in for_hub(card, "you/bigger")


def test_the_front_matter_is_what_the_hub_reads():
    card = model_card(CONFIG | {"dataset_id": "huggan/edges2shoes"}, "Shoe")
    front = yaml.safe_load(card.split("---\n", 2)[1])
    assert front["library_name"] == "i-canvas"
    assert front["datasets"] == ["huggan/edges2shoes"]
    assert front["metrics"] == ["l1", "ssim", "swd"]
    (result,) = front["model-index"][0]["results"]
    assert result["dataset"]["type"] == "huggan/edges2shoes"
    assert result["dataset"]["name"] == "toy pairs"
    assert {m["type"]: m["value"] for m in result["metrics"]} == CONFIG["metrics"]
    assert card_problems(card) == []


def test_a_set_of_ones_own_is_no_data_set_of_the_hub():
    front = yaml.safe_load(model_card(CONFIG, "Shoe").split("---\n", 2)[1])
    assert "datasets" not in front
    assert front["model-index"][0]["results"][0]["dataset"]["type"] == "shoes"


def test_a_set_without_held_out_pairs_has_a_card_too():
    card = model_card(CONFIG | {"metrics": {}}, "Shoe")
    assert "nan" in card
    assert "model-index" not in card
    assert card_problems(card) == []


def test_the_example_on_the_hub_loads_from_there():
    card = for_hub(model_card(CONFIG, "Shoe"), "you/x@v2")
    assert 'Translator.from_pretrained("you/x@v2").translate(' in card
    assert '"."' not in card


def test_a_card_is_written_anew_by_command(tmp_path):
    folder = write_export(tmp_path / "export")
    (folder / "README.md").unlink()
    main([str(folder)])
    card = (folder / "README.md").read_text("utf-8")
    assert "# Shoe: sketch to picture" in card
    assert "huggan/edges2shoes" in card  # known of the domain
    for folders in ([], [str(tmp_path)]):
        with pytest.raises(UserError):
            main(folders)


@pytest.mark.parametrize("name", [*DOMAINS, *TOOLS, "hed"])
def test_the_shipped_cards_are_as_the_command_writes_them(name, tmp_path):
    folder = tmp_path / name
    folder.mkdir()
    for path in (WEIGHTS_DIR / name).iterdir():
        (folder / path.name).symlink_to(path)
    shipped = (folder / "README.md").read_text("utf-8")
    (folder / "README.md").unlink()
    main([str(folder)])
    assert (folder / "README.md").read_text("utf-8") == shipped
    assert card_problems(shipped) == []
    figures = json.loads((folder / "config.json").read_text("utf-8")).get("metrics", {})
    assert shipped.count("value: ") == (0 if name in TOOLS else len(figures))


def test_a_run_that_went_on_from_another_tells_of_both():
    later = HISTORY[0] | {"command": "python train.py --init shoes"}
    card = model_card(CONFIG | {"history": [later], "parents": [CONFIG]}, "Shoe")
    assert "3.0 minutes, 12 steps" in card
    assert card.index("train.py --domain shoes") < card.index("train.py --init shoes")


def test_the_detectors_card_says_what_it_is():
    config = {"data": "267 pictures", "data_licence": "research use", "minutes": 3.25, "steps": 9}
    card = detector_card(config | {"hardware": "2 cores", "commit": "abc", "command": "x"}, 859_787)
    _, front, body = card.split("---\n", 2)
    assert yaml.safe_load(front)["library_name"] == "i-canvas"
    for words in ("859,787", "267 pictures", "research use", "3.2 minutes, 9 steps"):
        assert words in body
    assert "{" not in body


def test_an_open_licence_and_synthetic_pairs_are_told():
    card = model_card(CONFIG | {"licence_id": "cc-by-sa-4.0", "synthetic_pairs": 600}, "Sticker")
    front = yaml.safe_load(card.split("---\n", 2)[1])
    assert front["license"] == "cc-by-sa-4.0"
    assert "license_name" not in front
    assert "600 more composed" in card
    assert "composed" not in model_card(CONFIG, "Shoe")


def test_the_terms_of_the_domain_it_went_on_from_hold_too():
    parent = CONFIG | {"data_licence": "research only"}
    child = CONFIG | {"domain": "sticker", "licence_id": "cc-by-sa-4.0", "parents": [parent]}
    card = model_card(child, "Sticker")
    assert yaml.safe_load(card.split("---\n", 2)[1])["license"] == "other"
    assert "under those of the shoes that it went on from (research only)" in card


def front_of(card):
    return yaml.safe_load(card.split("---\n", 2)[1])


def test_the_licence_is_that_of_all_data_or_has_a_name():
    own = CONFIG | {"domain": "leaf", "data_licence": "CC-BY-4.0", "licence_id": "cc-by-4.0"}
    front = front_of(model_card(own, "Leaf"))
    assert front["license"] == "cc-by-4.0"
    assert "license_name" not in front
    parent = own | {"domain": "tree", "data_licence": "our school only", "licence_id": "other"}
    front = front_of(model_card(own | {"parents": [parent]}, "Leaf"))
    assert front["license"] == "other"
    assert front["license_name"] == "our-school-only-and-cc-by-4.0"
    assert front_of(model_card(own | {"parents": [own]}, "Leaf"))["license"] == "cc-by-4.0"
    untold = own | {"data_licence": "unknown", "licence_id": "unknown"}
    card = model_card(untold, "Leaf")
    assert front_of(card)["license"] == "unknown"
    assert "Licence of the data: not told" in card
    assert card_problems(card) == []


def test_the_model_that_a_run_went_on_from_is_named():
    card = model_card(CONFIG | {"base_model": "you/pix2pix-shoes"}, "Shoe")
    assert front_of(card)["base_model"] == "you/pix2pix-shoes"
    assert "Went on from [you/pix2pix-shoes]" in card
    assert "base_model" not in front_of(model_card(CONFIG, "Shoe"))
    assert "base_model" in front_of(model_card(PICTURES | {"base_model": "you/x"}, "Wave"))


def test_what_was_distilled_says_from_which_generator():
    card = model_card(CONFIG | {"teacher": "shoes", "width": 0.7}, "Shoe")
    assert "pictures of the generator `shoes`" in card
    assert "70% of its channels" in card
