"""The look: what `tokens.css` names is legible, and nothing else names colours or sizes."""

import re

import pytest

from pix2pix.page.assets import UI_DIR

STYLES = sorted(UI_DIR.glob("*/*.css"))
TEXT, PART = 4.5, 3.0  # WCAG 2.2: 1.4.3 for text, 1.4.11 for what shows a control or its state

# What lies on what, and how far they have to be apart.
PAIRS = [
    ("ink", "card", TEXT),
    ("ink", "background", TEXT),
    ("ink", "background-dots", TEXT),
    ("ink", "warn", TEXT),
    ("ink-soft", "card", TEXT),
    ("ink-soft", "background", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-chosen", "chosen", TEXT),
    ("on-chosen", "sun", TEXT),
    ("on-paper", "paper", TEXT),
    ("on-paper-soft", "paper", TEXT),
    ("on-paper", "sheet", TEXT),
    ("mark", "background", PART),
    ("mark", "background-dots", PART),
    ("mark", "card", PART),
    ("brand", "paper", PART),
    ("swatch-edge", "background", PART),
    ("swatch-edge", "card", PART),
    ("focus", "background", PART),
    ("focus", "background-dots", PART),
    ("focus", "card", PART),
]


def tokens() -> dict[str, dict[str, str]]:
    """The tokens by day and by night."""
    text = (UI_DIR / "common/tokens.css").read_text("utf-8")
    blocks = (
        re.search(selector + r" \{(.*?)\n\}", text, re.DOTALL) for selector in (":root", ".dark")
    )
    day, night = (dict(re.findall(r"--([\w-]+): ([^;]+);", block[1])) for block in blocks)
    return {"day": day, "night": day | night}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_what_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_what_lies_on_another_can_be_told_from_it(time, front, back, least):
    names = tokens()[time]
    assert contrast(names[front], names[back]) >= least


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_colours_type_sizes_and_gaps_are_named_in_one_place(path):
    if path.stem == "tokens":
        return
    text = re.sub(r"url\(.*?\)\s*;", "", path.read_text("utf-8"))
    assert re.findall(r"#(?:[0-9a-fA-F]{3,4}){1,2}\b(?!\s*\{)|\b(?:rgb|hsl)a?\(", text) == []
    assert re.findall(r"(?:font(?:-size)?|gap):[^;]*\dpx", text) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_every_name_that_is_used_is_there(path):
    everywhere = "\n".join(each.read_text("utf-8") for each in STYLES)
    scripts = "\n".join(each.read_text("utf-8") for each in UI_DIR.glob("*/*.js"))
    used = re.findall(r"var\(--([\w-]+)\)", path.read_text("utf-8"))
    known = {*re.findall(r"--([\w-]+):", everywhere), *re.findall(r"'--([\w-]+)'", scripts)}
    assert set(used) <= known
    if path.stem == "tokens":
        unused = {name for name in tokens()["day"] if f"var(--{name}" not in everywhere}
        assert {name for name in unused if f"--{name}'" not in scripts} == set()
