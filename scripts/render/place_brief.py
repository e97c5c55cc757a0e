"""The short answers on a place's page: who pays less at a glance, and one sentence before each long table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from .cases import BIRTH_DAYS, births, first_tier, line_case, newborn, told
from .place_time import late_samples
from .site import day

if TYPE_CHECKING:
    from .place_money import PlacePage


class Share(NamedTuple):
    """An amount to pay and who pays it, each group on its own line with its own case."""

    amount: Markup
    people: Markup


def who_less(place: PlacePage) -> list[Share]:
    """What the assisted groups pay in all at the first tier, least first; groups with the same answer stand together."""
    found: dict[tuple, list] = {}
    tier = first_tier(place.policy)
    for line in place.lines:
        case = line_case(place.policy, line, place.window_day(), tier)
        figure = place.figures.value(place.policy, case, "total_pays")
        if not line.fund and figure.value is not None:
            continue  # named in the notice, but without assistance
        others = tuple(other.value for other in figure.others if other.readings)
        found.setdefault((figure.value is None, figure.value or 0, figure.state, others), []).append((line, case))
    shares = []
    for _, members in sorted(found.items(), key=lambda entry: entry[0][:2]):
        names = Markup(place.t("、", "; ")).join(place.line_name(line) for line, _ in members)
        shares.append(Share(place.figures.span(place.policy, members[0][1], "total_pays"), names))
    return shares


def newborn_brief(place: PlacePage) -> Markup:
    """A newborn enrolled within the first month, as one sentence."""
    birth = births(place.policy)[1]
    case = newborn(place.policy, birth, BIRTH_DAYS[0])
    prices = Markup(place.t("、", " / ")).join(
        Markup("{}{}").format(place.tier_name(tier), place.figures.span(place.policy, newborn(place.policy, birth, BIRTH_DAYS[0], tier), "total_pays")) for tier in place.tiers)
    return Markup(place.t("比如{}出生、第{}天办好：交{}，从{}起报销，等待期：{}。", "For example, born {} and enrolled on day {}: pays {}, covered from {}, wait: {}.")).format(
        day(birth, place.lang), BIRTH_DAYS[0], prices, place.span(case, "coverage_start"), place.span(case, "wait"))


def missed_brief(place: PlacePage) -> Markup:
    """One missed year and payment inside the window, as one sentence."""
    case = told(place.window_day(), tier=first_tier(place.policy), gap_years=1)
    return Markup(place.t("比如断了1年、在集中缴费期内缴费：等待期：{}，从{}起报销。", "For example, one missed year and payment inside the window: wait: {}, covered from {}.")).format(
        place.span(case, "wait"), place.span(case, "coverage_start"))


def late_brief(place: PlacePage) -> Markup:
    """Payment soon after the window, as one sentence for each further period."""
    parts = []
    for moment in late_samples(place):
        case = told(moment, tier=first_tier(place.policy), gap_years=0)
        parts.append(Markup(place.t("{}缴费：{}，标准{}，从{}起报销，等待期：{}。", "Paid {}: {}, price {}, covered from {}, wait: {}.")).format(
            day(moment, place.lang), place.span(case, "status", sources=False), place.span(case, "standard"), place.span(case, "coverage_start"), place.span(case, "wait")))
    if not parts:
        return Markup(place.t("集中缴费期过了还能不能缴，通知没有写。", "Whether one can pay after the window, the notice does not say."))
    return Markup("<br>").join(parts)
