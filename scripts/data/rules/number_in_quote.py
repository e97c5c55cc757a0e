"""Every number and date of a rule stands in a quote that the same rule cites, or is declared as inferred."""

from __future__ import annotations

from collections.abc import Iterable

from ..evidence import KIND_NAMES, Claim, Entry, policy_entries
from ..figures import chinese, full_dates
from ..problem import Problem
from ..sources import SourceSet
from ..walk import walk
from ..yaml_source import Document

name = "number-in-quote"
description = {
    "zh": "规则里的每个数字和日期都在它引用的条款原文里；推断的要在 inferred_values 里写明。",
    "en": "Every number and date of a rule stands in a quote the rule cites; inferred ones are declared in inferred_values.",
}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each figure without its sentence, and each declaration that nothing needs."""
    for document in sources.of("policies"):
        for entry in policy_entries(sources, document):
            yield from in_entry(document, entry)


def in_entry(document: Document, entry: Entry) -> Iterable[Problem]:
    """The figures of one entry."""
    claims = entry.claims()
    for claim in claims:
        if claim.value not in entry.declared and not claim.stands_in(entry.figures):
            yield document.problem(name, claim.path, *missing(claim, entry))
    for key in ("name", "text", "leaflet"):
        told = entry.data.get(key)
        if isinstance(told, dict) and isinstance(told.get("zh"), str) and entry.path[0] not in ("add_ons", "enrolment_targets"):
            yield from in_words(document, entry, key, told["zh"])
    used = {claim.value for claim in claims} | {claim.value for amount in entry.data.get("amounts", []) for claim in Entry((), amount, [], entry.figures, [], None).claims()}
    if any(path[-1:] == ("min",) and value == 1 for path, value in walk(entry.data)):
        used.add("1")  # at least one needs no declaration, and may have one
    for index, value in enumerate(entry.data.get("inferred_values", [])):
        if str(value) not in used and str(value) not in entry.data.get("groups", []):
            yield document.problem(name, (*entry.path, "inferred_values", index), f"“{value}”在这一条里没有用到。可能是改了数字而没有改这里。请改成一致，或删除它。",
                                   f"“{value}” is not used in this entry; a figure may have been changed without this one. Make them agree, or delete it.")
    reasons = ("note", "questions", "under", "certainty")
    if entry.data.get("inferred_values") and not any(entry.data.get(reason) for reason in reasons) and not any("by_reading" in claim.path or len(str(claim.path[-1])) == 1 for claim in claims):
        yield document.problem(name, (*entry.path, "inferred_values"), "推断的值没有理由。请写 note 说明，或用 questions 指向未定问题。",
                               "These inferred values have no reason. Add a note, or name the open question under questions.", key=True)


def in_words(document: Document, entry: Entry, key: str, text: str) -> Iterable[Problem]:
    """The figures in the name or the text of an entry."""
    allowed = entry.figures.atoms | entry.figures.words | {value for _, value in entry.figures.typed} | entry.declared
    dates = {part for value in entry.declared if len(value) == 10 for part in (value[:4], str(int(value[8:])), ("month", int(value[5:7])))}
    dates |= {part for day in entry.figures.dates if day[0] for part in (str(day[0]),)}
    for atom in sorted(chinese(text).atoms - allowed - dates - {str(document.data.get("year"))}, key=str):  # type: ignore[union-attr]
        shown = f"{atom[1]}月" if isinstance(atom, tuple) else atom
        yield document.problem(name, (*entry.path, key, "zh"), f"文字里的“{shown}”不在所引条款的原文里。可能写错了，或少引了条款。请核对原文。",
                               f"The figure “{shown}” of this text is in none of the quotes cited. It may be mistyped, or a clause is missing. Check the original.")


    for day in full_dates(chinese(text)):
        if not entry.figures.has_date(day) and day not in entry.declared:
            yield document.problem(name, (*entry.path, key, "zh"), f"文字里的日期“{day}”不在所引条款的原文里。可能写错了，或少引了条款。请核对原文。",
                                   f"The date {day} of this text is in none of the quotes cited. It may be mistyped, or a clause is missing. Check the original.")


def missing(claim: Claim, entry: Entry) -> tuple[str, str]:
    """What to say of a figure that no cited quote holds: what the quotes do hold, and the two usual causes."""
    if claim.kind == "date":
        if (None, int(claim.value[5:7]), int(claim.value[8:])) in entry.figures.dates:
            return (f"所引条款（{'、'.join(entry.clauses)}）里的“{int(claim.value[5:7])}月{int(claim.value[8:])}日”没有写年份。请把写明{claim.value[:4]}年的那一条也引上；年份是推断的，写进 inferred_values 并说明理由。",
                    f"The quotes cited here ({', '.join(entry.clauses)}) have this month and day without a year. Cite the clause that names {claim.value[:4]} as well; if the year is inferred, list the date in inferred_values with the reason.")
        held = sorted(f"{day[0]}-{day[1]:02d}-{day[2]:02d}" for day in entry.figures.dates if day[0] and day[2])
        zh_unit, en_unit = "", ""
    else:
        held = sorted({value for kind, value in entry.figures.typed if claim.kind in (None, kind) or kind == "bare"}, key=lambda value: (len(value), value))
        zh_unit, en_unit = KIND_NAMES.get(claim.kind, ("", ""))
    there_zh = f"原文里的是：{'、'.join(held)}。" if held else "这些原文里没有这类数字。"
    there_en = f"They hold: {', '.join(held)}." if held else "They hold no such figure."
    return (f"所引条款（{'、'.join(entry.clauses)}）的原文里没有“{claim.value}{zh_unit}”。{there_zh}可能写错了数字，或引错、少引了条款；确实是推断的，写进 inferred_values 并说明理由。",
            f"No quote cited here ({', '.join(entry.clauses)}) holds “{claim.value}{' ' if en_unit else ''}{en_unit}”. {there_en} A digit may be mistyped, or a clause wrong or missing; if it is inferred, list it in inferred_values with the reason.")
