"""Features that depend on few classes: made once, and as the very strings that the weights have, so that they are found at a glance."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from sys import intern
from typing import ParamSpec

Classes = ParamSpec("Classes")


def made_once(most: int) -> Callable[[Callable[Classes, tuple[str, ...]]], Callable[Classes, tuple[str, ...]]]:
    """Remembers the last features that a function made, so many at most. Two strings that are one are compared without reading them."""

    def remembered(make: Callable[Classes, tuple[str, ...]]) -> Callable[Classes, tuple[str, ...]]:
        @lru_cache(maxsize=most)
        @wraps(make)
        def made(*args: Classes.args, **kwargs: Classes.kwargs) -> tuple[str, ...]:
            return tuple(map(intern, make(*args, **kwargs)))

        return made  # type: ignore[return-value]

    return remembered
