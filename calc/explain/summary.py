"""The answer in a few sentences: how much first, then until when, from when covered, and after which wait."""

from __future__ import annotations

from ..assessment import CONFLICTING
from ..engine import evaluate
from ..money import ASSUMED, NOT_TOLD
from ..readings import assess, candidates
from .cover import coverage_text, waiting_text
from .payers import parts_of, premium_steps, shares
from .season import PAYABLE, early, opening

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..assessment import Step
    from .view import View


def status(view: View) -> dict:
    """The status of the day asked about, in words."""
    step = view.steps["status"]
    return {"code": step.value, "text": status_text(view), "state": step.state, "state_text": view.words.part("state." + step.state)}


def status_text(view: View) -> str:
    """A sentence for the status: one of the six, or that it hangs on a fact; where paying late is itself in question, that it is."""
    step, words = view.steps["status"], view.words
    if step.value is None:
        return words("status.unknown", facts=view.fact_labels(step.facts))
    if step.value == "before_window" and opening(view):
        return words("status.before_window.first", first=words.day(opening(view)))  # type: ignore[arg-type]
    if step.value == "closed" and step.data.get("next_open"):
        return words("status.closed.next", next=words.day(step.data["next_open"]))
    if step.value == "late" and barred(view):
        return words("status.late.open")
    return words(f"status.{step.value}")


def barred(view: View) -> bool:
    """Whether it is itself in question that one can pay on the day: some reading of the notice does not allow it, or is silent."""
    others = [alternative.figures["status"][0] for alternative in view.assessment.alternatives if len(alternative.readings) == 1 and "status" in alternative.figures]
    return view.steps["status"].state == CONFLICTING and any(status not in PAYABLE for status in others)


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


def least(view: View, depth: int = 3) -> int:
    """The least that the total can be, in fen: over every value of the facts on which it hangs."""
    total, facts = view.tree, view.missing(view.tree)
    if total.value is not None:
        return total.value  # type: ignore[return-value]
    values = candidates(view.policy, view.case, facts[0]) if total.state == NOT_TOLD and facts and depth else []
    others = [type(view)(view.policies, evaluate(view.policy, view.case.with_fact(facts[0], value), view.assessment.readings), view.words.lang) for value in values]
    return min([least(other, depth - 1) for other in others], default=total.at_least)


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
    if early(view):
        return []
    found = [text for step in premium_steps(view) if (text := _assistance(view, step))]
    found += left_unsaid(view)
    if view.case.facts.get("paid_ordinary_way"):
        return [*found, coverage_text(view), waiting_text(view)]  # when to pay is no question any more
    found += [given_back(view, part) for step in premium_steps(view) for part in step.children if part.kind == "paid_back"]
    if open_status:
        found.append(open_status)
    if view.tree.state == CONFLICTING:
        others = [alternative.figures["total_pays"][0] for alternative in view.assessment.alternatives if len(alternative.readings) == 1 and "total_pays" in alternative.figures]
        found.append(words("summary.conflict" if any(value is not None for value in others) else "summary.conflict.silent"))
    elif view.tree.state == ASSUMED and view.tree.value is not None:
        found.append(words("summary.assumed"))
    if state in ("late", "full_cost", "not_specified", None):
        found.append(status_text(view))
    # Where the notice is silent, that it may be read otherwise is said among the other possibilities.
    if view.steps["status"].state == CONFLICTING and state != "not_specified" and not (state == "late" and barred(view)):
        found.append(words("summary.status_conflict" if barred(view) else "summary.period_conflict"))
    if due:
        found.append(due["text"])
    window = view.period_step.data.get("days_of_month")
    if window:
        found.append(words("summary.days_of_month", first=window["from"], last=window["to"]))
    first = opening(view)
    if first is not None:
        # Nobody pays on that day: what counts is the cover of whoever pays once one can.
        then = type(view)(view.policies, assess(view.policy, view.case.with_fact("pay_date", first), view.assessment.readings, brief=True), words.lang)
        return [*found, words("cover.then", text=words.inner(coverage_text(then))), waiting_text(then)]
    return [*found, coverage_text(view), waiting_text(view)]


def left_unsaid(view: View) -> list[str]:
    """Premiums that another year's notice of the place charges and this one does not speak of: a sum without them is not the same sum."""
    found = {premium.id: (view.words.of(premium.data["name"]), policy.year) for policy in view.policies.other_years(view.policy) for premium in policy.premiums if premium.id not in view.premiums}
    return [view.words("summary.left_unsaid", premium=name, year=year) for name, year in found.values()]


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
