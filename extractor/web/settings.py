"""How a dataset is served: where, to whom, and how much of it at once."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

_SHORTEST_TOKEN = 16


class SettingsError(ValueError):
    """Settings that would not be safe, or mean nothing; says what to change."""


@dataclass(frozen=True)
class Settings:
    """Everything that `extractor serve` can be told. Raises SettingsError."""

    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    """What a reader has to know: as the password in the browser's own dialogue, or as `Authorization: Bearer`. None only on loopback."""
    origins: tuple[str, ...] = ()
    """Other sites whose scripts may read the API, such as `https://dash.example.org`."""
    hosts: tuple[str, ...] = ()
    """Names besides localhost that a server without a token answers to, such as a proxy's: others are refused, against DNS rebinding."""
    most_seconds: float = 5.0
    """That one query may take."""
    connections: int = 8
    """Connections to the database at most."""
    longest_address: int = 8_000
    """Bytes of path and query together."""
    longest_article: int = 200_000
    """Bytes of a request to /api/v1/extract."""
    extract_seconds: float = 20.0
    """That the facts of one article may take."""
    most_rows: int = 100_000
    """Rows of one download."""

    def __post_init__(self) -> None:
        if self.token is None and not self.is_loopback:
            raise SettingsError(f"--host {self.host}: others could read the dataset there: set a token with --token or EXTRACTOR_TOKEN")
        if self.token is not None and (len(self.token) < _SHORTEST_TOKEN or not self.token.isascii() or not self.token.isprintable()):
            raise SettingsError(f"--token: {_SHORTEST_TOKEN} ASCII characters at least")
        for origin in self.origins:
            if origin == "*" or not origin.startswith(("http://", "https://")) or "/" in origin.split("://", 1)[1]:
                raise SettingsError(f"--allow-origin: {origin!r} is no origin, such as https://dash.example.org")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False
