"""Chromium, watched: what a page says, asks for or opens that it should not is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
MILLISECONDS = 120_000
"""That a page may take; the machines of a test farm are busy."""

PHONE, DESK = (390, 844), (1280, 900)
AXE = Path(__file__).parent / "axe/axe.min.js"
_AT_ONCE = 6
_INJECTED = """page => [...page.querySelectorAll('*')].flatMap(element => {
    const found = [];
    const drawn = page.documentElement.localName === 'svg';
    if (/^(iframe|object|embed|base|applet|frame|math|marquee|template|audio|video|style|x-planted)$/.test(element.localName))
        found.push('<' + element.localName + '>');
    if (element.localName === 'script' && !/^\\/static\\/[a-z.]+$/.test(element.getAttribute('src') ?? '')) found.push('<script>');
    if (element.localName === 'meta' && /refresh/i.test(element.httpEquiv)) found.push('<meta refresh>');
    if (element.localName === 'img' && !/^\\/(charts|static)\\//.test(element.getAttribute('src') ?? '')) found.push('<img>');
    if (element.localName === 'svg' && !drawn) found.push('<svg>');
    if (element.id === 'planted' || element.hasAttribute('data-planted')) found.push('planted ' + element.localName);
    for (const {name, value} of element.attributes) {
        if (name.startsWith('on') || /^(data-)?hx-on/.test(name) || name === 'srcdoc') found.push(name);
        if (!/^(href|src|action|formaction|xlink:href|srcset|hx-get)$/.test(name)) continue;
        if (/^[\\s\\0-\\x1f]*(javascript|data|vbscript|file|blob|intent|jar|feed|filesystem|view-source):/i.test(value))
            found.push(name + '=' + value.slice(0, 60));
    }
    return found;
})"""
"""What a page has that no template of ours writes. A function of a document."""


@dataclass
class Watched:
    """A page, and what went wrong on it."""

    page: object
    home: str
    wrong: list[str] = field(default_factory=list)

    def open(self, address: str):
        """Go to an address of the server; returns the answer."""
        return self.page.goto(self.home + address, wait_until="load")

    def injected(self) -> list[str]:
        """Elements and attributes of the page that no template of ours has."""
        return self.page.evaluate(f"() => ({_INJECTED})(document)")

    def parse(self, addresses: list[str]) -> list[tuple[str, int, list[str], str]]:
        """Pages fetched and parsed by the browser, not run: address, status, what was injected, heading. A page of the server has to be open."""
        found = []
        for at in range(0, len(addresses), _AT_ONCE):
            found += self.page.evaluate(
                """addresses => Promise.all(addresses.map(async address => {
                    const answer = await fetch(address, {headers: {Accept: 'text/html'}});
                    const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html');
                    return [address, answer.status, (INJECTED)(parsed), parsed.querySelector('h1')?.textContent ?? ''];
                }))""".replace("INJECTED", _INJECTED),
                addresses[at : at + _AT_ONCE],
            )
        return [(address, status, injected, heading) for address, status, injected, heading in found]


@contextmanager
def watched(chromium, home: str, *, size=DESK, scheme="light", **options) -> Iterator[Watched]:
    """A page in a context of its own. Dialogs, errors and requests to anywhere else are noted; the latter are not let through."""
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, accept_downloads=True, **options)
    context.set_default_timeout(MILLISECONDS)
    page = context.new_page()
    seen = Watched(page, home)

    def dialog(opened) -> None:
        seen.wrong.append(f"dialog: {opened.message}")
        opened.dismiss()

    def route(asked) -> None:
        if urlsplit(asked.request.url).netloc == urlsplit(home).netloc or asked.request.url.startswith("data:"):
            asked.continue_()
        else:
            seen.wrong.append(f"request elsewhere: {asked.request.url[:200]}")
            asked.abort()

    page.on("dialog", dialog)
    page.on("pageerror", lambda error: seen.wrong.append(f"error: {error}"))
    page.on("console", lambda said: seen.wrong.append(f"console: {said.text}") if said.type == "error" else None)
    page.on("popup", lambda popup: seen.wrong.append(f"window: {popup.url}"))
    context.route("**/*", route)
    try:
        yield seen
    finally:
        context.close()
