"""Tables of figures: each row's figures, then the clauses they all rest on; on a phone each row is a labelled block."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from calc import Policy

from .figures import Figures, unit_of


NOTHING = "—"  # what a cell holds where a column does not apply; a phone leaves the line out
NOT_NAMED = '<span class="not-named">'  # how a cell begins where a place's notice does not name the group; left out on a phone as well


class Ask(NamedTuple):
    """A figure to print in a cell: the case it is asked for and its name."""

    policy: Policy
    case: dict
    name: str
    sources: bool = False
    others: bool = True
    facts: frozenset | None = None


class Table:
    """A table under construction: an id, a caption, its column heads, and rows that may end in their sources."""

    def __init__(self, figures: Figures, identifier: str, caption: object, head: list[str], sources: bool = True, cards: bool = True, narrow: bool = False) -> None:
        self.figures, self.id, self.caption, self.head, self.cards = figures, identifier, caption, head, cards
        self.with_sources, self.narrow = sources, narrow
        self.amounts = 0  # how many cells of a row hold short amounts: a phone sets them beside each other
        if sources:
            self.head = [*head, "依据" if figures.zh else "Source"]
        self.rows: list[Markup] = []

    def row(self, header: object, *cells: object, extra: tuple[str, ...] = (), link: object = "", mark: str = "", groups: tuple[str, ...] = (), after: tuple[str, ...] = (), anchor: str = "") -> None:
        """Adds a row: its header, then figures to ask for, texts or HTML; the sources are `extra`, those of the figures, and `after`."""
        parts = [Markup('<th scope="row">{}</th>').format(header)]
        self.amounts = max(self.amounts, sum(isinstance(cell, Ask) and unit_of(cell.name) in ("fen", "percent") for cell in cells))
        clauses: list[str] = list(extra)
        for place, cell in enumerate(cells, 1):
            label = self.head[place]
            if isinstance(cell, Ask):
                parts.append(self.figures.td(cell.policy, cell.case, cell.name, label, cell.sources, cell.others, cell.facts))
                clauses += self.figures.value(cell.policy, cell.case, cell.name).clauses
            else:
                empty = Markup(' class="none"') if cell == NOTHING or str(cell).startswith(NOT_NAMED) else Markup("")
                parts.append(Markup('<td{} data-label="{}"><div>{}</div></td>').format(empty, label, cell))
        if self.with_sources:
            cited = self.figures.cite([*clauses, *after], fold=True)
            parts.append(Markup('<td data-label="{}"><div>{} {}</div></td>').format(self.head[-1], cited, link))
        attributes = Markup(' class="{}"').format(mark) if mark else Markup("")
        if anchor:
            attributes += Markup(' id="{}"').format(anchor)
        if groups:
            attributes += Markup(' data-groups="{}"').format(" ".join(groups))
        self.rows.append(Markup("<tr{}>{}</tr>").format(attributes, Markup("").join(parts)))

    def __html__(self) -> str:
        """The table as HTML; one that cannot become blocks scrolls in a region of its own."""
        head = Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in self.head)
        body = Markup("\n").join(self.rows)
        kind = ("cards by-3" if self.amounts % 3 == 0 and self.amounts else "cards") if self.cards else "data"
        table = Markup('<table class="{}" id="{}"><caption id="{}-caption">{}</caption><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table>').format(
            kind, self.id, self.id, self.caption, head, body)
        if self.cards:
            return fit(table, min(len(self.head), NARROW) if self.narrow else len(self.head), self.figures.zh)
        return Markup('<section class="scroll" tabindex="0" aria-labelledby="{}-caption">{}</section>').format(self.id, table)

    def __bool__(self) -> bool:
        return bool(self.rows)


NARROW = 5  # as many columns of words need the room of more columns that hold nothing but short amounts


def fit(table: Markup, columns: int, zh: bool) -> Markup:
    """A table that becomes labelled blocks where its column of the page is too narrow for so many columns; English words need more room."""
    few, some = (5, 8) if zh else (4, 5)
    return Markup('<div class="fit fit-{}">{}</div>').format("few" if columns <= few and columns < NARROW else "some" if columns <= some else "many", table)


__all__ = ["Ask", "Table", "fit"]
