"""What the reader has to do: warnings, those first that cannot be made good, and the next steps of this very person in their order."""

from __future__ import annotations

from ..conditions import compile_condition
from ..context import Context, untold
from ..money import NOT_STATED, NOT_TOLD
from .season import early, opening

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..assessment import Step
    from .view import View

# Parts of a condition that say whom a step is for; the other parts say when.
_NAMING = frozenset(("person", "groups", "assisted", "facts", "age", "born", "tier", "add_ons"))


def warnings(view: View) -> list[dict]:
    """The warnings of the data whose condition holds, what cannot be undone first, and those that the figures call for."""
    rules = {rule.id: rule for rule in view.policy.warnings}
    steps = [step for step in view.tree.children if step.kind == "warning"]
    found = [_warning(view, view.words.of(step.data["text"]), step, rules[step.value].data.get("irrevocable", False)) for step in steps]  # type: ignore[index, arg-type]
    found = _left_out(view) + found
    found.sort(key=lambda entry: not entry["irrevocable"])
    start, price = view.steps["coverage_start"], view.steps["standard"]
    found += _too_old(view)
    if start.data.get("empty"):
        if not any(set(step.clauses) & set(start.clauses) for step in steps):  # else said already, in the words of the place
            found.append(_warning(view, view.words("warning.empty", year=view.policy.year), start))
    elif view.steps["status"].value == "full_cost" and view.tree.value is None and not any(set(step.clauses) & set(price.clauses) for step in steps):
        found.append(_warning(view, view.words("warning.full_cost"), price))
    return found


GROWN = 2  # years; no notice calls a child of that age newborn


def _too_old(view: View) -> list[dict]:
    """Somebody told to be of a kind for which the birth counts, whose birth lies years before the payment: one of the two is probably wrong."""
    kind = view.policies.vocabulary.persons[view.case.person]
    age = view.case.age() if "birth_date" in kind.get("requires", []) else None
    return [_warning(view, view.words("warning.too_old", age=age, kind=view.words.inner(view.words.of(kind["name"]))), view.period_step)] if age is not None and age >= GROWN else []


def stops(view: View) -> bool:
    """Whether something has to be read before paying, as paying cannot be undone."""
    return any(entry["irrevocable"] for entry in warnings(view))


def _warning(view: View, text: str, step: Step, irrevocable: bool = False) -> dict:
    return {"text": text, "irrevocable": irrevocable, "clauses": view.citations(step.clauses), "questions": view.questions(step.questions)}


def left_out(view: View) -> list[Step]:
    """The voluntary insurances chosen that the sum leaves out."""
    return [child for step in view.tree.children if step.kind == "add_ons" for child in step.children if child.data.get("refused") or child.data.get("not_eligible")]


def _left_out(view: View) -> list[dict]:
    """One warning for each choice of which more than one was taken, and for each other voluntary insurance that is not in the sum."""
    found, told = [], set()
    for step in left_out(view):
        names = frozenset((step.data["id"], *step.data.get("rivals", ())))
        if names in told:
            continue
        told.add(names)
        listed = view.words.both([view.add_on_name(name) for name in view.policy.add_ons if name in names])
        if len(names) > 1:
            text = view.words("warning.rivals", names=listed)
        elif step.data.get("not_eligible"):
            text = view.words("step.add_on.not_eligible", name=listed)
        else:
            text = view.words("step.add_on.needs", name=listed, names=view.words.either([view.add_on_name(name) for name in step.data["needs"]]))
        found.append(_warning(view, text, step))
    return found


def next_steps(view: View) -> list[dict]:
    """What this person has to do, in the order in which it matters.

    First what cannot be undone, then what the day itself asks for, then what is for this person, last what is for whoever it
    concerns; what is for others is left out. Every line names whom it is for, unless that is decided.
    """
    context = Context(view.policy, view.case, view.assessment.readings)
    context.period, context.period_id = view.period, view.tree.data.get("period")
    if view.steps["status"].value == "not_eligible" or (view.steps["status"].value == "closed" and not view.period_step.data.get("next_open")):
        return []  # nothing can be paid, now or later
    found = [(1, text, step.clauses, []) for text, step in _of_the_day(view)]
    # Long before the window there is nothing to do yet but to wait, and no amount to name.
    for entry in () if early(view) else view.policy.data.get("steps", []):
        holds = _holds(view, context, entry)
        if holds is False:
            continue
        own = holds is True and _names(entry.get("when", {}))
        text = view.words.of(entry["text"])
        if entry.get("for") and not own:
            text = view.words("step_for", who=view.words.of(entry["for"]), text=text)
        found.append((0 if entry.get("irrevocable") else 2 if own else 3, text, entry["clauses"], entry.get("channels", [])))
    found.sort(key=lambda line: line[0])
    return [{"text": text, "clauses": view.citations(clauses), "channels": [view.channel(name) for name in channels]} for _, text, clauses, channels in found]


def _holds(view: View, context: Context, entry: dict) -> bool | None:
    """Whether a step is for this person; None where that is not decided.

    Whether the person is assisted is not decided before the groups are told: what is for either is listed then.
    """
    asks = {part: value for part, value in entry.get("when", {}).items() if part != "assisted" or view.case.groups is not None}
    mark = len(context.missing)
    truth = compile_condition(asks)(context) if asks else True
    if truth is None:
        taken = untold(entry.get("if_not_told", "ask"), context.missed(mark))[0]
        if taken == "fails":
            return False
        truth = True if taken == "holds" else None
    return None if truth and len(asks) < len(entry.get("when", {})) else truth


def _names(condition: dict) -> bool:
    """Whether a condition says whom it is for, and not only when."""
    return not _NAMING.isdisjoint(condition) or any(_names(inner) for part in ("all", "any") for inner in condition.get(part, []))


def _of_the_day(view: View) -> list[tuple[str, Step]]:
    """What the status of the day asks for, whatever the place: to ask where the notice is silent, to wait for a day on which one can pay."""
    words, period, state = view.words, view.period_step, view.steps["status"].value
    price, start = view.steps["standard"], view.steps["coverage_start"]
    if view.case.facts.get("paid_ordinary_way"):
        return []  # there is nothing left to pay
    if start.data.get("empty"):
        return [(words("next.no_use"), start)]
    if state == "not_specified" or (state == "late" and price.value is None and price.state == NOT_STATED):
        return [(words("next.ask" if view.tree.value is None else "next.ask_whether"), period if period.clauses else price)]
    if state == "full_cost" and price.value is None and price.state != NOT_TOLD:
        return [(words("next.full_cost"), price)]
    if state == "closed" and period.data.get("next_open"):
        return [(words("next.closed", next=words.day(period.data["next_open"])), period)]
    if state == "before_window" and opening(view):
        return [(words("next.before", first=words.day(opening(view))), period)]  # type: ignore[arg-type]
    silent = [step for name, step in view.steps.items() if name.endswith("subsidy") and step.value is None and step.state == NOT_STATED]
    return [(words("next.ask_assistance"), silent[0])] if silent and view.tree.value is None else []
