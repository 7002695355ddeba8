"""Colours and sizes of charts. Lines, marks and words have the contrast that WCAG 2.2 asks for on their ground, in either theme."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Theme(StrEnum):
    """On what ground."""

    light = "light"
    dark = "dark"


class Size(StrEnum):
    """For what screen."""

    desk = "desk"
    phone = "phone"


@dataclass(frozen=True)
class Palette:
    """Colours of a theme."""

    ground: str
    ink: str
    faint_ink: str
    grid: str
    empty: str
    """Of a province of which nothing is known."""
    places: tuple[str, ...]
    """Of lines; they can be told apart by readers who see no red or no green."""
    bars: str
    classes: tuple[str, ...]
    """Of a map, from low to high."""
    words_on: tuple[str, ...]
    """Of words on each of the classes."""


PALETTES = {
    Theme.light: Palette(
        ground="#ffffff",
        ink="#1b1f24",
        faint_ink="#4a525c",
        grid="#e3e6ea",
        empty="#f1f2f4",
        places=("#0b5cad", "#c2410c", "#047857", "#9d2d84", "#7a5c00", "#4b5563"),
        bars="#4a8fcb",
        classes=("#dceafa", "#a9cdef", "#5fa3dc", "#1f67ad", "#0b3a6e"),
        words_on=("#1b1f24", "#1b1f24", "#10141a", "#ffffff", "#ffffff"),
    ),
    Theme.dark: Palette(
        ground="#14181d",
        ink="#eceff3",
        faint_ink="#b4bcc6",
        grid="#2c333b",
        empty="#22282f",
        places=("#7cb7ff", "#ff9d66", "#4fd1a5", "#f08fd8", "#e5c04d", "#b6c0cc"),
        bars="#3f7fba",
        classes=("#173a5e", "#1f5c96", "#4a90cf", "#93c3f0", "#dcecfb"),
        words_on=("#ffffff", "#ffffff", "#0b0f14", "#0b0f14", "#0b0f14"),
    ),
}


def configuration(palette: Palette) -> dict[str, Any]:
    """Vega-Lite's `config`: plain, with few lines."""
    # DejaVu has the letters of Vietnamese, and is on nearly every machine that draws PNGs.
    font = "DejaVu Sans, Verdana, Arial, sans-serif"
    words = {"labelColor": palette.faint_ink, "titleColor": palette.ink, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal"}
    return {
        "background": palette.ground,
        "font": font,
        "view": {"stroke": None},
        "axis": {**words, "gridColor": palette.grid, "domainColor": palette.grid, "tickColor": palette.grid},
        "legend": {
            **words,
            "orient": "bottom",
            "labelLimit": 220,
            "symbolOpacity": 1,
            "symbolSize": 110,
            "layout": {"bottom": {"direction": "vertical", "anchor": "start", "margin": 8}},
        },
        "header": {**words, "labelColor": palette.ink, "labelFontWeight": "bold"},
        "title": {"color": palette.ink, "fontSize": 14, "anchor": "start", "subtitleColor": palette.faint_ink, "subtitleFontSize": 11, "offset": 12},
        "text": {"color": palette.ink},
    }
