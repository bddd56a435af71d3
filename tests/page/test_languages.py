"""Changing the language: every word of every view follows, and nothing else changes."""

import re

import pytest

from tests.views import views

pytestmark = pytest.mark.slow

FOREIGN = {"ko": "[A-Za-z]{2,}", "en": "[가-힣]+"}
# What is written the same in every language: kinds of files, keys, and the languages' own names.
ANYWHERE = {"PDF", "GIF", "JPEG", "PNG", "HEIC", "Shift", "Delete", "English", "한국어", "iPhone"}
FILE = "i-canvas-album"

# Of the whole page, its closed dialogs too; not the names of keys, nor what a child has typed.
WORDS = """() => {
  const words = [document.title];
  for (const node of document.querySelectorAll('.i-canvas, .i-canvas *:not(kbd, template)')) {
    for (const name of ['aria-label', 'title', 'alt', 'placeholder']) {
      words.push(node.getAttribute(name) ?? '');
    }
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) words.push(child.data);
    }
  }
  return words;
}"""


def choose(sheet, language: str) -> None:
    """As the settings do, while another view stays open."""
    radio = f".settings input[name=language][value={language}]"
    sheet.page.eval_on_selector(radio, "node => node.click()")
    sheet.page.wait_for_selector(f"html[lang={language}]", state="attached")


def foreign(sheet, language: str) -> list[str]:
    words = "\n".join(sheet.page.evaluate(WORDS)).replace(FILE, "")
    return sorted({*re.findall(FOREIGN[language], words)} - ANYWHERE)


@pytest.fixture
def settings(sheet):
    """A page whose settings list the languages: they have been open once."""
    sheet.click(action="help")
    sheet.click(action="settings")
    sheet.page.keyboard.press("Escape")
    choose(sheet, "en")
    return sheet


# What a child typed or chose in some views, which a change of the language leaves as it is.
KEPT = {
    "book": "[document.querySelector('.book-by').value, document.activeElement.className]",
    "templates": "document.querySelector('[data-action=trace-along]').ariaPressed",
    "variants": "[...document.querySelectorAll('.variant')].map((each) => each.ariaPressed)",
    "scene": "[document.querySelector('.placed').style.left, document.activeElement.className]",
    "mission": "document.querySelectorAll('.tick[data-seen]').length",
}


def test_every_view_speaks_the_language_that_is_chosen_and_keeps_what_was_typed(settings):
    left, kept = {}, {}
    for view in views(settings):
        before = settings.page.evaluate(KEPT.get(view, "null"))
        for language in FOREIGN:
            choose(settings, language)
            left[view, language] = foreign(settings, language)
            now = settings.page.evaluate(KEPT.get(view, "null"))
            kept[view] = kept.get(view, True) and now == before
    assert len(left) > 40
    assert {where: words for where, words in left.items() if words} == {}
    assert kept.keys() >= KEPT.keys()
    assert {view for view, same in kept.items() if not same} == set()


def test_a_word_of_another_language_would_be_found(settings):
    choose(settings, "ko")
    settings.page.eval_on_selector(".album h2", "node => { node.textContent = 'My album'; }")
    assert foreign(settings, "ko") == ["My", "album"]
