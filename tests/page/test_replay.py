import io

import av
import numpy as np
import pytest
from PIL import Image

from harness.album import deed, keep, open_album, stored, turn_to, wait_stored
from harness.sheet import SHOE
from pix2pix.page import assets
from tests.windows import own, own_moving

pytestmark = pytest.mark.slow

WORDS = assets.settings()["texts"]["en"]
LINE = [(0.2, 0.6), (0.8, 0.6)]

PIXELS = "screen => screen.toDataURL()"
# Says of which picture the last small one is that was kept on the way.
KEPT = """() => {
  let loaded = '';
  const { decode } = HTMLImageElement.prototype;
  HTMLImageElement.prototype.decode = async function () {
    const { src } = this;
    await decode.call(this);
    loaded = src;
  };
  const { toBlob } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.toBlob = function (done, ...how) {
    const picture = loaded;
    toBlob.call(this, (blob) => { done(blob); window.there = picture; }, ...how);
  };
}"""


def open_replay(sheet):
    sheet.click(action="play")
    sheet.page.click(".play [data-action=replay]")


def ready(sheet):
    sheet.page.wait_for_selector(".replay-screen", state="visible")


def saved(sheet, kind: str):
    with sheet.page.expect_download() as download:
        deed(sheet, kind)
    return download.value


def stands(sheet) -> bool:
    """Whether the film shows the same when a while has passed on the page's own clock."""
    page = sheet.page
    page.clock.install()
    shown = page.eval_on_selector(".replay-screen", PIXELS)
    page.clock.run_for(1500)
    return page.eval_on_selector(".replay-screen", PIXELS) == shown


def halves(frame: np.ndarray) -> tuple[int, int]:
    """Counts dark pixels of the drawing, and pixels of the picture that are not white."""
    left, right = frame[24:328, 30:320], frame[24:328, 365:660]  # inside their rims
    return int((left.max(2) < 90).sum()), int((right.min(2) < 200).sum())


@own_moving
def test_plays_by_itself_and_can_be_stopped(sheet):
    keep(sheet)
    open_replay(sheet)
    ready(sheet)
    first = sheet.page.eval_on_selector(".replay-screen", PIXELS)
    sheet.page.wait_for_function(
        f"first => ({PIXELS})(document.querySelector('.replay-screen')) !== first", arg=first
    )
    deed(sheet, "play")
    assert stands(sheet)
    deed(sheet, "play")
    assert not stands(sheet)


@own
def test_stands_still_where_motion_is_not_wanted(sheet):
    keep(sheet)
    open_replay(sheet)
    ready(sheet)
    assert stands(sheet)
    assert sheet.page.get_attribute(".replay", "data-state") == "paused"
    deed(sheet, "play")
    assert sheet.page.get_attribute(".replay", "data-state") == "playing"


def test_nothing_drawn_is_said(sheet):
    open_replay(sheet)
    sheet.page.wait_for_function("document.querySelector('.replay-note').textContent")
    assert sheet.page.inner_text(".replay-note") == WORDS["replay_empty"]
    assert sheet.page.locator(".replay [data-deed=gif]").is_disabled()


def test_gif_of_the_album_shows_drawing_and_picture_growing(sheet):
    sheet.draw(SHOE[:5])
    sheet.settled()
    keep(sheet, SHOE[4:])
    wait_stored(sheet, lambda all: len(all[0]["moments"]) >= 1)
    sheet.page.reload()  # so that it can only come from the album
    sheet.wait_ready()
    open_album(sheet)
    turn_to(sheet, "Shoe")
    deed(sheet, "replay")
    ready(sheet)
    download = saved(sheet, "gif")
    assert download.suggested_filename == "i-canvas-replay.gif"
    with Image.open(io.BytesIO(download.path().read_bytes())) as film:
        assert film.format == "GIF"
        assert film.info["loop"] == 0
        frames, lasts = [], []
        for number in range(film.n_frames):
            film.seek(number)
            lasts.append(film.info["duration"])
            frames.append(halves(np.asarray(film.convert("RGB")).astype(int)))
    assert 4000 <= sum(lasts) <= 10_000
    lines, pictures = zip(*frames, strict=True)
    assert min(np.diff(lines)) > -30  # only the tip of a line bends a little
    assert lines[0] < lines[len(lines) // 2] < lines[-1]
    assert pictures[0] < 50 < pictures[-1]


def test_moments_are_few_and_follow_undo(sheet):
    sheet.page.evaluate(KEPT)

    def seen(change):
        """Does something, and waits until a snapshot of its last picture has been taken."""
        change()
        taken = "picture => window.there === picture"
        sheet.page.wait_for_function(taken, arg=sheet.settled())

    for step in range(6):
        y = 0.1 + step / 8
        seen(lambda y=y: sheet.draw([(0.1, y), (0.9, y)]))
    seen(lambda: sheet.click(action="undo"))
    points = sum(len(stroke["points"]) for stroke in sheet.drawing()["strokes"])
    sheet.page.click(".picture [data-action=keep]")
    wait_stored(sheet, lambda all: [each["kept"] for each in all] == [True])
    (record,) = stored(sheet)
    counts = [moment["points"] for moment in record["moments"]]
    assert 2 <= len(counts) <= 24
    assert counts == sorted(set(counts))
    assert counts[-1] <= points


def test_video_can_be_read(sheet):
    keep(sheet)
    open_replay(sheet)
    ready(sheet)
    if not sheet.page.locator("[data-deed=video]").is_visible():
        pytest.skip("this browser records no video")
    download = saved(sheet, "video")
    with av.open(str(download.path())) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    assert frames[0].shape == (352, 688, 3)
    first, last = (halves(frame.astype(int)) for frame in (frames[0], frames[-1]))
    assert first[0] < last[0]
    assert first[1] < last[1]
