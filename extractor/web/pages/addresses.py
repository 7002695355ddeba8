"""Where each page is: on a server, or as a file of a static site, whose links are relative so that it works in any folder."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode

from extractor.web.asking import Asking

_NO_NAME = re.compile(r"[^A-Za-z0-9_-]")


class Addresses(Protocol):
    """What templates ask for an address. `is_static` says that there is no server: nothing that has to be asked can be linked."""

    @property
    def is_static(self) -> bool: ...

    def home(self) -> str: ...
    def search(self, asking: Asking) -> str: ...
    def browse(self) -> str: ...
    def indicator(self, identity: str, **parameters: str | None) -> str: ...
    def place(self, code: str) -> str: ...
    def document(self, identity: str) -> str: ...
    def article(self, identity: str, **parameters: str | None) -> str: ...
    def observation(self, identity: str) -> str: ...
    def checks(self, **parameters: str | None) -> str: ...
    def news(self, since: str | None = None) -> str: ...
    def feed(self) -> str: ...
    def download(self, extension: str, asking: Asking) -> str | None: ...
    def chart(self, identity: str, extension: str, **parameters: str | None) -> str: ...
    def static(self, name: str) -> str: ...
    def in_language(self, language: str) -> str: ...


@dataclass(frozen=True)
class ServerAddresses:
    """Addresses below `/`. A language that was asked for by name stays with the reader from page to page."""

    path: str
    """Of the page itself, with its query but without `lang`."""
    language: str | None = None
    is_static: bool = False

    def home(self) -> str:
        return self._at("/")

    def search(self, asking: Asking) -> str:
        query = asking.to_query(**({"lang": None} if hasattr(asking, "lang") else {}), cursor=asking.cursor)
        return self._at(f"/?{query}" if query else "/")

    def browse(self) -> str:
        return self._at("/browse")

    def indicator(self, identity: str, **parameters: str | None) -> str:
        return self._at(f"/indicator/{quote(identity, safe='')}", **parameters)

    def place(self, code: str) -> str:
        return self._at(f"/place/{quote(code, safe='')}")

    def document(self, identity: str) -> str:
        return self._at(f"/document/{quote(identity, safe='')}")

    def article(self, identity: str, **parameters: str | None) -> str:
        return self._at(f"/article/{quote(identity, safe='')}", **parameters)

    def observation(self, identity: str) -> str:
        return self._at(f"/observation/{quote(identity, safe='')}")

    def checks(self, **parameters: str | None) -> str:
        return self._at("/checks", **parameters)

    def news(self, since: str | None = None) -> str:
        return self._at("/news", since=since)

    def feed(self) -> str:
        return self._at("/news.atom")

    def download(self, extension: str, asking: Asking) -> str | None:
        query = asking.to_query(**({"lang": None} if hasattr(asking, "lang") else {}), cursor=None, limit=50)
        return f"/download.{extension}{'?' if query else ''}{query}"

    def chart(self, identity: str, extension: str, **parameters: str | None) -> str:
        return self._at(f"/charts/{quote(identity, safe='')}.{extension}", **parameters)

    def static(self, name: str) -> str:
        return f"/static/{name}"

    def in_language(self, language: str) -> str:
        return f"{self.path}{'&' if '?' in self.path else '?'}lang={language}"

    def _at(self, path: str, **parameters: str | None) -> str:
        given = {name: value for name, value in {**parameters, "lang": self.language}.items() if value is not None}
        return f"{path}{'&' if '?' in path else '?'}{urlencode(given)}" if given else path


@dataclass(frozen=True)
class FileAddresses:
    """Addresses of files, relative to the page at `path` (`place/VN-02.html`). The first language is at the root, others in a folder each."""

    path: str
    language: str
    first_language: str
    is_static: bool = True

    def home(self) -> str:
        return self._to("index.html")

    def search(self, asking: Asking) -> str:
        """The nearest that files can give: the page of the indicator or of the place."""
        if asking.indicator:
            return self.indicator(asking.indicator)
        return self.place(asking.place) if asking.place else self.home()

    def browse(self) -> str:
        return self._to("browse.html")

    def indicator(self, identity: str, **parameters: str | None) -> str:
        chosen = parameters.get("measured")
        return self._to(f"indicator/{file_name(identity + ('~' + chosen if chosen else ''))}.html")

    def place(self, code: str) -> str:
        return self._to(f"place/{file_name(code)}.html")

    def document(self, identity: str) -> str:
        return self._to(f"document/{file_name(identity)}.html")

    def article(self, identity: str, **parameters: str | None) -> str:
        return self._to(f"article/{file_name(identity)}.html")

    def observation(self, identity: str) -> str:
        return self._to(f"observation/{file_name(identity)}.html")

    def checks(self, **parameters: str | None) -> str:
        kind = parameters.get("kind")
        return self._to(f"checks{'-' + file_name(kind) if kind else ''}.html")

    def news(self, since: str | None = None) -> str:
        return self._to("news.html")

    def feed(self) -> str:
        return self._to("news.atom")

    def download(self, extension: str, asking: Asking) -> str | None:
        """The whole dataset, where the page is of the whole; else there is none."""
        whole = asking.model_dump(exclude_defaults=True).keys() <= {"lang"}
        return self._to_root(f"data/observations.{extension}") if extension in ("csv", "json") and whole else None

    def chart(self, identity: str, extension: str, **parameters: str | None) -> str:
        told = "~".join(f"{name}={value}" for name, value in sorted(parameters.items()) if value)
        return self._to(f"charts/{file_name(identity + ('~' + told if told else ''))}.{extension}")

    def static(self, name: str) -> str:
        return self._to_root(f"static/{name}")

    def in_language(self, language: str) -> str:
        folder = "" if language == self.first_language else f"{language}/"
        return self._to_root(folder + self.path)

    def _to(self, path: str) -> str:
        """From this page to another one of the same language."""
        return "../" * self.path.count("/") + path

    def _to_root(self, path: str) -> str:
        return ("" if self.language == self.first_language else "../") + self._to(path)


def file_name(identity: str) -> str:
    """A name that is one on every system and leads out of no folder; what had to be changed is told apart by a digest.

    >>> file_name("VN-02"), file_name("../x")
    ('VN-02', '____x-1a88a93f')
    """
    plain = _NO_NAME.sub("_", identity)[:80]
    return plain if plain == identity else f"{plain}-{hashlib.sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
