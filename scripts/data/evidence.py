"""What the rules of a policy claim in figures, and what the quotes they cite hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .figures import Figures, normal, quoted
from .inherit import first_notice
from .resolve import references
from .sources import SourceSet
from .walk import entries, walk
from .yaml_source import Document

Path = tuple
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
# Keys whose values are not figures of the rule itself.
_ASIDE = {"clauses", "questions", "name", "note", "text", "id", "inferred_values", "amounts", "groups", "fund", "identified_by", "under", "by_reading", "names", "for", "choice", "channels", "bodies"}
_KINDS = {"yuan": "yuan", "monthly": "yuan", "at_least": "yuan", "percent": "percent", "days": "days", "months": "months", "calendar_months": "months", "missed_years": "years", "years": "years", "at_most": "yuan", "less": "yuan", "sum": "yuan", "amount": "yuan", "times": None, "but_at_least": "yuan", "month": "month", "tier": "tier", "age": "age", "days_of_month": "days"}
KIND_NAMES = {
    "yuan": ("元", "yuan"), "percent": ("%", "percent"), "days": ("天", "days"), "months": ("个月", "months"), "years": ("年", "years"), "tier": ("档", "(tier)"), "age": ("周岁", "years of age"),
    "fraction": ("", ""), "date": ("", ""), "month": ("月", "(month)"), None: ("", ""),
}


class Claim:
    """One figure that an entry claims: where it stands, what it counts, and its value as text."""

    __slots__ = ("kind", "path", "value")

    def __init__(self, path: Path, kind: str | None, value: str) -> None:
        self.path, self.kind, self.value = path, kind, value

    def stands_in(self, figures: Figures) -> bool:
        """Whether the figure stands in the quotes."""
        if self.kind == "fraction":
            return self.value in figures.fractions
        if self.kind == "month":
            return ("month", int(self.value)) in figures.atoms
        return figures.has_date(self.value) if self.kind == "date" else figures.has_number(self.value, self.kind)


class Entry:
    """A rule of a policy with what it claims and what its clauses hold; an assistance row and its amounts share theirs."""

    def __init__(self, path: Path, data: dict, clauses: list[str], figures: Figures, declared: list, parent: dict | None) -> None:
        self.path, self.data, self.clauses, self.figures = path, data, clauses, figures
        self.declared = {str(value) for value in declared}
        self.parent = parent

    def claims(self) -> list[Claim]:
        """Every number and date of the entry, at any depth."""
        return list(_claims(self.data, self.path))


def _claims(data: dict, path: Path) -> Iterator[Claim]:
    for inner, value in walk(data):
        if any(part in _ASIDE for part in inner) or isinstance(value, bool):
            continue
        if isinstance(value, str) and _DATE.match(value):
            yield Claim((*path, *inner), "date", value)
        elif value == 1 and inner[-1:] == ("min",) and "facts" in inner:
            continue  # at least one: the words say “missed a year”, not how many
        elif isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"\d+\.\d{1,2}", value)):
            kind = next((_KINDS[part] for part in reversed(inner) if part in _KINDS), None)
            yield Claim((*path, *inner), kind, normal(str(value)))
        elif isinstance(value, str) and re.fullmatch(r"\d+/\d+", value):
            yield Claim((*path, *inner), "fraction", value)


def held(sources: SourceSet, clauses: list[str]) -> Figures:
    """The figures of some clauses."""
    known, figures = sources.notices(), Figures()
    for reference in clauses:
        of, _, short = reference.partition("/")
        clause = known[of][1][short][1] if of in known and short in known[of][1] else {}
        if isinstance(clause.get("quote"), str):
            figures = figures | quoted(clause)
    return figures


def policy_entries(sources: SourceSet, document: Document) -> list[Entry]:
    """The entries of a policy's file with the figures of the clauses that each may rest on."""
    data: dict = document.data  # type: ignore[assignment]
    notice = first_notice(sources, data)
    if notice is None:
        return []
    if ("entries", document.name) in sources.found:
        return sources.found["entries", document.name]
    alias = data.get("clause_alias", {})
    found: list[Entry] = []
    all_entries = dict(entries(data))
    for path, entry in all_entries.items():
        own = references(entry.get("clauses", []), alias, notice)
        declared = list(entry.get("inferred_values", []))
        parent = all_entries.get(path[:-2]) if "amounts" in path else None
        if parent is not None:
            own = own + references(parent.get("clauses", []), alias, notice)
        for amount in entry.get("amounts", []):
            own = own + references(amount.get("clauses", []), alias, notice)
        own = list(dict.fromkeys(own))
        found.append(Entry(path, entry, own, held(sources, own), declared, parent))
    sources.found["entries", document.name] = found
    return found
