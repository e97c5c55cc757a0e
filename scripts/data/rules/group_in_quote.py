"""The groups of an assistance row are those that its quotes name, and every group that an assistance clause names has its row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..evidence import Entry, policy_entries
from ..inherit import whole
from ..problem import Problem
from ..sources import SourceSet
from ..walk import conditions, listed
from ..yaml_source import Document

name = "group-in-quote"
description = {
    "zh": "资助行写的对象都在所引原文里出现；资助条款提到的每类对象都有一行。",
    "en": "The groups of an assistance row stand in its quotes, and every group that an assistance clause names has its row.",
}
_DASHES = re.compile("[―—–－‑]")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each group without its words, and each group named that no row takes up."""
    for document in sources.of("policies"):
        found = [entry for entry in policy_entries(sources, document) if "assistance" in entry.path and "amounts" not in entry.path]
        names = group_names(sources, document)
        yield from unnamed(sources, document, found, names)
        yield from forgotten(sources, document, found, names)


def plain(text: str) -> str:
    """A name or quote with its dashes folded."""
    return _DASHES.sub("-", text)


def group_names(sources: SourceSet, document: Document) -> dict[str, list[str]]:
    """Every name of each group: those of the notice, and those of the vocabulary."""
    own: dict = whole(sources, document.data).get("group_names", {})  # type: ignore[arg-type]
    return {group: [plain(text) for text in [*own.get(group, []), entry["name"]["zh"], *entry.get("names", [])]] for group, entry in sources.entries("groups").items()}


def quote(sources: SourceSet, clauses: list[str]) -> str:
    """The quotes of some clauses, one after the other."""
    known, found = sources.notices(), []
    for clause in clauses:
        notice, _, short = clause.partition("/")
        if short in known.get(notice, (None, {}))[1]:
            found.append(plain(known[notice][1][short][1].get("quote", "")))
    return "\n".join(found)


def unnamed(sources: SourceSet, document: Document, found: list[Entry], names: dict[str, list[str]]) -> Iterator[Problem]:
    """Groups of a row whose names stand in none of its quotes."""
    for entry in found:
        words = quote(sources, entry.clauses)
        for index, group in enumerate(entry.data.get("groups", []) if "rows" in entry.path else []):
            inferred = entry.data.get("certainty") == "inferred" and bool(entry.data.get("questions"))
            if group in names and not inferred and group not in entry.declared and not any(text in words for text in names[group]):
                yield document.problem(name, (*entry.path, "groups", index), f"所引条款（{'、'.join(entry.clauses)}）的原文里没有“{names[group][0]}”（{group}）。可能写错了类别或引错了条款；确实是推断的，把 {group} 写进 inferred_values。",
                                       f"The quotes cited ({', '.join(entry.clauses)}) do not name “{names[group][0]}” ({group}). The group or the clause may be wrong; if it is inferred, list {group} in inferred_values.")


def forgotten(sources: SourceSet, document: Document, found: list[Entry], names: dict[str, list[str]]) -> Iterator[Problem]:
    """Groups that a clause of the assistance names, by the notice's own names, and that no entry citing it takes up."""
    own: dict = whole(sources, document.data).get("group_names", {})  # type: ignore[arg-type]
    taken: dict[str, set[str]] = {}
    first: dict[str, Entry] = {}
    for entry in found:
        groups = set(entry.data.get("groups", []))
        for _, condition in conditions(entry.data):
            groups |= {group for part in ("groups", "not_groups") for group in listed(condition.get(part, []))}
        for clause in entry.clauses:
            taken.setdefault(clause, set()).update(groups)
            if "rows" in entry.path:
                first.setdefault(clause, entry)
    everywhere = set().union(*taken.values())
    for clause, entry in first.items():
        notice, _, short = clause.partition("/")
        # What is only displayed may name, beside the groups of its row, those that have rows elsewhere.
        display = sources.notices()[notice][1][short][1].get("role") != "compute"
        # "on the model of (参照) some group" names it for its amount only
        words = re.sub("参照[^，,；;。]*", "", quote(sources, [clause]))
        named = {(plain(text), group) for group, texts in own.items() for text in texts if plain(text) in words}
        for text, group in sorted(named):
            inside = any(text != other and text in other for other, _ in named)
            shared = any(other == text and also in taken[clause] for other, also in named)
            if not inside and not shared and group not in (everywhere if display else taken[clause]):
                yield document.problem(name, (*entry.path, "groups"), f"条款 {clause} 提到“{text}”（{group}），但引用它的资助行都没有这一类。可能漏写了。请加上，或另写一行。",
                                       f"The clause {clause} names “{text}” ({group}), but no assistance row citing it has that group. It may be left out. Add it, or write a row of its own.")
