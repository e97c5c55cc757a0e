"""From when the person is covered, until when, and after which waiting period."""

from __future__ import annotations

from datetime import date

from .assessment import Step
from .context import Undetermined
from .money import ASSUMED, KNOWN, NOT_STATED, NOT_TOLD
from .premiums import certainty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .context import Context


def waiting(context: Context) -> Step:
    """The waiting period (待遇等待期) in days and in months, each only where the notice counts so.

    No wait is 0 in both. A rule may give a fixed wait in days, months or calendar months, months for each missed year
    (断保), their repair by later payment, and a floor. Leaves the wait in the context for coverage dates that follow it.
    """
    rule = context.undetermined or (None if context.shut else context.choose(context.policy.waiting))
    if rule is None or isinstance(rule, Undetermined):
        facts = rule.facts if isinstance(rule, Undetermined) else ()
        state = NOT_TOLD if facts else NOT_STATED
        clauses = rule.rule.clauses if isinstance(rule, Undetermined) else ()
        return _wait_step(None, None, state, clauses, (), facts, {})
    data: dict = context.read(rule.data)  # type: ignore[assignment]
    if "not_stated" in data:
        return _wait_step(None, None, NOT_STATED, rule.clauses, rule.questions, (), {})
    if "none" in data:
        context.wait = {"days": 0, "months": 0}
        return _wait_step(0, 0, certainty(rule), rule.clauses, rule.questions, (), {"form": "none"})
    days, months, parts = context.read(data.get("days")), context.read(data.get("months")), {}
    calendar = context.read(data.get("calendar_months"))
    state = certainty(rule)
    if "per_missed_year" in data:
        in_days = "days" in data["per_missed_year"]
        found, parts, told = variable(context, data["per_missed_year"], (days if in_days else months) or 0, "days" if in_days else "months")
        days, months = (found, months) if in_days else (days, found)
        state = ASSUMED if not told else state
    context.wait = {"days": days, "months": months, "calendar_months": calendar, "added": context.read(data.get("added", False)), "use_months": context.read(data.get("use_months", False))}
    if context.wait["added"] and days is not None and months is not None:
        parts = {**parts, "added_up": True}
    if calendar is not None:
        months, parts = calendar, {**parts, "calendar": True}
    return _wait_step(days, months, state, rule.clauses, rule.questions, (), parts)


def variable(context: Context, per: dict, fixed: int, unit: str) -> tuple[int, dict, bool]:
    """Fixed months (or days) plus so many for each missed year, less what was repaired, but not below the floor; and how it was made up."""
    missed, told = context.case.facts.get("gap_years"), True
    if missed is None:
        missed, told = 0, False
        context.assumed.setdefault("gap_years", "holds:per_missed_year")
    free = context.read(per["free_years"]) if "free_years" in per else 0 if context.read(per.get("first_counts", True)) else 1
    counted = max(0, missed - free)  # type: ignore[operator]
    added = counted * context.read(per[unit])  # type: ignore[operator]
    repaired = context.case.facts.get("repair_years", 0) + context.case.facts.get("repaid_now", 0)
    repair = context.read(per.get("repair"))
    if repair == "complete":
        taken = added
    else:
        taken = min(added, repaired * context.read(repair[unit])) if repair else 0  # type: ignore[index]
    wait, floor, ceiling = fixed + added - taken, per.get("floor"), per.get("at_most")
    if floor and (taken or floor.get("always")) and missed >= context.read(floor["missed_years"]):
        wait = max(wait, floor[unit])
    if ceiling:
        wait = min(wait, ceiling[unit])
    return wait, {"form": "missed_years", "unit": unit, "fixed": fixed, "missed_years": missed, "added": added, "repaired": taken, "first_counts": counted == missed}, told


def _wait_step(days: object, months: object, state: str, clauses: object, questions: object, facts: object, data: dict) -> Step:
    shared = {"clauses": clauses, "questions": questions, "facts": facts}
    children = [Step("waiting_days", days, "days", state if days is not None or months is None else KNOWN, **shared),  # type: ignore[arg-type]
                Step("waiting_months", months, "months", state if months is not None or days is None else KNOWN, data=data, **shared)]  # type: ignore[arg-type]
    return Step("waiting", months if months is not None else days, "months" if months is not None else "days", state, data=data, children=children, **shared)  # type: ignore[arg-type]


def coverage(context: Context) -> Step:
    """The coverage period (待遇享受期): first and last covered day, each known, assumed or not stated.

    A first day after the last leaves no coverage at all: both are then without value and the step says so.
    """
    rule = context.undetermined or (None if context.shut else context.choose(context.policy.coverage))
    if rule is None or isinstance(rule, Undetermined):
        facts = rule.facts if isinstance(rule, Undetermined) else ()
        state, clauses = (NOT_TOLD, rule.rule.clauses) if isinstance(rule, Undetermined) else (NOT_STATED, ())
        return _coverage_step(None, None, state, state, clauses, (), facts, {})
    mark = len(context.missing)
    first = context.start = context.day(rule.data.get("start"))
    first_facts = context.missed(mark) if first is None else ()
    last = context.day(rule.data.get("end"))
    last_facts = context.missed(mark) if last is None else ()
    state, data = certainty(rule), {}
    if rule.data.get("estimate") and first is not None:
        state, data = ASSUMED, {"estimate": True}
    if first is not None and last is not None and first > last:
        return _coverage_step(None, None, NOT_STATED, NOT_STATED, rule.clauses, rule.questions, (), {"empty": True, "would_start": first, "would_end": last})
    start_state = state if first is not None else NOT_TOLD if first_facts else NOT_STATED
    end_state = (NOT_TOLD if last_facts else NOT_STATED) if last is None else ASSUMED if rule.data.get("end_inferred") else certainty(rule)
    return _coverage_step(first, last, start_state, end_state, rule.clauses, rule.questions, first_facts + last_facts, data)


def _coverage_step(first: date | None, last: date | None, start_state: str, end_state: str, clauses: object, questions: object, facts: object, data: dict) -> Step:
    shared = {"clauses": clauses, "questions": questions, "facts": facts, "data": data}
    children = [Step("coverage_start", first, "date", start_state, **shared), Step("coverage_end", last, "date", end_state, **shared)]  # type: ignore[arg-type]
    return Step("coverage", first, "date", start_state, children=children, **shared)  # type: ignore[arg-type]
