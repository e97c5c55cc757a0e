"""Periods are in order and every rule of a decision list can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ..evidence import policy_entries
from ..inherit import whole
from ..problem import Problem
from ..sources import SourceSet
from ..walk import listed, walk
from ..yaml_source import Document

name = "order"
description = {
    "zh": "时段的起止日期有先后，同类时段不重叠；决策列表里每一条都能轮到。",
    "en": "Periods begin before they end and do not overlap for the same people; every rule of a decision list can be reached.",
}
SIMPLE = ("person", "period", "tier", "groups")  # parts of a condition that name one of a list
LISTS = ("coverage", "waiting", "incentives")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each period out of order, and each rule that another one hides."""
    for document in sources.of("policies"):
        data: dict = document.data  # type: ignore[assignment]
        everything = whole(sources, data)
        yield from periods(document, data.get("periods", []), everything.get("periods", []))
        yield from deadlines(sources, document, everything)
        for path, rules in decision_lists(data):
            yield from hidden(document, path, rules)
            yield from shadowed(document, path, rules)
        yield from open_kinds(document, data.get("incentives", []))
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
    for number, add_on in enumerate(data.get("add_ons", [])):
        yield ("add_ons", number, "prices"), add_on.get("prices", [])
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
    """A rule without a condition that stands before others (of its kind) hides them all; so does one with the same condition."""
    for index, rule in enumerate(rules):
        after = [(number, later) for number, later in enumerate(rules, 1) if number > index + 1 and later.get("kind") == rule.get("kind")]
        if after and not rule.get("when") and ("under" not in rule or not all("under" in later for _, later in after)):
            names = "、".join(str(later.get("id", number)) for number, later in after)
            yield document.problem(name, (*path, index), f"这一条没有条件，总是适用，后面的（{names}）永远轮不到。可能漏写了 when，或次序不对。",
                                   f"This rule has no condition and always applies, so those after it ({names}) are never reached. Its when may have been lost, or the order is wrong.")
    for index, rule in enumerate(rules):
        for earlier in rules[:index]:
            same = earlier.get("kind") == rule.get("kind") and earlier.get("when") == rule.get("when") and earlier.get("when") and "under" not in earlier and (earlier.get("if_not_told", "ask") == rule.get("if_not_told", "ask"))
            if same:
                yield document.problem(name, (*path, index), f"条件与前面的“{earlier.get('id', '')}”完全一样，永远轮不到。可能改漏了一处条件。", f"The condition is the same as that of “{earlier.get('id', '')}” before it, so this rule is never reached. A part of the condition may have been lost.")


def shadowed(document: Document, path: tuple, rules: list[dict]) -> Iterator[Problem]:
    """A rule for some of those whom an earlier rule decides for already, without anything else that the earlier one asks for."""
    for index, rule in enumerate(rules):
        for earlier in rules[:index]:
            narrower, wider = rule.get("when"), earlier.get("when")
            plain = earlier.get("kind") == rule.get("kind") and "under" not in earlier and earlier.get("if_not_told", "ask") == rule.get("if_not_told", "ask")
            if plain and narrower and wider and narrower != wider and all(key in SIMPLE and key in narrower and set(listed(narrower[key])) <= set(listed(value)) for key, value in wider.items()):
                yield document.problem(name, (*path, index), f"前面的“{earlier.get('id', '')}”条件更宽，这一条永远轮不到。可能次序写反了，或某个条件改错了。请把窄的放在前面。",
                                       f"“{earlier.get('id', '')}” before it has a wider condition, so this rule is never reached. The order may be wrong, or a condition mistyped. Put the narrower one first.")
                break


def open_kinds(document: Document, incentives: list[dict]) -> Iterator[Problem]:
    """Of several kinds of incentive each ends with a rule for everyone else; else the sum of all is unknown to whoever earns one of them."""
    last = {rule.get("kind"): index for index, rule in enumerate(incentives)}
    for kind, index in last.items() if len(last) > 1 else ():
        if incentives[index].get("when"):
            yield document.problem(name, ("incentives", index), f"“{kind}”这一类激励的最后一条还有条件，不符合的人就算不出来。请在后面加一条没有 when、写 earned: false 的。",
                                   f"The last rule of the kind “{kind}” still has a condition, so nothing is known of anybody else. Add a rule behind it without a when and with earned: false.")


def periods(document: Document, own: list[dict], found: list[dict]) -> Iterator[Problem]:
    """Periods with dates: the end after the beginning, no overlap among those for everyone, an event only for some.

    own: the periods of the file itself; found: with those of the policy it follows.
    """
    general = [(*edges(found, period), None, period) for period in found if period not in own and for_everyone(period)]
    for index, period in enumerate(own):
        low, high = edges(found, period)
        other_event = period.get("by", "payment") != "payment"  # its last day is not that of the payment its first day is
        if low and high and low > high and not other_event:
            yield document.problem(name, ("periods", index, "to" if "to" in period else "after"), f"时段“{period.get('id')}”的最后一天（{high}）早于第一天（{low}）。可能年份或月份写错了。请核对原文。",
                                   f"The period “{period.get('id')}” ends ({high}) before it begins ({low}). The year or month may be mistyped. Check the notice.")
        elif for_everyone(period):
            general.append((low, high, index, period))
        for key, other in (("from", "after"), ("to", "before")):
            if key in period and other in period:
                yield document.problem(name, ("periods", index, key), f"{key} 和 {other} 说的是同一条边界，只能写一项。", f"{key} and {other} both set the same edge; keep one.", key=True)
        if not any(key in period for key in ("from", "to", "after", "before")) and period.get("status") != "not_eligible":
            yield document.problem(name, ("periods", index), f"时段“{period.get('id')}”没有起止日期。请写 from、to、after 或 before；其余的日子写两条：before 第一个时段、after 最后一个时段。",
                                   f"The period “{period.get('id')}” has no edge. Give it from, to, after or before; all other days take two periods, one before the first and one after the last.")
        start = period.get("from")
        if isinstance(start, dict) and start.get("anchor") not in (None, "payment", "year_start", "year_end") and not period.get("when"):
            yield document.problem(name, ("periods", index), f"时段“{period.get('id')}”从一个事件（{start['anchor']}）算起，却没有写对谁适用。可能漏写了 when。请补上。",
                                   f"The period “{period.get('id')}” begins with an event ({start['anchor']}), but does not say for whom. Its when may have been lost. Add it.")
    general = sorted((entry for entry in general if entry[0] or entry[1]), key=lambda entry: (entry[0] or "", entry[1] or "9999"))
    for (_, high, first, earlier), (low, _, second, period) in zip(general, general[1:], strict=False):
        index = first if second is None else second
        if index is not None and (high is None or low is None or low <= high):
            yield document.problem(name, ("periods", index), f"时段“{period.get('id')}”（{low or '…'} 起）与“{earlier.get('id')}”（到 {high or '…'}）重叠，而两个都对所有人适用。可能日期写错了，或漏写了 when。请核对原文。",
                                   f"The period “{period.get('id')}” (from {low or '…'}) overlaps “{earlier.get('id')}” (to {high or '…'}), and both are for everyone. A date may be mistyped, or a when lost. Check the notice.")


def for_everyone(period: dict) -> bool:
    """Whether a period is for everyone under every reading, and counted by the day of payment."""
    return not period.get("when") and "under" not in period and period.get("by", "payment") == "payment"


def deadlines(sources: SourceSet, document: Document, everything: dict) -> Iterator[Problem]:
    """A residents' deadline is the last day of some period, unless its quote has that date alone, or it is declared as inferred."""
    last = {value for period in everything.get("periods", []) for path, value in walk({"to": period.get("to")}) if isinstance(value, str) and path[-1] != "by_reading"}
    for entry in policy_entries(sources, document) if last else ():
        told = entry.data.get("date")
        alone = {day for day in entry.figures.dates if day[2]} == {tuple(int(part) for part in str(told).split("-"))} if entry.path[0] == "deadlines" else True
        if not alone and told not in last and str(told) not in entry.declared:
            yield document.problem(name, (*entry.path, "date"), f"期限“{told}”不是任何一个时段的最后一天。可能日期写错了，或时段漏了。请核对；确实由别处推出的，写进 inferred_values。",
                                   f"The deadline {told} is not the last day of any period. The date may be mistyped, or a period missing. Check it; if it follows from elsewhere, list it in inferred_values.")


def edges(found: list[dict], period: dict, depth: int = 0) -> tuple[str | None, str | None]:
    """The first and last day of a period where they are plain dates, also those taken from its neighbours (the neighbour's edge by default)."""
    low, high = plain(period.get("from")), plain(period.get("to"))
    for key in ("after", "before"):
        neighbour = next((other for other in found if other.get("id") == period.get(key)), None) if depth < len(found) else None
        if neighbour is not None:
            first, last = edges(found, neighbour, depth + 1)
            if key == "after" and last:
                low = (date.fromisoformat(last) + timedelta(1)).isoformat()
            elif key == "before" and first:
                high = (date.fromisoformat(first) - timedelta(1)).isoformat()
    return low, high


def plain(edge: object) -> str | None:
    """An edge that is a date, or its first reading where that is one; None for anything that has to be worked out."""
    if isinstance(edge, dict) and "by_reading" in edge:
        edge = edge.get("a")
    if isinstance(edge, dict):
        edge = edge.get("known_by") or edge.get("at_latest")
    try:
        return date.fromisoformat(edge).isoformat() if isinstance(edge, str) else None
    except ValueError:
        return None
