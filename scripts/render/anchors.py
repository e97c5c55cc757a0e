"""From when one is covered, as a rule: a first day that moves with the payment is told in words, with an example that names its day of payment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from calc import Assessment, Case, Policy
from calc.dates import parse, plus_days, plus_months
from calc.engine import evaluate

from .site import day

if TYPE_CHECKING:
    from .figures import Figures

ASIDE = (0, 1, 17, 40)  # days after the day asked about on which the same question is asked again


class Anchor(NamedTuple):
    """What a first covered day is counted from, in words, and whether an answer agrees with it."""

    zh: str
    en: str
    holds: Callable[[Policy, Case, Assessment], bool]


def begins(offset: Callable[[Case], date | None]) -> Callable[[Policy, Case, Assessment], bool]:
    """Whether the first covered day is the day found for a case."""
    return lambda policy, case, found: found.value("coverage_start") == offset(case)


def on_arrival(policy: Policy, case: Case, found: Assessment) -> bool:
    """Whether the first covered day is that of the money's arrival: the day of payment, and later where it arrives later."""
    later = plus_days(case.pay_date, 2)
    return found.value("coverage_start") == case.pay_date and evaluate(policy, case.with_fact("money_arrives", later)).value("coverage_start") == later


def after_wait(policy: Policy, case: Case, found: Assessment) -> bool:
    """Whether the first covered day is that after a wait of some days or months."""
    days, months = found.value("waiting_days"), found.value("waiting_months")
    ends = [plus_days(case.pay_date, days)] if days else []
    ends += [plus_months(case.pay_date, months)] if months else []
    return any(found.value("coverage_start") in (end, plus_days(end, 1)) for end in ends)


ANCHORS = (
    Anchor("出生那天", "the day of birth", begins(lambda case: case.facts.get("birth_date"))),
    Anchor("钱到账那天", "the day the money arrives", on_arrival),
    Anchor("缴费那天", "the day of payment", begins(lambda case: case.pay_date)),
    Anchor("缴费完成的第二天", "the day after the payment is complete", begins(lambda case: plus_days(case.pay_date, 1))),
    Anchor("缴费次月1日", "the 1st of the month after payment", begins(lambda case: plus_months(case.pay_date.replace(day=1), 1))),
    Anchor("等待期满以后", "the end of the wait", after_wait),
)


def moves(policy: Policy, cases: list[dict]) -> bool:
    """Whether the first covered day differs between these cases."""
    return len({evaluate(policy, Case.parse(case, policy)).value("coverage_start") for case in cases}) > 1


def anchor(policy: Policy, cases: list[dict]) -> Anchor | None:
    """What the first covered day is counted from in all these cases; nothing where it is a day of the calendar or follows none of the rules told here."""
    parsed = [Case.parse(case, policy) for case in cases]
    answers = [evaluate(policy, case) for case in parsed]
    if any(found.value("coverage_start") is None for found in answers):
        return None
    return next((one for one in ANCHORS if all(one.holds(policy, case, found) for case, found in zip(parsed, answers, strict=True))), None)


def beside(policy: Policy, case: dict) -> list[dict]:
    """A case and the same on other days of payment in the same period."""
    found = [{**case, "pay_date": plus_days(parse(case["pay_date"]), days).isoformat()} for days in ASIDE]
    periods = [evaluate(policy, Case.parse(one, policy)).tree.data["period"] for one in found]
    return [one for one, period in zip(found, periods, strict=True) if period == periods[0]]


def covered_from(figures: Figures, policy: Policy, case: dict, sources: bool = False) -> Markup:
    """The first covered day for a cell: the day, or the rule with an example where the day is only that of the case's own payment."""
    cases = beside(policy, case)
    span = figures.span(policy, case, "coverage_start", sources)
    if not moves(policy, cases):
        return span
    rule, paid = anchor(policy, cases), day(case["pay_date"], figures.lang)
    example = Markup("<small>{}{}</small>").format(f"比如{paid}缴费：" if figures.zh else f"for example, paid on {paid}: ", span)
    return Markup("{}<br>{}").format(rule.zh if figures.zh else rule.en, example) if rule else example


__all__ = ["ANCHORS", "Anchor", "anchor", "beside", "covered_from", "moves"]
