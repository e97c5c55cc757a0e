"""What stands beside the answer: what was assumed, what would change it, what is not stated, and why not."""

from __future__ import annotations

from ..context import Context
from ..money import NOT_STATED
from .needs import failing
from .payers import premium_steps
from .season import opening

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..assessment import Alternative, Step
    from .view import View


def assumptions(view: View) -> list[dict]:
    """What was taken for granted: no group told, each fact that a rule assumed, and an estimated first day."""
    words, found = view.words, []
    if view.case.groups is None:
        found.append({"fact": "categories", "text": words("assumed.groups")})
    incentives, covering = {rule.id for rule in view.policy.incentives}, {rule.id for rule in view.policy.coverage}
    for fact, how in view.assessment.assumed.items():
        kind, _, rule = how.partition(":")
        if rule in incentives or not view.policy.concerns(fact, view.case.person):
            continue  # the step of the incentive says which facts it hangs on
        own = f"assumed.{fact}.{kind}"
        if rule in covering and words.has(own + ".cover"):
            own += ".cover"
        boolean = view.policy.facts.get(fact, {}).get("type") == "boolean"
        name = own if words.has(own) else f"assumed.boolean.{kind}" if boolean else f"assumed.{kind}"
        found.append({"fact": fact, "text": words(name) if name == own else words(name, label=view.fact_label(fact))})
    if view.steps["coverage_start"].data.get("estimate"):
        found.append({"fact": None, "text": words("assumed.estimate")})
    return found


def alternatives(view: View) -> list[dict]:
    """Each other answer: under which readings or with which fact, and each figure from what it is to what it would be."""
    found, alone = [], {}
    for alternative in view.assessment.alternatives:
        changes = _changes(view, alternative)
        if not changes or (len(alternative.readings) > 1 and not _together(changes, [alone.get(reading, []) for reading in alternative.readings.items()])):
            continue
        if len(alternative.readings) == 1:
            alone[next(iter(alternative.readings.items()))] = changes
        readings = [_reading(view, question, chosen) for question, chosen in alternative.readings.items()]
        facts = [{"id": fact, "label": view.fact_label(fact), "text": view.fact_is(fact, value)} for fact, value in alternative.facts.items()]
        words = view.words
        changes = _joined(view, changes)
        told = words.series([words.part("change", label=words.inner(change["label"]), before=change["from"], after=change["to"]) for change in changes])
        if readings:
            text = words("alternative.reading", readings=words.series([words.part("alternative.question", topic=entry["topic"], reading=entry["text"]) for entry in readings]), changes=told)
        else:
            text = words("alternative.fact", facts=words.both([fact["text"] for fact in facts]), changes=told)
        found.append({"text": text, "readings": readings, "facts": facts, "changes": changes})
    return found


def _together(changes: list[dict], parts: list[list[dict]]) -> bool:
    """Whether two readings at once come to something that neither of them, nor both side by side, has told already."""
    told = [change for part in parts for change in part]
    side_by_side = all(change in told for change in changes) and all(change in changes for change in told)
    return not side_by_side and changes not in parts


def _joined(view: View, changes: list[dict]) -> list[dict]:
    """The changes as a sentence tells them: one wait, where it becomes the same in days and in months."""
    waits = [change for change in changes if change["name"].startswith("waiting_")]
    if len(waits) < 2 or waits[0]["to"] != waits[1]["to"]:
        return changes
    # The months say more where both are told: the notice counts the wait so.
    return [{**change, "label": view.words("figure.waiting")} if change is waits[1] else change for change in changes if change is not waits[0]]


def _reading(view: View, question: str, chosen: str) -> dict:
    entry = view.policies.questions[question]
    reading = next(reading for reading in entry["readings"] if reading["id"] == chosen)
    return {"question": question, "topic": view.words.of(entry["topic"]), "reading": chosen, "text": view.words.of(reading)}


def _changes(view: View, alternative: Alternative) -> list[dict]:
    other = type(view)(view.policies, alternative.result, view.words.lang)
    found = []
    for name in view.steps:
        if name not in alternative.figures or name not in other.steps:
            continue
        before, after = view.text(view.steps[name]), other.text(other.steps[name])
        # With one premium and nothing chosen beside it, what one pays for it is the total.
        if before != after and not (name == "pays" and len(view.premiums) == 1 and not view.case.add_ons and "total_pays" in alternative.figures):
            found.append({"name": name, "label": view.label(name), "from": before, "to": after})
    return found


def not_stated(view: View) -> list[str]:
    """The figures on which the notice is silent; the wait once, though it may be counted in days or in months."""
    labels = []
    for name, step in view.steps.items():
        if opening(view) is not None and name.startswith(("coverage_", "waiting_")):
            continue  # of the day on which one can pay the notice may well say it
        if step.value is None and step.state == NOT_STATED and not step.data.get("empty") and step.unit != "code":
            labels.append(view.words("figure.waiting") if name.startswith("waiting_") else view.label(name))
    if len(view.premiums) == 1 and not view.case.add_ons and view.label("total_pays") in labels and view.label("pays") in labels:
        labels.remove(view.label("pays"))
    stated_wait = any(view.steps[name].value is not None or view.steps[name].state != NOT_STATED for name in ("waiting_days", "waiting_months"))
    if stated_wait and view.words("figure.waiting") in labels:
        labels.remove(view.words("figure.waiting"))
    return [view.words("not_stated", label=label) for label in dict.fromkeys(labels)]


def why_not(view: View) -> list[dict]:
    """Why a group told gets nothing: the condition that fails, a group the notice does not name, or assistance barred."""
    found: dict[tuple, dict] = {}
    context = Context(view.policy, view.case, view.assessment.readings)
    context.period, context.period_id = view.period, view.tree.data.get("period")
    for premium in premium_steps(view):
        for step in premium.children:
            if step.kind != "assistance":
                continue
            for group, text, clauses in [*_barred(view, step), *_rows_failing(view, context, premium.data["id"], step)]:
                entry = found.setdefault((group, text), {"group": group, "text": text, "clauses": []})
                entry["clauses"] += [clause for clause in view.citations(clauses) if clause not in entry["clauses"]]
    return list(found.values())


# The condition of a limit that bears on whoever was recognised only after paying.
LATE = {"not": {"order": ["recognition", "payment"]}}


def _barred(view: View, step: Step) -> list[tuple]:
    if step.data.get("form") != "limit" or step.value:
        return []
    group, note = view.group_names(sorted(view.case.groups or ())), step.data.get("note")
    if note:
        text = view.words("why_not.limit", group=group, reason=view.words.of(note))
    elif any(rule.clauses == step.clauses and rule.data.get("when") == LATE for premium in view.policy.premiums for rule in premium.assistance_limits):
        text = view.words("why_not.limit.late", group=group)
    else:
        text = view.words("why_not.limit.silent", group=group)
    return [(None, text, step.clauses)]


def _rows_failing(view: View, context: Context, premium: str, assistance: Step) -> list[tuple]:
    """Each row that gives nothing, with the condition that fails; of several rows for one group that which comes nearest.

    Not for a group that another row assists.
    """
    words, nearest = view.words, {}
    helped = {group for row in assistance.children if row.value and not row.data.get("fails") for group in row.data.get("groups", ())}
    for row in assistance.children:
        data, group = row.data, view.row_name(row.data)
        groups = data.get("groups", ())
        single = groups[0] if len(groups) == 1 else None
        if data.get("fails") and not (groups and helped.issuperset(groups)):
            rule = next(entry for entry in view.premiums[premium].assistance_rows if entry.id == data["row"])
            reasons = failing(view, context, rule.data.get("when", {}))
            told = (single, words("why_not", group=group, reason=words.series(reasons or [words.part("need.other")])), row.clauses)
            # A row of which nothing more can be said than that it does not hold is the farthest.
            far = len(reasons) or len(rule.data.get("when", {})) + 1
        elif row.value == 0 and data.get("form") in ("not_named", "none"):
            told, far = (single, words("why_not." + data["form"], group=group), row.clauses), 0
        else:
            continue
        key = single or told[1]
        if key not in nearest or far < nearest[key][0]:
            nearest[key] = far, told
    return [told for _, told in nearest.values()]
