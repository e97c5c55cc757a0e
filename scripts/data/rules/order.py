"""Periods are in order and every rule of a decision list can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..problem import Problem
from ..sources import SourceSet
from ..walk import walk
from ..yaml_source import Document

name = "order"
description = {
    "zh": "时段的起止日期有先后，同类时段不重叠；决策列表里每一条都能轮到。",
    "en": "Periods begin before they end and do not overlap for the same people; every rule of a decision list can be reached.",
}
LISTS = ("coverage", "waiting", "incentives")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each period out of order, and each rule that another one hides."""
    for document in sources.of("policies"):
        data: dict = document.data  # type: ignore[assignment]
        yield from periods(document, data.get("periods", []))
        for path, rules in decision_lists(data):
            yield from hidden(document, path, rules)
        for path, value in walk(data):
            if isinstance(value, dict) and "from" in value and "to" in value and "status" not in value:
                low, high = value["from"], value["to"]
                if type(low) is type(high) and isinstance(low, (str, int)) and low > high:  # type: ignore[operator]
                    yield document.problem(name, (*path, "to"), f"结束（{high}）早于开始（{low}）。可能写反了。请改正。", f"The end ({high}) is before the beginning ({low}); they may be swapped. Correct them.")
            if isinstance(value, dict) and isinstance(value.get("min"), int) and isinstance(value.get("max"), int) and value["min"] > value["max"]:
                yield document.problem(name, (*path, "max"), f"最大（{value['max']}）小于最小（{value['min']}）。可能写反了。请改正。", f"The maximum ({value['max']}) is below the minimum ({value['min']}); they may be swapped. Correct them.")


def decision_lists(data: dict) -> Iterator[tuple[tuple, list[dict]]]:
    """Every list of rules of which the first that applies counts."""
    for key in LISTS:
        yield (key,), data.get(key, [])
    for number, premium in enumerate(data.get("premiums", [])):
        here: tuple = ("premiums", number)
        for key in ("contribution", "payable", "fiscal_subsidy"):
            yield (*here, key), premium.get(key, [])
        assistance = premium.get("assistance", {})
        for key in ("limits", "otherwise"):
            yield (*here, "assistance", key), assistance.get(key, [])
        for index, row in enumerate(assistance.get("rows", [])):
            yield (*here, "assistance", "rows", index, "amounts"), row.get("amounts", [])


def hidden(document: Document, path: tuple, rules: list[dict]) -> Iterator[Problem]:
    """A rule without a condition that stands before others hides them all; so does one with the same condition."""
    for index, rule in enumerate(rules[:-1]):
        if not rule.get("when") and "under" not in rule:
            names = "、".join(str(later.get("id", number + index + 2)) for number, later in enumerate(rules[index + 1 :]))
            yield document.problem(name, (*path, index), f"这一条没有条件，总是适用，后面的（{names}）永远轮不到。可能漏写了 when，或次序不对。",
                                   f"This rule has no condition and always applies, so those after it ({names}) are never reached. Its when may have been lost, or the order is wrong.")
    for index, rule in enumerate(rules):
        for earlier in rules[:index]:
            same = earlier.get("when") == rule.get("when") and earlier.get("when") and "under" not in earlier and (earlier.get("if_not_told", "ask") == rule.get("if_not_told", "ask"))
            if same:
                yield document.problem(name, (*path, index), f"条件与前面的“{earlier.get('id', '')}”完全一样，永远轮不到。可能改漏了一处条件。", f"The condition is the same as that of “{earlier.get('id', '')}” before it, so this rule is never reached. A part of the condition may have been lost.")


def periods(document: Document, found: list[dict]) -> Iterator[Problem]:
    """Periods with dates: the end after the beginning, no overlap among those for everyone, the chain in order."""
    whole = []
    for index, period in enumerate(found):
        low, high = period.get("from"), period.get("to")
        if isinstance(low, str) and isinstance(high, str) and low > high:
            yield document.problem(name, ("periods", index, "to"), f"时段“{period.get('id')}”的最后一天（{high}）早于第一天（{low}）。可能年份或月份写错了。请核对原文。",
                                   f"The period “{period.get('id')}” ends ({high}) before it begins ({low}). The year or month may be mistyped. Check the notice.")
        elif not period.get("when") and "under" not in period and isinstance(low, str) and isinstance(high, str):
            whole.append((low, high, index, period))
        for key in ("from", "to"):
            if key in period and ("after" if key == "from" else "before") in period:
                other = "after" if key == "from" else "before"
                yield document.problem(name, ("periods", index, key), f"{key} 和 {other} 说的是同一条边界，只能写一项。", f"{key} and {other} both set the same edge; keep one.", key=True)
        if not any(key in period for key in ("from", "to", "after", "before")):
            yield document.problem(name, ("periods", index), f"时段“{period.get('id')}”没有起止日期。请写 from、to、after 或 before。", f"The period “{period.get('id')}” has no edge. Give it from, to, after or before.")
    whole.sort(key=lambda entry: entry[0])
    for (_, high, _, earlier), (low, _, index, period) in zip(whole, whole[1:], strict=False):
        if low <= high:
            yield document.problem(name, ("periods", index, "from"), f"时段“{period.get('id')}”从{low}开始，与“{earlier.get('id')}”（到{high}）重叠。可能有一个日期写错了。请核对原文。",
                                   f"The period “{period.get('id')}” begins on {low} and overlaps “{earlier.get('id')}” (to {high}). One of the dates may be mistyped. Check the notice.")
