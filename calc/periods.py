"""Which payment period a date falls in, for this person."""

from __future__ import annotations

from datetime import date

from . import dates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .context import Context, Undetermined
    from .policy import Rule


class Placed:
    """The period found: its rule, the status of the day asked about, its edges, and the next day on which payment is possible.

    status: before_window, open, late, full_cost, closed or not_specified. first, last: None where open or not stated.
    """

    __slots__ = ("first", "last", "next_open", "rule", "status", "undetermined")

    def __init__(self, rule: Rule | None, status: str | None, first: date | None, last: date | None, next_open: date | None = None, undetermined: Undetermined | None = None) -> None:
        self.rule, self.status, self.first, self.last, self.next_open, self.undetermined = rule, status, first, last, next_open, undetermined


def place(context: Context) -> Placed:
    """The first period of the policy that applies to the person and holds the day of payment.

    A period whose edge is an event that was not told does not apply. The data gate proves that every day is either in a
    period or in a declared silence; a day in none is `not_specified`.
    """
    from .context import Undetermined

    paid, known = context.case.pay_date, context.policy.edges
    for rule in context.policy.periods.narrowed(context.case.person, None):
        # Edges first: most periods fail on the date, which is cheap, above all where the edges are the same for everyone.
        span = known.get(rule)
        if span is not None and (paid < span[0] or paid > span[1]):
            continue
        data = rule.data
        if context.other_year and not data.get("any_year"):
            continue
        first, last = edges(context, rule)
        if not holds(context, rule, first, last):
            continue
        chosen = context.choose([rule])
        if chosen is None:
            continue
        if isinstance(chosen, Undetermined):
            return Placed(None, None, None, None, undetermined=chosen)
        status = context.read(data["status"])
        window = context.read(data.get("days_of_month"))
        if window and not window["from"] <= context.case.pay_date.day <= window["to"]:
            return Placed(rule, "closed", first, last, next_opening(context.case.pay_date, window, last))
        return Placed(rule, status, first, last)  # type: ignore[arg-type]
    return Placed(None, "not_specified", None, None)


def edges(context: Context, rule: Rule) -> tuple[date | None, date | None]:
    """The first and last day of a period; neighbours given by name take their edge from that period."""
    known = context.policy.edges.get(rule, False)
    if known is False:
        known = context.policy.edges[rule] = span(context, rule) if fixed(context, rule) else None
    return found_edges(context, rule) if known is None else known[2:]


def fixed(context: Context, rule: Rule) -> bool:
    """Whether the edges of a period are plain days, the same for every case and reading."""
    data = rule.data
    plain = all(value is None or isinstance(value, str) or bounding(value) for value in (data.get("from"), data.get("to")))
    return plain and all(fixed(context, named(context, data[name])) for name in ("after", "before") if name in data)


def span(context: Context, rule: Rule) -> tuple[date, date, date | None, date | None]:
    """The days of payment outside of which a period of fixed edges cannot apply, and its edges; an end measured by another event bounds no payment."""
    first, last = found_edges(context, rule)
    return first or date.min, (last if last and "by" not in rule.data else None) or date.max, first, last


def found_edges(context: Context, rule: Rule) -> tuple[date | None, date | None]:
    """The edges of a period worked out for one case."""
    data = rule.data
    first, last = edge(context, data.get("from")), edge(context, data.get("to"))
    if "after" in data:
        end = edges(context, named(context, data["after"]))[1]
        first = dates.plus_days(end, 1) if end else None
    if "before" in data:
        start = edges(context, named(context, data["before"]))[0]
        last = dates.plus_days(start, -1) if start else None
    return first, last


def edge(context: Context, expression: object) -> date | None:
    """An edge of a period; one that is not stated counts from the day by which it is known to have passed, or up to the latest possible."""
    expression = context.read(expression)
    bound = bounding(expression)
    return dates.parse(bound) if bound else context.day(expression)


def bounding(expression: object) -> str | None:
    """The day that bounds an edge which the notice does not state."""
    return (expression.get("known_by") or expression.get("at_latest")) if isinstance(expression, dict) else None


def named(context: Context, identifier: str) -> Rule:
    """A period of the policy by its identifier."""
    return next(rule for rule in context.policy.periods if rule.id == identifier)


def holds(context: Context, rule: Rule, first: date | None, last: date | None) -> bool:
    """Whether the day lies between the edges; the last edge is measured by the event the notice names (application, arrival …)."""
    data, paid = rule.data, context.case.pay_date
    if first is not None and paid < first:
        return False
    if (first is None and unmet(context, data.get("from"))) or (last is None and unmet(context, data.get("to"))):
        return False
    # Nothing lies before a period without a first day, nor after one without a last.
    if (first is None and "after" in data) or (last is None and "before" in data):
        return False
    end_day = context.case.day(context.read(data["by"])) if "by" in data else paid
    if end_day is None:
        return False
    paid_by = context.day(data["paid_by"]) if "paid_by" in data else None
    return (paid_by is None or paid <= paid_by) and (last is None or end_day <= last)


def unmet(context: Context, edge: object) -> bool:
    """Whether an edge hangs on an event that was not told, so that the period cannot be said to apply."""
    if edge is None:
        return False
    edge = context.read(edge)
    return isinstance(edge, dict) and "anchor" in edge and context.day(edge) is None


def next_opening(day: date, window: dict, last: date | None) -> date | None:
    """The next day on which payment is possible when it is open only on some days of the month; None after the last day."""
    opening = day.replace(day=window["from"])
    if opening <= day:
        opening = dates.plus_months(opening, 1)
    return opening if last is None or opening <= last else None
