"""From the least to the most that a sum of money comes to where several facts not told decide it together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from calc import Case, Policy
from calc.engine import evaluate
from calc.money import NOT_TOLD, worst
from calc.readings import candidates

MOST_ANSWERS = 400  # more combinations of facts than this are not tried


class Spread(NamedTuple):
    """The least and the most of a figure, the facts by which it differs, and how surely all of its values are known."""

    least: int
    most: int
    facts: tuple[str, ...]
    state: str


class Untold(Exception):
    """Some of the answers are not stated, or there are too many of them: then nothing is said of the whole."""


def spread(policy: Policy, case: dict, name: str, facts: Iterable[str]) -> Spread | None:
    """What a figure comes to for every combination of the facts that it hangs on; nothing unless all of them give an amount."""
    tried: list[int] = []
    try:
        found, deciding = answers(policy, Case.parse(case, policy), name, list(facts), tried)
    except Untold:
        return None
    values = [value for value, _ in found]
    return Spread(min(values), max(values), tuple(fact for fact in policy.facts if fact in deciding), worst(*(state for _, state in found)))


def answers(policy: Policy, parsed: Case, name: str, facts: list[str], tried: list[int]) -> tuple[set[tuple[int, str]], set[str]]:
    """Every value of a figure by the first of these facts and by those that are then still open, and the facts that make a difference."""
    fact = next((fact for fact in facts if fact in policy.facts and fact not in parsed.facts), None)
    if fact is None:
        raise Untold
    found: list[set[tuple[int, str]]] = []
    deciding: set[str] = set()
    for value in candidates(policy, parsed, fact):
        tried.append(1)
        if len(tried) > MOST_ANSWERS:
            raise Untold
        told = parsed.with_fact(fact, value)
        answer = evaluate(policy, told)
        outcome, state = answer.figures.get(name, (None, NOT_TOLD))
        if outcome is not None:
            found.append({(outcome, state)})
        elif state == NOT_TOLD:
            step = answer.figure_steps[name]
            open_facts = [open_fact for part in step.walk() for open_fact in part.facts if open_fact not in told.facts]
            inner, further = answers(policy, told, name, list(dict.fromkeys(open_facts)), tried)
            found.append(inner)
            deciding |= further
        else:
            raise Untold
    if not found:
        raise Untold
    if any(other != found[0] for other in found):
        deciding.add(fact)
    return set().union(*found), deciding


__all__ = ["Spread", "spread"]
