"""Windows that some tests need instead of the one that all others share, and their sizes."""

from collections.abc import Iterable, Iterator

import pytest

from harness.sheet import Sheet

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

MOTION = {"reduced_motion": "no-preference"}

# For tests that change what stays as long as their window, such as its clock.
own = pytest.mark.parametrize("context", [{"own": True}], indirect=True, ids=["own"])
own_moving = pytest.mark.parametrize(
    "context", [MOTION | {"own": True}], indirect=True, ids=["own-moving"]
)
moving = pytest.mark.parametrize("context", [MOTION], indirect=True, ids=["moving"])
touched = pytest.mark.parametrize("context", [{"has_touch": True}], indirect=True, ids=["touched"])

# Until the page has been laid out for that size.
_LAID_OUT = """([width, height]) => new Promise((done) => {
  const look = () => requestAnimationFrame(
    innerWidth === width && innerHeight === height ? () => requestAnimationFrame(done) : look,
  );
  look();
})"""

Size = tuple[int, int]


def resized(sheet: Sheet, sizes: Iterable[Size]) -> Iterator[Size]:
    """Gives the window one size after the other: a page of its own for each takes seconds."""
    for width, height in sizes:
        sheet.page.set_viewport_size({"width": width, "height": height})
        sheet.page.evaluate(_LAID_OUT, [width, height])
        yield width, height
