"""The first sentence of an answer: how much for the year, until when to pay, from when covered or after which wait; and the range while a status is open."""

from __future__ import annotations

from .. import dates
from ..case import Case
from ..engine import evaluate
from ..money import NOT_STATED, NOT_TOLD
from . import actions, season
from .cover import brief, length, outlasting
from .payers import parts_of, premium_steps
from .season import PAYABLE
from .summary import barred, options, total_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .view import View


def headline(view: View, due: dict | None) -> str:
    """The answer in one sentence; others where the money alone would mislead (not yet, closed that day, no cover, not all of it counted).

    Where paying now could not be undone, that comes before everything.
    """
    words, state = view.words, view.steps["status"].value
    if state == "not_eligible":
        return words.run([words("headline.not_eligible"), words.of(view.period.data["note"]) if view.period and "note" in view.period.data else ""])
    if state == "closed" and not view.period_step.data.get("next_open"):
        return words("headline.closed_for_good", day=words.day(view.case.pay_date))
    if view.case.facts.get("paid_ordinary_way"):
        return words("headline.paid", year=_year(view), days=_days(view, None))
    if season.early(view):
        return words("headline.early", day=words.day(view.case.pay_date), year=view.policy.year, opening=words.day(dates.plus_days(view.period_step.data["last"], 1)))
    sentences = [words("headline.stop") if actions.stops(view) and not season.over(view) else "", _money(view, _days(view, due))]
    if state == "before_window":
        first = season.opening(view)
        sentences.append(words("headline.before", first=words.day(first)) if first else words("headline.before_undated"))
    elif state == "closed":
        sentences.append(words("headline.closed", day=words.day(view.case.pay_date), next=words.day(view.period_step.data["next_open"])))
    elif state == "not_specified" and view.tree.value is None and view.tree.state == NOT_TOLD:
        sentences.append(words("status.not_specified"))
    if view.steps["coverage_start"].data.get("empty"):
        sentences.append(words("headline.no_cover", year=view.policy.year))
    elif state in PAYABLE and (wait := outlasting(view)):
        sentences.append(words("headline.outlasted", length=wait, end=words.day(view.steps["coverage_end"].value), year=view.policy.year))  # type: ignore[arg-type]
    if missing := actions.left_out(view):
        sentences.append(words("headline.left_out", names=words.both([view.add_on_name(step.data["id"]) for step in missing])))
    if season.over(view):
        sentences.append(season.next_year(view))
    return words.run(sentences)


def names_the_last_day(view: View, due: dict | None) -> bool:
    """Whether the first sentence says until when to pay, so that the next ones need not."""
    return bool(due and view.steps["status"].value in PAYABLE and not view.steps["coverage_start"].data.get("empty"))


def _days(view: View, due: dict | None) -> str:
    """The end of the sentence: the last day to pay, and the first covered day or the wait."""
    words, found = view.words, []
    if view.steps["status"].value not in PAYABLE or view.steps["coverage_start"].data.get("empty"):
        return ""
    if names_the_last_day(view, due):
        found.append(words.inner(due["text"]).rstrip("。."))  # type: ignore[index]
    return "".join(words.part("headline.and", text=text) for text in [*found, brief(view)])


def _money(view: View, days: str) -> str:
    words, total, status = view.words, view.tree, view.steps["status"]
    silent = status.value == "not_specified"
    if total.value is not None:
        if silent:
            return words("headline.not_specified_known", day=words.day(view.case.pay_date), total=words.money(total.value))  # type: ignore[arg-type]
        return _known(view, days)
    if total.state == NOT_TOLD:
        facts = view.missing(total)
        listed = options(view, facts[0]) if facts and (len(facts) == 1 or facts[0] == "tier") else []
        if len(listed) > 1:
            return words("headline.options", year=_year(view), fact=view.fact_label(facts[0]), options=words.series(listed), days=days)
        return words("headline.needs", year=_year(view), facts=view.fact_labels(facts), days=days) if facts else words("headline.unknown", days=days)
    if silent:
        return words("headline.over", year=view.policy.year) if season.over(view) else words("headline.not_specified", day=words.day(view.case.pay_date))
    if status.value == "late" and barred(view) and view.steps["standard"].state == NOT_STATED:
        wait = length(view)
        return words("headline.late_open", wait=words.part("headline.late_wait", length=wait) if wait else "")
    floor = words.money(total.at_least)
    if status.value == "full_cost":
        return words("headline.full_cost", floor=floor, days=days) if total.at_least else words("headline.full_cost_unknown", days=days)
    if total.at_least:
        return words("headline.at_least", floor=floor, days=days)
    prices = [parts_of(step)["price"].value for step in premium_steps(view)]
    if all(price is not None for price in prices):
        return words("headline.assistance_unknown", standard=words.money(sum(prices)), days=days)  # type: ignore[arg-type]
    return words("headline.unknown", days=days)


def _known(view: View, days: str) -> str:
    words, total, year = view.words, view.tree.value, _year(view)
    parts = total_parts(view)
    if total:
        if len(parts) > 1:
            return words("headline.parts", year=year, total=words.money(total), parts=words.parts([_part(view, *part) for part in parts]), days=days)  # type: ignore[arg-type]
        return words("headline.total", year=year, total=words.money(total), days=days)  # type: ignore[arg-type]
    prices = [(words.inner(view.premium_name(step.data["id"])), parts_of(step)["price"].value) for step in premium_steps(view)]
    assisted = [part for part in prices if part[1]]
    if assisted and all(price is not None for _, price in prices):
        return words("headline.nothing_assisted", year=year, parts=words.parts([_part(view, *part) for part in assisted]), days=days)
    return words("headline.nothing", year=year, days=days)


def _year(view: View) -> int:
    return view.case.facts.get("for_year", view.policy.year)  # type: ignore[return-value]


def _part(view: View, name: str, fen: int) -> str:
    return view.words.part("part", name=name, amount=view.words.money(fen))


def with_a_status(view: View) -> str:
    """What the total would be, from the least to the most, if the person belonged to one of the groups assisted here; empty once that is told."""
    if view.case.groups is not None or season.early(view) or view.steps["status"].value not in (*PAYABLE, "before_window"):
        return ""
    named = {group for premium in view.policy.premiums for row in premium.assistance_rows for group in row.groups}
    tiers = view.policy.tiers if view.policy.tiers and view.case.tier is None else [view.case.tier]
    case, found = view.case, set()
    for tier in tiers:
        unassisted = None
        for group in [None, *sorted(named)]:
            other = Case(case.person, case.pay_date, frozenset([group] if group else []), tier, case.add_ons, case.facts, ())
            total = evaluate(view.policy, other, view.assessment.readings).tree.value
            if group is None:
                unassisted = total
            elif total is not None and unassisted is not None and total < unassisted:  # type: ignore[operator]
                found.add(total)
    if not found:
        return ""
    low, high = view.words.money(min(found)), view.words.money(max(found))  # type: ignore[arg-type]
    return view.words("summary.with_status.one" if low == high else "summary.with_status.tier" if len(tiers) > 1 else "summary.with_status", low=low, high=high)
