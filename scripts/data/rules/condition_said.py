"""What the name of a rule, or a compute clause it cites, says of persons and facts is in a condition: a lost condition shows as a word nobody minds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..evidence import Entry, policy_entries
from ..inherit import whole
from ..problem import Problem
from ..sources import SourceSet
from ..walk import SECTIONS, listed, walk
from ..yaml_source import Document
from .references import EVENTS

name = "condition-said"
description = {
    "zh": "规则的编号、名称和计算用条款里说到的人员和事实（词汇里的 words），在规则的条件里都有；确实不用的，在 note 里用原词说明。",
    "en": "Persons and facts (by their `words` in the vocabulary) that a rule's name or a compute clause says are in a condition; where none is meant, a note with the word says why.",
}
_EXCEPT = re.compile(r"除[^，,。；;]*?外")
# Parts of a rule that take account of a fact without naming it.
PARTS = {"per_missed_year": "gap_years", "repair": "repair_years", "born": "birth_date"}
EVENT_FACTS = {event: fact for event, fact in EVENTS.items() if fact}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each word said that no condition takes up."""
    shared = {entry["id"]: entry["words"] for part in ("persons", "facts") for entry in sources.entries(part).values() if entry.get("words")}
    births = {person: set(entry.get("requires", [])) for person, entry in sources.entries("persons").items()}
    for document in sources.of("policies"):
        local = {fact["id"]: fact["words"] for fact in whole(sources, document.data).get("facts", []) if fact.get("words")}  # type: ignore[arg-type]
        taken = {word for words in local.values() for word in words}  # a place's own fact has the word before a shared one
        lexicon = {**{term: rest for term, words in shared.items() if (rest := [word for word in words if word not in taken])}, **local}
        found = [entry for entry in policy_entries(sources, document) if entry.path[0] not in (*SECTIONS, "enrolment_targets", "age_on")]
        periods = {entry.data.get("id"): entry for entry in found if entry.path[0] == "periods"}
        minded = {entry.path: mind(entry, periods, births) for entry in found}
        yield from own(document, found, lexicon, minded)
        yield from quoted(sources, document, [entry for entry in found if entry.path[0] != "warnings"], lexicon, minded)


def own(document: Document, found: list[Entry], lexicon: dict, minded: dict) -> Iterator[Problem]:
    """Rules whose identifier or name says what their condition does not."""
    for entry in found:
        told = entry.data.get("name")
        words = [*str(entry.data.get("id", "")).split("-"), str(told.get("zh", "")) if isinstance(told, dict) else ""]
        for term, known in lexicon.items():
            word = next((word for word in known if word in words or (not word.isascii() and word in without_longer(words[-1], word, lexicon))), None)
            if word and not meant(word, lexicon) & minded[entry.path] and not explained(entry, known):
                yield document.problem(name, entry.path, f"这一条叫“{entry.data.get('id') or words[-1]}”，说到“{word}”，条件里却没有（{term}）。可能漏写或误删了条件。请对照原文补上；确实没有条件的，改名，或在 note 里说明“{word}”。",
                                       f"This rule is called “{entry.data.get('id') or words[-1]}”, but no condition takes up “{word}” ({term}); a condition may have been lost. Compare with the notice; if none is meant, rename it or explain “{word}” in its note.")


def quoted(sources: SourceSet, document: Document, found: list[Entry], lexicon: dict, minded: dict) -> Iterator[Problem]:
    """Compute clauses that say what none of the rules citing them takes up."""
    known = sources.notices()
    citing: dict[str, list[Entry]] = {}
    for entry in found:
        for clause in entry.clauses:
            citing.setdefault(clause, []).append(entry)
    for clause, users in citing.items():
        notice, _, short = clause.partition("/")
        data = known.get(notice, (None, {}))[1].get(short, (0, {}))[1]
        if data.get("role") != "compute":
            continue
        for term, words in lexicon.items():
            text = str(data.get("quote", ""))
            word = next((word for word in words if not word.isascii() and word in without_longer(text, word, lexicon)), None)
            if not word:
                continue
            # “except for newborns”: whoever is left out has a rule of their own in the same list.
            lists = {entry.path[:-1] for entry in users} if word not in _EXCEPT.sub("", text) else set()
            if not any(meant(word, lexicon) & minded[entry.path] or explained(entry, words) for entry in (*users, *(entry for entry in found if entry.path[:-1] in lists))):
                yield document.problem(name, min(users, key=lambda entry: len(entry.data.get("clauses", entry.clauses))).path, f"条款 {clause} 说到“{word}”，引用它的规则却都没有这个条件（{term}）。可能漏写或误删了条件。请对照原文补上；确实不用的，在 note 里说明“{word}”。",
                                       f"The clause {clause} says “{word}”, but no rule citing it has that condition ({term}); it may have been lost. Compare with the notice; if it is not meant, explain “{word}” in a note.")


def without_longer(text: str, word: str, lexicon: dict) -> str:
    """A text without the longer words of the lexicon that hold a shorter one: 户籍迁入 says nothing of 户籍."""
    for longer in sorted({other for words in lexicon.values() for other in words if word in other and word != other}, key=len, reverse=True):
        text = text.replace(longer, " ")
    return text


def meant(word: str, lexicon: dict) -> set[str]:
    """The persons and facts that a word may mean."""
    return {term for term, words in lexicon.items() if word in words}


def explained(entry: Entry, words: list[str]) -> bool:
    """Whether the note of a rule says something of the word."""
    note = entry.data.get("note")
    return isinstance(note, dict) and any(word in str(note.get("zh", "")) for word in words)


def mind(entry: Entry, periods: dict, births: dict, depth: int = 0) -> set[str]:
    """The persons and facts of which a rule takes account: in its condition, in the period it is for, in what it counts from, in the names of its groups."""
    found: set[str] = set()
    for path, value in walk(entry.data):
        if any(part in ("id", "clauses", "questions", "note", "name", "text", "leaflet") for part in path):
            continue
        found |= {PARTS.get(part, part) for part in path if isinstance(part, str)}
        if isinstance(value, str):
            found |= {EVENT_FACTS[value]} if value in EVENT_FACTS else {value}
        if path[-2:-1] == ("period",) or path[-1:] == ("period",):
            for told in listed(value):
                if told in periods and depth < 2:
                    found |= mind(periods[told], periods, births, depth + 1)
        if path and path[-1] in ("after", "before") and isinstance(value, str) and value in periods and depth < 2:
            found |= {term for term in mind(periods[value], periods, births, depth + 1) if term in EVENT_FACTS.values()}
    found |= {person for person, facts in births.items() if facts & found}
    groups = "-".join(str(group) for group in entry.data.get("groups", []))
    return found | {person for person in births if re.search(rf"\b{person.rpartition('_')[2]}\b", groups)}
