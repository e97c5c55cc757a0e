"""The answer against the date of payment: runs of days in a row with equal figures, for one case between two dates.

A run tells what the answer of any of its days tells (see readings.assess): the figures with their states, which of them are
estimates, the facts on which each hangs, and, where no tier was told, what is to be paid at each. Incentives are left out:
they are neither paid nor cover.
"""

from __future__ import annotations

from datetime import date

from . import dates
from .assessment import marks, missing
from .errors import CaseError
from .money import NOT_TOLD
from .readings import assess, at_each_tier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .assessment import Assessment, Step
    from .case import Case
    from .policy import Policy

LONGEST = 1500  # days; more than four years tell no reader anything and would hold up a phone
_LEFT_OUT = ("incentive", "incentive_amount")
_PARTS = ("period", "price", "assistance", "coverage", "waiting")
_RULES = ("periods", "premiums", "coverage", "waiting", "incentives", "add_ons")


def timeline(policy: Policy, case: Case, first: date, last: date, readings: dict[str, str] | None = None) -> list[dict]:
    """The runs of days of payment from `first` to `last`; days before the birth that was told are left out.

    Only days on which something can change are assessed (see `breakpoints`), and those between where two of them disagree.
    """
    if last < first:
        raise CaseError("to", f"结束日期（{last}）早于开始日期（{first}）。", f"The last day ({last}) is before the first ({first}).", code="inconsistent")
    if (last - first).days > LONGEST:
        raise CaseError("to", f"两个日期最多相隔{LONGEST}天。", f"The two dates may be at most {LONGEST} days apart.", code="too_long")
    birth = case.facts.get("birth_date")
    if birth is not None and birth > first:
        first = birth
    if last < first:
        return []

    def on(day: date) -> Day:
        return Day(policy, day, assess(policy, case.with_fact("pay_date", day), readings, brief=True))

    starts = sorted({first, *(day for day in breakpoints(policy, case, first, last) if first < day <= last)})
    runs: list[Run] = []
    for number, start in enumerate(starts):
        end = dates.plus_days(starts[number + 1], -1) if number + 1 < len(starts) else last
        for block in split(on, on(start), on(end) if end > start else None):
            if not runs or not runs[-1].takes(block):
                runs.append(block)
    return [run.to_json() for run in runs]


class Day:
    """One day of payment and its answer: the figures, and `beside`, all else that is equal on every day of a run."""

    __slots__ = ("beside", "day", "figures", "result", "tiers")

    def __init__(self, policy: Policy, day: date, result: Assessment) -> None:
        steps = {name: step for name, step in result.figure_steps.items() if name not in _LEFT_OUT}
        self.day, self.result = day, result
        self.figures = {name: (step.value, step.state) for name, step in steps.items()}
        self.tiers = [{"tier": tier, "figures": {"total_pays": {"value": answer.tree.value, "state": answer.tree.state}}, "at_least": answer.tree.at_least} for tier, answer in at_each_tier(policy, result)]
        self.beside = {name: notes(name, step, result) for name, step in steps.items()}


def notes(name: str, step: Step, result: Assessment) -> dict:
    """What else is to be said of a figure: that it is an estimate or that no covered day is left, and the facts that would settle it or make it another."""
    facts = missing(step) if step.state == NOT_TOLD else []
    facts += [fact for other in result.alternatives if not other.readings and name in other.figures for fact in other.facts]
    return {**marks(step), **({"facts": list(dict.fromkeys(facts))} if facts else {})}


class Run:
    """Days in a row whose figures are equal, or whose dates move on by one day with each day of payment (counted from the payment).

    moving: for each date among the figures, whether it moves; a run of a single day does not know yet.
    """

    __slots__ = ("first", "last", "moving")

    def __init__(self, first: Day, last: Day, moving: dict[str, bool]) -> None:
        self.first, self.last, self.moving = first, last, moving

    def takes(self, other: Run) -> bool:
        """Adds the run that follows when it continues this one; whether it did."""
        moving = change(self.last, other.first)
        if moving is None:
            return False
        for known in (self.moving, other.moving):
            if any(moving.get(name, moves) != moves for name, moves in known.items()):
                return False
        self.last, self.moving = other.last, moving
        return True

    def to_json(self) -> dict:
        """The run as plain data; `moving` gives, for each date that moves with the day of payment, its last value.

        `unstated` has the edges of its period, "first" or "last", that the notice does not give: a run that begins or ends there does so by inference.
        """
        result = self.first.result
        steps = [step for step in result.tree.walk() if step.kind in _PARTS]
        unstated = [edge for edge in ("first", "last") if any(step.data.get(f"{edge}_not_stated") for step in steps if step.kind == "period")]
        return {
            "from": self.first.day.isoformat(), "to": self.last.day.isoformat(), "period": result.tree.data["period"], "unstated": unstated,
            "figures": {name: {"value": plain(value), "state": state, **self.first.beside[name]} for name, (value, state) in self.first.figures.items()},
            "at_least": result.tree.at_least, "tiers": self.first.tiers,
            "moving": {name: plain(self.last.figures[name][0]) for name, moves in self.moving.items() if moves},
            "clauses": list(dict.fromkeys(clause for step in steps for clause in step.clauses)),
            "by_figure": {name: list(step.clauses) for name, step in result.figure_steps.items() if step.clauses and name not in _LEFT_OUT},
        }


# What two days of one run have in common, whatever else.
_SAME = (lambda day: day.result.tree.data["period"], lambda day: day.figures.keys(), lambda day: day.beside, lambda day: day.tiers, lambda day: day.result.tree.at_least)


def plain(value: object) -> object:
    """A figure as plain data."""
    return value.isoformat() if isinstance(value, date) else value


def change(before: Day, after: Day) -> dict[str, bool] | None:
    """For each date among the figures, whether it moved with the day of payment; None where something else changed."""
    if any(same(before) != same(after) for same in _SAME):
        return None
    passed, moving = (after.day - before.day).days, {}
    for name, (value, state) in after.figures.items():
        old, known = before.figures[name]
        if state != known:
            return None
        if isinstance(value, date) and isinstance(old, date):
            if (value - old).days not in (0, passed):
                return None
            moving[name] = value != old
        elif value != old:
            return None
    return moving


def split(on: Callable[[date], Day], first: Day, last: Day | None) -> list[Run]:
    """The runs between two days: one when they agree, else those of the two halves; `on` gives any day between them."""
    if last is None:
        return [Run(first, first, {})]
    moving = change(first, last)
    if moving is not None:
        return [Run(first, last, moving)]
    if (last.day - first.day).days == 1:
        return [Run(first, first, {}), Run(last, last, {})]
    middle = dates.plus_days(first.day, (last.day - first.day).days // 2)
    following = dates.plus_days(middle, 1)
    left = on(middle) if middle > first.day else None
    right = on(following) if following < last.day else last
    return [*split(on, first, left), *split(on, right, last if right is not last else None)]


def breakpoints(policy: Policy, case: Case, first: date, last: date) -> set[date]:
    """Every day on which a figure could change: days the rules name, months, days of the month, and days counted from the case's own dates."""
    named, counts, windows = set(), {0}, set()

    def collect(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                collect(inner, key if key in ("plus", "days_of_month") else name)
        elif isinstance(value, list):
            for inner in value:
                collect(inner, key)
        elif key == "plus" and isinstance(value, int):
            counts.add(value)
        elif key == "days_of_month" and isinstance(value, int):
            windows.add(value)
        elif isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
            named.add(value)

    collect({name: policy.data[name] for name in _RULES if name in policy.data})
    found = set()
    for text in named:
        found |= around(dates.parse(text))
    events = [value for value in case.facts.values() if isinstance(value, date)]
    for event in events:
        for count in counts:
            found |= around(dates.plus_days(event, count)) | around(dates.plus_months(event, count))
    month = first.replace(day=1)
    while month <= last:
        found.add(month)
        for number in windows:
            found |= around(month.replace(day=min(number, dates.days_in_month(month.year, month.month))))
        # A birthday changes the age.
        found |= {day for event in events for day in around(dates.plus_months(event, (month.year - event.year) * 12)) if event.month == month.month}
        month = dates.plus_months(month, 1)
    return found


def around(day: date) -> set[date]:
    """A day and its neighbours, as an edge may include or exclude it."""
    return {dates.plus_days(day, step) for step in (-1, 0, 1)}
