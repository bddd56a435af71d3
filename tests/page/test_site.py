"""The static page, and the engine with which a browser makes its pictures itself."""

import json
import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from harness.photos import SHOE, paper_photo, photo_file
from harness.server import Server, free_port
from harness.sheet import CHROMIUM_FLAGS, WAIT, Sheet, find_chromium, png_url, read_png
from pix2pix.__main__ import main
from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.page import assets
from pix2pix.page.runtime import copy_runtime
from pix2pix.page.site import MODELS
from pix2pix.pretrained.onnx_export import export_once
from pix2pix.server.start import main as serve
from tests.toys import house, write_export
from tests.windows import own

TEXTS = assets.texts()["en"]
STROKE = [(0.2, 0.2), (0.6, 0.1), (0.8, 0.3)]
PICTURES = int(os.environ.get("ICANVAS_PICTURES", "20"))  # docs/offline.md has those of 1000

pytestmark = pytest.mark.slow


class Host:
    """The simplest web host there is: ``python -m http.server``."""

    def __init__(self, folder: Path) -> None:
        handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A page that draws shoes."""
    return written_site("ICANVAS_SITE", tmp_path_factory, "--domain", "shoes")


@pytest.fixture
def whole_site(tmp_path_factory) -> Path:
    """A page that draws everything."""
    return written_site("ICANVAS_WHOLE_SITE", tmp_path_factory)


def written_site(variable: str, folders: pytest.TempPathFactory, *options: str) -> Path:
    """A static page; exporting a kind takes a minute, so it may be in a folder that is there."""
    known = os.environ.get(variable)
    folder = Path(known) if known else folders.mktemp("site")
    try:
        copy_runtime(folder / assets.ENGINE)
    except UserError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(error.message)
    assert main(["site", "-o", str(folder), *options]) == 0
    return folder


@pytest.fixture
def host(site):
    host = Host(site)
    yield host
    host.close()


@own
def test_a_static_page_draws_again_without_a_network(context, host):
    sheet = Sheet(context.new_page(), host.url)
    sheet.draw()
    sheet.settled()
    sheet.page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    host.close()
    context.set_offline(True)
    sheet.page.reload()
    sheet.wait_ready()
    before = sheet.settled()
    sheet.draw(STROKE)
    picture = read_png(sheet.changed(before))
    assert picture.shape[:2] == (512, 512)
    assert (picture[..., :3].min(axis=2) < 128).mean() > 0.02
    sheet.enter("missions", ".missions[open] .card")
    assert sheet.errors == []
    assert {url.partition(":")[0] for url in sheet.requests} <= {"http", "data", "blob"}
    assert all(url.startswith((host.url, "data:", "blob:")) for url in sheet.requests)


@own
def test_every_kind_is_drawn_again_without_a_network(context, whole_site):
    host = Host(whole_site)
    sheet = Sheet(context.new_page(), host.url)
    sheet.draw()
    before = drawn_as_each_kind(sheet)
    sheet.page.evaluate(STORED, {"models": len(DOMAINS) + 1, "wait": WAIT})  # and the refiner
    host.close()
    context.set_offline(True)
    sheet.page.reload()
    sheet.wait_ready()
    sheet.settled()
    sheet.draw(STROKE)
    after = drawn_as_each_kind(sheet)
    assert len({*before, *after}) == 2 * len(DOMAINS)
    assert sheet.errors == []


STORED = """async ({ models, wait }) => {
  await navigator.serviceWorker.ready;
  const cache = await caches.open('i-canvas-site');
  const stored = async () => (await cache.keys()).filter(({ url }) => url.includes('/model.onnx'));
  const until = performance.now() + wait;
  while ((await stored()).length < models) {
    if (performance.now() > until) throw new Error('The other kinds were not stored.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}"""


def drawn_as_each_kind(sheet: Sheet) -> list[str]:
    """The pictures of what is drawn, each checked to be painted."""
    pictures = []
    for domain in DOMAINS:
        sheet.click(domain=domain)
        pictures.append(sheet.settled())
        assert (read_png(pictures[-1])[..., :3].min(axis=2) < 240).mean() > 0.05  # some are pale
    return pictures


def test_a_static_page_warms_up_before_anybody_draws(context, host):
    page = context.new_page()
    with page.expect_request("**/models/crisp/model.onnx", timeout=WAIT):  # the last step but one
        sheet = Sheet(page, host.url)
    page.close()
    assert sheet.errors == []


def test_a_static_page_says_what_needs_a_server(context, host):
    sheet = Sheet(context.new_page(), host.url)
    for action in ("photo", "paper", "enlarge"):
        assert sheet.page.locator(f".stage [data-action={action}]").is_hidden()
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo_file(paper_photo(SHOE))}
    sheet.page.set_input_files(".import-dialog input[data-label=from_file]", photo)
    assert sheet.notice() == TEXTS["error_needs_server"]
    sheet.page.close()
    assert sheet.errors == []


def test_a_static_page_can_be_installed(context, host):
    page = context.new_page()
    page.goto(host.url)
    session = context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert "i-Canvas" in json.loads(manifest["data"])["name"]
    told = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {each["errorId"] for each in told} <= {"in-incognito"}  # as the tests' windows are
    page.close()


DRAW = """async (drawing) => {
  window.worker ??= new Worker('engine/worker.js', { type: 'module' });
  const answered = new Promise((done) => {
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = ({ message }) => done({ error: { message } });
  });
  worker.postMessage({ id: 1, kind: 'draw', domain: 'shoes', drawing, seed: 1 });
  const { picture, error } = await answered;
  return picture ? picture.length : error.message;
}"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is not told here")
def test_memory_is_flat_however_many_pictures_are_drawn(browser, context, host):
    page = context.new_page()
    page.goto(host.url)
    drawing = png_url(house())
    of_browser = browser.new_browser_cdp_session()
    used = []
    for number in range(1, PICTURES + 1):
        assert isinstance(page.evaluate(DRAW, drawing), int)
        used.append(sum(resident(each) for each in renderers(of_browser)))
        if number % 100 == 0:
            print(f"{number} pictures: {min(used[-100:])} to {max(used[-100:])} MB", flush=True)
    # What is collected from time to time comes and goes; the least that is used stays. At first,
    # the browser compiles.
    begin, half = max(2, PICTURES // 10), PICTURES // 2
    print(f"{PICTURES} pictures: {min(used[begin:half])} MB, then {min(used[half:])} MB")
    assert min(used[half:]) < min(used[begin:half]) + 32
    page.close()


def renderers(session) -> list[int]:
    """The processes of pages and their workers."""
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return [each["id"] for each in told if each["type"] == "renderer"]


def resident(process: int) -> int:
    """Memory that a process holds, in MB."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:  # it ended
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


WARM = """async (scripts) => {
  const warmed = (script) => new Promise((done, fail) => {
    const worker = new Worker(script, { type: 'module' });
    worker.onmessage = ({ data }) => (data.warmed ? done(data.warmed.painted) : fail(script));
    worker.onerror = ({ message }) => fail(message);
    worker.postMessage({ kind: 'warm', domain: 'toy' });
  });
  const [usual, other] = [await warmed(scripts[0]), await warmed(scripts[1])];
  return usual.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at])), 0);
}"""


@pytest.fixture
def gpu_browser(browser):
    """A browser whose graphics processor is a program, SwiftShader: it is there anywhere."""
    flags = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"]
    started = browser.browser_type.launch(
        executable_path=find_chromium(), args=[*CHROMIUM_FLAGS, *flags]
    )
    yield started
    started.close()


def test_a_generator_paints_the_same_by_webgpu(gpu_browser, site, host, tmp_path):
    # A shipped one takes SwiftShader minutes; docs/offline.md has what came of it. This one's
    # convolutions take multiples of four channels: others are what the runtime gets wrong.
    export_once(write_export(tmp_path / "toy", base=15, size=64), site / MODELS / "toy")
    page = gpu_browser.new_page()
    page.goto(host.url + "manifest.json")
    off = page.evaluate(WARM, [host.url + f"engine/worker{kind}.js" for kind in ("", ".gpu")])
    assert 0 < off < 2 / 127.5  # not nothing: it was another processor


@pytest.fixture(scope="module")
def engine_server(site, tmp_path_factory):
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with Server(free_port(), log, arguments=["--engine", str(site)]) as server:
        yield server


def test_server_and_browser_draw_the_same_picture(context, engine_server):
    sheet = Sheet(context.new_page(), engine_server.url + "?engine=server", fresh=False)
    sheet.draw()
    theirs = read_png(sheet.settled()).astype(int)
    assert not any("/engine/" in url for url in sheet.requests)
    sheet.requests.clear()
    drawings = sent_drawings(sheet)
    sheet.page.goto(engine_server.url + "?engine=browser")
    sheet.wait_ready()
    ours = read_png(sheet.settled())[..., :3].astype(int)
    assert any(url.endswith("/shoes/model.onnx") for url in sheet.requests)
    assert not any(b'"domain":"shoes"' in each for each in drawings)
    off = np.abs(ours - theirs[..., :3]).max(axis=2)
    assert (off > 2).mean() < 0.01
    # Another kind has no model here, so the server draws it.
    sheet.click(domain="car")
    sheet.changed(sheet.source())
    assert any(b'"domain":"car"' in each for each in drawings)
    sheet.page.close()
    assert sheet.errors == []


def sent_drawings(sheet: Sheet) -> list[bytes]:
    """What is sent to the server from now on; it paints the other kinds when the hand rests."""
    sent: list[bytes] = []
    sheet.page.on(
        "request",
        lambda request: request.url.endswith("/picture") and sent.append(request.post_data_buffer),
    )
    return sent


def test_who_paints_is_chosen_in_the_settings_where_there_is_a_choice(context, engine_server):
    sheet = Sheet(context.new_page(), engine_server.url)
    sheet.click(action="help")
    sheet.click(action="settings")
    sheet.page.check(".settings input[name=engine][value=browser]", force=True)
    sheet.close_rooms()
    drawings = sent_drawings(sheet)
    sheet.draw()
    sheet.settled()
    assert not any(b'"domain":"shoes"' in each for each in drawings)
    sheet.page.close()
    assert sheet.errors == []


def test_a_folder_without_an_engine_is_told_in_one_sentence(tmp_path, capsys):
    assert serve(["--engine", str(tmp_path)]) == 2
    assert f"python -m pix2pix site -o {tmp_path}" in capsys.readouterr().err
