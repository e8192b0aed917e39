"""Pictures of the pages as they are: `python tools/screenshots.py AREA [FOLDER]`.

AREA is a synthetic area with published tables. FOLDER (build/screenshots) gets one PNG a page and width. Needs Chromium
(CARESTEAD_CHROMIUM, else /usr/bin/chromium).
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = {"desk": (1280, 800), "phone": (390, 844)}
CHROMIUM = os.environ.get("CARESTEAD_CHROMIUM", "/usr/bin/chromium")
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
TOUR = {
    "gp": [
        "my-list:/people/",
        "proposed:/proposed/",
        "person:@first",
        "record:@first record/",
        "medicines:@first medicines/",
        "why:@first why/",
        "evidence:@first why/efi/",
        "evidence-hfrs:@first why/hfrs/",
        "evidence-medicines:@first why/polypharmacy/",
        "evidence-continuity:@first why/usual-provider-continuity/",
        "evidence-risk:@first why/admission-risk-evaluation/",
        "decide:@first decide/",
        "who-looked:@first looked/",
        "refused:/data/refused/",
        "doubtful:/data/doubtful/",
        "on-lists:/lists/people/",
    ],
    "coordinator": ["people:/people/", "letters:/letters/"],
    "lead": ["load:/load/", "lists:/lists/", "data:/data/"],
    "partner": ["partner:/people/", "emergency:/break-glass/"],
    "commissioner": [
        "fund:/fund/",
        "ways-to-pay:/ways-to-pay/",
        "payment-lines:@line",
        "how-we-are-doing:/how-we-are-doing/",
        "refusal:/people/",
    ],
    "analyst": [
        "delivery:/delivery/",
        "model-card:/model-card/",
        "code-lists:/code-lists/",
        "code-list:/code-lists/efi/",
    ],
}


@contextmanager
def served(area: Path) -> Iterator[str]:
    """The pages of `area`, served as a demonstration on a free port; gives the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"from pathlib import Path;from carestead import web;web.serve(Path({str(area)!r}), port={port}, demo=True)"
    process = subprocess.Popen([sys.executable, "-c", code])
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            if process.poll() is not None:
                raise SystemExit("The server ended before it answered; see above.")
            try:
                urllib.request.urlopen(f"{url}/sign-in/").close()
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait()


def sign_in(page: Page, url: str, persona: str) -> None:
    """Sign in as a made-up persona."""
    page.goto(f"{url}/sign-in/")
    page.locator(f"button[value={persona}]").click()


def main(area: Path, folder: Path) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(area) as url, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        for name, (width, height) in WIDTHS.items():
            _tour(browser, url, folder, name, width, height)
        browser.close()


def _tour(browser: Browser, url: str, folder: Path, name: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{url}/sign-in/")
    page.screenshot(path=folder / f"{name}-sign-in.png", full_page=True)
    for persona, stops in TOUR.items():
        page.context.clear_cookies()
        sign_in(page, url, persona)
        for stop in stops:
            title, _, where = stop.partition(":")
            page.goto(_address(page, url, where))
            page.screenshot(path=folder / f"{name}-{title}.png", full_page=True)


def _address(page: Page, url: str, where: str) -> str:
    if where.startswith("@first"):
        page.goto(f"{url}/people/?whose=")
        return url + str(page.locator("a[data-row]").first.get_attribute("href")) + where.partition(" ")[2]
    if where == "@line":
        page.goto(f"{url}/ways-to-pay/")
        return url + str(page.locator("td a").first.get_attribute("href"))
    return url + where


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2] if len(sys.argv) > 2 else "build/screenshots"))
