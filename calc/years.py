"""One place in several years: what changed in each figure from one year to the next, and what a change of the total is made of."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from .assessment import marks
from .dates import parse
from .explain.due import pay_by
from .explain.view import View
from .money import NOT_TOLD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .assessment import Assessment, Step
    from .policy import PolicySet
    from .texts import Words


def year_by_year(policies: PolicySet, results: list[Assessment], lang: str) -> list[dict]:
    """What changed between each year and the next, in one language; results: the same case under the years of one place.

    figures: name → {text, differs}. total: both totals and what the change is made of; empty where a total is not known.
    """
    views = sorted((View(policies, result, lang) for result in results), key=lambda view: view.policy.year)
    return [Change(one, two).to_json() for one, two in pairwise(views)]


class Change:
    """Two years of one place, the earlier first."""

    def __init__(self, one: View, two: View) -> None:
        self.words: Words = one.words
        self.views, self.steps = (one, two), (one.steps, two.steps)
        self.years = (one.policy.year, two.policy.year)

    def to_json(self) -> dict:
        """The changes as plain data."""
        told = {name: self.figure(name) for name in dict.fromkeys([*self.steps[0], *self.steps[1]])}
        last = [pay_by(view) for view in self.views]
        if any(last):
            days = [parse(found["date"]) if found else None for found in last]
            told["pay_by"] = self.words.part("years.other") if None in days else "" if self.same_day(*days) else self.words.part("years.other_day")  # type: ignore[arg-type]
        figures = {name: {"text": text or self.alike(name), "differs": bool(text)} for name, text in told.items()}
        return {"from": self.views[0].policy.id, "to": self.views[1].policy.id, "figures": figures, "total": self.total()}

    def alike(self, name: str) -> str:
        """How a figure is the same in both years."""
        one = self.steps[0].get(name)
        if one is None or (one.unit == "date" and one.value):
            return self.words.part("years.same_day")
        return self.words.part("years.same" if one.value is not None or one.data.get("empty") else "years.neither")

    def figure(self, name: str) -> str:
        """What changed in one figure; nothing where it is the same, or stands in neither year."""
        words, (one, two) = self.words, (steps.get(name) for steps in self.steps)
        if one is None or two is None:
            return words.part("years.no_rule", year=self.years[0 if one is None else 1])
        if one.value is None or two.value is None:
            if one.value is two.value and (one.state, one.at_least, marks(one)) == (two.state, two.at_least, marks(two)):
                return ""
            return words.series([self.silent(step, year) for step, year in zip((one, two), self.years, strict=True) if step.value is None])
        if one.unit == "fen":
            return self.amount(one, two)
        if one.unit == "date":
            return "" if self.same_day(one.value, two.value) else words.part("years.other_day")  # type: ignore[arg-type]
        return "" if one.value == two.value else words.part("years.other")

    def silent(self, step: Step, year: int) -> str:
        """Why a figure of one year has no value."""
        return self.words.part("years.empty" if step.data.get("empty") else "years.not_told" if step.state == NOT_TOLD else "years.not_stated", year=year)

    def amount(self, one: Step, two: Step) -> str:
        """By how much an amount is more or less."""
        change = two.value - one.value  # type: ignore[operator]
        return self.words.part("years.more" if change > 0 else "years.less", amount=self.words.money(abs(change))) if change else ""

    def same_day(self, one: date, two: date) -> bool:
        """Whether two dates fall on the same day of their insured years."""
        return (one.month, one.day) == (two.month, two.day) and two.year - one.year == self.years[1] - self.years[0]

    def total(self) -> str:
        """Both totals, the change, and what it is made of; empty where a total is not known or they agree part by part."""
        one, two = (steps["total_pays"] for steps in self.steps)
        parts = [text for text in (self.premium(name, text) for name, text in self.premiums().items()) if text]
        if one.value is None or two.value is None or not parts:
            return ""
        words = self.words
        return words("years.total", one=self.years[0], before=words.money(one.value), two=self.years[1], after=words.money(two.value),  # type: ignore[arg-type]
                     change=self.amount(one, two) or words.part("years.same"), parts=words.series(parts))

    def premiums(self) -> dict[str, str]:
        """The premiums of both years by their prefix among the figures, with their names."""
        return {"" if premium.id == "basic" else f"{premium.id}_": self.words.of(premium.data["name"]) for view in self.views for premium in view.policy.premiums}

    def premium(self, prefix: str, name: str) -> str:
        """What changed in one premium: in what is paid, and in the price and the assistance that make it; or that one year alone has it."""
        words, (one, two) = self.words, (steps.get(f"{prefix}pays") for steps in self.steps)
        if one is None or two is None:
            there = one or two
            if there.value is None:  # type: ignore[union-attr]
                return ""
            year, other = self.years if two is None else self.years[::-1]
            return words.part("years.one_year", name=name, amount=words.money(there.value), year=year, other=other)  # type: ignore[arg-type, union-attr]
        made = [words.part(f"years.{part}", change=change) for part in ("standard", "subsidy") if (change := self.figure(prefix + part))]
        change = self.figure(f"{prefix}pays") or words.part("years.same")
        return words.part("years.premium", name=name, change=change, made=words.part("years.made", parts=words.parts(made))) if made else ""
