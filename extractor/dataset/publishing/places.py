"""What a place is called and lies in, by ISO 3166."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import pycountry


class Place(NamedTuple):
    """Names are ISO's; an area that is no longer in ISO 3166-2 has the name of none."""

    code: str
    name: str | None
    country: str
    country_alpha_3: str | None
    country_name: str | None


@lru_cache(maxsize=4096)
def place_of(code: str) -> Place:
    """A country (`VN`) or a part of it (`VN-02`).

    >>> place_of("VN-02").name, place_of("VN").country_alpha_3
    ('Lào Cai', 'VNM')
    """
    alpha_2 = code.partition("-")[0]
    country: Any = pycountry.countries.get(alpha_2=alpha_2)
    subdivisions: Any = pycountry.subdivisions
    area = country if code == alpha_2 else subdivisions.get(code=code)
    return Place(code, area.name if area else None, alpha_2, country.alpha_3 if country else None, country.name if country else None)
