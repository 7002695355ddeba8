"""Where each page is: on a server, or as a file of a static site, whose links are relative so that it works in any folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
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
class Wanted:
    """A page or picture of a static site that another page links to."""

    kind: str
    identity: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        """Where it is below the folder of its language."""
        told = "~".join(f"{name}={value}" for name, value in self.parameters if name != "extension")
        name = file_name(self.identity) + (f"~{file_name(told)}" if told else "")
        extension = dict(self.parameters).get("extension", "html")
        return f"{self.kind}/{name}.{extension}" if self.identity else f"{self.kind}{name}.{extension}"


@dataclass(frozen=True)
class FileAddresses:
    """Addresses of files, relative to the page itself, so that a site works in any folder; each is noted, so that no link leads nowhere.

    The first language is at the root, others in a folder each.
    """

    page: Wanted
    language: str
    first_language: str
    note: Callable[[str, Wanted], None]
    """Told language and page of everything that is linked."""
    is_static: bool = True

    def home(self) -> str:
        return self._to(Wanted("index"))

    def search(self, asking: Asking) -> str:
        """The nearest that files can give: the page of the indicator or of the place."""
        if asking.indicator:
            return self.indicator(asking.indicator)
        return self.place(asking.place) if asking.place else self.home()

    def browse(self) -> str:
        return self.home()

    def indicator(self, identity: str, **parameters: str | None) -> str:
        return self._to(_wanted("indicator", identity, parameters))

    def place(self, code: str) -> str:
        return self._to(Wanted("place", code))

    def document(self, identity: str) -> str:
        return self._to(Wanted("document", identity))

    def article(self, identity: str, **parameters: str | None) -> str:
        return self._to(_wanted("article", identity, parameters))

    def observation(self, identity: str) -> str:
        return self._to(Wanted("observation", identity))

    def checks(self, **parameters: str | None) -> str:
        return self._to(_wanted("checks", "", parameters))

    def news(self, since: str | None = None) -> str:
        return self._to(Wanted("news"))

    def feed(self) -> str:
        return self._to(Wanted("news", parameters=(("extension", "atom"),)))

    def download(self, extension: str, asking: Asking) -> str | None:
        """The whole dataset, where the page is of the whole; else there is none."""
        whole = asking.model_dump(exclude_defaults=True).keys() <= {"lang"}
        return self._to_root(f"data/figures.{extension}") if extension in ("csv", "json") and whole else None

    def chart(self, identity: str, extension: str, **parameters: str | None) -> str:
        return self._to(_wanted("charts", identity, {**parameters, "extension": extension}))

    def static(self, name: str) -> str:
        return self._to_root(f"static/{name}")

    def in_language(self, language: str) -> str:
        self.note(language, self.page)
        return self._to_root(("" if language == self.first_language else f"{language}/") + quote(self.page.file))

    def _to(self, wanted: Wanted) -> str:
        """From this page to another one of the same language."""
        self.note(self.language, wanted)
        return "../" * self.page.file.count("/") + quote(wanted.file)

    def _to_root(self, path: str) -> str:
        return "../" * (self.page.file.count("/") + (self.language != self.first_language)) + path


def _wanted(kind: str, identity: str, parameters: Mapping[str, str | None]) -> Wanted:
    return Wanted(kind, identity, tuple(sorted((name, value) for name, value in parameters.items() if value is not None)))


def file_name(identity: str) -> str:
    """A name that is one on every system and leads out of no folder; what had to be changed is told apart by a digest.

    >>> file_name("VN-02"), file_name("../x").startswith("___x-")
    ('VN-02', True)
    """
    plain = _NO_NAME.sub("_", identity)[:80]
    return plain if plain == identity else f"{plain}-{hashlib.sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
