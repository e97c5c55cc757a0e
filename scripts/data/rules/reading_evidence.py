"""A rule that depends on how a question is read cites one of the clauses the question is about: a wrong question shows as one about other words."""

from __future__ import annotations

from collections.abc import Iterable

from ..evidence import policy_entries
from ..problem import Problem
from ..sources import SourceSet
from ..walk import walk

name = "reading-evidence"
description = {
    "zh": "按某个未定问题的理解而变的规则（under、by_reading），至少引用那个问题 evidence 里的一条；问题没有列本通知条款的除外。",
    "en": "A rule that depends on a reading (under, by_reading) cites at least one clause of that question's evidence, unless the question names none of this notice.",
}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each dependence on a question about other clauses."""
    asked = {question: set(entry.get("evidence", [])) for question, (_, _, entry) in sources.questions().items()}
    for document in sources.of("policies"):
        notices = document.data.get("notices") or []  # type: ignore[union-attr]
        for entry in policy_entries(sources, document):
            for path, value in walk(entry.data):
                if not path or path[-1] not in ("under", "by_reading") or "amounts" in path or not isinstance(value, str):
                    continue
                question = value.partition(".")[0]
                here = {clause for clause in asked.get(question, ()) if clause.partition("/")[0] in notices}
                if here and not here & set(entry.clauses):
                    shown = ", ".join(sorted(clause.partition("/")[2] for clause in here)[:6])
                    yield document.problem(name, (*entry.path, *path), f"问题“{question}”说的是条款 {shown}，这条规则一条也没有引用。可能写错了问题编号，或少引了条款；问题也涉及这里的条款的，把它加进问题的 evidence。",
                                           f"The question “{question}” is about {shown}, none of which this rule cites. The question may be the wrong one, or a clause missing; if it is about these words too, add them to its evidence.")
