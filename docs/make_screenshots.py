"""The pictures of journalist.md: `python docs/make_screenshots.py out/dataset`. Needs Chromium and the extra `dev`."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

_IMAGES = Path(__file__).parent / "images"
_DESK = {"width": 1100, "height": 700}
_SHOWN = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")


def main() -> None:
    """Serve the dataset, take the pictures."""
    dataset = sys.argv[1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "extractor", "serve", dataset, "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(_SHOWN), timeout=120_000)
            page = browser.new_page(viewport=_DESK, locale="en-GB", color_scheme="light")
            page.set_default_timeout(120_000)
            _take(page, f"http://127.0.0.1:{port}")
            browser.close()
    finally:
        server.terminate()
        server.wait()


def _take(page: Page, home: str) -> None:
    _IMAGES.mkdir(exist_ok=True)
    page.goto(f"{home}/?q=giuong+benh&place=VN&indicator=hospital_beds")
    page.screenshot(path=_IMAGES / "search.png")
    page.locator("a.opens").first.click()
    page.locator("tr.opened blockquote").first.wait_for()
    page.locator("tr.opened:not([hidden])").first.scroll_into_view_if_needed()
    page.screenshot(path=_IMAGES / "evidence.png")
    page.goto(f"{home}/indicator/hospital_beds")
    for name in ("ranking", "map"):
        image = page.locator(f"#chart-{name} img")
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.complete || new Promise(loaded => { image.onload = image.onerror = loaded })")
    page.locator("#chart-ranking img").screenshot(path=_IMAGES / "ranking.png")
    page.locator("#chart-map img").screenshot(path=_IMAGES / "map.png")


def _wait(port: int) -> None:
    end = time.monotonic() + 600
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


if __name__ == "__main__":
    main()
