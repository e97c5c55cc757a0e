"""What is not yet confirmed: policies with an entry marked unconfirmed or a clause not yet translated, and what only they use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .sources import SourceSet
from .walk import walk
from .yaml_source import Document

Path = tuple


@dataclass
class Drafts:
    """The policies that are drafts, and the notices, questions and places that no other policy uses; each by identifier.

    counts: policy → how many of its entries and clauses are left to confirm.
    """

    policies: set[str] = field(default_factory=set)
    notices: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: SourceSet) -> Drafts:
        """The drafts of a source set; one that follows a draft is one too."""
        found, known = cls(), sources.policies()
        for name, document in known.items():
            count = len(list(unconfirmed(document))) + sum(untranslated(sources, notice) for notice in _listed(document, "notices"))
            if count:
                found.counts[name] = count
        found.policies = set(found.counts)
        found.policies |= {name for name, document in known.items() if isinstance(follows := document.data.get("follows"), dict) and follows.get("policy") in found.policies}  # type: ignore[union-attr]
        for kind in ("notices", "questions"):
            kept = {used for name, document in known.items() if name not in found.policies for used in _listed(document, kind)}
            setattr(found, kind, {used for name in found.policies for used in _listed(known[name], kind)} - kept)
        found.questions |= {name for name, (_, _, entry) in sources.questions().items() if any(str(clause).partition("/")[0] in found.notices for clause in entry.get("evidence", []))}
        places = list(sources.entries("places").values())
        kept = {document.data.get("place") for name, document in known.items() if name not in found.policies} | {entry.get("parent") for entry in places}  # type: ignore[union-attr]
        found.places = {known[name].data.get("place") for name in found.policies} - kept  # type: ignore[union-attr]
        return found


def _listed(document: Document, key: str) -> list:
    value = document.data.get(key)  # type: ignore[union-attr]
    return value if isinstance(value, list) else []


def unconfirmed(document: Document) -> Iterator[Path]:
    """The paths of the entries that are marked unconfirmed."""
    for path, value in walk(document.data):
        if path[-1:] == ("unconfirmed",) and value is True:
            yield path[:-1]


def untranslated(sources: SourceSet, notice: str) -> int:
    """How many clauses of a notice have no translation yet."""
    clauses = sources.notices().get(notice, (None, {}))[1]
    return sum(1 for _, entry in clauses.values() if not str(entry.get("en") or "").strip())
