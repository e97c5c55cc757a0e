"""Periods of payment that only some people have: by what they do (working away) or what happened to them (discharge, moving here)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from calc import Case, CaseError, Policy
from calc.case import ANCHORS
from calc.dates import plus_days
from calc.engine import evaluate

from .anchors import covered_from
from .cases import first_tier, own_period, told
from .tables import Table
from .timeline import breakpoints, classes
from .witness import witness, words

if TYPE_CHECKING:
    from .place_page import PlacePage


def particular(place: PlacePage) -> list[dict]:
    """The periods that hang on somebody's own case: not those of the tables by days, of newborns (they have a section), or in which nobody pays."""
    met = {run.period for _, runs in classes(place.site, place.policy) for run in runs}
    return [entry for entry in place.policy.data["periods"] if entry.keys() & {"when", "by"} and entry["id"] not in met and not own_period(place.policy, entry["id"]) and entry["status"] not in ("not_eligible", "closed", "before_window", "not_specified")]


def example(place: PlacePage, entry: dict) -> dict | None:
    """A case that falls in a period, on the first day on which one can; nothing where none is found."""
    return place.site.once(("example", place.policy.id, entry["id"]), lambda: _example(place.policy, entry))


def _example(policy: Policy, entry: dict) -> dict | None:
    for moment in breakpoints(policy):
        case = fulfilling(policy, entry, moment)
        try:
            if evaluate(policy, Case.parse(case, policy)).tree.data["period"] == entry["id"]:
                return case
        except CaseError:  # facts that do not go together on that day
            continue
    return None


def fulfilling(policy: Policy, entry: dict, moment: date) -> dict:
    """The case of somebody who fulfils a period's condition and pays on a day; an event lies on the day before."""
    edges = [ANCHORS.get(edge["anchor"], edge["anchor"]) for edge in (entry.get("from"), entry.get("to")) if isinstance(edge, dict) and "anchor" in edge]
    events = {name: plus_days(moment, -1).isoformat() for name in [*edges, *([ANCHORS.get(entry["by"], entry["by"])] if "by" in entry else [])] if name in policy.facts}
    return told(moment, tier=first_tier(policy), gap_years=0) | events | witness(policy, entry.get("when", {}), moment)


def events_table(place: PlacePage) -> Table | None:
    """Each such period: who has it, on which days, price, cover and wait."""
    head = [place.t("谁", "Who"), place.t("哪天缴费", "Paid on")] + [place.head(tier, "标准", "price") for tier in place.tiers]
    head += [place.t("哪天起报销、到哪天止", "Covered"), place.t("等待期", "Wait")]
    table = Table(place.figures, "event-periods", place.t("有这些情况的人，缴费时间另算", "People in these situations have days of their own"), head)
    for entry in particular(place):
        case = example(place, entry)
        if case is None:
            continue
        until = Markup("<br>{}{}").format(place.t("到", "until "), place.span(case, "coverage_end", sources=False)) if place.figures.value(place.policy, case, "coverage_end").value else ""
        prices = [place.ask({**case, **({"tier": tier} if tier is not None else {})}, "standard") for tier in place.tiers]
        table.row(who(place, entry), days(place, case), *prices, Markup("{}{}").format(covered_from(place.figures, place.policy, case), until), place.ask(case, "wait"),
                  extra=place.figures.value(place.policy, case, "status").clauses + place.figures.value(place.policy, case, "coverage_start").clauses, link=place.calculator(case))
    return table if table else None


def days(place: PlacePage, case: dict) -> Markup:
    """The first and last day of a period; an edge that is not stated is said to be so."""
    first, last = (place.span(case, name, sources=False, others=False) for name in ("period_first", "period_last"))
    if place.figures.value(place.policy, case, "period_last").value is None:
        return Markup(place.t("{}起<br><small>到哪天为止，{}</small>", "from {}<br><small>until when: {}</small>")).format(first, last)
    if place.figures.value(place.policy, case, "period_first").value is None:
        return Markup(place.t("到{}为止", "until {}")).format(last)
    return Markup(place.t("{}—{}", "{} to {}")).format(first, last)


def who(place: PlacePage, entry: dict) -> Markup:
    """A period's name, then its condition in words, then its note."""
    more = [text for text in (words(place, entry.get("when", {})), entry.get("note", {}).get(place.lang, "")) if text]
    return Markup("{}{}").format(entry["name"][place.lang], Markup("").join(Markup("<br><small>{}</small>").format(text) for text in more))


__all__ = ["events_table"]
