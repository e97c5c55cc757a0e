"""Voluntary insurances chosen beside the compulsory premiums: each at its own price, never chosen for anyone."""

from __future__ import annotations

from .assessment import Step, money_step
from .context import Undetermined
from .money import ASSUMED, KNOWN, NOT_STATED, NOT_TOLD, Amount, fen_of, total

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .context import Context


def add_on_step(context: Context) -> tuple[Amount, Step]:
    """The price of the voluntary insurances chosen; versions that exclude each other are refused together, at no charge.

    An entry may have a condition, a `choice` (only one of a choice may be taken) and a price that differs by reading.
    """
    if not context.case.add_ons:
        return Amount(0), Step("add_ons", 0, "fen", data={"refused": False})
    from .policy import Rule

    entries = [context.policy.add_ons[name] for name in context.case.add_ons]
    amounts, steps = [], []
    for entry in entries:
        rivals = [other["id"] for other in entries if other is not entry and other.get("choice") is not None and other.get("choice") == entry.get("choice")]
        needed = context.read(entry.get("needs_one_of")) or []
        unmet = bool(needed) and not any(name in context.case.add_ons for name in needed)
        several = context.read(entry.get("several", False)) if rivals else False
        chosen = context.choose([Rule(entry)]) if "when" in entry else entry
        shared = {"clauses": entry["clauses"], "questions": entry.get("questions", []), "data": {"id": entry["id"]}}
        if unmet or (rivals and not several):
            shared["data"].update(refused=True, rivals=rivals, needs=needed)
            steps.append(Step("add_on", None, "fen", NOT_STATED, **shared))
        elif isinstance(chosen, Undetermined):
            amounts.append(Amount(None, NOT_TOLD))
            steps.append(Step("add_on", None, "fen", NOT_TOLD, facts=chosen.facts, **shared))
        elif chosen is None:
            shared["data"].update(not_eligible=True)
            steps.append(Step("add_on", None, "fen", NOT_STATED, **shared))
        else:
            amounts.append(price(context, entry))
            steps.append(money_step("add_on", amounts[-1], **shared))
    found = total(amounts)
    refused = len(amounts) < len(entries)
    return found, Step("add_ons", found.fen, "fen", ASSUMED if refused and found.fen is not None else found.state, children=steps, data={"refused": refused},
                       questions=list(dict.fromkeys(question for step in steps for question in step.questions)))


def price(context: Context, entry: dict) -> Amount:
    """The price of one voluntary insurance: fixed, or by the first of its prices that applies.

    Nothing where another one chosen covers it; not stated where a reading leaves it open or no price applies.
    """
    if any(name in context.case.add_ons for name in context.read(entry.get("covered_by")) or []):  # type: ignore[union-attr]
        return Amount(0, KNOWN)
    if "prices" in entry:
        from .policy import rules

        rule = context.choose(rules(entry["prices"]))
        if rule is None or isinstance(rule, Undetermined):
            return Amount(None, NOT_STATED if rule is None else NOT_TOLD)
        entry = rule.data
    yuan = context.read(entry["yuan"])
    return Amount(None, NOT_STATED) if yuan is None else Amount(fen_of(yuan), KNOWN)  # type: ignore[arg-type]
