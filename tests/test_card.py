import yaml

from pix2pix.card import detector_card, model_card
from tests.toys import HISTORY, METADATA

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


def test_a_set_without_held_out_pairs_has_a_card_too():
    assert "nan" in model_card(CONFIG | {"metrics": {}}, "Shoe")


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


def test_an_open_licence_and_imagined_pairs_are_told():
    card = model_card(CONFIG | {"licence_id": "cc-by-sa-4.0", "imagined_pairs": 600}, "Sticker")
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
