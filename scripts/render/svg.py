"""Inline SVG drawn at build time: no script, no inline style; colours come from classes, so both colour schemes and print work."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from calc import Policy
from calc.dates import plus_months

from .figures import Figures, text_of
from .site import MONTHS, case_text
from .words import around

WIDTH = 300  # no wider than a folded part of a page on a phone, so that text is nowhere smaller than its size here
SIZE = 12  # of all text
LINE = 15  # from one line of text to the next
UNITS = 48  # the width in units of text (see `width`)


class Drawing:
    """A drawing that grows downwards: bars and lines of text, a title and a description for screen readers."""

    def __init__(self, identifier: str, title: str, description: str) -> None:
        self.id, self.title, self.description = identifier, title, description
        self.parts: list[Markup] = []
        self.y = 4.0

    def text(self, x: float, content: object, kind: str = "c-text", y: float | None = None) -> None:
        """A line of text whose baseline is at y (the current height unless given)."""
        self.parts.append(Markup('<text x="{:g}" y="{:g}" font-size="{}" class="{}">{}</text>').format(round(x, 1), round(self.y if y is None else y, 1), SIZE, kind, content))

    def lines(self, text: str, after: object = "", units: int = UNITS) -> None:
        """A label on as many lines as it needs, the last of them followed by a figure; the height grows by those before the last."""
        found = wrapped(text, units)
        for number, part in enumerate(found):
            if number:
                self.y += LINE
            self.text(0, Markup("{}{}").format(part, after) if number == len(found) - 1 else part)

    def legend(self, entries: list[tuple[str, str]]) -> None:
        """What the kinds of bars mean, beside each other as far as there is room."""
        x = 0.0
        for kind, text in entries:
            wide = 18 + WIDTH / UNITS * width(text)
            if x and x + wide > WIDTH:
                x, self.y = 0.0, self.y + LINE
            self.bar(x, 11, 10, kind)
            for number, line in enumerate(wrapped(text, UNITS - 4)):
                self.y += LINE if number else 0
                self.text(x + 14, line, y=self.y + 9.5)
            x += wide + 4
        self.y += LINE + 4

    def bar(self, x: float, width: float, height: float, kind: str, y: float | None = None) -> None:
        """A bar; the kind "unknown" is hatched, for what a notice does not say."""
        fill = Markup(' fill="url(#{}-hatch)" class="c-unknown"').format(self.id) if kind == "unknown" else Markup(' class="{}"').format(kind)
        self.parts.append(Markup('<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}"{}/>').format(round(x, 1), round(self.y if y is None else y, 1), round(max(width, 0.8), 1), height, fill))

    def line(self, x1: float, y1: float, x2: float, y2: float, dashed: bool = False) -> None:
        """A thin line of the grid."""
        self.parts.append(Markup('<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}" class="c-axis"{}/>').format(
            round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1), Markup(' stroke-dasharray="3 3"') if dashed else ""))

    def render(self, caption: object) -> Markup:
        """The drawing as a figure with its caption."""
        hatch = Markup('<defs><pattern id="{}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                       '<line x1="0" y1="0" x2="0" y2="6" class="c-hatch" stroke-width="2"/></pattern></defs>').format(self.id)
        return Markup('<figure class="chart" id="{}"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {:g}" role="img" aria-labelledby="{}-title {}-desc">'
                      '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}{}</svg><figcaption>{}</figcaption></figure>').format(
            self.id, WIDTH, round(self.y + 4, 1), self.id, self.id, self.id, self.title, self.id, self.description, hatch, Markup("").join(self.parts), caption)


class Axis:
    """Days on a horizontal axis from one month to another, measured against an insured year."""

    def __init__(self, year: int, before: int = 6, after: int = 12) -> None:
        self.low, self.high = plus_months(date(year, 1, 1), -before), plus_months(date(year, 1, 1), after)
        self.year = year

    def x(self, day: date) -> float:
        """Where a day lies, kept inside the axis."""
        share = (day - self.low).days / (self.high - self.low).days
        return max(0.0, min(1.0, share)) * WIDTH

    def draw(self, drawing: Drawing, top: float, at: int, zh: bool, named: bool = True) -> None:
        """A tick each quarter, the first of a year with its number (or as the insured year), and lines down through the rows, below what was drawn from `at` on."""
        above, drawing.parts = drawing.parts[at:], drawing.parts[:at]
        month = self.low
        while month <= self.high:
            first = month.month == 1
            if first or month.month % 3 == 1:
                drawing.line(self.x(month), top, self.x(month), drawing.y, dashed=not first)
            # The first tick of a year has a long label, and the next none.
            if month < self.high and month.month % 3 == 1 and month.month != 4:
                text = f"{month.month}月" if zh else MONTHS[month.month - 1][:3]
                if first:
                    text = (f"{month.year}年{text}" if zh else f"{text} {month.year}") if named else (f"当年{text}" if zh else "insured year")
                drawing.text(self.x(month) + 2, text, kind="c-quiet", y=top + 10)
            month = plus_months(month, 1)
        drawing.parts += above


def figure_text(figures: Figures, policy: Policy, case: dict, name: str) -> Markup:
    """A figure inside a drawing, with the case it was worked out for; an asterisk where another reading gives another."""
    found = figures.value(policy, case, name)
    mark = "*" if any(other.readings for other in found.others) else ""
    return Markup('<tspan class="v" data-policy="{}" data-case="{}" data-figure="{}">{}</tspan>{}').format(
        policy.id, case_text(case), name, text_of(name, found.value, found.state, figures.lang, found.at_least), mark)


def figure_said(figures: Figures, policy: Policy, case: dict, name: str) -> Markup:
    """A figure inside a drawing with the words it needs in a sentence: 标准400元; 标准多少，通知没有写."""
    found = figures.value(policy, case, name)
    before, after = around(name, found.value, found.at_least, figures.lang)
    return Markup("{}{}{}").format(before, figure_text(figures, policy, case, name), after)


def width(text: str) -> float:
    """The width of a text in units, where a Chinese character counts two and a Latin letter what it takes in a wide font."""
    return sum(2 if ord(letter) > 0x2E7F else 1.2 for letter in text)


def wrapped(text: str, units: int) -> list[str]:
    """A text cut into lines of at most so many units, at a space or after a mark where there is one in the line's second half."""
    lines = [""]
    for letter in text:
        if width(lines[-1] + letter) > units:
            line = lines.pop()
            at = max((place + 1 for place, mark in enumerate(line) if mark in " 、，；—"), default=0)
            if width(line[:at]) < units / 2:
                at = len(line.rstrip("（(")) or len(line)  # a bracket opens on the line of its first word
            lines += [line[:at].rstrip(), line[at:]]
        lines[-1] += letter
    return [line for line in lines if line.strip()]
