"""What a premium costs before assistance: the contribution by kind of person, and what the period makes of it."""

from __future__ import annotations

from .assessment import Step, money_step
from .context import Undetermined
from .errors import PolicyError
from .money import ASSUMED, KNOWN, NOT_STATED, NOT_TOLD, Amount, fen_of, percent_of, total, worst

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .context import Context
    from .policy import Premium, Rule

ADJUSTED = frozenset(("times", "less", "round", "at_most", "but_at_least"))  # what may be done to an amount


def certainty(rule: Rule) -> str:
    """How a figure of a rule is known: assumed when the data call it inferred."""
    return ASSUMED if rule.inferred else KNOWN


def amount(context: Context, expression: dict, operands: dict[str, Amount], state: str = KNOWN) -> Amount:
    """The money an amount expression names, then in this order: times a count, less what is taken off, rounded, within its bounds.

    times: a fact that counts (or {fact, beyond, max}: only what is above `beyond`, at most `max`) · less: taken off, never below
    nothing · round: {to: ten_yuan|yuan|jiao, direction: half_up|up|down} · at_most, but_at_least: bounds. See `quantity` for what
    may stand there.
    """
    found = _amount(context, expression, operands, state)
    expression = context.read(expression)  # type: ignore[assignment]
    if ADJUSTED.isdisjoint(expression):
        return found
    if "times" in expression:
        count = counted(context, expression["times"])
        found = Amount(None, NOT_TOLD) if count is None else Amount(None if found.fen is None else found.fen * count, found.state, found.at_least * count)
    if "less" in expression:
        found = without(found, quantity(context, expression["less"], operands))
    if found.fen is None:
        return found
    fen = found.fen
    if "round" in expression:
        unit, direction = {"ten_yuan": 1000, "yuan": 100, "jiao": 10}[expression["round"]["to"]], expression["round"].get("direction", "half_up")
        fen = (fen + {"half_up": unit // 2, "up": unit - 1, "down": 0}[direction]) // unit * unit
    for name, inner in (("at_most", min), ("but_at_least", max)):
        if name in expression:
            bound = quantity(context, expression[name], operands)
            if bound.fen is None:
                return Amount(None, bound.state)
            fen, state = inner(fen, bound.fen), worst(found.state, bound.state)
            found = Amount(fen, state)
    return Amount(fen, found.state)


def quantity(context: Context, value: object, operands: dict[str, Amount]) -> Amount:
    """An amount written in place: a number of yuan, the name of an operand, or an expression of its own."""
    value = context.read(value)
    if isinstance(value, dict):
        return amount(context, value, operands)
    if value is None:
        return Amount(None, NOT_STATED)
    return operands[value] if isinstance(value, str) and not value[0].isdigit() else Amount(fen_of(value))  # type: ignore[arg-type]


def without(found: Amount, taken: Amount) -> Amount:
    """An amount with another taken off, never below nothing; unknown when either is."""
    if found.fen is None or taken.fen is None:
        return Amount(None, worst(*(part.state for part in (found, taken) if part.fen is None)), 0 if taken.fen is None else max(0, found.at_least - taken.fen))
    return Amount(max(0, found.fen - taken.fen), worst(found.state, taken.state))


def counted(context: Context, times: object) -> int | None:
    """How often an amount counts, by a fact of the case; None, and noted as missing, where it was not told."""
    told = {"fact": times} if isinstance(times, str) else times
    value = context.count(told)  # type: ignore[arg-type]
    if value is None:
        return None
    value = max(0, value - context.read(told.get("beyond", 0)))  # type: ignore[operator, union-attr]
    return min(value, context.read(told["max"])) if "max" in told else value  # type: ignore[index, operator, type-var]


def surcharges(context: Context, premium: Premium, operands: dict[str, Amount]) -> tuple[Amount, list[Step]]:
    """What is added to the price besides, such as missed years paid for, with a step for each; assistance does not cover it."""
    found = []
    for rule in premium.surcharges:
        if context.choose([rule]) is not None:
            added, step = decide(context, [rule], "surcharge", operands)
            step.data = {**step.data, "note": rule.data.get("note")}
            found.append((added, step))
    return total([added for added, _ in found]), [step for _, step in found]


def months_between(context: Context, expression: dict) -> int | None:
    """How many months a monthly price is paid for: from the month of one day to that of another, both counted."""
    first = context.day(expression.get("from", {"anchor": "payment"}))
    last = context.day(expression.get("to", {"anchor": "year_end"}))
    if first is None or last is None:
        return None
    return max(0, (last.year - first.year) * 12 + last.month - first.month + 1)


def _amount(context: Context, expression: dict, operands: dict[str, Amount], state: str) -> Amount:
    """The money an amount expression names, before bounds and rounding.

    Forms: yuan · exempt (nothing to pay) · none (no assistance) · full (the whole price) · percent with of (an operand, or several taken together) · sum of operands ·
    same_as an operand · monthly (per month, times the months from one day's to another's: payment to year's end unless said) ·
    pro_rata (an operand's twelfth for each of those months) · at_least (a floor only) · to_be_announced · not_stated. An operand is
    contribution, fiscal_subsidy, price, tier:N (the contribution of a named tier), price:ID (that of a named rule), fact:NAME (a fact
    told in yuan) or, in supplementary assistance, remaining (what is left to pay).
    """
    expression = context.read(expression)  # type: ignore[assignment]
    if "yuan" in expression:
        return Amount(fen_of(context.read(expression["yuan"])), state)  # type: ignore[arg-type]
    if "exempt" in expression or "none" in expression:
        return Amount(0, state)
    if "full" in expression:
        return _of(operands["price"], state)
    if "same_as" in expression:
        return _of(operands[expression["same_as"]], state)
    if "percent" in expression:
        of = expression.get("of", "price")
        base = total([quantity(context, part, operands) for part in of]) if of.__class__ is list else quantity(context, of, operands)
        percent = context.read(expression["percent"])
        if base.fen is None:
            return Amount(None, base.state, percent_of(base.at_least, percent))  # type: ignore[arg-type]
        return Amount(percent_of(base.fen, percent), worst(state, base.state))  # type: ignore[arg-type]
    if "parts" in expression:
        return _of(total([amount(context, part, operands, state) for part in expression["parts"]]), state)
    if "sum" in expression:
        return _of(total([quantity(context, part, operands) for part in expression["sum"]]), state)
    if "pro_rata" in expression:
        months, base = months_between(context, expression), quantity(context, expression["pro_rata"], operands)
        if months is None or base.fen is None:
            return Amount(None, NOT_TOLD if months is None else base.state)
        return Amount((base.fen * months + 6) // 12, worst(state, base.state))
    if "monthly" in expression:
        months = months_between(context, expression)
        return Amount(None, NOT_TOLD) if months is None else Amount(fen_of(context.read(expression["monthly"])) * months, state)  # type: ignore[arg-type]
    floor = fen_of(context.read(expression["at_least"])) if "at_least" in expression else 0  # type: ignore[arg-type]
    return Amount(None, NOT_STATED, floor)


def _of(operand: Amount, state: str) -> Amount:
    return Amount(operand.fen, worst(state, operand.state), operand.at_least)


class Operands(dict):
    """The amounts an expression may refer to; the contribution of a named tier is worked out when asked for."""

    def __init__(self, context: Context, premium: Premium) -> None:
        super().__init__()
        self.context, self.premium = context, premium
        self.open: list[str] = []  # the operands being worked out

    def __missing__(self, name: str) -> Amount:
        if name in self.open:
            raise PolicyError(f"{self.context.policy.id}: the amount {name} is worked out from itself; name a plain one (price:ID)")
        self.open.append(name)
        try:
            return self._worked_out(name)
        finally:
            self.open.pop()

    def _worked_out(self, name: str) -> Amount:
        if name.startswith("tier:"):
            told, self.context.case = self.context.case, self.context.case.with_fact("tier", int(name[5:]))
            found = decide(self.context, self.premium.contribution, "contribution", self)[0]
            self.context.case = told
        elif name.startswith("price:"):
            rule = next(rule for rule in self.premium.contribution if rule.id == name[6:])
            found = amount(self.context, rule.data, self, certainty(rule))
        elif name.startswith("fact:"):
            told = self.context.count({"fact": name[5:]})
            return Amount(None, NOT_TOLD) if told is None else Amount(told * 100)
        elif name == "fiscal_subsidy":
            found = decide(self.context, self.premium.fiscal, "fiscal_subsidy", self)[0]
        else:
            raise PolicyError(f"{self.context.policy.id}: an amount refers to {name}")
        self[name] = found
        return found


def decide(context: Context, rules: list[Rule], kind: str, operands: dict[str, Amount], default: Amount | None = None) -> tuple[Amount, Step]:
    """The amount that a decision list gives, with its step; `default` where no rule applies, else not stated."""
    rule = context.choose(rules)
    if isinstance(rule, Undetermined):
        found = Amount(None, NOT_TOLD)
        return found, money_step(kind, found, facts=rule.facts, clauses=rule.rule.clauses)
    if rule is None:
        found = default if default is not None else Amount(None, NOT_STATED)
        return found, money_step(kind, found)
    state = ASSUMED if rule.inferred else KNOWN
    if rule.fen is not None:
        said = {"note": rule.data["note"]} if "note" in rule.data else None
        return Amount(rule.fen, state), money_step(kind, Amount(rule.fen, state), clauses=rule.clauses, questions=rule.questions, data=said)
    mark = len(context.missing)
    found = amount(context, rule.data, operands, state)
    return found, money_step(kind, found, clauses=rule.clauses, questions=rule.questions, facts=context.missed(mark), data=_described(context, rule) if rule.form else None)


def _described(context: Context, rule: Rule) -> dict:
    """What the renderings say of an amount besides its figure: the form it has and, for a share, the share."""
    form = rule.form
    described: dict = {"form": form}
    if form == "sum" and "fiscal_subsidy" not in rule.data["sum"]:
        described["form"] = "total"  # several amounts together, but not the full cost
    if form in ("percent", "monthly"):
        described[form] = context.read(rule.data[form])
        described["of"] = rule.data.get("of", "price")
    if "note" in rule.data:
        described["note"] = rule.data["note"]
    return described


def price(context: Context, premium: Premium) -> tuple[Operands, list[Step]]:
    """The price before assistance and the steps to it; the operands hold contribution and price for what follows."""
    operands = Operands(context, premium)
    operands["contribution"], contribution_step = decide(context, premium.contribution, "contribution", operands)
    if context.other_year and context.period is None:
        operands["price"] = Amount(None, NOT_STATED)
        return operands, [contribution_step, money_step("price", operands["price"])]
    if context.shut:
        operands["price"] = Amount(None, NOT_STATED)
        return operands, [contribution_step, money_step("price", operands["price"], clauses=context.period.clauses, data={"form": context.shut})]  # type: ignore[union-attr]
    if context.undetermined is not None:
        operands["price"] = Amount(None, NOT_TOLD)
        return operands, [contribution_step, money_step("price", operands["price"], facts=context.undetermined.facts, clauses=context.undetermined.rule.clauses)]
    operands["price"], price_step = decide(context, premium.payable, "price", operands, default=operands["contribution"])
    if not price_step.clauses:  # the period changes nothing: the contribution is the price
        price_step = money_step("price", operands["price"], clauses=contribution_step.clauses, questions=contribution_step.questions, facts=contribution_step.facts, data=contribution_step.data)
    steps = [contribution_step]
    if premium.fiscal:
        steps.append(decide(context, premium.fiscal, "fiscal_subsidy", operands)[1])
    steps.append(price_step)
    if price_step.state == NOT_TOLD and not price_step.facts:  # made of parts that hang on facts
        price_step.facts = tuple(dict.fromkeys(fact for step in steps for fact in step.facts))
    return operands, steps


__all__ = ["Operands", "amount", "certainty", "decide", "price", "quantity"]
