import json
import re
from dataclasses import replace

import pytest

from pix2pix.domains import DEFAULT_DOMAIN, DOMAINS, Domain, Starter
from pix2pix.page import assets
from pix2pix.page.canvas import SketchCanvas

NOTHING = Domain("nothing", {}, flip=True, frame=1, data_source="", data_licence="")
TEXTS = assets.settings()["texts"]


def test_markup_is_complete():
    assert "<!-- include" not in assets.markup()


def test_nothing_is_loaded_from_elsewhere():
    page = assets.markup() + assets.head() + assets.script()
    addresses = set(re.findall(r"https?://[\w./]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg"}  # a name, not an address


def test_settings_are_one_value_for_gradio_which_copies_every_value_at_each_step():
    props = SketchCanvas(render=False).props
    assert json.loads(props["settings"]) == assets.settings()
    assert all(isinstance(value, str) for value in props.values())


@pytest.mark.parametrize("domain", assets.settings()["domains"], ids=lambda domain: domain["id"])
def test_domains_have_what_the_page_shows(domain):
    assert domain["icon"].startswith("<svg")
    assert domain["icon"] != assets.icon(NOTHING)
    named = {language for language, words in TEXTS.items() if f"domain_{domain['id']}" in words}
    assert named | set(domain["title"]) >= set(TEXTS)


def test_page_starts_with_the_default_domain():
    assert assets.settings()["start"] == DEFAULT_DOMAIN


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=DOMAINS)
def test_starters_are_drawn_inside_the_sheet(domain):
    starters = assets.starters(domain)
    assert len(starters) >= 6
    for starter in starters:
        assert set(starter["name"]) >= {"en", "ko"}
        numbers = re.findall(r"-?\d*\.?\d+", " ".join(starter["strokes"]))
        assert all(0 <= float(number) <= 1 for number in numbers)
        assert all(stroke.startswith("M") for stroke in starter["strokes"])


def test_domain_without_files_gets_the_general_icon_and_no_starters():
    assert assets.starters(NOTHING) == []
    assert assets.icon(NOTHING) == (assets.UI_DIR / "icons/generic.svg").read_text("utf-8")


def test_a_domain_of_ones_own_brings_its_icon_and_starters():
    begin = Starter({"en": "Leaf 1"}, ("M.1 .1L.9 .9",))
    own = replace(
        NOTHING, title={"en": "</script>"}, icon=("M1 1L9 9Z", "M2 2L3 3"), starters=(begin,)
    )
    (shown,) = assets.settings([own])["domains"]
    assert shown["starters"] == [{"name": {"en": "Leaf 1"}, "strokes": ["M.1 .1L.9 .9"]}]
    assert '<path d="M1 1L9 9Z" class="icon-fill"/>' in shown["icon"]
    assert shown["icon"].count("<path") == 3
    assert assets.classroom("", "", [own]).count("</script>") == 1
