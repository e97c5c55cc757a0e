"""Assess a case with everything that could make the answer another: other readings, and facts not told."""

from __future__ import annotations

from datetime import date

from . import dates
from .assessment import CONFLICTING, PREMIUM_FIGURES, Alternative, Assessment, Step
from .case import ANCHORS
from .conditions import facts_named
from .engine import evaluate
from .errors import CaseError
from .money import KNOWN, NOT_STATED, NOT_TOLD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .case import Case
    from .policy import Policy, PolicySet

DEPTH = 2  # two open questions may have to be read otherwise at once before a figure differs


def check_readings(policies: PolicySet, readings: object) -> dict[str, str]:
    """Readings as told, refused when the register has no such question or reading."""
    if readings is None:
        return {}
    if not isinstance(readings, dict):
        raise CaseError("readings", "理解方式要写成“编号: 选项”的对象。", "Readings must be an object of question and reading.")
    for question, chosen in readings.items():
        if question not in policies.questions:
            raise CaseError("readings", f"没有“{question}”这个未定问题。", f"There is no open question “{question}”.", code="unknown_question")
        offered = [reading["id"] for reading in policies.questions[question]["readings"]]
        if chosen not in offered:
            raise CaseError("readings", f"“{question}”没有“{chosen}”这种理解。", f"Question {question} has no reading “{chosen}”.", offered, "unknown_reading")
    return dict(readings)


def assess(policy: Policy, case: Case, readings: dict[str, str] | None = None, brief: bool = False) -> Assessment:
    """The answer for a case, with the alternatives: each other reading that had a say, and each assumed fact told otherwise.

    readings: question → reading, for the questions to be settled otherwise than by default. Figures that differ under some
    alternative reading are marked conflicting in the tree; those resting on an assumed fact are marked assumed. brief: for
    many people at once, one question read otherwise at a time, and nothing tried that bears on incentives alone; every other
    figure and its state are the same.
    """
    depth = 1 if brief else DEPTH
    left_out = {rule.id for rule in policy.incentives} if brief else ()
    base = evaluate(policy, case, readings)
    before = base.figures
    settled = readings or {}
    found: list[Alternative] = []
    seen = {_key(before, base)}
    queue = [(settled, base, 0)]
    tried_sets = {frozenset(settled.items())}
    while queue:
        active, result, level = queue.pop(0)
        for question in result.touched:
            if question in active:
                continue
            for reading in policy.questions[question]["readings"]:
                if reading["id"] == policy.reading_default(question):
                    continue
                changed = {**active, question: reading["id"]}
                if (which := frozenset(changed.items())) in tried_sets:
                    continue  # the same two readings, met in the other order
                tried_sets.add(which)
                other = evaluate(policy, case, changed)
                key = _key(before, other)
                # A second reading is worth trying only beside one that made a difference or brought up a new question.
                if level + 1 < depth and (key or any(name not in base.touched for name in other.touched)):
                    queue.append((changed, other, level + 1))
                if key not in seen:
                    seen.add(key)
                    found.append(Alternative({name: value for name, value in changed.items() if settled.get(name) != value}, {}, dict(key), other))
    # One reading changed comes before two.
    found.sort(key=lambda alternative: len(alternative.readings))
    open_figures = {name for name, (value, state) in base.figures.items() if value is None and state == NOT_STATED}
    deciding: dict[str, list[str]] = {}
    for fact, how in base.assumed.items():
        if how.partition(":")[2] in left_out:
            continue
        tried = [(value, evaluate(policy, case.with_fact(fact, value), settled)) for value in candidates(policy, case, fact)]
        for name in open_figures:
            if tried and all(other.value(name) is not None for _, other in tried):
                deciding.setdefault(name, []).append(fact)
        for value, other in tried:
            key = _key(before, other)
            if key and key not in seen:
                seen.add(key)
                found.append(Alternative({}, {fact: value}, dict(key), other))
    base.alternatives = found
    _mark(base, found)
    _wait_for_facts(base, deciding)
    return base


def at_each_tier(policy: Policy, result: Assessment) -> list[tuple[int, Assessment]]:
    """The answer at each tier where none was told and the total hangs on it; none otherwise."""
    case: Case = result.case  # type: ignore[assignment]
    if case.tier is not None or result.tree.state != NOT_TOLD:
        return []
    return [(tier, assess(policy, case.with_fact("tier", tier), brief=True)) for tier in policy.tiers]


def _wait_for_facts(base: Assessment, deciding: dict[str, list[str]]) -> None:
    """A figure without value that every value of an assumed fact would settle is not told, rather than not stated."""
    for step in base.tree.walk():
        if step.kind in deciding:
            step.state, step.facts = NOT_TOLD, deciding[step.kind]


def _key(before: dict[str, tuple], other: Assessment) -> tuple:
    """The figures in which another answer differs from those before."""
    after = other.figures
    return tuple((name, after[name]) for name in after if after[name][0] != before.get(name, (None, ""))[0])


def _mark(base: Assessment, alternatives: list[Alternative]) -> None:
    """Marks in the tree which known figures another reading would change."""
    disputed = {name for alternative in alternatives if len(alternative.readings) == 1 for name in alternative.figures}

    def mark(step: Step, name: str) -> None:
        if name in disputed and step.value is not None:
            step.state = CONFLICTING

    for step in base.tree.walk():
        if step.kind == "premium":
            prefix = "" if step.data["id"] == "basic" else step.data["id"] + "_"
            mark(step, prefix + "pays")
            for child in step.children:
                name = PREMIUM_FIGURES.get(child.kind)
                if name:
                    mark(child, prefix + name)
        else:
            name = {"total": "total_pays", "period": "status", "add_ons": "addons_pays"}.get(step.kind, step.kind)
            if step.kind in ("total", "period", "add_ons", "coverage_start", "coverage_end", "waiting_days", "waiting_months", "incentive", "incentive_amount"):
                mark(step, name)


def conditions(policy: Policy) -> list[dict]:
    """Every condition of a policy's rules, wherever it stands; looked for once."""
    if policy.conditions is None:
        policy.conditions = _conditions(policy)
    return policy.conditions


def _conditions(policy: Policy) -> list[dict]:
    found: list[dict] = []

    def collect(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("when"), dict):
                found.append(value["when"])
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect({name: policy.data[name] for name in ("periods", "premiums", "coverage", "waiting", "incentives", "add_ons") if name in policy.data})
    return found


def candidates(policy: Policy, case: Case, fact: str) -> list:
    """The values of a fact worth trying: all of a closed set, and for numbers and dates those on either side of each edge in the rules."""
    if fact == "tier":
        return list(policy.tiers)
    if fact == "person":
        return list(policy.vocabulary.persons)
    entry = policy.facts.get(fact)
    if entry is None or not policy.concerns(fact, case.person):
        return []
    if entry["type"] == "boolean":
        return [True, False]
    if entry["type"] == "choice":
        return [value["id"] for value in entry["values"]]
    edges = _edges(policy, fact)
    if entry["type"] == "integer":
        low, high = entry.get("min", 0), entry.get("max", 150)
        values = sorted({value + step for value in edges for step in (-1, 0, 1)} | set(entry.get("try", [])))
        return [value for value in values if low <= value <= high] or list(range(low, min(low + 3, high + 1)))
    days = {dates.plus_days(value, step) for value in edges for step in (-1, 0, 1)} | {dates.plus_days(case.pay_date, -step) for step in entry.get("try_days", [])}
    return sorted(days)


def _edges(policy: Policy, fact: str) -> set:
    """The numbers or dates to which the policy's conditions compare a fact; looked for once."""
    known = policy.compared.get(fact)
    if known is None:
        known = policy.compared[fact] = _compared(policy, fact)
    return known


def _compared(policy: Policy, fact: str) -> set:
    found: set = set()

    def collect(condition: dict) -> None:
        for part, value in condition.items():
            if part in ("all", "any"):
                for inner in value:
                    collect(inner)
            elif part == "not":
                collect(value)
            elif part == fact and isinstance(value, dict):
                found.update(_bounds(value))
            elif part == "born" and fact == "birth_date":
                found.update(_bounds(value))
            elif part == "facts" and fact in value:
                told = value[fact]
                found.update(_bounds(told) if isinstance(told, dict) else told if isinstance(told, list) else [told])

    for condition in conditions(policy):
        collect(condition)
    return found


def _bounds(value: dict) -> list:
    return [dates.parse(bound) if isinstance(bound, str) else bound for name in ("min", "max", "from", "to") if (bound := value.get(name)) is not None]


def questions(policy: Policy, case: Case, readings: dict[str, str] | None = None) -> list[str]:
    """The facts, not told yet, that would change the answer if they were told; in the order of the vocabulary.

    A fact counts when the rules look at it, or when it is assumed or missing, and some value gives other figures than some
    other value. Facts of the payment's events (application, registration, arrival) count only beside such a rule.
    """
    wanted = set().union(*(facts_named(condition) for condition in conditions(policy))) if conditions(policy) else set()
    wanted |= _facts_of_rules(policy)
    asked = []
    for fact in (["tier"] if policy.tiers else []) + [name for name in policy.facts if name in wanted]:
        if (case.tier if fact == "tier" else case.facts.get(fact)) is not None or (fact == "age" and "birth_date" in case.facts):
            continue
        outcomes = {_outcome(evaluate(policy, case, readings))}
        for value in candidates(policy, case, fact):
            if isinstance(value, date) and fact == "birth_date" and value > case.pay_date:
                continue
            outcomes.add(_outcome(evaluate(policy, case.with_fact(fact, value), readings)))
            if len(outcomes) > 1:
                asked.append(fact)
                break
    return asked


def _outcome(result: Assessment) -> tuple:
    return tuple((name, value, state == KNOWN) for name, (value, state) in result.figures.items())


def _facts_of_rules(policy: Policy) -> set[str]:
    """Facts that rules use without a condition: missed years and their repair, counts and operands, and the events a day is counted from."""
    found: set[str] = set()
    if any("per_missed_year" in rule.data for rule in policy.waiting):
        found |= {"gap_years", "repair_years"}

    def collect(value: object) -> None:
        if isinstance(value, dict):
            for name in ("anchor", "by"):
                anchor = value.get(name)
                found.update(ANCHORS.get(event, event) for event in ([anchor] if isinstance(anchor, str) else anchor.values() if isinstance(anchor, dict) else []))
            found.update(name for name in (value.get("fact"), value.get("times")) if isinstance(name, str))
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)
        elif isinstance(value, str) and value.startswith("fact:"):
            found.add(value[5:])

    collect({name: policy.data[name] for name in ("periods", "premiums", "coverage", "incentives") if name in policy.data})
    return found & set(policy.facts)
