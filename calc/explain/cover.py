"""From when to when one is covered and after which wait: in a sentence each, and in short for the first sentence of the answer."""

from __future__ import annotations

from ..assessment import CONFLICTING
from ..dates import plus_days, plus_months
from ..money import NOT_TOLD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..assessment import Assessment
    from .view import View


def coverage_text(view: View) -> str:
    """From when to when the person is covered."""
    words, start, end = view.words, view.steps["coverage_start"], view.steps["coverage_end"]
    if start.data.get("empty"):
        return words("cover.empty", start=words.day(start.data["would_start"]), end=words.day(start.data["would_end"]))
    days = {name: words.day(step.value) for name, step in (("start", start), ("end", end)) if step.value is not None}  # type: ignore[arg-type]
    if "start" in days:
        days["start"] += _provided(view)
    if "start" in days:
        name = "cover.estimate" if start.data.get("estimate") else "cover.from_to"
        if "end" not in days:
            name = "cover.estimate_from" if start.data.get("estimate") else "cover.from"
    elif start.state == NOT_TOLD and view.missing(start):
        name, days["facts"] = ("cover.until_told" if "end" in days else "cover.not_told"), view.fact_labels(view.missing(start))
    else:
        name = "cover.until" if "end" in days else "cover.not_stated"
    text = words(name, **days)
    return words.run([text, words("cover.conflict")]) if start.state == CONFLICTING else text


def waiting_text(view: View) -> str:
    """How long one must wait after payment."""
    words, days, months = view.words, view.steps["waiting_days"], view.steps["waiting_months"]
    if days.value == 0 and not months.value:
        return words("wait.none")
    if days.value and months.value:
        name = "wait.added" if months.data.get("added_up") else "wait.both.counted" if months.data.get("missed_years") else "wait.both"
        return words(name, days=view.text(days), months=view.text(months))
    if days.value or months.value:
        step = months if months.value else days
        return words("wait.calendar" if months.value and months.data.get("calendar") else "wait.count", length=view.text(step))
    if months.value == 0:
        return words("wait.none")
    facts = _deciding(view)
    return words("wait.not_told", facts=view.fact_labels(facts)) if facts else words("wait.not_stated")


def _deciding(view: View) -> list[str]:
    """The facts, not told, on which the wait hangs."""
    for step in (view.steps["waiting_months"], view.steps["waiting_days"]):
        if step.value is None and step.state == NOT_TOLD and view.missing(step):
            return view.missing(step)
    return []


def brief(view: View) -> str:
    """In short: the first covered day, or the wait where there is one, with what else it may be; never silent about either."""
    words, start, wait = view.words, view.steps["coverage_start"], length(view)
    facts, estimate = _deciding(view), view.steps["coverage_start"].data.get("estimate")
    if start.value is None:
        if wait:
            return words.part("headline.wait", length=wait, open=_open(view, _other_waits(view)))
        asked = view.missing(start) if start.state == NOT_TOLD else facts
        return words.part("headline.cover_told", facts=view.fact_labels(asked)) if asked else words.part("headline.cover_not_stated")
    day = words.day(start.value) + _provided(view)  # type: ignore[arg-type]
    if wait:
        return words.part("headline.wait_about" if estimate else "headline.wait_from", length=wait, open=_open(view, _other_waits(view)), start=day)
    if facts:
        return words.part("headline.from_told", start=day, facts=view.fact_labels(facts))
    others = [words.part("headline.other_wait", length=other) for other in _other_waits(view)] + _other_starts(view)
    return words.part("headline.about" if estimate else "headline.from", start=day, open=_open(view, others))


def _provided(view: View) -> str:
    """The condition under which the first covered day holds: facts taken for granted that, told otherwise, leave it not stated or another day."""
    words, assumed = view.words, view.assessment.assumed
    facts = dict.fromkeys(fact for other in view.assessment.alternatives if "coverage_start" in other.figures and not other.readings for fact in other.facts if fact in assumed)
    named = [fact for fact in facts if words.has(f"headline.provided.{fact}")]
    labels = [view.fact_label(fact) for fact in facts if fact not in named]
    return "".join([*(words.part(f"headline.provided.{fact}") for fact in named), words.part("headline.provided", facts=words.both(labels)) if labels else ""])


def _open(view: View, others: list[str]) -> str:
    return view.words.part("headline.open", others=view.words.either(others)) if others else ""


def length(view: View) -> str:
    """The length of the wait in words: both where the notice counts it in two ways that come to much the same, else the longer; empty for none or where it is not known."""
    return view.words.either(_said(view))


def _said(view: View) -> list[str]:
    told = _lengths(view, view.assessment)
    return [text for text, days in told if days > told[-1][1] - _CLOSE]


def outlasting(view: View) -> str:
    """The wait, in words, that is over only after the last covered day, where the notice does not say the first; empty where none is."""
    start, end, day = view.steps["coverage_start"], view.steps["coverage_end"], view.case.pay_date
    months, days = view.steps["waiting_months"], view.steps["waiting_days"]
    if start.value is not None or end.value is None:
        return ""
    if months.value and plus_months(day, months.value) > end.value:  # type: ignore[arg-type, operator]
        return view.text(months)
    return view.text(days) if days.value and plus_days(day, days.value) > end.value else ""  # type: ignore[arg-type, operator]


_CLOSE = 4  # days: 90 days and 3 months are the same wait to whoever waits


def _lengths(view: View, result: Assessment) -> list[tuple[str, int]]:
    """The waits that an answer tells, the shorter first, each with about so many days; empty for none."""
    words, counted = view.words, [(result.value("waiting_days"), "days", 1), (result.value("waiting_months"), "months", 30)]
    told = sorted(((words.count(number, unit), number * days) for number, unit, days in counted if number), key=lambda entry: entry[1])  # type: ignore[arg-type, operator]
    if len(told) == 2 and result.figure_steps["waiting_months"].data.get("added_up"):
        return [(words.part("wait.sum", days=told[0][0], months=told[1][0]), told[0][1] + told[1][1])]
    return told


def _read_otherwise(view: View) -> list[Assessment]:
    """The answers with one open question read otherwise."""
    return [alternative.result for alternative in view.assessment.alternatives if len(alternative.readings) == 1]


def _other_waits(view: View) -> list[str]:
    """What else the wait may be, by the notice's other sentence or another reading, the longest first, no wait at all last."""
    said, found = _said(view), dict(_lengths(view, view.assessment))
    for other in _read_otherwise(view):
        found.update(_lengths(view, other))
        if said and _no_wait(other):
            found[view.words.part("wait.short_none")] = 0
    return sorted((told for told in found if told not in said), key=lambda told: -found[told])


def _no_wait(result: Assessment) -> bool:
    return result.value("waiting_days") == 0 and not result.value("waiting_months")


def _other_starts(view: View) -> list[str]:
    """The first covered days under other readings that leave the wait as it is; an estimate says already that it is not certain to the day."""
    start, waits = view.steps["coverage_start"], _lengths(view, view.assessment)
    if start.data.get("estimate"):
        return []
    days = {other.value("coverage_start") for other in _read_otherwise(view) if _lengths(view, other) == waits}
    return [view.words.part("headline.other_start", start=view.words.day(day)) for day in sorted(day for day in days if day is not None and day != start.value)]  # type: ignore[arg-type, type-var]
