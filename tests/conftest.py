"""A server, a browser and a page for every test that asks for them."""

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from huggingface_hub import constants, file_download
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from harness.server import Server, free_port
from harness.sheet import WAIT, Sheet, launch_browser
from tests.hub_server import Hub

# Read by servers and commands that tests start, and by torch here, which is imported later. Idle
# OpenMP threads spin otherwise, and take the processor from the browser; and each of the workers
# that share the tests has its part of the processors.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
_WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // _WORKERS)))

# Chromium without a window around the page, whose drawing takes a quarter of the time of a page.
if _shell := shutil.which("chromium-headless-shell"):
    os.environ.setdefault("ICANVAS_CHROMIUM", _shell)

IN_A_BROWSER = {"browser", "context", "server", "sheet", "window", "windows"}
SERVERS = {"classroom", "named", "space"}  # and whatever ends in _server
# To show what moves takes ten times as long as to draw. Tests of motion ask for it.
WINDOW = {
    "viewport": {"width": 1280, "height": 800},
    "locale": "en-US",
    "reduced_motion": "reduce",
}
# Forgets all that a page has kept in the browser, as soon as no page has it open.
EMPTY = """async () => {
  localStorage.clear();
  const gone = ({ name }) => new Promise((resolve) => {
    indexedDB.deleteDatabase(name).onsuccess = resolve;
  });
  await Promise.all((await indexedDB.databases()).map(gone));
}"""


def pytest_configure(config: pytest.Config) -> None:
    """Gives what Gradio keeps a folder of this process' own: workers do not write into one."""
    folder = tempfile.TemporaryDirectory(prefix="i-canvas-", ignore_cleanup_errors=True)
    config.add_cleanup(folder.cleanup)
    os.environ["GRADIO_TEMP_DIR"] = folder.name


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Imports all that tests test without what takes long: type stubs, and looking for garbage."""
    from pix2pix.utils.gradio_import import without_stubs

    gc.disable()
    with without_stubs():
        collected = yield
    gc.freeze()
    gc.enable()
    return collected


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks tests that ask for a page or its server as `browser`, with an own server as `slow`.

    Files with tests that take long come first, so that no worker is left with one in the end. Tests
    that look for faces are left out where nothing finds them, except in CI: nobody would see it.
    """
    from pix2pix.privacy.faces import INSTALL, can_find_faces  # and OpenCV, after the variables

    may_skip = not can_find_faces() and not os.environ.get("CI")
    for item in items:
        needs = getattr(item, "fixturenames", ())
        servers = {name for name in needs if name in SERVERS or name.endswith("_server")}
        if servers or not IN_A_BROWSER.isdisjoint(needs):
            item.add_marker("browser")
        if servers:
            item.add_marker("slow")
        if may_skip and (item.get_closest_marker("faces") or "finder" in needs):
            item.add_marker(pytest.mark.skip(reason=f"finding faces takes: {INSTALL}"))
    long = {
        item.path
        for item in items
        if item.get_closest_marker("browser") or item.get_closest_marker("slow")
    }
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(free_port(), tmp_path_factory.mktemp("server") / "log.txt")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = launch_browser(playwright)
        except Error as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no browser: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


class Windows:
    """The windows that tests share, one for each set of options: it loads Gradio's scripts once."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: dict[str, BrowserContext] = {}
        self.keepers: dict[BrowserContext, Page] = {}

    def open(self, options: dict[str, Any]) -> BrowserContext:
        """The window with these options of `Browser.new_context`."""
        key = repr(sorted(options.items()))
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(**(WINDOW | options))
            self.contexts[key].set_default_timeout(WAIT)
        return self.contexts[key]

    def forget(self, context: BrowserContext, url: str) -> None:
        """Clears what tests have stored in a window, by a tab of it that stays open."""
        if context not in self.keepers:
            self.keepers[context] = context.new_page()
            self.keepers[context].goto(url + "health")
        self.keepers[context].evaluate(EMPTY)


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture(scope="session")
def window(windows: Windows) -> BrowserContext:
    """The window of all tests that need no special one."""
    return windows.open({})


@pytest.fixture
def context(
    browser: Browser, windows: Windows, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """A window; parametrize indirectly for other options, and by `own` for one not shared."""
    options = dict(getattr(request, "param", {}))
    if options.pop("own", False):
        with browser.new_context(**(WINDOW | options)) as context:
            context.set_default_timeout(WAIT)
            yield context
        return
    shared = windows.open(options)
    before = shared.pages
    yield shared
    for page in shared.pages:
        if page not in before and page is not windows.keepers.get(shared):
            page.close()


@pytest.fixture
def sheet(context: BrowserContext, windows: Windows, server: Server) -> Iterator[Sheet]:
    """The page in a browser that has never been there, whatever earlier tests did in it."""
    if context in windows.contexts.values():
        windows.forget(context, server.url)
    sheet = Sheet(context.new_page(), server.url)
    yield sheet
    sheet.page.close()
    assert sheet.errors == []


@pytest.fixture(scope="session")
def vgg_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A VGG of random weights, as torchvision saves one."""
    from tests.toys import write_vgg

    return write_vgg(tmp_path_factory.mktemp("vgg") / "vgg16.pth")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A Hub of one's own; the client asks it with an empty cache and without a token.

    The client takes up at once what breaks off; it waits a second for others.
    """
    hub = Hub()
    home = tmp_path / "hub-home"
    # The client reads its environment when it is imported.
    monkeypatch.setattr(constants, "ENDPOINT", hub.url)
    template = hub.url + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(home / "hub"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(home / "token"))
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr(file_download, "time", SimpleNamespace(sleep=lambda _: None))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    yield hub
    hub.close()
