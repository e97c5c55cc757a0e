"""Each place × group × kind of person × day gives one period, one price, one coverage rule and one wait, or a declared silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from calc.case import Case
from calc.context import Context, Undetermined
from calc.periods import place
from calc.policy import Policy, Vocabulary

from ..inherit import takes_all
from ..problem import Problem
from ..resolve import compile_policy
from ..sources import VOCABULARY, SourceSet
from ..walk import conditions, listed, walk
from ..yaml_source import Document

name = "every-day"
description = {
    "zh": "从第一个到最后一个写明的日期，每个地方、每类对象、每类人员、每一天，都有一个时段、一个价格、一条享受期规则和一条等待期规则，或者写明“没有写明”。",
    "en": "From the first to the last date named, each place, group, kind of person and day has one period, one price, one coverage rule and one wait, or a declared silence.",
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
BIRTHS = (0, 60, 91, 400)
GAPS = (None, 0, 2)
LISTS = {"periods": ("缴费时段", "payment period"), "contribution": ("个人缴费", "contribution"), "coverage": ("待遇享受期规则", "coverage rule"), "waiting": ("等待期规则", "rule on the wait")}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each stretch of days for which a rule is missing by accident."""
    vocabulary = Vocabulary({part: list(sources.entries(part).values()) for part in VOCABULARY})
    questions = {identifier: entry for identifier, (_, _, entry) in sources.questions().items()}
    failure: Exception | None = None
    for identifier, document in sources.policies().items():
        if takes_all(document.data):  # type: ignore[arg-type]
            continue  # its rules are those of the policy it follows
        try:
            yield from in_policy(document, Policy(compile_policy(sources, identifier), vocabulary, questions))
        except Exception as error:  # noqa: BLE001 - the engine may stop anywhere on what other rules report
            failure = failure or error
    if failure is not None:
        raise failure


def in_policy(document: Document, policy: Policy) -> Iterator[Problem]:
    """The gaps of one policy: those under the default readings, then those that only another reading opens."""
    days = breakpoints(policy)
    gaps: dict[tuple, dict[str, set]] = {}
    for groups in classes(policy):
        for gap in GAPS:
            scan(policy, days, groups, gap, None, gaps)
    if not gaps:
        for question, reading in readings(policy):
            scan(policy, days, frozenset(), None, {question: reading}, gaps)
    for (part, reading), found in gaps.items():
        zh, en = LISTS[part]
        span = {lang: between(found["days"], lang) for lang in ("zh", "en")}
        who = {lang: people(policy, found, lang) for lang in ("zh", "en")}
        under = {"zh": f"（{reading} 这种理解下）" if reading else "", "en": f" (under reading {reading})" if reading else ""}
        yield document.problem(name, ("premiums", 0, "contribution") if part == "contribution" else (part,),
                               f"{span['zh']}，{who['zh']}没有{zh}{under['zh']}。可能漏了一条，或某条的条件、日期改错了。确实没有写明的，请加一条写明 not_specified 或 not_stated{hint(part, 'zh')}。",
                               f"{span['en']} there is no {en} for {who['en']}{under['en']}. A rule may be missing, or a condition or date of one be wrong. If the notice is silent, add a rule that says not_specified or not_stated{hint(part, 'en')}.", key=True)


def between(days: set[date], lang: str) -> str:
    """The days on which something is missing."""
    first, last = min(days), max(days)
    if first == last:
        return f"{first} 这一天" if lang == "zh" else f"On {first}"
    return f"{first} 至 {last} 之间的某些日子" if lang == "zh" else f"On some days from {first} to {last}"


def people(policy: Policy, found: dict, lang: str) -> str:
    """For whom it is missing: the kinds of person, and the groups where not everybody is meant."""
    persons = [policy.vocabulary.persons[person]["name"][lang] for person in policy.vocabulary.persons if person in found["persons"]]
    everyone = len(persons) == len(policy.vocabulary.persons)
    shown = ("所有人" if lang == "zh" else "anybody") if everyone else ("、" if lang == "zh" else ", ").join(persons)
    if found["general"]:
        return shown
    groups = ("、" if lang == "zh" else ", ").join(policy.vocabulary.groups[group]["name"][lang] for group in sorted(found["groups"])[:4])
    return f"{shown}（{groups}）" if lang == "zh" else f"{shown} ({groups})"


def hint(part: str, lang: str) -> str:
    """How the days before the first and after the last period are usually written."""
    if part != "periods":
        return ""
    return "，如 {id: after, after: 最后一个时段, status: not_specified}" if lang == "zh" else ", such as {id: after, after: the last period, status: not_specified}"


def scan(policy: Policy, days: list[date], groups: frozenset, gap: int | None, active: dict | None, gaps: dict) -> None:
    """Looks at every day for every kind of person and notes which lists give nothing."""
    tiers = policy.tiers or (None,)
    label = next((f"{question}.{reading}" for question, reading in (active or {}).items()), "")
    for person, entry in policy.vocabulary.persons.items():
        births = BIRTHS if "birth_date" in entry.get("requires", []) else (None,)
        for day in days:
            for birth in births:
                facts: dict = {} if gap is None else {"gap_years": gap}
                if birth is not None:
                    facts["birth_date"] = day - timedelta(birth)
                for part in nothing(policy, Context(policy, Case(person, day, groups, tiers[0], (), facts), active)):
                    found = gaps.setdefault((part, label), {"groups": set(), "days": set(), "persons": set(), "general": False})
                    found["groups"] |= groups
                    found["days"].add(day)
                    found["persons"].add(person)
                    found["general"] |= not groups


def nothing(policy: Policy, context: Context) -> Iterator[str]:
    """The lists that give nothing for this case."""
    context.placing = True
    placed = place(context)
    context.placing = False
    if placed.undetermined is not None:
        return
    if placed.rule is None:
        yield "periods"
        return
    if placed.status in ("closed", "not_eligible"):
        return  # nothing is paid, so nothing follows from it
    context.period, context.period_id = placed.rule, placed.rule.id
    for part, rules in (("contribution", policy.premiums[0].contribution), ("coverage", policy.coverage), ("waiting", policy.waiting)):
        chosen = context.choose(rules)
        if chosen is None and not isinstance(chosen, Undetermined):
            yield part


def breakpoints(policy: Policy) -> list[date]:
    """The days at which an answer may change: every date named and its neighbours, and the turn of each month between them."""
    named = set()
    for _, value in walk(policy.data):
        if isinstance(value, str) and _DATE.match(value):
            named.add(date.fromisoformat(value))
    named |= {date(policy.year, 1, 1), date(policy.year, 12, 31)}
    first, last = min(named), max(named)
    turns = {day + timedelta(step) for day in named for step in (-1, 0, 1)}
    month = first.replace(day=1)
    while month <= last:
        turns |= {month, month.replace(day=15), month.replace(day=26)}
        month = (month + timedelta(31)).replace(day=1)
    return sorted(day for day in turns if first - timedelta(1) <= day <= last + timedelta(1))


def classes(policy: Policy) -> list[frozenset]:
    """One set of groups for each way in which the rules tell groups apart, and the empty one."""
    wanted = [frozenset(listed(condition[part])) for _, condition in conditions({key: value for key, value in policy.data.items() if key != "premiums"}) for part in ("groups", "not_groups") if part in condition]
    signatures: dict[tuple, str] = {}
    for group in policy.vocabulary.groups:
        rows = tuple((bool(row.data.get("when")), all("none" in rule.data for rule in row.amounts)) for row in policy.premiums[0].assistance_rows if group in row.groups)
        signatures.setdefault((tuple(group in names for names in wanted), rows), group)
    return [frozenset(), *(frozenset([group]) for group in signatures.values())]


def readings(policy: Policy) -> list[tuple[str, str]]:
    """Every reading other than the default of the questions on which periods, price, coverage and waits depend."""
    named: set[str] = set()
    data = policy.data
    for _, value in walk({"periods": data["periods"], "contribution": data["premiums"][0]["contribution"], "coverage": data["coverage"], "waiting": data["waiting"]}):
        if isinstance(value, dict):
            named |= {value["by_reading"]} if "by_reading" in value else set()
            named |= {value["under"].partition(".")[0]} if "under" in value else set()
    return [(question, reading["id"]) for question in sorted(named) for reading in policy.questions[question]["readings"] if reading["id"] != policy.reading_default(question)]
