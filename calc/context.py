"""What one evaluation carries: the case, the readings in force, and what was looked at on the way."""

from __future__ import annotations

from datetime import date

from . import dates
from .case import ANCHORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .case import Case
    from .policy import Policy, Rule


class Undetermined:
    """No rule could be chosen because facts are missing that would decide."""

    __slots__ = ("facts", "rule")

    def __init__(self, facts: tuple, rule: Rule) -> None:
        self.facts, self.rule = facts, rule


def untold(how: str | dict[str, str], facts: tuple) -> tuple[str, tuple]:
    """What becomes of a rule whose condition hangs on facts that were not told, and the facts on account of which.

    Where each fact has its own: one that makes the rule fail decides before one to be asked for, and that before one taken to hold.
    """
    if isinstance(how, str):
        return how, facts
    for verdict in ("fails", "ask", "holds"):
        found = tuple(fact for fact in facts if how.get(fact, "ask") == verdict)
        if found:
            return verdict, found
    return "ask", facts


class Context:
    """One evaluation of a case under a policy and a set of readings.

    touched: the open questions whose reading had a say. assumed: missing facts for which a rule declared what to assume,
    with what was assumed. missing: scratch list of facts that the condition under test found missing.
    """

    __slots__ = ("_assisted", "active", "assisted_facts", "assumed", "case", "groups", "missing", "other_year", "period", "period_id", "placing", "policy", "shut", "start", "touched", "undetermined", "wait")

    def __init__(self, policy: Policy, case: Case, readings: dict[str, str] | None = None) -> None:
        self.policy, self.case = policy, case
        self.active = readings or {}
        self.groups = case.groups if case.groups is not None else frozenset()
        self.touched: dict[str, None] = {}
        self.assumed: dict[str, str] = {}
        self.missing: list[str] = []
        self.period: Rule | None = None
        self.period_id: str | None = None
        self.placing = False  # whether the period is being looked for
        # The policy speaks of one insured year; asked about another, only rules that say so (any_year) answer.
        self.other_year: bool = case.facts.get("for_year", policy.year) != policy.year
        self.start: date | None = None
        self.wait: dict | None = None
        self._assisted: bool | None | str = "unset"
        self.assisted_facts: tuple = ()  # the facts that would decide whether the person is assisted
        self.shut: str | None = None  # "closed" or "not_eligible" where nothing can be paid on that day, nor on a later one of the period
        self.undetermined: Undetermined | None = None  # set when the payment period itself hangs on a missing fact

    def age(self) -> int | None:
        """Completed years on the day the notice measures age (the day of payment unless the policy names another)."""
        measured = self.policy.data.get("age_on")
        return self.case.age(self.day(measured) if measured else None)

    def reading(self, question: str) -> str:
        """The reading in force for an open question; notes that it had a say."""
        self.touched[question] = None
        return self.active.get(question) or self.policy.defaults.get(question) or self.policy.reading_default(question)

    def read(self, value: object) -> object:
        """A value of the data; one that differs by reading is resolved by the reading in force."""
        while value.__class__ is dict and "by_reading" in value:  # type: ignore[operator]
            value = value[self.reading(value["by_reading"])]  # type: ignore[index]
        return value

    def count(self, value: object) -> int | None:
        """A whole number of the data, or that of a fact ({fact: NAME}); None, and noted as missing, where the fact was not told."""
        if value.__class__ is int:
            return value  # type: ignore[return-value]
        value = self.read(value)
        if value.__class__ is not dict:
            return value  # type: ignore[return-value]
        told = self.case.facts.get(value["fact"])  # type: ignore[index]
        if told is None:
            self.missing.append(value["fact"])  # type: ignore[index]
        return told  # type: ignore[return-value]

    def missed(self, mark: int) -> tuple:
        """The facts found missing since a mark, each once; they are taken off the scratch list."""
        if len(self.missing) == mark:
            return ()
        found = tuple(dict.fromkeys(self.missing[mark:]))
        del self.missing[mark:]
        return found

    def choose(self, rules: list[Rule]) -> Rule | Undetermined | None:
        """The first rule whose condition holds under the readings in force; Undetermined when a missing fact decides."""
        missing = self.missing
        single = rules.__class__ is list
        for rule in rules if single else rules.narrowed(self.case.person, self.period_id):  # type: ignore[attr-defined]
            mark, test = len(missing), rule.test if single else rule.rest
            truth = True if test is None else test(self)
            if truth is False:
                continue  # a condition that fails leaves nothing behind in `missing`
            facts = ()
            if len(missing) > mark:
                facts = tuple(missing[mark:])
                del missing[mark:]
            if rule.under is not None and self.reading(rule.under[0]) != rule.under[1]:
                continue
            if truth is True:
                return rule
            how, facts = untold(rule.if_not_told, facts)
            if how == "ask":
                return Undetermined(facts, rule)
            for fact in facts:
                self.assumed.setdefault(fact, f"{how}:{rule.id or ''}")
            if how == "holds":
                return rule
        return None

    def assisted(self) -> bool | None:
        """Whether the person is assisted under the basic premium, worked out once."""
        if self._assisted == "unset":
            from .assistance import assisted  # the rows' conditions may themselves ask this; imported late to keep one direction
            self._assisted = None  # a row that asks whether the person is assisted finds nothing decided
            self._assisted = assisted(self)
        return self._assisted  # type: ignore[return-value]

    def day(self, expression: object) -> date | None:
        """The day a date expression of the data names; None where it is not stated or its event was not told.

        A string is a day; a mapping has `date` or `anchor` (an event, or: start, year_start, year_end of the insured year),
        then in this order: plus (days, months, years), first_day_counts (the anchor's day is the first of them), after_wait,
        on (a month and day of that year or so many years later), snap, not_before, not_after.
        """
        if expression.__class__ is str:
            return dates.parse(expression)  # type: ignore[arg-type]
        expression = self.read(expression)
        if expression is None:
            return None
        if isinstance(expression, str):
            return dates.parse(expression)
        if "not_stated" in expression:
            return None
        day = self._anchor(expression)
        if day is None or len(expression) == 1:
            return day
        plus = self.read(expression.get("plus"))
        if plus:
            days, months, years = self.count(plus.get("days", 0)), self.count(plus.get("months", 0)), self.count(plus.get("years", 0))
            if days is None or months is None or years is None:
                return None
            if days:
                day = dates.plus_days(day, days)
            if months or years:
                day = dates.plus_months(day, months + 12 * years)
        if self.read(expression.get("first_day_counts", False)):
            day = dates.plus_days(day, -1)
        if "after_wait" in expression:
            day = self.after_wait(day, self.read(expression["after_wait"]))
            if day is None:
                return None
        if "on" in expression:
            on = self.read(expression["on"])
            years = self.count(on.get("years", 0))
            if years is None:
                return None
            day = date(day.year + years, on["month"], min(on["day"], dates.days_in_month(day.year + years, on["month"])))
        if "snap" in expression:
            day = dates.snap(day, self.read(expression["snap"]))
        low, high = self.day(expression.get("not_before")), self.day(expression.get("not_after"))
        if low is not None and day < low:
            day = low
        if high is not None and day > high:
            day = high
        return day

    def _anchor(self, expression: dict) -> date | None:
        if "date" in expression:
            return dates.parse(self.read(expression["date"]))
        anchor = self.read(expression["anchor"])
        if anchor == "start":
            return self.start
        if anchor == "year_start":
            return date(self.policy.year, 1, 1)
        if anchor == "year_end":
            return date(self.policy.year, 12, 31)
        found = self.case.day(anchor)
        if found is None:
            self.missing.append(ANCHORS.get(anchor, anchor))
        return found

    def after_wait(self, anchor: date, first: str) -> date | None:
        """The first covered day after the waiting period found before; `first` tells whether the anchor day itself counts.

        "not_counted": the wait begins the day after; "counted": the anchor day is its first day. Waits in calendar months
        begin with the month after the anchor and coverage with the 1st of the month after the last of them.
        """
        if not self.wait:
            return None
        if self.wait.get("calendar_months") is not None:
            return dates.plus_months(anchor.replace(day=1), self.wait["calendar_months"] + 1)
        if self.wait.get("days") is not None and not self.wait.get("use_months") and not self.wait.get("added"):
            last = dates.plus_days(anchor, self.wait["days"])
        elif self.wait.get("months") is not None:
            last = dates.plus_months(anchor, self.wait["months"])
            if self.wait.get("days") is not None and self.wait.get("added"):
                last = dates.plus_days(last, self.wait["days"])
        else:
            return None
        return last if first == "counted" else dates.plus_days(last, 1)
