import json
from collections import Counter

import pytest

from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.page import assets
from pix2pix.server.missions import load_missions

LANGUAGES = assets.settings()["texts"].keys()
CARD = {
    "id": "my-shoe",
    "domain": "shoes",
    "line": {"en": "My shoe"},
    "picture": {"template": "Sneaker"},
    "checks": [{"see": "closed"}],
}


@pytest.fixture
def write(tmp_path):
    def write(*missions):
        path = tmp_path / "class.json"
        path.write_text(json.dumps({"missions": missions}), "utf-8")
        return path

    return write


def complaint(path):
    with pytest.raises(UserError) as caught:
        load_missions(path)
    assert caught.value.code == "bad_missions"
    return caught.value.message


def test_shipped_missions_are_six_a_domain_and_speak_every_language():
    missions = load_missions()
    counts = Counter(mission["domain"] for mission in missions)
    assert set(counts) == set(DOMAINS)
    assert min(counts.values()) >= 6
    assert all(mission["line"].keys() == LANGUAGES for mission in missions)


def test_what_is_left_out_is_filled_in(write):
    (mission,) = load_missions(write(CARD | {"checks": [{"see": "colour", "colour": "red"}]}))
    assert mission["minutes"] == 3
    assert mission["picture"] == {"template": "Sneaker", "strokes": [], "dabs": []}
    assert mission["checks"] == [{"see": "colour", "colour": "red", "where": "anywhere"}]


@pytest.mark.parametrize(
    ("change", "place", "hint"),
    [
        ({"domain": "boats"}, "domain", "choose one of"),
        ({"line": {"xx": "?"}}, "line", "languages"),
        ({"line": {"en": " "}}, "line.en", "match"),
        ({"picture": {}}, "", "empty"),
        ({"picture": {"template": "Sandal"}}, "", "'Sandal'"),
        ({"picture": {"strokes": ["<script>"]}}, "picture.strokes.1", "match"),
        ({"checks": []}, "checks", "at least 1"),
        ({"checks": [{"see": "beauty"}]}, "checks.1", "'beauty'"),
        ({"checks": [{"see": "parts", "least": 0}]}, "checks.1.least", "greater"),
        ({"checks": [{"see": "colour", "colour": "pinkish"}]}, "checks.1.colour", "'pink'"),
        ({"prize": 3}, "prize", "not permitted"),
    ],
)
def test_a_fault_is_one_sentence_with_file_mission_and_field(write, change, place, hint):
    said = complaint(write(CARD | {"id": "first"}, CARD | change))
    assert said.startswith(f"class.json, mission 2 ('my-shoe'){', ' if place else ''}{place}: ")
    assert hint in said
    assert "\n" not in said


def test_missions_of_the_same_name_are_told(write):
    assert "two are called 'my-shoe'" in complaint(write(CARD, CARD))


def test_a_file_that_holds_no_missions_is_told(tmp_path):
    path = tmp_path / "class.json"
    assert complaint(path).startswith("class.json cannot be read")
    path.write_text("{", "utf-8")
    assert complaint(path).startswith("class.json is not JSON")
    path.write_text("[]", "utf-8")
    assert complaint(path).startswith("class.json: ")
    path.write_text('{"missions": [7]}', "utf-8")
    assert complaint(path).startswith("class.json, mission 1: ")
