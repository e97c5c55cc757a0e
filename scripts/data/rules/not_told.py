"""A rule whose condition asks for a fact says what is made of it when the fact is not told: nothing is decided in silence."""

from __future__ import annotations

from collections.abc import Iterable

from calc.conditions import facts_named

from ..problem import Problem
from ..sources import SourceSet
from ..walk import walk

name = "not-told"
description = {
    "zh": "条件里问到事实（facts、order）的规则，都用 if_not_told 写明没有告知时怎么办；没有问到的不写。",
    "en": "A rule whose condition asks for a fact (facts, order) says under if_not_told what is made of it when not told; one that has no condition does not.",
}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each condition on a fact without its if_not_told, and each if_not_told without a condition."""
    for document in sources.of("policies"):
        for path, value in walk(document.data):
            if not isinstance(value, dict):
                continue
            if isinstance(value.get("when"), dict) and "if_not_told" not in value and (fact := asked(value["when"])):
                yield document.problem(name, (*path, "when"), f"条件问到“{fact}”，却没有写没有告知时怎么办。可能删掉了一行。请写 if_not_told：ask（不下结论）、holds（当作满足）或 fails（当作不满足）。",
                                       f"The condition asks for “{fact}”, but nothing says what to make of it when not told; a line may have been lost. Add if_not_told: ask (decide nothing), holds or fails.", key=True)
            if isinstance(value.get("if_not_told"), dict) and isinstance(value.get("when"), dict):
                named = facts_named(value["when"])
                for fact in value["if_not_told"]:
                    if fact not in named:
                        yield document.problem(name, (*path, "if_not_told", fact), f"条件里没有问到“{fact}”，可能拼错了。条件问到的有：{'、'.join(sorted(named))}。请改正，或删除这一项。",
                                               f"The condition does not ask for “{fact}”; it may be misspelt. It asks for {', '.join(sorted(named))}. Correct it, or delete it.", key=True)
            if "if_not_told" in value and "when" not in value:
                yield document.problem(name, (*path, "if_not_told"), "写了 if_not_told，却没有条件（when）。条件可能删掉了。请补上 when，或删除 if_not_told。",
                                       "There is an if_not_told without a condition (when), which may have been lost. Restore the when, or delete if_not_told.", key=True)


def asked(condition: dict) -> str:
    """The first fact that a condition asks for, at any depth; empty when it asks for none."""
    for path, value in walk(condition):
        if path and path[-1] == "facts" and isinstance(value, dict) and value:
            return str(next(iter(value)))
        if path and path[-1] == "order":
            return "order"
    return ""
