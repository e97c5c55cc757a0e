"""The short answers on a place's page: who pays less at a glance, and one sentence before each long table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from .cases import Line, birth_days, births, first_tier, line_case, newborn, own_period, told
from .place_added import given_back
from .place_events import events_table
from .figures import hanging
from .place_newborn import payments, stretches
from .place_time import late_samples, shut_after
from .site import day

if TYPE_CHECKING:
    from .place_page import PlacePage


class Share(NamedTuple):
    """An amount to pay and who pays it, each group on its own line with its own case."""

    amount: Markup
    people: Markup


def who_less(place: PlacePage) -> list[Share]:
    """What the assisted groups pay in all at the first tier, least first; groups with the same answer stand together.

    Where nothing is stated of the first tier, the tiers of which something is stated come first.
    """
    found: dict[tuple, list[Line]] = {}
    tier = first_tier(place.policy)
    for line in place.lines:
        figure = place.figures.value(place.policy, line_case(place.policy, line, place.window_day(), tier), "total_pays")
        if not line.fund and figure.value is not None:
            continue  # named in the notice, but without assistance
        others = tuple(other.value for other in figure.others if other.readings)
        later = str(given_back(place, line_case(place.policy, line, place.window_day(), tier), brief=True) or "")
        found.setdefault((figure.value is None, figure.value or 0, figure.state, others, hanging(figure), later, elsewhere(place, line) if figure.value is None else ()), []).append(line)
    return [share(place, members, key[-1]) for key, members in sorted(found.items(), key=lambda entry: entry[0][:2])]


def elsewhere(place: PlacePage, line: Line) -> tuple:
    """The further tiers at which it is known what a line pays, with the amounts."""
    found = [(tier, place.figures.value(place.policy, line_case(place.policy, line, place.window_day(), tier), "total_pays").value) for tier in place.tiers[1:]]
    return tuple((tier, value) for tier, value in found if value is not None)


def share(place: PlacePage, members: list[Line], further: tuple) -> Share:
    """One amount with all who pay it."""
    def amount(tier: int | None) -> Markup:
        return place.figures.span(place.policy, line_case(place.policy, members[0], place.window_day(), tier), "total_pays")

    names, first = place.names(members), first_tier(place.policy)
    later = given_back(place, line_case(place.policy, members[0], place.window_day(), first), brief=True)
    if later:
        names = Markup(place.t("{} <small>（以后退还{}）</small>", "{} <small>(given back later: {})</small>")).format(names, later)
    if not further:
        return Share(amount(first), names)
    stated = Markup(place.t("，", ", ")).join(Markup(place.t("{}{}", "{}: {}")).format(place.tier_name(tier), amount(tier)) for tier, _ in further)
    return Share(stated, Markup(place.t("{} <small>{}：{}</small>", "{} <small>{}: {}</small>")).format(names, place.tier_name(first), amount(first)))


def newborn_brief(place: PlacePage) -> Markup:
    """A newborn enrolled within the first month, as one sentence; nothing where it would tell no more than the rule."""
    birth, case = births(place.policy)[1], newborn(place.policy, births(place.policy)[1], birth_days(place.policy)[0])
    silent = place.figures.value(place.policy, case, "coverage_start")
    if not any(own_period(place.policy, stretch.period) for stretch in stretches(place.site, place.policy, 1)) or (silent.value is None and not silent.others):
        return Markup("")
    return Markup(place.t("比如{}出生、第{}天办好：{}；{}；{}。", "For example, born {} and enrolled on day {}: {}; {}; {}.")).format(
        day(birth, place.lang), birth_days(place.policy)[0], payments(place, case), place.said(case, "coverage_start"), place.said(case, "wait"))


def missed_brief(place: PlacePage) -> Markup:
    """One missed year and payment inside the window, as one sentence."""
    case = told(place.window_day(), tier=first_tier(place.policy), gap_years=1)
    known = [place.figures.value(place.policy, case, name) for name in ("wait", "coverage_start")]
    if all(figure.value is None and not figure.others for figure in known):
        return Markup(place.t("断了几年再参保，要不要等、从哪天起报销，{}。 {}", "Whether there is a wait after missed years, and from when one is covered: {}. {}")).format(place.span(case, "wait", sources=False), place.figures.sources(known))
    return Markup(place.t("比如断了1年、在集中缴费期内缴费：{}；{}。 {}", "For example, one missed year and payment inside the window: {}; {}. {}")).format(
        place.said(case, "wait"), place.said(case, "coverage_start"), place.figures.sources(known))


def late_brief(place: PlacePage) -> Markup:
    """Payment soon after the window, as one sentence for each further period."""
    parts = []
    for moment in late_samples(place):
        case = told(moment, tier=first_tier(place.policy), gap_years=0)
        names = ("standard", "coverage_start", "wait")
        parts.append(Markup(place.t("{}缴费：{}；{}。 {}", "Paid {}: {}; {}. {}")).format(
            day(moment, place.lang), place.span(case, "status", sources=False), Markup(place.t("；", "; ")).join(place.said(case, name) for name in names),
            place.figures.sources([place.figures.value(place.policy, case, name) for name in names])))
    if not parts:
        return unpaid_late(place)
    return Markup("<br>").join(parts)


def unpaid_late(place: PlacePage) -> Markup:
    """After a window that nothing follows: that there is no more payment where the rules say so, else that the notice does not say."""
    shut = shut_after(place)
    if shut is None:
        return Markup(place.t("集中缴费期过了还能不能交，通知没有写。", "Whether one can pay after the window, the notice does not say."))
    case = told(shut.first, tier=first_tier(place.policy), gap_years=0)
    others = Markup(place.t('；有特别情况的，见<a href="#event-periods">另算的缴费时间</a>', '; some people have <a href="#event-periods">days of their own</a>')) if events_table(place) else ""
    return Markup(place.t("集中缴费期过了，不再办理{}。 {}", "After the window there is no more payment{}. {}")).format(others, place.figures.sources([place.figures.value(place.policy, case, "status")]))


__all__ = ["late_brief", "missed_brief", "newborn_brief", "who_less"]
