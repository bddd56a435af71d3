"""Languages: none lacks a text, none has one too many, and all words are in `locales/`."""

import re
import shutil
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from harness.server import free_port
from harness.sheet import Sheet
from pix2pix.domains import DOMAINS
from pix2pix.page import assets
from pix2pix.page.assets import UI_DIR
from pix2pix.server.app import build_app, launch
from pix2pix.server.service import DrawingService

TEXTS = assets.texts()
ENGLISH = TEXTS["en"]
SCRIPTS = {path.name: path.read_text("utf-8") for path in sorted(UI_DIR.glob("*/*.js"))}
MARKUP = {path.name: path.read_text("utf-8") for path in sorted(UI_DIR.glob("*/*.html"))}
NAMES = {f"domain_{domain}" for domain in DOMAINS}
"""What a language has in its own file where `Domain.title` lacks it."""
PLURAL = re.compile(r"_(?:zero|one|two|few|many|other)$")


def plain(keys: Iterable[str]) -> set[str]:
    """Keys of texts; where there is a number, without the form that it takes."""
    counted = {PLURAL.sub("", key) for key in keys if key.endswith("_other")}
    bases = {key: PLURAL.sub("", key) for key in keys}
    return {base if base in counted else key for key, base in bases.items()}


SPOKEN = plain(ENGLISH)


def asked() -> tuple[set[str], set[str]]:
    """The keys that page and scripts name, and the beginnings that scripts put together."""
    keys = set(re.findall(r'data-(?:text|label|alt)="(\w+)"', "".join(MARKUP.values())))
    words = re.findall(r"'([a-z]\w*)'", "".join(SCRIPTS.values()))
    return keys | set(words), {word for word in words if word.endswith("_")}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_is_complete(language):
    words = TEXTS[language]
    assert plain(words) >= SPOKEN
    assert plain(words) - SPOKEN <= NAMES
    assert [key for key, text in words.items() if not text.strip()] == []


@pytest.mark.parametrize("language", TEXTS)
def test_what_is_filled_in_is_the_same_in_every_language(language):
    def fields(text: str) -> list[str]:
        return sorted(re.findall(r"\{(\w+)\}", text))

    for key in ENGLISH.keys() & TEXTS[language].keys():
        assert fields(TEXTS[language][key]) == fields(ENGLISH[key]), key


def test_every_text_that_is_asked_for_exists():
    keys = set(re.findall(r'data-(?:text|label|alt)="(\w+)"', "".join(MARKUP.values())))
    keys |= set(
        re.findall(r"\b(?:texts?(?:\.get)?|speak)\('(\w+[a-z])'\)", "".join(SCRIPTS.values()))
    )
    assert len(keys) > 50
    assert keys - SPOKEN == set()


def test_no_text_is_left_over():
    keys, beginnings = asked()
    left = {key for key in SPOKEN - keys if not key.startswith(tuple(beginnings))}
    assert left - {"language"} == set()


@pytest.mark.parametrize("language", TEXTS)
def test_whoever_says_what_a_button_shows_presses_it(language):
    words = TEXTS[language]
    shown = re.findall(
        r'<button[^>]*data-label="(\w+)"[^>]*>(?:(?!</button>).)*data-text="(\w+)"',
        "".join(MARKUP.values()),
        re.DOTALL,
    )
    assert len(shown) > 5
    apart = [name for name, text in shown if words[text].lower() not in words[name].lower()]
    assert apart == []


class Words(HTMLParser):
    """Collects what a child would read, apart from the names of keys."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list) -> None:
        if tag not in ("input", "img", "meta", "path", "circle", "rect"):
            self.inside.append(tag)
        for name, value in attributes:
            if name in ("title", "alt", "placeholder", "aria-label") and value:
                self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        is_read = {"kbd", "title"}.isdisjoint(self.inside)
        if is_read and re.search(r"[^\W\d_]", data):
            self.found.append(data.strip())


@pytest.mark.parametrize("name", MARKUP)
def test_markup_has_no_words_of_its_own(name):
    words = Words()
    words.feed(MARKUP[name])
    assert words.found == []


def test_words_in_markup_would_be_found():
    words = Words()
    words.feed('<p><kbd>P</kbd></p><p>Hello</p><img alt="A shoe"><p data-text="pen"></p>')
    assert words.found == ["Hello", "A shoe"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_have_no_words_of_their_own(name):
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", SCRIPTS[name], flags=re.DOTALL)
    assert re.findall(r"[가-힣]+", code) == []
    shown = r"\b(?:textContent|innerText|title|alt|placeholder|ariaLabel) = (['\"`][^'\"`]*\w)"
    assert re.findall(shown, code) == []
    assert re.findall(r"'aria-label', ['\"`]\w", code) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.queueing")
@pytest.mark.parametrize("context", [{"locale": "fr-FR"}], indirect=True)
def test_one_file_is_a_language(context, tmp_path, monkeypatch):
    folder = shutil.copytree(UI_DIR, tmp_path / "ui")
    words = '{"language": "Français", "draw_here": "Dessine ici !", "domain_shoes": "Chaussure"}'
    Path(folder, "locales/fr.json").write_text(words, "utf-8")
    monkeypatch.setattr(assets, "UI_DIR", folder)
    app = build_app(DrawingService())
    port = free_port()
    launch(app, "127.0.0.1", port)
    try:
        sheet = Sheet(context.new_page(), f"http://127.0.0.1:{port}/")
        page = sheet.page
        assert page.get_attribute("html", "lang") == "fr"
        assert page.inner_text(".invitation p") == "Dessine ici !"
        assert page.inner_text("[data-domain=shoes]") == "Chaussure"
        assert page.inner_text("[data-domain=panda]") == "Panda"  # no word of its own: English
        assert page.get_attribute("[data-action=undo]", "aria-label") == ENGLISH["undo"]
        sheet.click(action="help")
        sheet.click(action="settings")
        assert page.locator(".languages label").all_inner_texts()[1:] == [
            ENGLISH["language"],
            "Français",
            TEXTS["ko"]["language"],
        ]
    finally:
        app.close()
