"""Newborns on a place's page: the rule first, as the days of birth and payment make it, then an example, then a table of examples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from calc import Case, Policy
from calc.dates import plus_days
from calc.engine import evaluate

from .anchors import anchor, moves
from .cases import birth_days, births, newborn, own_period
from .place_time import covered
from .site import Site, day
from .tables import Table

if TYPE_CHECKING:
    from .place_page import PlacePage

FIGURES = ("status", "total_pays", "coverage_start", "wait")  # what a sentence about a newborn rests on


class Stretch(NamedTuple):
    """Days after birth in a row that lie in the same period: the period, the first of them and the last."""

    period: str | None
    first: int
    last: int


def stretches(site: Site, policy: Policy, place_in_list: int) -> list[Stretch]:
    """The periods that a newborn meets from birth to the end of the insured year, for the first or second of the days of birth shown."""
    return site.once(("stretches", site.rules_id(policy), place_in_list), lambda: _stretches(policy, place_in_list))


def _stretches(policy: Policy, place_in_list: int) -> list[Stretch]:
    found: list[Stretch] = []
    for after in range((date(policy.year, 12, 31) - births(policy)[place_in_list]).days + 1):
        period = evaluate(policy, Case.parse(newborn(policy, births(policy)[place_in_list], after), policy)).tree.data["period"]
        if found and found[-1].period == period:
            found[-1] = found[-1]._replace(last=after)
        else:
            found.append(Stretch(period, after, after))
    return found


def named(place: PlacePage) -> bool:
    """Whether the notice speaks of newborns at all."""
    words = [word for word in place.site.policies.vocabulary.persons["newborn"]["words"] if not word.isascii()]
    quotes = [clause["quote"] for notice in place.policy.data["notices"] for clause in place.site.policies.notices[notice]["clauses"].values()]
    return any(word in quote for word in words for quote in quotes)


def newborn_rule(place: PlacePage) -> list[Markup]:
    """The rule in sentences: each period of newborns, what holds after it, and babies of the year before."""
    policy = place.policy
    autumn, spring = (stretches(place.site, policy, number) for number in (0, 1))
    if not any(own_period(policy, stretch.period) for stretch in (*autumn, *spring)):
        return [unruled(place)]
    found, ordinary = [], False
    for stretch in spring:
        if own_period(policy, stretch.period):
            found.append(ruled(place, stretch, 1))
        elif not ordinary and stretch.first:
            found.append(afterwards(place, stretch))
            ordinary = True
    met = {stretch.period for stretch in spring}
    found += [ruled(place, stretch, 0) for stretch in autumn if own_period(policy, stretch.period) and stretch.period not in met]
    return [*found, year_before(place)]


def payments(place: PlacePage, case: dict) -> Markup:
    """What is paid for a newborn in all, at each tier."""
    return Markup(place.t("，", ", ")).join(Markup("{}{}").format(f"{name}{place.t('', ': ')}" if (name := place.tier_name(tier)) else "", place.said({**case, **({"tier": tier} if tier is not None else {})}, "total_pays", others=False))
                                           for tier in place.tiers)


def ruled(place: PlacePage, stretch: Stretch, number: int) -> Markup:
    """One period of newborns as a sentence: until when, what is paid, from when covered, which wait; what is unclear of it is linked."""
    policy, birth = place.policy, births(place.policy)[number]
    entry = next(entry for entry in policy.data["periods"] if entry["id"] == stretch.period)
    middle = (stretch.first + stretch.last) // 2
    cases = [newborn(policy, birth, after) for after in sorted({stretch.first, middle, min(middle + 1, stretch.last)})]
    case = cases[0]
    by_date = not isinstance(entry.get("to"), dict)
    until = Markup(place.t("（到{}）", " (until {})")).format(place.span(case, "period_last", sources=False, others=False)) if by_date and place.figures.value(policy, case, "period_last").value else ""
    free = place.figures.value(policy, case, "total_pays").value == 0
    enrol = "" if entry["status"] != "open" else place.t("登记" if free else "登记并缴费", ", registered" if free else ", registered and paid for")
    return Markup(place.t("{}{}{}：{}；{}。{} {}", "{}{}{}: {}; {}.{} {}")).format(
        entry["name"][place.lang], until, enrol, payments(place, case), from_when(place, case, first_day(place, cases)), place.unclear(case, FIGURES), sources(place, case))


def from_when(place: PlacePage, case: dict, first: Markup | None = None) -> Markup:
    """From when a newborn is covered and after which wait; that neither is stated is said once."""
    if all(place.figures.value(place.policy, case, name).value is None for name in ("coverage_start", "wait")):
        return Markup(place.t("从哪天起报销、要不要等，{}", "from when the baby is covered and whether there is a wait: {}")).format(place.span(case, "coverage_start", sources=False, others=False))
    return Markup(place.t("{}；{}", "{}; {}")).format(first or place.said(case, "coverage_start", others=False), place.said(case, "wait", others=False))


def first_day(place: PlacePage, cases: list[dict]) -> Markup:
    """From when a newborn is covered: counted from birth or payment, in words, or a day of the calendar."""
    covered_cases = [case for case in cases if place.figures.value(place.policy, case, "coverage_start").value]
    rule = anchor(place.policy, covered_cases) if covered_cases else None
    if rule is None and moves(place.policy, covered_cases):
        return Markup(place.t("从哪天起报销，看哪天缴费", "from when one is covered depends on the day of payment"))
    if rule is None:
        return place.said(cases[0], "coverage_start", others=False)
    return Markup(place.t(f"从{rule.zh}起报销", f"covered from {rule.en}"))


def sources(place: PlacePage, case: dict) -> Markup:
    """The clauses on which the figures of a newborn's case rest."""
    return place.figures.sources([place.figures.value(place.policy, case, name) for name in FIGURES])


def afterwards(place: PlacePage, stretch: Stretch) -> Markup:
    """What holds once the newborns' own period is over: the rules of ordinary residents, or nothing stated."""
    case = newborn(place.policy, births(place.policy)[1], stretch.first)
    if place.figures.value(place.policy, case, "status").value == "not_specified":
        return Markup(place.t("过了这个时间：{}。", "After that: {}.")).format(place.span(case, "status"))
    if place.figures.value(place.policy, case, "status").value == "closed":
        return Markup(place.t("过了这个时间，这一天不在缴费期内的，{}。 {}", "After that, on a day outside the window: {}. {}")).format(place.span(case, "status", sources=False), sources(place, case))
    return Markup(place.t('超过这个时间，按普通居民的规定办，见<a href="#late">来晚了怎么办</a>。{} {}', 'After that the rules for ordinary residents apply, see <a href="#late">coming late</a>.{} {}')).format(place.unclear(case, ("status", "wait")), sources(place, case))


def year_before(place: PlacePage) -> Markup:
    """A baby born in the year before, by example."""
    birth = births(place.policy)[0]
    case = newborn(place.policy, birth, birth_days(place.policy)[0])
    return Markup(place.t("上一年出生的，要交这一年度的：比如{}出生、第{}天缴费，{}；{}。{}", "A baby of the year before, for this year: for example, born {} and paid for on day {}, {}; {}.{}")).format(
        day(birth, place.lang), birth_days(place.policy)[0], payments(place, case), from_when(place, case), place.unclear(case, FIGURES))


def unruled(place: PlacePage) -> Markup:
    """A notice without rules for newborns: what holds for everybody inside the window, and what to ask."""
    if not named(place):
        return Markup(place.t("这份通知没有提到新生儿。尽早登记，先问医保部门。", "This notice does not mention newborns. Register early and ask the healthcare security office."))
    case = newborn(place.policy, births(place.policy)[0], birth_days(place.policy)[0])
    silent = all(place.figures.value(place.policy, case, name).value is None for name in ("coverage_start", "wait"))
    paid = payments(place, case)
    if silent:
        rest = Markup(place.t("多少天内办、从哪天起报销、要不要等，{}", "Within how many days to enrol, from when the baby is covered and whether there is a wait: {}")).format(place.span(case, "coverage_start", others=False))
    else:
        rest = Markup(place.t("多少天内办，通知没有写；{}；{}", "Within how many days to enrol is not stated; {}; {}")).format(place.said(case, "coverage_start"), place.said(case, "wait"))
    return Markup(place.t("新生儿可以参保。在集中缴费期内，{}。{}。尽早办，先问医保部门。 {}", "Newborns can enrol. Inside the window: {}. {}. Do it early and ask the healthcare security office. {}")).format(
        paid, rest, place.figures.sources([place.figures.value(place.policy, case, "total_pays")]))


def newborn_table(place: PlacePage) -> Table:
    """Newborns by day of birth and day of payment: within their own period, on the day after, later."""
    head = [place.t("哪天出生、第几天缴费", "Born on, paid on day"), place.t("时段", "Period")]
    head += [place.head(tier, *place.total_words) for tier in place.tiers]
    head += [place.t("哪天起报销、到哪天止", "Covered"), place.t("等待期", "Wait")]
    table = Table(place.figures, "newborn-table", place.t("新生儿：按出生日和缴费日举例", "Newborns: examples by day of birth and of payment"), head)
    for birth in births(place.policy):
        for after in birth_days(place.policy):
            case = newborn(place.policy, birth, after)
            paid = plus_days(birth, after)
            title = Markup(place.t("{}出生<br>{}缴费（出生后第{}天）", "born {}<br>paid {} (day {} after birth)")).format(day(birth, place.lang), day(paid, place.lang), after)
            table.row(title, newborn_period(place, case), *[place.ask(newborn(place.policy, birth, after, tier), "total_pays") for tier in place.tiers],
                      covered(place, case, case), place.ask(case, "wait"), extra=place.figures.value(place.policy, case, "coverage_start").clauses, link=place.calculator(case))
    return table


def newborn_period(place: PlacePage, case: dict) -> Markup:
    """The period a newborn's payment falls in, with its status."""
    step = next(step for step in place.site.assess(place.policy, **case).tree.walk() if step.kind == "period")
    name = next((entry["name"][place.lang] for entry in place.policy.data["periods"] if entry["id"] == step.data.get("period")), "")
    status = place.figures.span(place.policy, case, "status")
    return Markup("{}<br><small>{}</small>").format(name, status) if name else status


__all__ = ["newborn_rule", "newborn_table"]
