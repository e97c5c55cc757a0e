"""The cases that pages ask about: days of payment, kinds of person, groups, births; chosen by the rules, never by the place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from calc import Case, Policy
from calc.assessment import CONFLICTING
from calc.assistance import funds as funds_of
from calc.dates import plus_days
from calc.engine import evaluate
from calc.money import KNOWN, NOT_TOLD
from calc.policy import AssistanceRow
from calc.readings import candidates

from .site import Site, case_text, day

STUDENTS = ("university_student", "university_freshman")


class RuleSet(NamedTuple):
    """One set of rules and the policies under it: an area that follows its region's annex shares the region's rules."""

    id: str
    policies: tuple[Policy, ...]

    @property
    def policy(self) -> Policy:
        """The policy that stands for all of them."""
        return self.policies[0]


def followers(site: Site, policy: Policy) -> list[Policy]:
    """The policies that follow a policy as a whole."""
    return [other for other in site.all_policies if other.data.get("follows", {}).get("policy") == policy.id]


def rule_sets(site: Site) -> list[RuleSet]:
    """The distinct sets of rules, in the order of the places; a policy that others follow counts through them."""
    found: dict[str, list[Policy]] = {}
    for policy in site.all_policies:
        if not followers(site, policy):
            found.setdefault(policy.data.get("follows", {}).get("policy", policy.id), []).append(policy)
    return [RuleSet(name, tuple(policies)) for name, policies in found.items()]


def tiers(policy: Policy) -> list[int | None]:
    """The tiers of a policy; one nameless tier where it has none."""
    return list(policy.tiers) or [None]


def tier_name(policy: Policy, tier: int | None, lang: str) -> str:
    """A tier's name; nothing where the place has none."""
    return next((entry["name"][lang] for entry in policy.data.get("tiers", []) if entry["id"] == tier), "")


def told(pay_date: date, person: str = "resident", tier: int | None = None, groups: list[str] | None = None, **facts: object) -> dict:
    """A case as plain data; what is None is not told. Groups not given means: told to be in none."""
    case = {"person": person, "pay_date": pay_date.isoformat(), "tier": tier, "categories": groups or [], **facts}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in case.items() if value is not None}


def first_tier(policy: Policy) -> int | None:
    """The tier that a page asks about when the question is not about tiers."""
    return tiers(policy)[0]


def window_day(site: Site, policy: Policy, person: str = "resident") -> date:
    """An ordinary day of the enrolment window: the 15th of the first month on which the window is open beyond doubt."""
    return site.once(("window_day", policy.id, person), lambda: _window_day(site, policy, person))


def _window_day(site: Site, policy: Policy, person: str) -> date:
    days = [date(year, month, 15) for year in (policy.year - 1, policy.year) for month in range(1, 13)]
    fallback = days[0]
    for moment in days:
        status, state = site.assess(policy, **told(moment, person, first_tier(policy), gap_years=0)).figures["status"]
        if status == "open" and state != CONFLICTING:
            return moment
        if status == "open" and fallback == days[0]:
            fallback = moment
    return fallback


def late_days(site: Site, policy: Policy) -> list[date]:
    """The 15th of each month between the window and the end of the insured year."""
    last = site.assess(policy, **told(window_day(site, policy), tier=first_tier(policy), gap_years=0))
    end = next(step.data["last"] for step in last.tree.walk() if step.kind == "period")
    return [moment for month in range(1, 13) if (moment := date(policy.year, month, 15)) > end]


def births(policy: Policy) -> list[date]:
    """Two days of birth to show the rules for newborns by: one in the autumn before the insured year, one in its spring."""
    return [date(policy.year + shift, month, number) for shift, month, number in BIRTHS]


# Years from the insured year, month, day; and on which days after birth one pays where the rules name none: within 90 days, the last of them, the next, later.
BIRTHS = ((-1, 11, 10), (0, 3, 10))
BIRTH_DAYS = (30, 90, 91, 200)


def own_period(policy: Policy, period: str | None) -> bool:
    """Whether a period is for newborns alone."""
    entry = next((entry for entry in policy.data["periods"] if entry["id"] == period), {})
    return entry.get("when", {}).get("person") in ("newborn", ["newborn"])


@cache
def birth_days(policy: Policy) -> tuple[int, ...]:
    """On which days after birth to show what holds: early in the newborns' period, on its last day, on the next, and later."""
    counted = any(own_period(policy, entry["id"]) and isinstance(entry.get("to"), dict) and entry["to"].get("anchor") == "birth" for entry in policy.data["periods"])
    last = max(last_day(policy, birth) for birth in births(policy)) if counted else 0
    return (min(BIRTH_DAYS[0], last // 2), last, last + 1, BIRTH_DAYS[-1]) if 1 < last < BIRTH_DAYS[-1] else BIRTH_DAYS


def last_day(policy: Policy, birth: date) -> int:
    """The last day after birth in the newborns' own period; 0 where a baby of that day has none."""
    days = range(1, BIRTH_DAYS[-1] + 1)
    return max((after for after in days if own_period(policy, evaluate(policy, Case.parse(newborn(policy, birth, after), policy)).tree.data["period"])), default=0)


def newborn(policy: Policy, birth: date, after: int, tier: int | None = None, groups: list[str] | None = None) -> dict:
    """The case of a newborn enrolled some days after birth."""
    return told(plus_days(birth, after), "newborn", tier if tier is not None else first_tier(policy), groups, birth_date=birth)


# -- groups ------------------------------------------------------------------------------------------------


class Line(NamedTuple):
    """One line of an assistance table: the groups that share it, the facts that distinguish it, and who identifies them on which clauses."""

    groups: tuple[str, ...]
    facts: tuple[tuple[str, object], ...]
    condition: dict | None
    fund: tuple[str, ...]
    identified_by: tuple[str, ...]
    identified_in: tuple[str, ...] = ()


MONEY = ("subsidy", "pays", "paid_back")  # how the figures that an assistance table holds end


def lines(site: Site, policy: Policy, person: str = "resident", names: list[str] | None = None) -> list[Line]:
    """The lines of an assistance table: groups whose figures, funds, clauses and authorities are equal stand together.

    Where a fact not told decides (an age, a grade), the group has a line for each range of it that gives another answer. Groups
    whose assistance rests on different facts have lines of their own, as what is said of one would not hold for the other.
    """
    return site.once(("lines", policy.id, person, tuple(names or ())), lambda: _lines(site, policy, person, names))


def _lines(site: Site, policy: Policy, person: str, names: list[str] | None) -> list[Line]:
    moment = window_day(site, policy, person)
    merged: dict[tuple, list] = {}
    for group in names or list(policy.data.get("group_names", {})):
        for facts, condition in variants(site, policy, told(moment, person, first_tier(policy), [group], gap_years=0)):
            keys, funds, bodies, sources = [], [], [], []
            for tier in tiers(policy):
                case = told(moment, person, tier, [group], gap_years=0, **facts)
                found = site.assess(policy, **case)
                keys.append(tuple(sorted((name, value) for name, value in found.figures.items() if name.endswith(MONEY))))
                keys.append(tuple((*other.facts.items(), *((name, value) for name, value in other.figures.items() if name.endswith(MONEY))) for other in found.alternatives if other.facts))
                basic = next(step for step in found.tree.children if step.kind == "premium")
                rows = [step for step in basic.walk() if step.kind == "assistance_row" and step.data["row"]]
                funds += funds_of([step for step in rows if step.value != 0])  # every fund of an assistance that several pay together
                keys.append(tuple(clause for step in rows for clause in step.clauses))
                for body, clauses in (identified_by(policy, step.data["row"]) for step in rows):
                    bodies += body
                    sources += clauses if body else []
            key = (tuple(keys), tuple(dict.fromkeys(funds)), tuple(dict.fromkeys(bodies)), tuple(dict.fromkeys(sources)), tuple(facts.items()) if condition else ())
            merged.setdefault(key, []).append((group, facts, condition))
    return [Line(tuple(group for group, _, _ in members), tuple(members[0][1].items()), members[0][2], *key[1:4]) for key, members in merged.items()]


def identified_by(policy: Policy, row: str) -> tuple[list[str], list[str]]:
    """The bodies that identify the people of an assistance row, and the clauses that say so."""
    return next((bodies_of(entry) for premium in policy.premiums for entry in premium.assistance_rows if entry.id == row), ([], []))


def bodies_of(row: AssistanceRow) -> tuple[list[str], list[str]]:
    """The bodies that identify the people of an assistance row, and the clauses that say so: its own unless others are named."""
    told = row.data.get("identified_by", [])
    if isinstance(told, dict):
        return told["bodies"], told["clauses"]
    return told, list(row.clauses or dict.fromkeys(clause for rule in row.amounts for clause in rule.clauses))


def variants(site: Site, policy: Policy, case: dict) -> list[tuple[dict, dict | None]]:
    """The facts to add to a case so that its assistance is decided: none, or one entry for each range with its own answer."""
    held = site.assess(policy, **case).figure_steps
    # What is given back later may hang on a fact as well as what is taken off at once.
    name = next((name for name in ("subsidy", "paid_back") if name in held and held[name].state == NOT_TOLD), None)
    if name is None:
        return [({}, None)]
    # The value told stands well inside its range.
    return [({entry["fact"]: entry["from"] if entry["open_above"] else entry["to"]}, entry) for entry in ranges(policy, case, name, held[name].facts)] or [({}, None)]


def ranges(policy: Policy, case: dict, name: str, facts: Iterable[str]) -> list[dict]:
    """The values of the first of these facts on which a figure hangs, those in a row with the same figure together; none where no single fact decides."""
    parsed = Case.parse(case, policy)
    for fact in dict.fromkeys(fact for fact in facts if fact in policy.facts):
        found: list[dict] = []
        for value in candidates(policy, parsed, fact):
            outcome, state = evaluate(policy, parsed.with_fact(fact, value)).figures.get(name, absent(name))
            if found and found[-1]["outcome"] == outcome and policy.facts[fact]["type"] != "choice":
                found[-1]["to"] = value
            else:
                found.append({"from": value, "to": value, "outcome": outcome, "state": state, "fact": fact})
        if len({entry["outcome"] for entry in found}) > 1:
            # The first and last range go on to the ends of the fact's values, unless the figure changes with every one.
            for entry in found:
                entry["open_below"] = entry["open_above"] = False
            for entry, side, end in ((found[0], "open_below", "min"), (found[-1], "open_above", "max")):
                bound = policy.facts[fact].get(end) if policy.facts[fact]["type"] == "integer" else entry["from"]
                entry[side] = not few(policy.facts[fact]) and (bound is None or evaluate(policy, parsed.with_fact(fact, bound)).figures.get(name, absent(name))[0] == entry["outcome"])
            return found
    return []


def absent(name: str) -> tuple:
    """What a figure is that an answer does not have: nothing is given back where no rule gives back; others are not told."""
    return (0, KNOWN) if name.endswith("paid_back") else (None, NOT_TOLD)


def few(entry: dict) -> bool:
    """Whether a fact has a few values, all of them tried (a grade): its ranges then name both their ends."""
    return {"min", "max"} <= set(entry) and set(range(entry["min"], entry["max"] + 1)) <= set(entry.get("try", ()))


def condition_text(policy: Policy, condition: dict, lang: str) -> str:
    """A range of a fact in the words of a policy, as places may ask for facts of their own: 60周岁及以上, 没有本县户口的."""
    entry = policy.facts[condition["fact"]]
    return f"{lead_text(entry, lang)}{range_text(entry, condition, lang)}"


def lead_text(entry: dict, lang: str) -> str:
    """What stands before a fact's value or range: its name, unless the value says it with its unit or in words of its own."""
    return "" if "counted" in entry or "said" in entry else f"{entry['label'][lang]}{'：' if lang == 'zh' else ': '}"


def range_text(entry: dict, condition: dict, lang: str) -> str:
    """A range of a fact's values in words, without the fact's name."""
    zh, low, high = lang == "zh", condition["from"], condition["to"]
    if "said" in entry:
        return entry["said"]["yes" if low else "no"][lang]
    if entry["type"] == "boolean":
        return ("是" if low else "否") if zh else ("yes" if low else "no")
    if entry["type"] == "choice":
        return next(value["name"][lang] for value in entry["values"] if value["id"] == low)
    low, high = (day(value, lang) if isinstance(value, date) else value for value in (low, high))
    counted = entry.get("counted", {}).get(lang, "{}")
    if condition["open_below"]:
        return f"{counted.format(high)}及以下" if zh else f"{counted.format(high)} or less"
    if condition["open_above"]:
        return f"{counted.format(low)}及以上" if zh else f"{counted.format(low)} or more"
    return counted.format(low if low == high else f"{low}—{high}" if zh else f"{low} to {high}")


def line_case(policy: Policy, line: Line, moment: date, tier: int | None, person: str = "resident") -> dict:
    """The case of a line: its first group, with the facts that distinguish it."""
    return told(moment, person, tier, [line.groups[0]], gap_years=0, **dict(line.facts))


__all__ = ["BIRTHS", "BIRTH_DAYS", "STUDENTS", "Line", "RuleSet", "birth_days", "births", "bodies_of", "case_text", "condition_text", "first_tier", "followers", "late_days", "line_case", "lines", "newborn", "own_period",
           "rule_sets", "tier_name", "tiers", "told", "variants", "window_day"]
