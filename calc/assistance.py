"""Assistance (资助参保): which rows apply to a person, how much each gives, and how several identities combine."""

from __future__ import annotations

from .assessment import Step, money_step
from .context import Undetermined
from .money import ASSUMED, KNOWN, NOT_STATED, NOT_TOLD, Amount, total, worst
from .premiums import amount, certainty, quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .context import Context
    from .policy import AssistanceRow, Premium
    from .premiums import Operands


CHANGED = frozenset(("times", "less", "at_most", "but_at_least"))
EVERYONE = {"zh": "符合条件的人", "en": "everyone who qualifies"}


def assisted(context: Context) -> bool | None:
    """Whether any row for a group of the basic premium, with an amount above nothing, applies; None when a missing fact decides.

    What everyone of an age or a district is given makes nobody one of the assisted groups (资助对象).
    """
    result: bool | None = False
    if not context.groups:
        return result
    for row in rows_for(context.policy.premiums[0], context.groups):
        if all(set(rule.data) & {"none"} or rule.data.get("yuan") == 0 for rule in row.amounts):
            continue
        chosen = context.choose([row])
        if isinstance(chosen, Undetermined):
            result = None
            context.assisted_facts += chosen.facts
        elif chosen is not None:
            return True
    return result


def rows_for(premium: Premium, groups: frozenset) -> list[AssistanceRow]:
    """The assistance rows that name one of these groups, in their order."""
    places = {place for group in groups for place in premium.rows_of.get(group, ())}
    return [premium.assistance_rows[place] for place in sorted(places)]


def assist(context: Context, premium: Premium, operands: Operands) -> tuple[Amount, Amount, Step]:
    """The assistance that takes effect, what the person pays, and the step with one child for each row considered."""
    price: Amount = operands["price"]
    if context.shut:
        return silent(price)  # nothing is paid
    general = [child for row in premium.general for child in row_step(context, row, operands)] if premium.general else []
    beside = [row for row in premium.supplements if row.everyone or not row.groups.isdisjoint(context.groups)] if premium.supplements else []
    if not context.groups and not general and not (beside and any(context.choose([row]) is not None for row in beside)):
        # No group told: taken as none, which the answer labels once (the step "groups").
        state = ASSUMED if context.case.groups is None else KNOWN
        return Amount(0), price, money_step("assistance", Amount(0, state), data={"form": "no_group", "told": state == KNOWN})
    if context.other_year and context.period_id is None:
        return silent(price)  # the policy speaks of its own year only, of assistance too
    limit = context.choose(premium.assistance_limits)
    if limit is not None:
        rule = limit.rule if isinstance(limit, Undetermined) else limit
        found = Amount(None, NOT_TOLD) if isinstance(limit, Undetermined) else amount(context, rule.data, operands, certainty(rule))
        step = money_step("assistance", found, clauses=rule.clauses, questions=rule.questions, data={"form": "limit", "note": rule.data.get("note")})
        return found, net(price, found), step
    rows = [child for row in rows_for(premium, context.groups) if not row.supplement for child in row_step(context, row, operands)] + general
    if not context.groups <= premium.groups:
        rows += [child for group in sorted(context.groups - premium.groups) for child in absent_step(context, premium, group, operands)]
    applying = [row for row in rows if row.data["applies"] is not False]
    found, combined = combine(context, premium, applying, price)
    winners = winning(applying, found, combined)
    for row in beside:  # each on top of what was given before it
        operands["remaining"] = net(price, found)
        added = [child for child in row_step(context, row, operands) if child.data["applies"] is not False]
        rows, applying, winners = rows + added, applying + added, winners + [child for child in added if child.value]
        found = total([found, *(row_amount(child) for child in added)])
    if found.fen is None and price.fen is not None and found.at_least >= price.fen:
        found = Amount(price.fen, KNOWN)  # what is certain covers the price, however much more it may be
    capped = "at_most" in premium.combining and found.fen is not None
    if capped:
        most = quantity(context, premium.combining["at_most"], operands)
        capped = most.fen is None or most.fen < found.fen  # type: ignore[operator]
        found = Amount(most.fen, worst(found.state, most.state)) if capped else found
    if context.case.groups is None:
        found = Amount(found.fen, worst(found.state, ASSUMED), found.at_least)
    clauses = list(dict.fromkeys(clause for row in winners or applying or rows for clause in row.clauses))
    if combined or capped:
        clauses += [clause for clause in premium.combining.get("clauses", []) if clause not in clauses]
    shown = found
    if found.fen is not None and price.fen is not None and found.fen > price.fen:
        nominal = context.read(premium.combining.get("excess", "capped")) == "nominal"
        shown = Amount(found.fen if nominal else price.fen, found.state)
        found = Amount(price.fen, found.state)
    elif found.fen is not None and price.fen is None and found.fen > price.at_least:
        # Assistance is never above the price: while the price is open, so is how much takes effect.
        shown = Amount(None, price.state, price.at_least)
    step = money_step("assistance", shown, clauses=clauses, questions=premium.combining.get("questions", []) if combined else [], children=rows,
                      facts=sorted({fact for row in applying for fact in row.facts}), data={"form": "rows", "combined": combined, "funds": funds(winners), "rule": context.read(premium.combining.get("rule", "highest")) if combined else None})
    return shown, net(price, found), step


def paid_back(context: Context, premium: Premium, operands: Operands, pays: Amount) -> list[Step]:
    """What is given back after the whole was paid: a step with a child for each row that applies, the greatest of them, never more than was paid."""
    rows = [child for row in premium.repaid if row.everyone or not row.groups.isdisjoint(context.groups) for child in row_step(context, row, operands) if child.data["applies"] is not False]
    if not rows:
        return []
    found, _ = combine(context, premium, rows, pays)
    if found.fen is not None and pays.fen is not None and found.fen > pays.fen:
        found = Amount(pays.fen, found.state)
    if found.fen == 0:
        return []
    winners = winning(rows, found, False) or rows
    notes = [row.data["note"] for row in premium.repaid if "note" in row.data and any(row.id == step.data["row"] for step in winners)]
    return [money_step("paid_back", found, clauses=list(dict.fromkeys(clause for row in winners for clause in row.clauses)), facts=tuple(dict.fromkeys(fact for row in rows for fact in row.facts)),
                       data={"funds": funds(winners), "note": notes[0] if notes else None}, children=rows)]


def silent(price: Amount) -> tuple[Amount, Amount, Step]:
    """Assistance of which nothing is stated."""
    found = Amount(None, NOT_STATED)
    return found, net(price, found), money_step("assistance", found, data={"form": "limit", "note": None})


def winning(rows: list[Step], found: Amount, combined: bool) -> list[Step]:
    """The rows that pay: all of them where amounts are added up, otherwise those that give the figure."""
    paying = [row for row in rows if row.value]
    return [row for row in paying if row.value == found.fen] or (paying if combined else [])


def net(price: Amount, assistance: Amount) -> Amount:
    """What is left to pay; unknown when either part is, and never below nothing."""
    if price.fen is None:
        # An unknown assistance may cover whatever is certain of the price.
        return Amount(None, price.state, 0 if assistance.fen is None else max(0, price.at_least - assistance.fen))
    if assistance.fen is None:
        return Amount(None, assistance.state)
    return Amount(max(0, price.fen - assistance.fen), worst(price.state, assistance.state))


def row_step(context: Context, row: AssistanceRow, operands: Operands) -> list[Step]:
    """The step of one assistance row for this person; none where another reading alone would make it apply."""
    chosen = context.choose([row])
    data: dict = {"row": row.id, "groups": sorted(row.groups & context.groups), "fund": row.data.get("fund"), "applies": True}
    if row.everyone:
        data["name"] = row.data.get("name", EVERYONE)
    if row.supplement:
        data["supplement"] = True
    if isinstance(chosen, Undetermined):
        return [Step("assistance_row", None, "fen", NOT_TOLD, row.clauses or amounts_clauses(row), row.questions, chosen.facts, data)]
    if chosen is None:
        if row.under is not None or row.everyone:
            return []
        return [Step("assistance_row", 0, "fen", KNOWN, row.clauses or amounts_clauses(row), row.questions, (), {**data, "applies": False, "fails": True})]
    rule = context.choose(row.amounts)
    if isinstance(rule, Undetermined):
        return [Step("assistance_row", None, "fen", NOT_TOLD, amounts_clauses(row), row.questions, rule.facts, data)]
    if rule is None:
        return [Step("assistance_row", None, "fen", NOT_STATED, amounts_clauses(row), row.questions, (), data)]
    form, mark = context.read(rule.data), len(context.missing)
    parts = form.get("parts")  # type: ignore[attr-defined]
    if parts:
        found = total([amount(context, part, operands, certainty(rule)) for part in parts])
        data["parts"] = [{"fund": part["fund"], "fen": amount(context, part, operands).fen} for part in parts]
    else:
        state = worst(certainty(rule), certainty(row))
        found = amount(context, rule.data, operands, state) if rule.fen is None else Amount(rule.fen, state)
    data["form"] = next((name for name in ("full", "percent", "none", "exempt", "not_stated") if name in form), "yuan")  # type: ignore[operator]
    if not CHANGED.isdisjoint(form):  # type: ignore[arg-type]
        data["form"] = "yuan"  # no longer the whole price, nor the share of it
    if data["form"] == "percent":
        data["percent"] = context.read(form["percent"])  # type: ignore[index]
    return [money_step("assistance_row", found, clauses=list(dict.fromkeys([*rule.clauses, *row.clauses])), questions=[*row.questions, *rule.questions], facts=context.missed(mark), data=data)]


def amounts_clauses(row: AssistanceRow) -> list[str]:
    """Every clause the amounts of a row rest on, in order."""
    return list(dict.fromkeys(clause for rule in row.amounts for clause in rule.clauses))


def absent_step(context: Context, premium: Premium, group: str, operands: Operands) -> list[Step]:
    """The step of a group no row names: what the policy says of it, else no assistance found in this notice."""
    told = context.groups
    context.groups = frozenset([group])
    rule = context.choose(premium.otherwise)
    context.groups = told
    data: dict = {"row": None, "groups": [group], "fund": None, "applies": True, "form": "not_named"}
    if rule is None or isinstance(rule, Undetermined):
        return [Step("assistance_row", 0, "fen", ASSUMED, (), ["G8"] if "G8" in context.policy.questions else (), (), data)]
    found = amount(context, rule.data, operands, certainty(rule))
    return [money_step("assistance_row", found, clauses=rule.clauses, questions=rule.questions, data=data)]


def row_amount(step: Step) -> Amount:
    """The amount a row's step holds."""
    return Amount(step.value, step.state, step.at_least)  # type: ignore[arg-type]


def combine(context: Context, premium: Premium, rows: list[Step], price: Amount) -> tuple[Amount, bool]:
    """One assistance out of several, by the combining rule (就高 …); the flag tells whether there was anything to combine.

    highest: the greatest one. sum: all of them up to the price. highest_per_fund: the greatest of each fund, added up to the
    price. lowest: the least favourable (an order that is not stated). An unknown part leaves the result unknown unless what is
    known already covers the price.
    """
    amounts = [row_amount(row) for row in rows]
    positive = [(found, row.data.get("fund")) for found, row in zip(amounts, rows, strict=True) if found.fen is None or found.fen > 0]
    if len(positive) <= 1:
        return (positive[0][0] if positive else Amount(0, worst(*(found.state for found in amounts)) if amounts else KNOWN)), False
    rule = context.read(premium.combining.get("rule", "highest"))
    known = [(found.fen, fund) for found, fund in positive if found.fen is not None]
    if rule == "highest_per_fund":
        known = [share for row in rows if row.value for share in fund_shares(row)]
    unknown = [found.state for found, _ in positive if found.fen is None]
    state = worst(*(found.state for found, _ in positive if found.fen is not None))
    if premium.combining.get("certainty") == "inferred" or "rule" not in premium.combining:  # nothing says how they combine
        state = worst(state, ASSUMED)
    best = RULES[rule](known)  # type: ignore[index]
    adds = rule in ("sum", "highest_per_fund")
    if unknown and not (known and rule != "lowest" and price.fen is not None and best >= price.fen):
        return Amount(None, worst(*unknown), best if rule != "lowest" else 0), True
    return Amount(min(best, price.fen) if adds and price.fen is not None else best, state), True


def fund_shares(row: Step) -> list[tuple[int, object]]:
    """What a row gives, by the funds that pay it."""
    parts = [(part["fen"], part["fund"]) for part in row.data.get("parts", [])]
    return parts if parts and all(fen is not None for fen, _ in parts) else [(row.value, row.data.get("fund"))]  # type: ignore[list-item]


def _per_fund(known: list[tuple[int, object]]) -> int:
    best: dict = {}
    for fen, fund in known:
        best[fund] = max(best.get(fund, 0), fen)
    return sum(best.values())


# Each rule takes the known amounts with their funds; the data name one of these.
RULES = {
    "highest": lambda known: max((fen for fen, _ in known), default=0),
    "lowest": lambda known: min((fen for fen, _ in known), default=0),
    "sum": lambda known: sum(fen for fen, _ in known),
    "highest_per_fund": _per_fund,
}


def funds(winners: list[Step]) -> list[str]:
    """The funds that pay the winning assistance, each once."""
    paying = [fund for step in winners for fund in ([part["fund"] for part in step.data.get("parts", [])] or [step.data.get("fund")]) if fund]
    return list(dict.fromkeys(paying))
