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

_ZERO = Amount(0)


def certainty(rule: Rule) -> str:
    """How a figure of a rule is known: assumed when the data call it inferred."""
    return ASSUMED if rule.inferred else KNOWN


def amount(context: Context, expression: dict, operands: dict[str, Amount], state: str = KNOWN) -> Amount:
    """The money an amount expression names, within its declared bounds and rounded as the notice says.

    round: {to: ten_yuan|yuan|jiao, direction: half_up|up|down}; at_most, but_at_least: bounds in yuan of a figure that is worked out.
    """
    found = _amount(context, expression, operands, state)
    expression = context.read(expression)  # type: ignore[assignment]
    if found.fen is None or not ("round" in expression or "at_most" in expression or "but_at_least" in expression):
        return found
    fen = found.fen
    if "round" in expression:
        unit, direction = {"ten_yuan": 1000, "yuan": 100, "jiao": 10}[expression["round"]["to"]], expression["round"].get("direction", "half_up")
        fen = (fen + {"half_up": unit // 2, "up": unit - 1, "down": 0}[direction]) // unit * unit
    if "at_most" in expression:
        fen = min(fen, fen_of(context.read(expression["at_most"])))  # type: ignore[arg-type]
    if "but_at_least" in expression:
        fen = max(fen, fen_of(context.read(expression["but_at_least"])))  # type: ignore[arg-type]
    return Amount(fen, found.state)


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
    at_least (a floor only) · to_be_announced · not_stated. An operand is contribution, fiscal_subsidy, price, tier:N (the contribution
    of a named tier) or price:ID (that of a named rule).
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
        base = total([operands[name] for name in of]) if of.__class__ is list else operands[of]
        percent = context.read(expression["percent"])
        if base.fen is None:
            return Amount(None, base.state, percent_of(base.at_least, percent))  # type: ignore[arg-type]
        return Amount(percent_of(base.fen, percent), worst(state, base.state))  # type: ignore[arg-type]
    if "sum" in expression:
        return _of(total([operands[name] for name in expression["sum"]]), state)
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

    def __missing__(self, name: str) -> Amount:
        if name.startswith("tier:"):
            told, self.context.case = self.context.case, self.context.case.with_fact("tier", int(name[5:]))
            found = decide(self.context, self.premium.contribution, "contribution", self)[0]
            self.context.case = told
        elif name.startswith("price:"):
            rule = next(rule for rule in self.premium.contribution if rule.id == name[6:])
            found = amount(self.context, rule.data, self, certainty(rule))
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
    found = amount(context, rule.data, operands, state) if rule.fen is None else Amount(rule.fen, state)
    return found, money_step(kind, found, clauses=rule.clauses, questions=rule.questions, data=_described(context, rule) if rule.form else None)


def _described(context: Context, rule: Rule) -> dict:
    """What the renderings say of an amount besides its figure: the form it has and, for a share, the share."""
    form = rule.form
    described: dict = {"form": form}
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
    return operands, steps


__all__ = ["Operands", "amount", "certainty", "decide", "price"]
