"""Figures as readers see them: each printed value is an assessment's, and its cell names the case it was made for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from calc import Assessment, Case, Policy, Step
from calc.assessment import CONFLICTING
from calc.engine import evaluate
from calc.money import ASSUMED, KNOWN, NOT_STATED, NOT_TOLD, worst
from calc.readings import candidates

from .cases import condition_text, lead_text, range_text, ranges
from .site import Site, case_text
from .spread import Spread, spread
from .words import EMPTY, REFUSED, STATUS, around, text_of, unit_of

# Figures made of others: the parts by which another answer would make them another.
PARTS = {"share": ("subsidy", "standard"), "wait": ("waiting_days", "waiting_months"), "period_first": ("status",), "period_last": ("status",)}
KIND_OF_STEP = {"coverage_start": "coverage_start", "coverage_end": "coverage_end", "waiting_days": "waiting_days", "waiting_months": "waiting_months",
                "incentive": "incentive", "status": "period", "period_first": "period", "period_last": "period", "addons_pays": "add_ons", "wait": "waiting"}


class Other(NamedTuple):
    """Another value that a figure would have: under other readings of open questions, or with facts told otherwise."""

    value: object
    state: str
    readings: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, object], ...]


class Figure(NamedTuple):
    """One figure of an assessment with how it is known, what it rests on, and what else it could be."""

    name: str
    value: object
    state: str
    at_least: int
    clauses: tuple[str, ...]
    questions: tuple[str, ...]
    facts: tuple[str, ...]
    others: tuple[Other, ...]
    options: tuple[dict, ...] = ()
    spread: Spread | None = None


def hanging(found: Figure) -> tuple:
    """What a figure not told comes to by its facts: two figures are told together only where this is the same."""
    return tuple((option["fact"], option["from"], option["to"], option["outcome"]) for option in found.options) + ((found.spread,) if found.spread else ())


def figure(site: Site, policy: Policy, case: dict, name: str) -> Figure:
    """The figure of a case by its name: those of the assessment, and share, wait, period_first, period_last made of them."""
    found = site.assess(policy, **case)
    step = step_of(found, name)
    value, state = derived(name, found.figures, step)
    if name in ("period_first", "period_last"):
        others = edges(policy, found, name, value)
        state = CONFLICTING if others and value is not None else state
    else:
        others = alternatives(found, name, step, value)
    if value is None and step is not None and step.data.get("empty"):
        state = EMPTY  # no cover at all, whatever further facts would change
    if name in PARTS and state in (KNOWN, ASSUMED) and any(other.readings for other in others):
        state = CONFLICTING
    questions = list(step.questions) if step else []
    clauses = tuple(dict.fromkeys(clauses_of(step, name))) if step else ()
    facts = tuple(dict.fromkeys(fact for part in (step.children if name == "total_pays" else [step]) for fact in part.facts)) if step else ()
    if state == NOT_TOLD and not facts and name.endswith("paid_back"):  # a share of a price that hangs on facts
        facts = tuple(step_of(found, name.removesuffix("paid_back") + "pays").facts)  # type: ignore[union-attr]
    # A sum of money that hangs on a fact not told is shown for each range of that fact.
    options = ranges(policy, case, name, facts) if value is None and state == NOT_TOLD and unit_of(name) == "fen" else []
    options = options if all(option["outcome"] is not None and policy.facts[option["fact"]]["type"] != "date" for option in options) else []
    whole = spread(policy, case, name, facts) if value is None and state == NOT_TOLD and unit_of(name) == "fen" and not options else None
    if whole and whole.least == whole.most:  # whatever is told, the figure is the same
        value, state, whole = whole.least, whole.state, None
        others = [other for other in others if other.value != value]
    return Figure(name, value, state, step.at_least if step and value is None else 0, clauses, tuple(questions), facts, tuple(others), tuple(options), whole)


def step_of(found: Assessment, name: str) -> Step | None:
    """The step of the tree that holds a figure."""
    if name == "total_pays":
        return found.tree
    if name in KIND_OF_STEP:
        return next((step for step in found.tree.walk() if step.kind == KIND_OF_STEP[name]), None)
    if "surcharge_" in name:  # surcharge_1, surcharge_2 …: what is added to the price, in the order of the answer
        return surcharge_of(found, name)
    prefix, part = (name.removesuffix("paid_back").rstrip("_"), "paid_back") if name.endswith("paid_back") else name.rpartition("_")[::2]
    premium = next((step for step in found.tree.children if step.kind == "premium" and step.data["id"] == (prefix or "basic")), None)
    if premium is None or part == "pays":
        return premium
    kind = {"standard": "price", "subsidy": "assistance", "share": "assistance", "paid_back": "paid_back"}[part]
    return next((step for step in premium.children if step.kind == kind), None)


def surcharge_of(found: Assessment, name: str) -> Step | None:
    """The step of something added to the price, by its number among those of its premium."""
    prefix, _, number = name.rpartition("surcharge_")
    premium = next(step for step in found.tree.children if step.kind == "premium" and step.data["id"] == (prefix.rstrip("_") or "basic"))
    return next(iter([step for step in premium.walk() if step.kind == "surcharge"][int(number) - 1:]), None)


def clauses_of(step: Step, name: str) -> Iterable[str]:
    """The clauses a figure rests on; a total rests on those of its parts."""
    if name == "total_pays":
        return [clause for part in step.children if part.kind == "premium" or (part.kind == "add_ons" and part.value) for clause in clauses_of(part, part.kind)]
    if step.kind == "add_ons":
        return [clause for part in step.children for clause in part.clauses]
    return step.clauses


def derived(name: str, figures: dict[str, tuple], step: Step | None) -> tuple[object, str]:
    """The value and state of a figure, or of one made of others (share in percent, wait as days and months)."""
    if name == "share":
        (subsidy, one), (standard, two) = figures["subsidy"], figures["standard"]
        state = CONFLICTING if CONFLICTING in (one, two) else worst(one, two)
        if subsidy is None or standard is None:
            return None, state
        return (round(100 * subsidy / standard, 1) if standard else None), state if standard else NOT_STATED
    if name == "wait":
        (days, one), (months, two) = figures["waiting_days"], figures["waiting_months"]
        if days is None and months is None:
            return None, NOT_TOLD if NOT_TOLD in (one, two) else NOT_STATED
        states = [state for value, state in ((days, one), (months, two)) if value is not None]
        return (days, months), CONFLICTING if CONFLICTING in states else worst(*states)
    if name in ("period_first", "period_last"):
        value = step.data.get(name.removeprefix("period_")) if step else None
        return value, NOT_STATED if value is None else ASSUMED if figures["status"][1] == ASSUMED else KNOWN
    if "surcharge_" in name:
        return (step.value, step.state) if step else (None, NOT_STATED)
    return figures.get(name, (None, NOT_STATED))


def alternatives(found: Assessment, name: str, step: Step | None, value: object) -> list[Other]:
    """What a figure would be under another reading of one open question, and with one fact told otherwise."""
    parts = PARTS.get(name, (name,))
    others: dict[object, Other] = {}
    for alternative in found.alternatives:
        if not any(part in alternative.figures for part in parts):
            continue
        if len(alternative.readings) > 1:
            continue
        # A state of "conflicting" belongs to the base answer; under one reading nothing conflicts.
        base = {part: (figure, KNOWN if state == CONFLICTING else state) for part, (figure, state) in found.figures.items()}
        other, state = derived(name, {**base, **alternative.figures}, step)
        if name in ("addons_pays", "total_pays") and alternative.readings and refused(alternative.result):
            other, state = len(found.case.add_ons), REFUSED
        key = (other, state == REFUSED, bool(alternative.readings))
        if other != value and key not in others:
            others[key] = Other(other, state, tuple(alternative.readings.items()), tuple(alternative.facts.items()))
    return list(others.values())


def refused(found: Assessment) -> bool:
    """Whether an answer refuses the voluntary insurances as they were chosen."""
    return any(step.kind == "add_ons" and step.data.get("refused") for step in found.tree.children)


def firm(policy: Policy, case: dict, name: str, fact: str, value: object) -> bool:
    """Whether a figure with one fact told hangs on no further fact: only then can it be said of everybody to whom that fact applies."""
    told = Case.parse(case, policy).with_fact(fact, value)
    base = evaluate(policy, told)
    return all(evaluate(policy, told.with_fact(other, tried)).value(name) == base.value(name)
               for other in base.assumed if other in policy.facts for tried in candidates(policy, told, other))


def edges(policy: Policy, found: Assessment, name: str, value: object) -> list[Other]:
    """Other first or last days of the period, under each reading of the questions that had a say in it."""
    others: dict[object, Other] = {}
    for question in found.touched:
        for reading in policy.questions[question]["readings"]:
            if reading["id"] == policy.reading_default(question):
                continue
            other = evaluate(policy, found.case, {question: reading["id"]})  # type: ignore[arg-type]
            day_then = derived(name, other.figures, step_of(other, name))[0]
            # Only a period that still applies has an edge to compare.
            if day_then is not None and day_then != value and other.figures["status"][0] == found.figures["status"][0]:
                others.setdefault(day_then, Other(day_then, KNOWN, ((question, reading["id"]),), ()))
    return list(others.values())


# -- as HTML -----------------------------------------------------------------------------------------------

MOST_CITED = 6
CLASSES = {CONFLICTING: "conflict", ASSUMED: "assumed", NOT_STATED: "not-stated", NOT_TOLD: "not-told"}


class Figures:
    """The cells of one page: prints figures of cases, each with the case it came from and, where asked, its sources."""

    def __init__(self, site: Site, lang: str, path: str) -> None:
        self.site, self.lang, self.path = site, lang, path
        self.zh = lang == "zh"

    def value(self, policy: Policy, case: dict, name: str) -> Figure:
        """A figure as data."""
        return figure(self.site, policy, case, name)

    def text(self, policy: Policy, case: dict, name: str) -> str:
        """A figure as plain text, for descriptions and charts."""
        found = self.value(policy, case, name)
        if found.options:
            low, high = (text_of(name, pick(option["outcome"] for option in found.options), KNOWN, self.lang) for pick in (min, max))
            return f"{low}至{high}" if self.zh else f"{low} to {high}"
        if found.spread:
            return self.extent(found)
        return text_of(name, found.value, found.state, self.lang, found.at_least)

    def extent(self, found: Figure) -> str:
        """The least and the most that a figure comes to by facts not told: 390元至430元."""
        least, most = (text_of(found.name, value, found.spread.state, self.lang) for value in (found.spread.least, found.spread.most))  # type: ignore[union-attr]
        return f"{least}至{most}" if self.zh else f"{least} to {most}"

    def span(self, policy: Policy, case: dict, name: str, sources: bool = False, others: bool = True, facts: frozenset | None = None) -> Markup:
        """A figure in running text, with its case, its other readings and, where asked, its sources."""
        return self._element("span", policy, case, name, sources, others, facts, "", "fig")

    def said(self, policy: Policy, case: dict, name: str, sources: bool = False, others: bool = True) -> Markup:
        """A figure with the words it needs inside a sentence, so that one not stated reads as well: 从…起报销; 从哪天起报销，通知没有写."""
        found = self.value(policy, case, name)
        return self._element("span", policy, case, name, sources, others, None, "", "fig", around(name, found.value, found.at_least, self.lang))

    def td(self, policy: Policy, case: dict, name: str, label: str = "", sources: bool = False, others: bool = True, facts: frozenset | None = None) -> Markup:
        """A figure in a cell of a table; the label is what a phone shows instead of the column's head; `facts`: those whose effect is shown."""
        kind = "num" if unit_of(name) in ("fen", "percent") else "val"
        return self._element("td", policy, case, name, sources, others, facts, label, kind)

    def _element(self, tag: str, policy: Policy, case: dict, name: str, sources: bool, others: bool, facts: frozenset | None, label: str, kind: str, words: tuple[str, str] = ("", "")) -> Markup:
        found = self.value(policy, case, name)
        inner = self.inner(policy, found, sources, others, self.told(policy, case, found, facts or frozenset()), words)
        if tag == "td":
            inner = Markup("<div>{}</div>").format(inner)
        data = Markup(' data-label="{}"').format(label) if label else Markup("")
        return Markup('<{} class="{}"{} data-policy="{}" data-case="{}" data-figure="{}">{}</{}>').format(
            Markup(tag), kind, data, policy.id, case_text(case), name, inner, Markup(tag))

    def inner(self, policy: Policy, found: Figure, sources: bool, others: bool, told: list[str], words: tuple[str, str]) -> Markup:
        """The value, marked by how it is known, then what else it could be, then its sources."""
        text = text_of(found.name, found.value, found.state, self.lang, found.at_least)
        state = CLASSES.get(found.state, "")
        kind = " words" if unit_of(found.name) in ("status", "wait") else ""
        parts = [Markup('{}<span class="v{}{}">{}</span>{}').format(words[0], kind, " " + state if state else "", text, words[1])]
        if found.options:
            parts.append(self.options(policy, found))
        if found.spread:
            names = ("、" if self.zh else ", ").join(policy.facts[fact]["label"][self.lang] for fact in found.spread.facts)
            parts.append(Markup('<span class="others">{}{}</span>').format(self.extent(found), f"，看{names}" if self.zh else f", by {names}"))
        if others:
            readings = [other for other in found.others if other.readings]
            if readings:
                parts.append(self.readings(found.name, readings))
        if told:
            parts.append(Markup('<span class="others">{}</span>').format(("；" if self.zh else "; ").join(told)))
        if sources and found.clauses:
            parts.append(self.cite(found.clauses))
        return Markup(" ").join(parts)

    def options(self, policy: Policy, found: Figure) -> Markup:
        """The figure for each range of the fact on which it hangs: 17周岁及以下 245元；18—59周岁 700元."""
        entry = policy.facts[found.options[0]["fact"]]
        items = [f"{range_text(entry, option, self.lang)} {text_of(found.name, option['outcome'], option['state'], self.lang)}" for option in found.options]
        return Markup('<span class="others">{}{}</span>').format(lead_text(entry, self.lang), ("；" if self.zh else "; ").join(items))

    def readings(self, name: str, others: list[Other]) -> Markup:
        """The figures under other readings, each linking to its open question; that one of them leaves it open is said in words."""
        known, open_ = [], []
        for other in others:
            questions = [question for question, _ in other.readings]
            title = (" + " if not self.zh else "＋").join(self.site.policies.questions[question]["topic"][self.lang] for question in questions)
            text = text_of(name, other.value, other.state, self.lang)
            if other.value is None:
                text = f"另一种理解下{text}" if self.zh else f"under another reading {text}"
            link = Markup('<a href="{}" title="{}">{}</a>').format(self.site.relative(self.path, f"questions/#{questions[0]}"), title, text)
            (open_ if other.value is None or other.state == REFUSED else known).append(link)
        listed = [Markup("{}{}").format("或：" if self.zh else "or: ", Markup("、" if self.zh else ", ").join(known))] if known else []
        return Markup('<span class="others">{}</span>').format(Markup("；" if self.zh else "; ").join(listed + open_))

    def told(self, policy: Policy, case: dict, found: Figure, facts: frozenset) -> list[str]:
        """The figures with one of these facts told otherwise than assumed, as far as they hang on nothing else: 没有本县户口的：0元."""
        items = []
        for fact in dict.fromkeys(name for other in found.others for name, _ in other.facts if name in facts):
            for entry in ranges(policy, case, found.name, [fact]):
                if entry["outcome"] != found.value and firm(policy, case, found.name, fact, entry["from"]):
                    value = text_of(found.name, entry["outcome"], entry["state"], self.lang)
                    items.append(f"{condition_text(policy, entry, self.lang)}：{value}" if self.zh else f"{condition_text(policy, entry, self.lang)}: {value}")
        return items

    def sources(self, found: Iterable[Figure]) -> Markup:
        """The source links of several figures, each clause once."""
        return self.cite([clause for figure in found for clause in figure.clauses])

    def cite(self, clauses: Iterable[str], fold: bool = False) -> Markup:
        """The source links of clauses; of a long row of them the first few, the rest folded away where there is room to unfold."""
        known = list(dict.fromkeys(clauses))
        if len(known) <= MOST_CITED:
            return self.site.cite(known, self.lang, self.path)
        first = self.site.cite(known[:3], self.lang, self.path)
        more = f"共{len(known)}条" if self.zh else f"{len(known)} clauses"
        if not fold:
            return Markup("{} <small>{}</small>").format(first, more)
        return Markup('{}<details class="sources"><summary>{}</summary>{}</details>').format(first, more, self.site.cite(known[3:], self.lang, self.path))

    def questions(self, names: Iterable[str]) -> Markup:
        """Links to open questions by their topic."""
        topics = self.site.policies.questions
        links = [Markup('<a href="{}">{}</a>').format(self.site.relative(self.path, f"questions/#{name}"), topics[name]["topic"][self.lang]) for name in dict.fromkeys(names)]
        return Markup("、" if self.zh else "; ").join(links)


__all__ = ["STATUS", "Figure", "Figures", "Other", "figure", "hanging", "text_of", "unit_of"]
