"""The season of payment of an insured year: when its window opens and ends, and whether a day lies after it all."""

from __future__ import annotations

from .. import dates
from ..case import Case
from ..context import Context
from ..money import NOT_TOLD
from ..periods import edges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from ..policy import Policy, Rule
    from .view import View


PAYABLE = ("open", "late", "full_cost")


def main_period(policy: Policy) -> tuple[Rule, date | None, date | None] | None:
    """The payment window of ordinary residents with its edges: the first period that is open to everyone."""
    context = Context(policy, Case("resident", dates.parse(f"{policy.year}-01-01")))
    for rule in policy.periods:
        if rule.data["status"] == "open" and "when" not in rule.data and rule.under is None:
            return rule, *edges(context, rule)
    return None


def window(policy: Policy) -> dict | None:
    """That window as plain data; dates that are not stated are None."""
    found = main_period(policy)
    if found is None:
        return None
    rule, first, last = found
    context = Context(policy, Case("resident", dates.parse(f"{policy.year}-01-01")))
    told = context.read(rule.data.get("from"))
    if isinstance(told, dict) and "not_stated" in told:
        first = None
    return {"name": rule.data["name"], "from": first.isoformat() if first else None, "to": last.isoformat() if last else None,
            "days_of_month": context.read(rule.data.get("days_of_month")), "clauses": rule.clauses}


def opening(view: View) -> date | None:
    """The first day on which payment will be possible, when the day asked about lies before the window."""
    last = view.period_step.data.get("last")
    return dates.plus_days(last, 1) if view.period_step.value == "before_window" and last else None


def over(view: View) -> bool:
    """Whether nothing can be said of the day because the year's season has passed: the next year's window would be open by now, or the year is over."""
    if view.tree.value is not None or view.tree.state == NOT_TOLD:
        return False
    if view.period is not None and "person" in view.period.data.get("when", {}):
        return False  # a period of this kind of person's own still runs
    found, day = main_period(view.policy), view.case.pay_date
    opened = found[1] if found else None
    return day.year > view.policy.year or (opened is not None and day >= dates.plus_months(opened, 12))


def early(view: View) -> bool:
    """Whether the day lies a year or more before the first on which anybody can pay: nothing is due then, and no sum is said of it."""
    last = view.period_step.data.get("last") if view.period_step.data else None
    begun = view.period_step.data.get("first") if view.period_step.data else None
    return view.steps["status"].value in ("before_window", "not_specified") and begun is None and last is not None and view.case.pay_date < dates.plus_months(last, -12)


def held(view: View) -> str | None:
    """The last day of the window, for a reader whose day lies long before or after it all and who may want to see what held then."""
    found = main_period(view.policy) if over(view) or early(view) else None
    return found[2].isoformat() if found and found[2] else None


def next_year(view: View) -> str:
    """Where the rules of the years that follow are: recorded for this place, or not yet."""
    later = [policy.year for policy in view.policies.other_years(view.policy) if policy.year > view.policy.year]
    return view.words("season.recorded", next=max(later)) if later else view.words("season.missing", next=view.policy.year + 1)
