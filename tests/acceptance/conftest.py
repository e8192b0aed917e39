"""Stories told as people would live them, in a real browser against the real server.

Every page opened is held to the floor: no console error, no request that leaves this machine, no axe violation when a
story asks for it.
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from carestead import models
from carestead.core.area import open_area
from tests.conftest import make_area
from tests.made_up_people import keep_made_up_model

PEOPLE = 6_000

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("CARESTEAD_CHROMIUM", "/usr/bin/chromium")
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def demo_area(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An area with enough proposed people for every story to enrol some of its own; CARESTEAD_ACCEPTANCE_AREA names
    another, of which a copy is used."""
    folder = tmp_path_factory.mktemp("area") / "area"
    given = os.environ.get("CARESTEAD_ACCEPTANCE_AREA") or make_area(tmp_path_factory.mktemp("made-up"), people=PEOPLE)
    shutil.copytree(given, folder, ignore=shutil.ignore_patterns("store.sqlite3*", "secret.key"))
    if not models.every(open_area(folder)):
        keep_made_up_model(open_area(folder))
    return folder


@pytest.fixture(scope="session")
def url(demo_area: Path) -> Iterator[str]:
    """The address of the pages, served by gunicorn as a demonstration."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "import sys, pathlib; from carestead import web; "
    code += "web.serve(pathlib.Path(sys.argv[1]), port=int(sys.argv[2]), demo=True)"
    log = demo_area.parent / "server.log"
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(demo_area), str(port)],
            stdout=out,
            stderr=out,
            env={**os.environ, "PYTHONPATH": paths},
        )
    address = f"http://127.0.0.1:{port}"
    _wait(address, process, log)
    yield address
    process.terminate()
    process.wait(timeout=20)
    assert "Traceback" not in log.read_text(), log.read_text()


@pytest.fixture(scope="session")
def as_begun(url: str, demo_area: Path) -> Path:
    """A copy of the store as it was when the pages were first served."""
    kept = demo_area.parent / "as-begun.sqlite3"
    _copy(demo_area / "store.sqlite3", kept)
    return kept


@pytest.fixture(scope="module", autouse=True)
def _store_of_its_own(as_begun: Path, demo_area: Path) -> None:
    """The stories of a file begin as the demonstration does, whatever those of other files did to the same people."""
    _copy(as_begun, demo_area / "store.sqlite3")


def _copy(store: Path, to: Path) -> None:
    with closing(sqlite3.connect(store)) as one, closing(sqlite3.connect(to, timeout=30)) as other:
        one.backup(other)


def _wait(address: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{address}/sign-in/").close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium. Skipped, with the reason, where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make setup")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no {CHROMIUM}: apt-get install chromium, or set CARESTEAD_CHROMIUM")
    with pytest.MonkeyPatch.context() as patch, sync_api.sync_playwright() as play:
        patch.setattr(sync_api.Locator, "click", _patiently(sync_api.Locator.click))
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        yield chromium
        chromium.close()


def _patiently(click):
    """A click after which the page is all there: by itself one returns as soon as the next page begins to arrive."""

    def until_there(locator, **options) -> None:
        click(locator, **options)
        locator.page.wait_for_load_state()

    return until_there


class Visitor:
    """Somebody at a browser: opens pages, and is held to the floor."""

    def __init__(self, browser, url: str, *, width: int = 1280, scripts: bool = True) -> None:
        self.url = url
        self.scripts = scripts
        self.context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.expect_refusals = False
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        self.page.on("pageerror", lambda e: self.faults.append(f"script error: {e}"))

    def _console(self, message) -> None:
        refused = "status of 40" in message.text and self.expect_refusals
        if message.type in ("error", "warning") and not refused:
            self.faults.append(f"console: {message.text}")

    def _request(self, request) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.faults.append(f"left this machine: {request.url}")

    def signs_in_as(self, persona: str) -> "Visitor":
        self.opens("/sign-in/")
        self.page.locator(f"button[name=persona][value={persona}]").click()
        self.page.get_by_role("button", name="Sign out").wait_for()
        return self

    def opens(self, address: str):
        return self.page.goto(address if address.startswith("http") else self.url + address)

    def sees(self, text: str) -> bool:
        """Whether the page says `text`, or the one that is on its way does in a second or two."""
        until = time.monotonic() + 2
        while text not in self.page.locator("body").inner_text():
            if time.monotonic() > until:
                return False
            self.page.wait_for_timeout(100)
        return True

    def asks(self, script: str, given: object = None):
        """What a script finds once the page is all there, also after a key that led to it."""
        self.page.wait_for_load_state()
        return self.page.evaluate(script, given)

    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def tabs_to(self, text: str, *, within: int) -> None:
        """Reach what says `text` by pressing Tab, at most so often."""
        self.tabs_until("document.activeElement.textContent.trim() === text", text, within=within)

    def tabs_until(self, reached: str, text: str, *, within: int) -> None:
        """Press Tab, at most so often, until the script `reached`, which may use `text`, is true."""
        for _ in range(within + 1):
            if self.asks(f"text => {reached}", text):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"“{text}” is not reached by pressing Tab {within} times on {self.page.url}")

    def meets_the_accessibility_floor(self) -> None:
        """No axe violation on the page as it is; without scripts there is nothing to ask with."""
        if not self.scripts:
            return
        if not AXE.exists():
            pytest.fail(f"there is no {AXE}: npm ci")
        # The page's policy forbids scripts of others; the tool that checks it comes in by the back door.
        self.asks(AXE.read_text())
        found = self.asks("tags => axe.run({runOnly: tags})", AXE_TAGS)["violations"]
        said = [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:3]}" for v in found]
        assert not said, f"{self.page.url}: " + "; ".join(said)

    def is_not_wider_than_the_screen(self) -> None:
        wide = self.asks("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"

    def finds_every_table_named(self) -> None:
        nameless = self.asks("[...document.querySelectorAll('table')].filter(t => !t.caption).length")
        assert not nameless, f"{self.page.url} has {nameless} tables without a caption"


@pytest.fixture
def visitor(browser, url: str):
    """Makes visitors; at the end none may have met a fault."""
    made: list[Visitor] = []

    def make(persona: str | None = None, **options) -> Visitor:
        somebody = Visitor(browser, url, **options)
        made.append(somebody)
        return somebody.signs_in_as(persona) if persona else somebody

    yield make
    faults = [f for v in made for f in v.faults]
    for somebody in made:
        somebody.context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def enrolled(visitor):
    """The address of a person who was enrolled a moment ago with this area's demo GP and a coordinator."""
    gp = visitor("gp")
    gp.opens("/proposed/?whose=")
    for address in [a.get_attribute("href") for a in gp.page.locator("a[data-row]").all()]:
        gp.opens(address)
        coordinator, own = _demo_coordinator(gp), _own_code(gp)
        if coordinator is None or own is None:
            continue
        gp.page.get_by_label("Named GP").select_option(own)
        gp.page.get_by_label("Care coordinator").select_option(coordinator)
        gp.page.get_by_role("button", name="Enrol this person").click()
        return address.replace("decide/", "")
    raise AssertionError("Nobody is proposed whom the demo coordinator could look after.")


def _own_code(gp):
    """The code under which the demo GP is offered as named GP; None where they are not."""
    name = gp.page.locator(".cs-header__who").evaluate("e => e.firstChild.textContent.trim()")
    mine = gp.page.locator("#named_gp option", has_text=name)
    return mine.first.get_attribute("value") if mine.count() else None


def _demo_coordinator(gp):
    options = gp.page.locator("#coordinator option").all()
    named = [o for o in options if o.get_attribute("value")]
    return named[0].get_attribute("value") if named else None
