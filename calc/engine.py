"""The engine: one case under one policy gives one tree of steps, whose root is the total to pay."""

from __future__ import annotations

from . import add_ons, assistance, benefits, periods, premiums
from .assessment import Assessment, Step, money_step
from .context import Context, Undetermined, untold
from .money import ASSUMED, KNOWN, NOT_STATED, NOT_TOLD, Amount, total, worst

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .case import Case
    from .policy import DecisionList, Policy, Premium


def evaluate(policy: Policy, case: Case, readings: dict[str, str] | None = None) -> Assessment:
    """The answer under one set of readings (the defaults where none is named), without alternatives.

    Deterministic: no clock, no locale, no environment. The order of the work is the order in which rules may refer to each
    other: period, price, assistance, add-ons, wait, coverage.
    """
    context = Context(policy, case, readings)
    context.placing = True
    placed = periods.place(context)
    context.placing = False
    context.period, context.period_id = placed.rule, placed.rule.id if placed.rule else None
    context.undetermined = placed.undetermined
    context.shut = placed.status if placed.status == "not_eligible" or (placed.status == "closed" and placed.next_open is None) else None
    steps = [period_step(context, placed)]
    parts: list[Amount] = []
    for premium in policy.premiums:
        pays, step = premium_step(context, premium)
        parts.append(pays)
        steps.append(step)
    if policy.add_ons:
        chosen, step = add_ons.add_on_step(context)
        parts.append(chosen)
        steps.append(step)
    steps.append(benefits.waiting(context))
    # Coverage may count from the end of the wait, so it comes after it, and is shown before it.
    steps.insert(-1, benefits.coverage(context))
    if policy.incentives:
        steps.append(incentive_step(context))
    steps += warning_steps(context)
    amount = total(parts)
    root = money_step("total", amount, data={"period": context.period_id}, children=steps)
    return Assessment(policy.id, case, root, context.touched, context.assumed, readings or {})


def period_step(context: Context, placed: periods.Placed) -> Step:
    """The step that says in which payment period the day falls."""
    if placed.undetermined is not None:
        return Step("period", None, "code", NOT_TOLD, placed.undetermined.rule.clauses, (), placed.undetermined.facts)
    rule = placed.rule
    data = {"period": rule.id if rule else None, "first": placed.first, "last": placed.last, "next_open": placed.next_open}
    if rule is None:
        return Step("period", placed.status, "code", NOT_STATED, data=data)
    state = NOT_STATED if placed.status == "not_specified" else premiums.certainty(rule)
    for name in ("days_of_month", "by"):
        value = context.read(rule.data.get(name))
        if value:
            data[name] = value
    for edge, name in (("from", "first"), ("to", "last")):
        stated = context.read(rule.data.get(edge))
        if isinstance(stated, dict) and "not_stated" in stated:
            data[name], data[f"{name}_not_stated"] = None, True
    return Step("period", placed.status, "code", state, rule.clauses, rule.questions, (), data)


def premium_step(context: Context, premium: Premium) -> tuple[Amount, Step]:
    """What the person pays for one premium, from its price and its assistance."""
    operands, steps = premiums.price(context, premium)
    _, pays, assistance_step = assistance.assist(context, premium, operands)
    if premium.surcharges and not context.shut and context.undetermined is None:
        pays, steps = surcharged(context, premium, operands, pays, steps)
    if assistance_step.state == NOT_TOLD and not assistance_step.facts:  # a share of a price that hangs on facts
        assistance_step.facts = steps[-1].facts
    steps.append(assistance_step)
    if premium.repaid and not context.shut:
        steps += assistance.paid_back(context, premium, operands, pays)
    # The fiscal part is beside the premium, except where the price is made of it and names its clauses itself.
    clauses = list(dict.fromkeys(clause for step in steps if step.kind != "fiscal_subsidy" for clause in step.clauses))
    facts = sorted({fact for step in steps for fact in step.facts})
    return pays, money_step("premium", pays, clauses=clauses, facts=facts, data={"id": premium.id}, children=steps)


def surcharged(context: Context, premium: Premium, operands: premiums.Operands, pays: Amount, steps: list[Step]) -> tuple[Amount, list[Step]]:
    """What is paid and the steps to the price with the surcharges that apply; the price is then that of all together."""
    added, found = premiums.surcharges(context, premium, operands)
    if not found:
        return pays, steps
    before = steps[-1]
    whole = total([operands["price"], added])
    clauses = list(dict.fromkeys(clause for step in (before, *found) for clause in step.clauses))
    facts = tuple(dict.fromkeys(fact for step in (before, *found) for fact in step.facts))
    price = money_step("price", whole, clauses=clauses, questions=before.questions, facts=facts, data={**before.data, "surcharged": True}, children=found)
    return total([pays, added]), [*steps[:-1], price]


def incentive_step(context: Context) -> Step:
    """Whether an incentive for continuous enrolment or for no claims is earned, and how much it is worth where the notice gives amounts.

    Rules of one kind are a decision list; incentives of several kinds stand beside each other, and their amounts add up.
    """
    kinds = context.policy.incentive_kinds
    if len(kinds) == 1 and not context.policy.incentive_amounts:
        return one_incentive(context, kinds[0])
    found = [one_incentive(context, kind) for kind in kinds]
    if len(found) == 1:
        step = found[0]
    else:
        lead = next((step for wanted in (True, None, False) for step in found if step.value is wanted))
        alike = [step for step in found if step.value is lead.value]
        texts = [step.data["text"] for step in alike if step.data.get("text")]
        step = Step("incentive", lead.value, "flag", lead.state, list(dict.fromkeys(clause for part in alike for clause in part.clauses)),
                    list(dict.fromkeys(question for part in alike for question in part.questions)), tuple(dict.fromkeys(fact for part in found for fact in part.facts)),
                    {"rule": lead.data.get("rule"), "text": {lang: "".join(text[lang] + (" " if lang == "en" else "") for text in texts).strip() for lang in texts[0]} if texts else None}, found)
    if context.policy.incentive_amounts:
        parts = [part.children[0] for part in found]
        amount, limited = limit_of(context, total([assistance.row_amount(part) for part in parts]))
        clauses = limited + list(dict.fromkeys(clause for part in parts if part.value for clause in part.clauses))
        step.children = [money_step("incentive_amount", amount, clauses=clauses or parts[0].clauses, facts=tuple(dict.fromkeys(fact for part in parts for fact in part.facts))), *(found if len(found) > 1 else [])]
    return step


def limit_of(context: Context, amount: Amount) -> tuple[Amount, list[str]]:
    """The amount of all incentives together, at most the limit where the notice has one; and the limit's clauses where it counts."""
    limit = context.policy.data.get("incentive_limit")
    if limit is None or amount.fen is None:
        return amount, []
    most = premiums.quantity(context, limit["amount"], {})
    if most.fen is None or amount.fen <= most.fen:
        return amount, []
    return Amount(most.fen, worst(amount.state, most.state)), limit["clauses"]


def one_incentive(context: Context, rules: DecisionList) -> Step:
    """The incentive of one kind: earned or not (None where the facts or the notice leave it open), with its amount as a child."""
    rule = context.choose(rules)
    if rule is None or isinstance(rule, Undetermined):
        facts = rule.facts if rule else tuple(fact for fact in context.policy.incentive_facts if context.case.facts.get(fact) is None)
        state = NOT_TOLD if facts else NOT_STATED
        return Step("incentive", None, "flag", state, facts=facts, children=[money_step("incentive_amount", Amount(None, state), facts=facts)] if context.policy.incentive_amounts else None)
    earned = context.read(rule.data["earned"])
    state = premiums.certainty(rule) if earned is not None else NOT_STATED
    children = []
    if context.policy.incentive_amounts:
        mark = len(context.missing)
        amount = Amount(None, NOT_STATED) if earned is None or (earned and "amount" not in rule.data) else premiums.quantity(context, rule.data["amount"], {}) if earned else Amount(0)
        children = [money_step("incentive_amount", Amount(amount.fen, worst(state, amount.state), amount.at_least), clauses=rule.clauses, facts=context.missed(mark))]
    return Step("incentive", earned, "flag", state, rule.clauses, rule.questions, data={"rule": rule.id, "text": rule.data.get("text")}, children=children)


def warning_steps(context: Context) -> list[Step]:
    """The warnings whose condition holds, in the order of the data."""
    found = []
    for rule in context.policy.warnings.narrowed(context.case.person, context.period_id):
        mark = len(context.missing)
        truth = True if rule.rest is None else rule.rest(context)
        missing = context.missed(mark)
        if truth is True or (truth is None and untold(rule.if_not_told, missing)[0] == "holds"):
            found.append(Step("warning", rule.id, "code", KNOWN, rule.clauses, rule.questions, data={"text": rule.data["text"]}))
    return found


__all__ = ["ASSUMED", "evaluate"]
