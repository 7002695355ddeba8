"""Addresses that come out of articles: only http and https become links, and a link leads to the very words."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_SHORT = 90
"""Characters up to which a sentence is named whole; a longer one by its first and last words."""
_FEW = 5
"""Words that name either end of a long sentence; of scripts without spaces, three times as many characters."""
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\\<>\"^`{|}]")


def web_address(url: str | None) -> str | None:
    """The address, where it is one of the web that a browser may be sent to; else None.

    >>> web_address("https://baolaocai.vn/y-te?id=1"), web_address("javascript:alert(1)"), web_address("//x.vn"), web_address("https://user@x.vn")
    ('https://baolaocai.vn/y-te?id=1', None, None, None)
    """
    if not url or _UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
        usual = parts.scheme in ("http", "https") and parts.hostname is not None and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return None
    return url if usual else None


def address_of_words(url: str | None, words: str) -> str | None:
    """The address of an article with a text fragment, so that a browser scrolls to the words and marks them; None where it has no address.

    >>> address_of_words("https://a.vn/1#top", "34 beds, 2025-26")
    'https://a.vn/1#:~:text=34%20beds%2C%202025%2D26'
    """
    address = web_address(url)
    if address is None:
        return None
    ends = _ends(" ".join(words.split()))
    return f"{address.partition('#')[0]}#:~:text={','.join(_quoted(part) for part in ends)}" if ends else address


def _ends(words: str) -> tuple[str, ...]:
    """The words whole, or their beginning and end."""
    if len(words) <= _SHORT:
        return (words,) if words else ()
    split = words.split(" ")
    if len(split) >= 4 * _FEW:
        return " ".join(split[:_FEW]), " ".join(split[-_FEW:])
    return words[: 3 * _FEW], words[-3 * _FEW :]


def _quoted(words: str) -> str:
    """`-` marks a part's role in a text fragment, so it is written as a number too; what is half a character can't be written at all."""
    return quote(words.encode("utf-8", "replace"), safe="").replace("-", "%2D")
