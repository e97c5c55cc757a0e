"""The result of an assessment: a tree of steps, each with its figure, how it is known, and the clauses it rests on."""

from __future__ import annotations

from datetime import date

from .money import ASSUMED, KNOWN, NOT_STATED, NOT_TOLD, Amount, worst

CONFLICTING = "conflicting"
SCHEMA_VERSION = 1


class Step:
    """One thing decided on the way to the answer.

    kind: one of KINDS. value: fen (unit "fen"), ISO date ("date"), a count ("days", "months", "years"), a code ("code") or a flag
    ("flag"); None when it is not determined. state: known, assumed, conflicting, not_stated or not_told. at_least: what is
    certain of an unknown amount. clauses: references notice/clause. questions: open questions that bear on it. facts: facts that
    were missing or assumed. data: what the renderings need besides (names, edges). children: the steps it was made from.
    """

    __slots__ = ("at_least", "children", "clauses", "data", "facts", "kind", "questions", "state", "unit", "value")

    def __init__(self, kind: str, value: object = None, unit: str = "code", state: str = KNOWN, clauses: list | tuple = (), questions: list | tuple = (),
                 facts: list | tuple = (), data: dict | None = None, children: list | None = None, at_least: int = 0) -> None:
        self.kind, self.value, self.unit, self.state = kind, value, unit, state
        self.clauses, self.questions, self.facts = clauses, questions, facts
        self.data, self.children, self.at_least = data or {}, children or [], at_least

    def to_json(self) -> dict:
        """The step as plain data; empty parts are left out."""
        out: dict = {"kind": self.kind, "value": self.value.isoformat() if isinstance(self.value, date) else self.value, "unit": self.unit, "state": self.state}
        for name in ("clauses", "questions", "facts"):
            if getattr(self, name):
                out[name] = list(getattr(self, name))
        if self.at_least:
            out["at_least"] = self.at_least
        if self.data:
            out["data"] = {key: value.isoformat() if isinstance(value, date) else value for key, value in self.data.items()}
        if self.children:
            out["steps"] = [child.to_json() for child in self.children]
        return out

    def walk(self) -> list[Step]:
        """This step and all below it, parents first."""
        found = [self]
        for child in self.children:
            found += child.walk()
        return found


def least_certain(states: list[str]) -> str:
    """The state of figures taken together: in question where one of them is, else the least certain."""
    return CONFLICTING if CONFLICTING in states else worst(*states)


def money_step(kind: str, amount: Amount, **parts: object) -> Step:
    """A step whose figure is an amount of money."""
    return Step(kind, amount.fen, "fen", amount.state, at_least=amount.at_least if amount.fen is None else 0, **parts)  # type: ignore[arg-type]


# The closed set of steps; texts.py has a sentence for each in both languages, and a test holds the two sets equal.
KINDS = ("total", "period", "premium", "contribution", "fiscal_subsidy", "price", "surcharge", "assistance", "assistance_row", "paid_back", "pays", "add_ons", "add_on",
         "coverage", "coverage_start", "coverage_end", "waiting", "waiting_days", "waiting_months", "incentive", "incentive_amount", "warning", "groups")


_MONEY = ("period", "premium", "contribution", "price", "assistance", "assistance_row", "add_ons", "add_on")  # what a sum can hang on


def missing(step: Step) -> list[str]:
    """The facts for want of which a step has no figure, the tier first; its own, else those of the steps below."""
    below = [child for child in step.children if child.state == NOT_TOLD and child.kind in _MONEY]
    facts = list(step.facts) or [fact for child in below for fact in missing(child)]
    return sorted(dict.fromkeys(facts), key=lambda fact: fact != "tier")


def marks(step: Step) -> dict:
    """What the bare value of a figure does not show: a first covered day that is an estimate, and cover of which no day is left."""
    found = {}
    if step.kind == "coverage_start" and step.data.get("estimate"):  # the last day is the end of the year, whatever the first
        found["estimate"] = True
    if step.value is None and step.data.get("empty"):
        found["empty"] = True
    return found


# The figures of a premium by the kind of the step that holds each.
PREMIUM_FIGURES = {"price": "standard", "assistance": "subsidy", "paid_back": "paid_back"}


class Assessment:
    """The answer for one case: the tree, the figures it holds by name, and what else could be the case.

    figures: name → (value, state), values as in Step. alternatives: answers under other readings of the open questions, or with
    an assumed fact told otherwise, each with only the figures that differ.
    """

    __slots__ = ("alternatives", "assumed", "case", "policy_id", "readings", "touched", "tree")

    def __init__(self, policy_id: str, case: object, tree: Step, touched: dict, assumed: dict, readings: dict) -> None:
        self.policy_id, self.case, self.tree, self.touched, self.assumed, self.readings = policy_id, case, tree, touched, assumed, readings
        self.alternatives: list[Alternative] = []

    @property
    def figure_steps(self) -> dict[str, Step]:
        """The step that holds each figure, by the figure's name (see the JSON Schema for the names)."""
        found: dict[str, Step] = {"total_pays": self.tree}
        for step in self.tree.children:
            if step.kind == "premium":
                prefix = "" if step.data["id"] == "basic" else step.data["id"] + "_"
                for part in step.children:
                    name = PREMIUM_FIGURES.get(part.kind)
                    if name:
                        found[prefix + name] = part
                found[prefix + "pays"] = step
            elif step.kind in ("coverage", "waiting"):
                found.update((part.kind, part) for part in step.children)
            elif step.kind in ("period", "add_ons", "incentive"):
                found[{"period": "status", "add_ons": "addons_pays"}.get(step.kind, step.kind)] = step
                found.update((part.kind, part) for part in step.children if part.kind == "incentive_amount")
        return found

    @property
    def figures(self) -> dict[str, tuple]:
        """The figures by name, read off the tree: (value, state)."""
        return {name: (step.value, step.state) for name, step in self.figure_steps.items()}

    def value(self, name: str) -> object:
        """One figure by its name; None when it is not determined."""
        return self.figures.get(name, (None, NOT_STATED))[0]

    def to_json(self) -> dict:
        """The whole assessment as plain data (see assessment.schema.json)."""
        return {
            "schema": SCHEMA_VERSION, "policy": self.policy_id, "case": self.case.to_json(), "readings": self.readings,  # type: ignore[attr-defined]
            "figures": {name: {"value": value.isoformat() if isinstance(value, date) else value, "state": state} for name, (value, state) in self.figures.items()},
            "tree": self.tree.to_json(), "assumed": sorted(self.assumed),
            "alternatives": [alternative.to_json() for alternative in self.alternatives],
        }


class Alternative:
    """How the answer would differ: under other readings, or with a fact that was assumed or missing told so; `result` is that answer whole."""

    __slots__ = ("facts", "figures", "readings", "result")

    def __init__(self, readings: dict, facts: dict, figures: dict, result: Assessment) -> None:
        self.readings, self.facts, self.figures, self.result = readings, facts, figures, result

    def to_json(self) -> dict:
        """The alternative as plain data."""
        return {
            "readings": self.readings, "facts": {name: value.isoformat() if isinstance(value, date) else value for name, value in self.facts.items()},
            "figures": {name: {"value": value.isoformat() if isinstance(value, date) else value, "state": state} for name, (value, state) in self.figures.items()},
        }


__all__ = ["ASSUMED", "CONFLICTING", "KINDS", "KNOWN", "NOT_STATED", "NOT_TOLD", "PREMIUM_FIGURES", "Alternative", "Assessment", "Step", "least_certain", "marks", "missing", "money_step"]
