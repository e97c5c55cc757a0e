"""Single changes to a policy: every amount, number, date, enumeration value and reference made wrong, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy, deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from . import schema_check
from .sources import SourceSet
from .walk import walk
from .yaml_source import Document

Path = tuple
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MONEY = re.compile(r"\d+\.\d{1,2}\Z")
# Parts of a policy whose values are words, or lists of what bears on an entry, and decide no figure.
ASIDE = {"id", "name", "text", "leaflet", "note", "for", "label", "question", "why", "help", "plain", "group_names", "questions", "inferred_values", "unit", "unconfirmed", "facts", "place", "choice", "estimate", "names"}
REFERENCES = {"clauses", "groups", "not_groups", "period", "after", "before", "person", "under", "by_reading", "fund", "anchor", "by", "of", "same_as", "sum", "needs_one_of", "covered_by", "policy"}


@dataclass(frozen=True)
class Mutation:
    """One value of one file changed: where it stands, what it counts as, and what it becomes (None: the key is deleted)."""

    file: str
    path: Path
    kind: str
    old: object
    new: object

    @property
    def decides(self) -> bool:
        """Whether the value bears on figures: a citation does not."""
        return "clauses" not in self.path and self.path[:1] != ("clause_alias",)

    def applied(self, document: Document) -> Document:
        """The document with this one value changed; the places of its values stay those of the file."""
        changed = copy(document)
        changed.data = deepcopy(document.data)
        holder = changed.data
        for part in self.path[:-1]:
            holder = holder[part]  # type: ignore[index]
        if self.new is None:
            del holder[self.path[-1]]  # type: ignore[attr-defined]
        else:
            holder[self.path[-1]] = self.new  # type: ignore[index]
        return changed

    def where(self, document: Document) -> str:
        """Where the value stands in the words of the data: the identifiers of rules instead of their numbers."""
        parts, value = [], document.data
        for part in self.path:
            value = value[part]  # type: ignore[index]
            parts.append(str(value["id"]) if isinstance(part, int) and isinstance(value, dict) and "id" in value else str(part + 1) if isinstance(part, int) else part)
        return "/".join(parts)

    def label(self, document: Document) -> str:
        """The name by which the register of survivors knows this change."""
        return f"{self.file}: {self.where(document)}: {shown(self.old)} → {shown(self.new)}"


def shown(value: object) -> str:
    """A value as the file writes it."""
    return "(deleted)" if value is None else {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def mutations(sources: SourceSet, document: Document) -> Iterator[Mutation]:
    """Every single change to one policy, in the order of its file."""
    data: dict = document.data  # type: ignore[assignment]
    known = Names(sources, data)
    for path, value in walk(data):
        if not path or isinstance(value, (dict, list)) or path == ("year",) or aside(path):
            continue
        for kind, new in changed(path, value, known):
            if new != value:
                yield Mutation(document.name, path, kind, value, new)


def aside(path: Path) -> bool:
    """Whether a value is part of a text or of a list that decides nothing."""
    names = [part for part in path if isinstance(part, str)]
    inside = names.index("when") if "when" in names else len(names)
    return any(name in ASIDE and not (name == "facts" and index > inside) for index, name in enumerate(names) if not (name == "question" and index > inside))


def changed(path: Path, value: object, known: Names) -> Iterator[tuple[str, object]]:
    """The wrong values that are tried in the place of a right one, with the kind of change."""
    key = next((part for part in reversed(path) if isinstance(part, str) and len(part) > 1), "")
    if isinstance(value, bool):
        # What can only be true is taken away; what may be either is turned round.
        yield "flag", None if key in ("full", "none", "exempt", "not_stated", "to_be_announced", "everyone") else not value
    elif isinstance(value, int):
        yield "number", value + 1
        if value > 0:
            yield "number", value - 1
    elif isinstance(value, str) and _DATE.match(value):
        for step in (-1, 1):
            yield "date", (date.fromisoformat(value) + timedelta(step)).isoformat()
    elif isinstance(value, str) and _MONEY.match(value):
        whole, _, part = value.partition(".")
        for step in (-1, 1):
            yield "number", f"{int(whole) + step}.{part}" if int(whole) + step >= 0 else f"{whole}.{int(part) + 1:0{len(part)}d}"
    elif isinstance(value, str) and key in enumerations() and value in enumerations()[key]:
        values = enumerations()[key]
        yield "enumeration", values[(values.index(value) + 1) % len(values)]
    elif isinstance(value, str) and (key in REFERENCES or "clause_alias" in path or path[:2] == ("follows", "clauses")):
        other = known.other(key if key in REFERENCES else "clauses", path, value)
        if other is not None:
            yield "reference", other


@cache
def enumerations() -> dict[str, list[str]]:
    """The closed sets of words by the key that takes them, as the schemas have them."""
    found: dict[str, list[str]] = {}
    defs = {f"{name}.schema.json": validator.schema for name, validator in schema_check.validators().items()}

    def words(schema: dict, here: str, depth: int = 0) -> list[str]:
        if depth > 6:
            return []
        if "enum" in schema:
            return [word for word in schema["enum"] if isinstance(word, str)]
        reference = schema.get("$ref")
        if reference:
            file, _, name = reference.partition("#/$defs/")
            return words(defs[file or here]["$defs"][name], file or here, depth + 1)
        return words(schema["else"], here, depth + 1) if "else" in schema and "if" in schema else []

    for file, schema in defs.items():
        for path, value in walk(schema):
            if path[-1:] == ("properties",) and isinstance(value, dict):
                for key, inner in value.items():
                    if isinstance(inner, dict) and len(listed := words(inner, file)) > 1 and key not in ("type", "level", "role", "severity"):
                        found.setdefault(key, listed)
    return found


class Names:
    """What a reference may be confused with: the next name of the same kind."""

    def __init__(self, sources: SourceSet, data: dict) -> None:
        self.data = data
        self.notices = {notice: list(clauses) for notice, (_, clauses) in sources.notices().items()}
        self.questions = {name: [reading["id"] for reading in entry["readings"]] for name, (_, _, entry) in sources.questions().items()}
        self.own = {"groups": list(sources.entries("groups")), "person": list(sources.entries("persons")), "fund": list(sources.entries("funds")),
                    "period": [period["id"] for period in data.get("periods", [])], "add_on": [entry["id"] for entry in data.get("add_ons", [])],
                    "anchor": ["payment", "birth", "arrival", "application", "registration"], "policy": list(sources.policies())}

    def other(self, key: str, path: Path, value: str) -> str | None:
        """Another name of the same kind that does not stand beside this one already; None where there is none."""
        beside = self.beside(path)
        if key == "clauses":
            notice, _, short = value.rpartition("/")
            names = self.notices.get(notice or (self.data.get("notices") or [""])[0]) or next((names for names in self.notices.values() if short in names), [])
            found = following(short, names, {str(name).rpartition("/")[2] for name in beside})
            return f"{notice}/{found}" if notice and found else found
        if key == "under":
            question, _, reading = value.partition(".")
            found = following(reading, self.questions.get(question, []), set())
            return f"{question}.{found}" if found else None
        if key == "by_reading":
            letters = self.questions.get(value, [])
            return following(value, [name for name, readings in self.questions.items() if readings == letters or name == value], set())
        if key in ("of", "same_as", "sum"):
            event = key == "of" and path[-2] == "within"
            return following(value, self.own["anchor"], beside) if event else following(value, ["contribution", "price", "fiscal_subsidy"], beside)
        kind = {"not_groups": "groups", "after": "period", "before": "period", "by": "anchor", "needs_one_of": "add_on", "covered_by": "add_on"}.get(key, key)
        return following(value, self.own[kind], beside)

    def beside(self, path: Path) -> set:
        """The values that stand in the same list."""
        value: object = self.data
        for part in path[:-1]:
            value = value[part]  # type: ignore[index]
        return set(value) if isinstance(value, list) and all(isinstance(entry, str) for entry in value) else set()


def following(value: str, names: list[str], beside: set) -> str | None:
    """The next name after a value that is neither it nor beside it."""
    at = names.index(value) if value in names else -1
    return next((name for name in [*names[at + 1 :], *names[: max(at, 0)]] if name != value and name not in beside), None)
