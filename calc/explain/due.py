"""Until when to pay: the last day of the payment period, and the other days where an open question bears on it."""

from __future__ import annotations

from ..assessment import CONFLICTING
from ..case import ANCHORS
from ..context import Context
from ..dates import plus_days
from ..engine import evaluate
from ..periods import edges, named
from .season import PAYABLE, opening

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..case import Case
    from ..policy import Rule
    from .view import View

_EVENTS = ("application", "registration", "arrival")


def pay_by(view: View) -> dict | None:
    """The last day of the payment period found; before the window, that of the window to come; None where there is none.

    `others`: the last days under other readings of the questions that its end hangs on; the day is then marked as conflicting.
    """
    step, case, state = view.period_step, view.case, view.steps["status"].value
    if state == "before_window":
        first = opening(view)
        if first is None:
            return None
        case = view.case.with_fact("pay_date", first)
        step = evaluate(view.policy, case, view.assessment.readings).tree.children[0]
        if step.value not in ("open", "late", "full_cost", "closed"):
            return None
    if view.case.facts.get("paid_ordinary_way") or view.case.facts.get(ANCHORS.get(step.data.get("by"), "")) is not None:
        return None  # what had to be done by then is done
    last = step.data.get("last") if step.data else None
    if last is None or state in (None, "not_specified") or (state == "closed" and not step.data.get("next_open")):
        return None
    # Who has nothing to pay still has to be registered by then.
    event = step.data.get("by") or ("registration" if view.steps["total_pays"].value == 0 else "price" if step.value == "late" and _goes_on(view, case, last) else None)
    words, day = view.words, view.words.day(last)
    text = words(f"pay_by.{event}" if event in (*_EVENTS, "price") else "pay_by", date=day)
    others = _others(view, case, named(Context(view.policy, case), step.data["period"]), last)
    if others:
        listed = words.either([words.day(other) for other in others])
        past = all(other < view.case.pay_date for other in others)
        text, day = words("pay_by.or_past" if past else "pay_by.or", text=text.rstrip("。."), others=listed), words.part("pay_by.either", date=day, others=listed)
    known = CONFLICTING if others or view.period_step.state == CONFLICTING else step.state
    return {"date": last.isoformat(), "text": text, "figure": day, "state": known, "state_text": words.part("state." + known), "others": [other.isoformat() for other in others]}


def _goes_on(view: View, case: Case, last: date) -> bool:
    """Whether one can still pay after the last day of a period, then on other terms."""
    return evaluate(view.policy, case.with_fact("pay_date", plus_days(last, 1)), view.assessment.readings).value("status") in PAYABLE


def _others(view: View, case: Case, rule: Rule, last: date) -> list[date]:
    """The last days of a period under each other reading of the questions that its end hangs on."""
    found, settled = set(), view.assessment.readings
    for question in dict.fromkeys(_questions([rule.data.get("to"), rule.data.get("days_of_month")])):
        for reading in view.policies.questions[question]["readings"] if question not in settled else ():
            found.add(_last(Context(view.policy, case, {**settled, question: reading["id"]}), rule))
    return sorted(day for day in found if day is not None and day != last)


def _last(context: Context, rule: Rule) -> date | None:
    """The last day of a period on which payment is possible: its end, or the last open day of that month before it."""
    last, window = edges(context, rule)[1], context.read(rule.data.get("days_of_month"))
    return last.replace(day=window["to"]) if last is not None and window and last.day > window["to"] else last  # type: ignore[index]


def _questions(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if "by_reading" in value:
            yield value["by_reading"]
        for inner in value.values():
            yield from _questions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _questions(inner)
