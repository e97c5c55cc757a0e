"""Conditions of rules, tested in three values: True, False, or None where a fact that decides was not told."""

from __future__ import annotations

from datetime import date

from . import dates
from .case import ANCHORS
from .errors import PolicyError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .context import Context

    Test = Callable[[Context], bool | None]


def compile_condition(condition: dict) -> Test:
    """A test function for a condition written in a policy: every part must hold.

    Parts: person, groups, not_groups, groups_told, add_ons, period, tier, age, born, paid, facts, within, order, assisted, area, all, any, not.
    """
    if not condition:
        return _always
    tests = [_COMPILERS[part](value) for part, value in condition.items()]
    return tests[0] if len(tests) == 1 else _all(tests)


def _always(context: Context) -> bool:
    return True


def _all(tests: list[Test]) -> Test:
    def test(context: Context) -> bool | None:
        mark, result = len(context.missing), True
        for part in tests:
            truth = part(context)
            if truth is False:
                del context.missing[mark:]  # what is missing cannot matter any more
                return False
            if truth is None:
                result = None
        return result
    return test


def _any(tests: list[Test]) -> Test:
    def test(context: Context) -> bool | None:
        mark, result = len(context.missing), False
        for part in tests:
            truth = part(context)
            if truth is True:
                del context.missing[mark:]
                return True
            if truth is None:
                result = None
        return result
    return test


def _not(test: Test) -> Test:
    def negated(context: Context) -> bool | None:
        truth = test(context)
        return None if truth is None else not truth
    return negated


def _list(value: object) -> list:
    return value if isinstance(value, list) else [value]


def _person(value: object) -> Test:
    kinds = frozenset(_list(value))
    return lambda context: context.case.person in kinds


def _groups(value: object) -> Test:
    wanted = frozenset(_list(value))
    # Groups not told are taken as none (the engine labels that assumption once for the whole case).
    return lambda context: not wanted.isdisjoint(context.groups)


def _not_groups(value: object) -> Test:
    return _not(_groups(value))


def _groups_told(value: bool) -> Test:
    """Whether it was told to which groups the person belongs; somebody who belongs to none has told so as well."""
    return lambda context: (context.case.groups is not None) is value


def _add_ons(value: object) -> Test:
    wanted = frozenset(_list(value))
    return lambda context: not wanted.isdisjoint(context.case.add_ons)


def _period(value: object) -> Test:
    wanted = frozenset(_list(value))
    # While the period is looked for it may depend on who is assisted; that is then asked without regard to periods.
    return lambda context: context.placing or context.period_id in wanted


def _tier(value: object) -> Test:
    wanted = frozenset(_list(value))

    def test(context: Context) -> bool | None:
        if context.case.tier is None:
            context.missing.append("tier")
            return None
        return context.case.tier in wanted
    return test


def within(value: object, low: object, high: object) -> bool:
    """Whether a value lies between two bounds, each inclusive and each optional."""
    return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]


def _age(value: dict) -> Test:
    low, high, on = value.get("min"), value.get("max"), value.get("on")

    def test(context: Context) -> bool | None:
        age = context.age() if on is None else context.case.age(context.day(on))
        if age is None:
            context.missing.append("age")
            return None
        return within(age, low, high)
    return test


def _born(value: dict) -> Test:
    low, high, year = _day(value.get("from")), _day(value.get("to")), value.get("year")

    def test(context: Context) -> bool | None:
        birth = context.case.facts.get("birth_date")
        if birth is None:
            context.missing.append("birth_date")
            return None
        if year == "insured_year":
            return birth.year == context.policy.year
        if year == "asked_year":
            return birth.year == context.case.facts.get("for_year", context.policy.year)
        return within(birth, low, high)
    return test


def _day(text: str | None) -> date | None:
    return None if text is None else dates.parse(text)


def _paid(value: dict) -> Test:
    low, high, event = _day(value.get("from")), _day(value.get("to")), value.get("by", "payment")

    def test(context: Context) -> bool | None:
        day = context.case.day(event)
        if day is None:
            context.missing.append(event)
            return None
        return within(day, low, high)
    return test


def _facts(value: dict) -> Test:
    tests = [_fact(name, wanted) for name, wanted in value.items()]
    return tests[0] if len(tests) == 1 else _all(tests)


def _fact(name: str, wanted: object) -> Test:
    if isinstance(wanted, dict):
        low, high = wanted.get("min"), wanted.get("max")
        if "from" in wanted or "to" in wanted:
            low, high = _day(wanted.get("from")), _day(wanted.get("to"))

        def fits(value: object) -> bool:
            return within(value, low, high)
    else:
        values = _list(wanted)

        def fits(value: object) -> bool:
            return value in values

    def test(context: Context) -> bool | None:
        value = context.case.facts.get(name)
        if value is None:
            context.missing.append(name)
            return None
        return fits(value)
    return test


def _within(value: dict) -> Test:
    """Whether one event falls within so many days or months of another (the day of the other is not counted, day N is)."""
    event = value.get("by", "payment")

    def test(context: Context) -> bool | None:
        start = context.case.day(value["of"])
        day = context.case.day(event)
        for name, found in ((value["of"], start), (event, day)):
            if found is None:
                context.missing.append(ANCHORS.get(name, name))
        if start is None or day is None:
            return None
        last = dates.plus_months(dates.plus_days(start, context.read(value.get("days", 0))), context.read(value.get("months", 0)))  # type: ignore[arg-type]
        if context.read(value.get("first_day_counts", False)):
            last = dates.plus_days(last, -1)
        return start <= day <= last
    return test


def _order(value: list) -> Test:
    """Whether events happened in this order, each on or before the next (recognised on or before payment …)."""
    def test(context: Context) -> bool | None:
        days = [context.day(name) if isinstance(name, dict) else context.case.day(name) for name in value]
        if None in days:
            context.missing.extend(ANCHORS.get(name, name) for name, day in zip(value, days, strict=True) if day is None and isinstance(name, str))
            return None
        return all(first <= second for first, second in zip(days, days[1:], strict=False))  # type: ignore[operator]
    return test


def _assisted(value: bool) -> Test:
    """Whether the person is assisted under the basic premium of this policy (see assistance.assisted)."""
    def test(context: Context) -> bool | None:
        truth = context.assisted()
        if truth is None:
            context.missing += dict.fromkeys(context.assisted_facts)
        return truth if value or truth is None else not truth
    return test


def _area(value: bool) -> Test:
    """Whether the policy is that of an area which follows its region's, as it is or with rules of its own (a place the annex does not list is not one)."""
    return lambda context: ("follows" in context.policy.data or "based_on" in context.policy.data) is value


_COMPILERS: dict = {
    "area": _area, "within": _within, "order": _order,
    "person": _person, "groups": _groups, "not_groups": _not_groups, "groups_told": _groups_told, "add_ons": _add_ons, "period": _period, "tier": _tier, "age": _age, "born": _born,
    "paid": _paid, "facts": _facts, "assisted": _assisted,
    "all": lambda value: _all([compile_condition(part) for part in value]),
    "any": lambda value: _any([compile_condition(part) for part in value]),
    "not": lambda value: _not(compile_condition(value)),
}


def facts_named(condition: dict) -> set[str]:
    """The facts a condition looks at, by the names a case uses."""
    found: set[str] = set()
    for part, value in condition.items():
        if part in ("all", "any"):
            for inner in value:
                found |= facts_named(inner)
        elif part == "not":
            found |= facts_named(value)
        elif part == "facts":
            found |= set(value)
        elif part == "born":
            found.add("birth_date")
        elif part == "within":
            found |= {ANCHORS.get(name, name) for name in (value["of"], value.get("by", "payment"))} - {"payment"}
        elif part == "order":
            found |= {ANCHORS.get(name, name) for name in value if isinstance(name, str)} - {"payment"}
        elif part in ("age", "tier"):
            found.add(part)
        elif part not in _COMPILERS:
            raise PolicyError(part)
    return found
