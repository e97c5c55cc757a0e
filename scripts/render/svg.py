"""Inline SVG drawn at build time: no script, no inline style; colours come from classes, so both colour schemes and print work."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from calc import Policy
from calc.dates import plus_months

from .figures import Figures, text_of
from .site import MONTHS, case_text

WIDTH = 360  # about as wide as a phone, so that text keeps its size there


class Drawing:
    """A drawing that grows downwards: bars and lines of text, a title and a description for screen readers."""

    def __init__(self, identifier: str, title: str, description: str) -> None:
        self.id, self.title, self.description = identifier, title, description
        self.parts: list[Markup] = []
        self.y = 4.0

    def text(self, x: float, content: object, size: int = 12, anchor: str = "start", kind: str = "c-text", y: float | None = None) -> None:
        """A line of text whose baseline is at y (the current height unless given)."""
        self.parts.append(Markup('<text x="{:g}" y="{:g}" font-size="{}" text-anchor="{}" class="{}">{}</text>').format(
            round(x, 1), round(self.y if y is None else y, 1), size, anchor, kind, content))

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

    def draw(self, drawing: Drawing, top: float, bottom: float, zh: bool, named: bool = True) -> None:
        """A tick each quarter, the first of a year with its number (or as the insured year), lines down through the rows."""
        month = self.low
        while month <= self.high:
            first = month.month == 1
            if first or month.month % 3 == 1:
                drawing.line(self.x(month), top, self.x(month), bottom, dashed=not first)
            if month < self.high and month.month % 3 == 1:
                text = f"{month.month}月" if zh else MONTHS[month.month - 1][:3]
                if first:
                    text = (f"{month.year}年{text}" if zh else f"{text} {month.year}") if named else (f"当年{text}" if zh else f"{text}, insured year")
                drawing.text(self.x(month) + 2, text, 10, kind="c-quiet", y=top + 9)
            month = plus_months(month, 1)


def figure_text(figures: Figures, policy: Policy, case: dict, name: str) -> Markup:
    """A figure inside a drawing, with the case it was worked out for; an asterisk where another reading gives another."""
    found = figures.value(policy, case, name)
    mark = "*" if any(other.readings for other in found.others) else ""
    return Markup('<tspan class="v" data-policy="{}" data-case="{}" data-figure="{}">{}</tspan>{}').format(
        policy.id, case_text(case), name, text_of(name, found.value, found.state, figures.lang, found.at_least), mark)


def shorten(text: str, units: int) -> str:
    """A text cut to a width in units, where a Chinese character counts two and a Latin letter one."""
    width, kept = 0, ""
    for letter in text:
        width += 2 if ord(letter) > 0x2E7F else 1
        if width > units:
            return kept.rstrip("、; ") + "…"
        kept += letter
    return text
