"""The size of the type: the largest at which a leaflet still fills no more than one A4 page, by an estimate of its lines.

Legible at two metres wants a body of about 7 mm for Chinese (20 pt) and, whose letters are plainer, about 18 pt in English: below
that a text is shortened, never the type shrunk. The browser does the setting; this only chooses among the sizes of
docs/stylesheets/leaflet-print.css for the page of the site, so that the same content always has the same size there. The PDF is
measured instead (see pdf.py).
"""

from __future__ import annotations

import math
import re
import unicodedata

from markupsafe import Markup

from .content import Leaflet

SIZES = [half / 2 for half in range(60, 23, -1)]  # points: 30, 29.5 … 12
READABLE = {"zh": 20.0, "en": 18.0}  # points: what is smaller is not read from two metres
WIDTH, HEIGHT = 543.0, 796.0  # points of an A4 page inside the margins, a hair less than there is
SMALL = 9.0  # the footer
AIR, GUESS = 0.96, 0.94  # how much of the page is filled where there is a choice: measured, estimated
LINE = 1.15
NARROW, BOLD, GAP = 0.54, 0.585, 0.24  # ems of a Latin letter or digit, of a bold one, of a space
# What a browser keeps on one line: a Latin word, or a Chinese character with the marks that may not begin, or end, a line.
PIECE = re.compile(r"[（《“]*(?:[^\W\u2e80-\uffff]+[-’.–/:%+]*)+[，。；：、）》”,;.)]*\s?|[（《“]*.[，。；：、）》”]*\s?", re.DOTALL)


def size_of(leaflet: Leaflet, qr: bool) -> float:
    """The size of the running text in points."""
    return next((size for size, limit in limits(leaflet.lang, HEIGHT, GUESS) if height(leaflet, size, qr) <= limit), SIZES[-1])


def limits(lang: str, whole: float, air: float = AIR) -> list[tuple[float, float]]:
    """The sizes from the largest down, each with the height it may fill: what is readable anyhow leaves some air between its parts."""
    return [(size, whole * (air if size > READABLE[lang] else 1)) for size in SIZES]


def ems(text: str, bold: bool = False) -> float:
    """The width of a text in ems: a Chinese character is one, a digit or a Latin letter about half, bold ones a little more."""
    return sum(1.0 if wide(one) else GAP if one == " " else BOLD if bold else NARROW for one in text)


def wide(character: str) -> bool:
    """Whether a character is as wide as a Chinese one."""
    return unicodedata.east_asian_width(character) in "WF" or character in "—―…"


def lines(text: object, size: float, width: float, bold: bool = False) -> int:
    """How many lines a text takes when each is filled as far as it goes, in the way of a browser."""
    count, used, room = 1, 0.0, width / size
    for piece in PIECE.findall(plain(text)):
        length = ems(piece.rstrip(), bold)
        if used and used + length > room:
            count, used = count + 1, 0.0
        # What is longer than a line is broken inside.
        count, used = count + int(length // room), used + length % room + (ems(" ") if piece[-1] == " " else 0)
    return count


def plain(value: object) -> str:
    """A figure's text without its markup."""
    return value.striptags() if isinstance(value, Markup) else str(value)


def height(leaflet: Leaflet, size: float, qr: bool) -> float:
    """The height of the whole leaflet at a size, in points, after the rules of the style sheets."""
    used = top(leaflet, size, qr)
    below = [label + text for label, text in leaflet.steps()] + [text for text in (leaflet.table.same_everywhere(),) if text]
    used += sum(lines(text, size, WIDTH) for text in (*leaflet.price_notes(), *leaflet.when(), *below)) * size * LINE
    used += table(leaflet, size)
    warned = leaflet.warnings()
    # Padding, border and the heading that stands on the border; the number hangs in a margin.
    used += sum(lines(text, size, WIDTH - 2.04 * size, bold=True) for text in warned) * size * LINE + (0.95 * size if warned else 0)
    small = [*leaflet.sources(), leaflet.fine_print, leaflet.place_words("https://" + 40 * "x" if qr else "")]
    return used + (sum(lines(text, SMALL, WIDTH) for text in small) * LINE + 0.3) * SMALL


def top(leaflet: Leaflet, size: float, qr: bool) -> float:
    """The height of title, price and last day, or of the QR code beside them."""
    room = WIDTH - (4.7 * size if qr else 0)
    title, price = (1.4, 2.2) if leaflet.zh else (1.1, 1.9)
    whole = ems(leaflet.title, bold=True) * title * size > room
    used = (sum(lines(part, size * title, room, bold=True) for part in leaflet.heading) if whole else 1) * size * title * (LINE if leaflet.zh else 1.25)
    across = sum(ems(big.label, bold=True) * 1.1 + GAP + ems(big.text, bold=True) * price + 0.8 for big in leaflet.prices()) - 0.8
    used += math.ceil(across * size / room) * size * price * 1.1
    last = leaflet.last_day()
    others = plain(last.value).removeprefix(last.text)
    across = ems(last.label, bold=True) * 1.1 + ems(last.text, bold=True) * 1.7 + 2 * GAP + ems(others, bold=True)
    used += size * 1.7 * 1.1 + (size * LINE if others and across * size > room else 0)
    return max(used, 5.4 * size if qr else 0)


def table(leaflet: Leaflet, size: float) -> float:
    """The height of the table."""
    held = leaflet.table
    columns, rows = held.columns(), held.rows()
    if not rows:
        return 0
    if held.by_area:
        room = WIDTH / (len(columns) + 1) - 0.2 * size
        return (max(lines(text, size, room, bold=True) for text in columns) + sum(lines(row.who, size, room) for row in rows)) * size * LINE + (len(rows) + 1) * (0.15 * size + 1)
    tiers = len(columns) > 1
    # Width of a column of figures, size of a figure, height of its line: in ems.
    column, figure, line = ((3.6, 1.2, 1.0) if leaflet.zh else (4.6, 1.0, LINE)) if tiers else ((4.5, 1.4, 1.05) if leaflet.zh else (5.9, 1.25, 1.05))
    room = WIDTH - (len(columns) * column + 0.2) * size
    used = lines(held.who, size, room, bold=True) * size * LINE + 0.1 * size + 2
    for row in rows:
        used += max(lines(row.who, size, room) * LINE + 0.1, *(cell(text, figure, column, len(columns) // len(row.cells)) * line * figure + 0.1 * figure for text in row.cells)) * size + 0.75
    return used


def cell(text: Markup, figure: float, column: float, across: int) -> float:
    """How many lines a cell takes; what is not known is set in the size of running text, so that two words have room in two lines."""
    if "not-stated" in text:
        return (1 if across > 1 else 2) * LINE / figure
    return lines(text, figure, across * column - 0.2 * figure, bold=True)
