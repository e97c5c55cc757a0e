"""The answer in a few sentences: how much first, then until when, from when covered, and after which wait."""

from __future__ import annotations

from .. import dates
from ..assessment import CONFLICTING
from ..engine import evaluate
from ..money import ASSUMED, NOT_TOLD
from ..readings import candidates
from .payers import parts_of, premium_steps, shares

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from ..assessment import Step
    from .view import View


def status(view: View) -> dict:
    """The status of the day asked about, in words."""
    step = view.steps["status"]
    return {"code": step.value, "text": status_text(view), "state": step.state, "state_text": view.words.part("state." + step.state)}


def status_text(view: View) -> str:
    """A sentence for the status: one of the six, or that it hangs on a fact."""
    step, words = view.steps["status"], view.words
    if step.value is None:
        return words("status.unknown", facts=view.fact_labels(step.facts))
    if step.value == "before_window" and opening(view):
        return words("status.before_window.first", first=words.day(opening(view)))  # type: ignore[arg-type]
    if step.value == "closed" and step.data.get("next_open"):
        return words("status.closed.next", next=words.day(step.data["next_open"]))
    return words(f"status.{step.value}")


def opening(view: View) -> date | None:
    """The first day on which payment will be possible, when the day asked about lies before the window."""
    last = view.period_step.data.get("last")
    return dates.plus_days(last, 1) if view.period_step.value == "before_window" and last else None


def total_parts(view: View) -> list[tuple[str, int]]:
    """What the total is made of: each premium, and each voluntary insurance chosen."""
    parts = [(view.words.inner(view.premium_name(step.data["id"])), step.value) for step in premium_steps(view)]
    for step in view.tree.children:
        if step.kind == "add_ons":
            parts += [(view.add_on_name(child.data["id"]), child.value) for child in step.children if child.value is not None]
    return parts  # type: ignore[return-value]


def options(view: View, fact: str) -> list[str]:
    """The total for each value of a missing fact: every tier, yes and no, or ranges of a number with the same total."""
    values = candidates(view.policy, view.case, fact)
    entry = view.policy.facts.get(fact, {"type": "choice"})
    if entry["type"] == "date" or not values:
        return []
    runs: list[tuple[list, str]] = []
    for value in values:
        other = type(view)(view.policies, evaluate(view.policy, view.case.with_fact(fact, value), view.assessment.readings), view.words.lang)
        text = view.words.part("option" if other.tree.value is not None else "option.unknown", name="{name}", total=other.text(other.tree))
        if runs and entry["type"] == "integer" and runs[-1][1] == text:
            runs[-1][0].append(value)
        else:
            runs.append(([value], text))
    return [text.format(name=_run_name(view, fact, entry, run, number, len(runs))) for number, (run, text) in enumerate(runs)]


def _run_name(view: View, fact: str, entry: dict, run: list, number: int, count: int) -> str:
    if fact == "tier":
        return view.tier_name(run[0])
    if entry["type"] != "integer":
        return view.fact_is(fact, run[0])
    first, last = run[0], run[-1]
    if number == 0 and first > entry.get("min", 0):
        return view.words.part("value.or_less", value=last)
    if number == count - 1 and last < entry.get("max", 150):
        return view.words.part("value.or_more", value=first)
    return str(first) if first == last else view.words.part("value.range", low=first, high=last)


def sentences(view: View, due: dict | None, open_status: str = "") -> list[str]:
    """How much and who helps, until when, from when covered, which wait: one plain sentence each."""
    words, state = view.words, view.steps["status"].value
    found = [text for step in premium_steps(view) if (text := _assistance(view, step))]
    found += [given_back(view, part) for step in premium_steps(view) for part in step.children if part.kind == "paid_back"]
    if open_status:
        found.append(open_status)
    if view.tree.state == CONFLICTING:
        found.append(words("summary.conflict"))
    elif view.tree.state == ASSUMED and view.tree.value is not None:
        found.append(words("summary.assumed"))
    if state in ("late", "full_cost", "not_specified", None):
        found.append(status_text(view))
    if view.steps["status"].state == CONFLICTING:
        found.append(words("summary.status_conflict"))
    if due:
        found.append(due["text"])
    window = view.period_step.data.get("days_of_month")
    if window:
        found.append(words("summary.days_of_month", first=window["from"], last=window["to"]))
    return [*found, coverage_text(view), waiting_text(view)]


def given_back(view: View, step: Step) -> str:
    """What the person gets back after having paid the whole, and how."""
    note = step.data.get("note")
    text = view.words("step.paid_back" if step.value is not None else "step.paid_back.unknown", **({"amount": view.text(step)} if step.value is not None else {"text": view.text(step)}))
    return view.words.run([text, view.words.of(note) if note else ""])


def _assistance(view: View, step: Step) -> str:
    words, parts, name = view.words, parts_of(step), view.premium_name(step.data["id"])
    assistance, price = parts["assistance"], parts["price"]
    if assistance.data.get("form") == "no_group":
        return ""
    if assistance.value is None or price.value is None or step.value is None:
        return words("summary.assistance_unknown", premium=words.inner(name), text=view.text(assistance)) if assistance.value is None else ""
    covered = price.value - step.value  # type: ignore[operator]
    if not covered:
        return words("summary.no_assistance", premium=name)
    funds = [view.fund_name(fund) for share, _ in shares(assistance, covered) for fund in share]
    return words("summary.assisted", premium=name, standard=words.money(price.value), subsidy=words.money(covered),  # type: ignore[arg-type]
                 fund=words.inner(words.both(list(dict.fromkeys(funds)))), pays=words.money(step.value))  # type: ignore[arg-type]


def pay_by(view: View) -> dict | None:
    """The last day of the payment period found; before the window, that of the window to come; None where there is none."""
    step, state = view.period_step, view.steps["status"].value
    if state == "before_window":
        first = opening(view)
        if first is None:
            return None
        step = evaluate(view.policy, view.case.with_fact("pay_date", first), view.assessment.readings).tree.children[0]
        if step.value not in ("open", "late", "full_cost", "closed"):
            return None
    last = step.data.get("last") if step.data else None
    if last is None or state in (None, "not_specified") or (state == "closed" and not step.data.get("next_open")):
        return None
    # Who has nothing to pay still has to be registered by then.
    event = step.data.get("by") or ("registration" if view.steps["total_pays"].value == 0 else None)
    return {"date": last.isoformat(), "text": view.words(f"pay_by.{event}" if event in ("application", "registration", "arrival") else "pay_by", date=view.words.day(last))}


def coverage_text(view: View) -> str:
    """From when to when the person is covered."""
    words, start, end = view.words, view.steps["coverage_start"], view.steps["coverage_end"]
    if start.data.get("empty"):
        return words("cover.empty", start=words.day(start.data["would_start"]), end=words.day(start.data["would_end"]))
    days = {name: words.day(step.value) for name, step in (("start", start), ("end", end)) if step.value is not None}  # type: ignore[arg-type]
    if "start" in days:
        name = "cover.estimate" if start.data.get("estimate") else "cover.from_to"
        if "end" not in days:
            name = "cover.estimate_from" if start.data.get("estimate") else "cover.from"
    elif start.state == NOT_TOLD and view.missing(start):
        name, days["facts"] = ("cover.until_told" if "end" in days else "cover.not_told"), view.fact_labels(view.missing(start))
    else:
        name = "cover.until" if "end" in days else "cover.not_stated"
    text = words(name, **days)
    return words.run([text, words("cover.conflict")]) if start.state == CONFLICTING else text


def waiting_text(view: View) -> str:
    """How long one must wait after payment."""
    words, days, months = view.words, view.steps["waiting_days"], view.steps["waiting_months"]
    if days.value == 0 and not months.value:
        return words("wait.none")
    if days.value and months.value:
        name = "wait.added" if months.data.get("added_up") else "wait.both"
        return words(name, days=view.text(days), months=view.text(months))
    if days.value or months.value:
        step = months if months.value else days
        return words("wait.calendar" if months.value and months.data.get("calendar") else "wait.count", length=view.text(step))
    if months.value == 0:
        return words("wait.none")
    for step in (months, days):
        if step.state == NOT_TOLD and view.missing(step):
            return words("wait.not_told", facts=view.fact_labels(view.missing(step)))
    return words("wait.not_stated")
