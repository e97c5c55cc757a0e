"""The size of the type: the largest at which a leaflet still fills no more than one A4 page, by an estimate of its lines.

The browser does the setting; this only chooses among the sizes of docs/stylesheets/leaflet.css for the page of the site,
so that the same content always has the same size there. The PDF is measured instead (see pdf.py).
"""

from __future__ import annotations

import math
import unicodedata

from markupsafe import Markup

from .content import Leaflet

SIZES = [half / 2 for half in range(38, 15, -1)]  # points: 19, 18.5 … 8
WIDTH, HEIGHT = 527.0, 772.0  # points of an A4 page inside the margins, a little less than there is
QR = 84.0  # the side of the QR code
NARROW, WIDE = 0.52, 1.0
LINE = 1.32


def size_of(leaflet: Leaflet, qr: bool) -> float:
    """The size of the running text in points."""
    return next((size for size in SIZES if height(leaflet, size, qr) <= HEIGHT), SIZES[-1])


def ems(text: str) -> float:
    """The width of a text in ems: a Chinese character is one, a Latin letter about half."""
    return sum(WIDE if unicodedata.east_asian_width(character) in "WF" or character in "“”—…" and not text.isascii() else NARROW for character in text)


def lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes; words that do not break cost a little of each line."""
    return max(1, math.ceil(ems(text) * size * 1.03 / width))


def plain(value: object) -> str:
    """A figure's text without its markup."""
    return value.striptags() if isinstance(value, Markup) else str(value)


def height(leaflet: Leaflet, size: float, qr: bool) -> float:
    """The height of the whole leaflet at a size, in points, after the rules of the style sheet."""
    used = size * 0.8 * LINE + 4  # kicker
    used += lines(leaflet.title, size * 1.75, WIDTH) * size * 1.75 * 1.2 + size * 0.5
    # The large figures: prices side by side, the last day below them.
    room = WIDTH - (QR + 1.2 * size if qr else 0)
    prices = sum(ems(big.label) * 1.3 + ems(plain(big.value)) * 3.3 + 1.9 for big in leaflet.prices()) * size
    top = math.ceil(prices / room) * size * 3.3 * 1.15 + size * 0.35
    top += sum(lines(plain(note), size * 1.25, room) * size * 1.25 * LINE for note in leaflet.price_notes())
    top += lines(leaflet.last_day().label + plain(leaflet.last_day().value), size * 1.8, room) * size * 2.1 * 1.2
    top += lines(plain(leaflet.covered()), size * 1.05, room) * size * 1.05 * LINE + size * 0.6
    used += max(top, QR + 20 if qr else 0)
    used += sum(lines(f"{moment} {who}：{text}", size, WIDTH - size) * size * LINE + size * 0.1 for moment, who, text in leaflet.deadlines())
    used += heading(size)
    used += table(leaflet, size)
    used += heading(size)
    used += sum(lines(text, size, WIDTH - 1.6 * size) * size * LINE + size * 0.15 for text in leaflet.warnings())
    small = max(8.5, size * 0.66)
    texts = [*leaflet.sources(), leaflet.fine_print, *([] if qr else [leaflet.place_words()])]
    return used + sum(lines(text, small, WIDTH) * small * LINE for text in texts) + size * 0.9


def heading(size: float) -> float:
    """The height of a heading with its margins."""
    return size * 1.15 * 1.25 + size * 0.85


def table(leaflet: Leaflet, size: float) -> float:
    """The height of the table."""
    columns = leaflet.columns()
    if leaflet.areas:
        small = size * 0.82
        column = (WIDTH - 6.5 * small) / len(columns)
        head = max(lines(text, small, column - 8) for text in columns) * small * LINE
        return head + 6 + len(leaflet.rows()) * (small * LINE + 5)
    column = size * 1.2 * 5.2
    room = WIDTH - len(columns) * column - 10
    used = max(lines(text, size * 0.9, column - 8) for text in columns) * size * LINE + 6
    for row in leaflet.rows():
        deep = max(lines(plain(cell), size * 1.2, column - 8) for cell in row.cells) * size * 1.2 * 1.2
        used += max(lines(row.who, size, room) * size * LINE, deep) + size * 0.35 + 1
    return used
