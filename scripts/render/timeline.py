"""The year as runs of days on which the same rules hold, found by asking the engine on every day where they could change."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from calc import Case, Policy
from calc.dates import parse, plus_days, plus_months
from calc.engine import evaluate

from .cases import Line, lines, tiers, told
from .site import Site

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Run(NamedTuple):
    """Days of payment in a row with the same status, price and wait.

    days: open only on these days of the month. open_start, open_end: the same holds before, or after, as far as the rules reach.
    first_stated, last_stated: False where the notice does not say from when, or until when, the period lasts; `first` is then the
    day by which it has begun.
    """

    first: date
    last: date
    period: str | None
    status: str
    open_start: bool
    open_end: bool
    days: tuple[int, int] | None
    last_stated: bool = True
    first_stated: bool = True


def breakpoints(policy: Policy, extra: tuple[date, ...] = ()) -> list[date]:
    """Every day on which something could change: the days named by the rules and those after them, months, days of the month."""
    low, high = date(policy.year - 1, 7, 1), date(policy.year + 1, 2, 1)
    found = {low, *extra}
    for name in ("periods", "premiums", "coverage", "waiting"):
        for text in DAY.findall(str(policy.data[name])):
            found |= {parse(text), plus_days(parse(text), 1)}
    windows = [value for entry in policy.data["periods"] for value in spans(entry.get("days_of_month"))]
    month = low
    while month < high:
        found.add(month)
        for window in windows:
            found |= {month.replace(day=window["from"]), plus_days(month.replace(day=window["to"]), 1)}
        month = plus_months(month, 1)
    return sorted(day for day in found if low <= day < high)


def spans(value: object) -> list[dict]:
    """The windows of days of the month in a value, under any reading."""
    if not isinstance(value, dict):
        return []
    return [value] if "from" in value else [inner for part in value.values() for inner in spans(part)]


def signature(policy: Policy, case: dict) -> tuple:
    """What must be equal for two days to stand in one run: period, status, price, wait, and what of it other readings change."""
    parsed = Case.parse(case, policy)
    base = evaluate(policy, parsed)
    others = [evaluate(policy, parsed, {question: reading["id"]}) for question in base.touched
              for reading in policy.questions[question]["readings"] if reading["id"] != policy.reading_default(question)]
    full = ("status", "standard", "pays", "waiting_days", "waiting_months", "coverage_end")
    return (base.tree.data["period"], *(base.figures.get(name) for name in full), base.figures["coverage_start"][1],
            *(tuple(other.figures[name] for name in ("status", "standard", "pays")) for other in others))


def runs(policy: Policy, person: str = "resident", groups: list[str] | None = None, tier: int | None = None, **facts: object) -> list[Run]:
    """The runs of the days of payment for a kind of person and groups, from the first day that can matter to the last."""
    days = breakpoints(policy)
    found: list[list] = []
    for moment in days:
        case = told(moment, person, tier, groups, **facts)
        key = signature(policy, case)
        if not found or found[-1][1] != key:
            found.append([moment, key, case])
    result = []
    for place, (first, key, case) in enumerate(found):
        last = plus_days(found[place + 1][0], -1) if place + 1 < len(found) else days[-1]
        answer = evaluate(policy, Case.parse(case, policy))
        step = answer.tree.children[0].data
        begins, ends = place == 0 or found[place - 1][1][0] != key[0], place + 1 == len(found) or found[place + 1][1][0] != key[0]
        run = Run(first, last, key[0], str(answer.figures["status"][0]), place == 0, place + 1 == len(found), days_of_month(policy, key[0]),
                  not (ends and step.get("last_not_stated")), not (begins and step.get("first_not_stated")))
        # The days of the month on which a window is shut are said once, not as runs of their own.
        if run.days and run.status == "closed":
            continue
        if run.days and result and result[-1][1] == key:
            result[-1] = (result[-1][0]._replace(last=last), key)
        else:
            result.append((run, key))
    return [run for run, _ in result]


def unknown_start(known: list[Run]) -> list[Run]:
    """The runs of which nobody can say whether they lie before a period or in it, as the notice does not say when it begins."""
    begun = next((place for place, run in enumerate(known) if not run.first_stated), 0)
    return [run for run in known[:begun] if run.status in ("before_window", "not_specified")]


def shown(known: list[Run]) -> list[Run]:
    """The runs to print: without the days before the window, without those on which the person cannot join, and without those of which nobody can say whether they lie in it."""
    return [run for run in known if not (run.open_start and run.status == "before_window") and run.status != "not_eligible" and run not in unknown_start(known)]


def start_words(policy: Policy, run: Run, lang: str) -> str:
    """What the notice calls a first day that it does not state; nothing where it has no name for it."""
    edge = next(entry.get("from") for entry in policy.data["periods"] if entry["id"] == run.period)
    if isinstance(edge, dict) and "by_reading" in edge:
        edge = edge[policy.reading_default(edge["by_reading"])]
    return edge.get("words", {}).get(lang, "") if isinstance(edge, dict) else ""


def days_of_month(policy: Policy, period: str | None) -> tuple[int, int] | None:
    """The days of the month to which a period is limited, by the default reading."""
    window = next((entry.get("days_of_month") for entry in policy.data["periods"] if entry["id"] == period), None)
    while isinstance(window, dict) and "by_reading" in window:
        window = window[policy.reading_default(window["by_reading"])]
    return (window["from"], window["to"]) if window else None


def classes(site: Site, policy: Policy) -> list[tuple[list[Line], list[Run]]]:
    """Lines of the assistance table by their runs: first people of no group and those with the same days, then each set of groups with other days.

    Groups with other days stand together only where everything that is told of their runs is the same, what they pay included.
    """
    area = "follows" in policy.data  # the region's overview has rules of its own where areas differ
    return site.once(("classes", site.rules_id(policy), area), lambda: _classes(policy, lines(site, policy)))


TOLD = ("status", "standard", "pays", "total_pays", "coverage_start", "coverage_end", "waiting_days", "waiting_months")


def _classes(policy: Policy, own_lines: list[Line]) -> list[tuple[list[Line], list[Run]]]:
    first = tiers(policy)[0]
    ordinary: tuple[list[Line], list[Run]] = ([], runs(policy, tier=first, gap_years=0))
    others: dict[tuple, tuple[list[Line], list[Run]]] = {}
    for line in own_lines:
        own = runs(policy, groups=[line.groups[0]], tier=first, gap_years=0, **dict(line.facts))
        if [run[:4] for run in own] == [run[:4] for run in ordinary[1]]:
            ordinary[0].append(line)
        else:
            others.setdefault(tuple((run, figures_told(policy, line, run)) for run in own), ([], own))[0].append(line)
    return [ordinary, *others.values()]


def figures_told(policy: Policy, line: Line, run: Run) -> tuple:
    """The figures of a line on the first and the last day of a run, at every tier."""
    found = [evaluate(policy, Case.parse(told(day, tier=tier, groups=[line.groups[0]], gap_years=0, **dict(line.facts)), policy)).figures
             for day in (run.first, run.last) for tier in tiers(policy)]
    return tuple(tuple(figures[name] for name in TOLD) for figures in found)


def period_name(policy: Policy, run: Run, lang: str) -> str:
    """The name of the period a run lies in."""
    if run.period is None:
        return "没有规定的时间" if lang == "zh" else "days the rules do not name"
    return next(entry["name"][lang] for entry in policy.data["periods"] if entry["id"] == run.period)
