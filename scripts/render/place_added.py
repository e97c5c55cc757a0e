"""What stands beside the price on a place's page: what is added to it, what is given back later, and who cannot join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from calc import Policy
from calc.conditions import facts_named
from calc.dates import parse, plus_days
from calc.policy import Premium, Rule

from .cases import birth_days, first_tier, told
from .witness import counts, witness, words

if TYPE_CHECKING:
    from .place_page import PlacePage


def surcharges(place: PlacePage) -> list[Markup]:
    """What is added to the price besides, each with the least that it comes to and its clauses; none that holds under another reading alone."""
    return [line for premium in place.policy.premiums for rule in premium.surcharges if (line := surcharge(place, premium, rule))]


def surcharge(place: PlacePage, premium: Premium, rule: Rule) -> Markup | None:
    """One surcharge as a sentence: 这次补缴几个断保年度：每1个另交400元."""
    case = surcharge_case(place, rule)
    tree = next(step for step in place.site.assess(place.policy, **case).tree.children if step.kind == "premium" and step.data["id"] == premium.id)
    met = [step for step in tree.walk() if step.kind == "surcharge"]
    number = next((number for number, step in enumerate(met, 1) if list(step.clauses) == list(rule.clauses)), 0)
    if not number:
        return None
    name = f"{'' if premium.id == 'basic' else premium.id + '_'}surcharge_{number}"
    amount = place.span(case, name, sources=False)
    counted = counts({key: value for key, value in rule.data.items() if key == "times"})
    if counted:
        entry = place.policy.facts[counted[0]]
        each = entry["counted"]["zh"].format(1) if "counted" in entry else "1个"
        text = Markup(place.t("{}：每{}另交{}。", "{}: {} more for each.")).format(entry["label"][place.lang], *([each] if place.zh else []), amount)
    elif met[number - 1].value is None:
        text = Markup(place.t("{}，要另外交钱，交多少，{}。", "{}: something more is paid; how much: {}.")).format(words(place, rule.data.get("when", {})), amount)
    else:
        text = Markup(place.t("{}，另交{}。", "{}: {} more.")).format(words(place, rule.data.get("when", {})), amount)
    note = rule.data["note"][place.lang] if "note" in rule.data else ""
    return Markup("{} {} {}").format(text, note, place.figures.cite(met[number - 1].clauses))


def surcharge_case(place: PlacePage, rule: Rule) -> dict:
    """A case in which a surcharge is paid: its condition fulfilled, and one of whatever it is counted by."""
    case = told(place.window_day(), tier=first_tier(place.policy)) | witness(place.policy, rule.data.get("when", {}), place.window_day())
    if "birth_date" in case:
        case["pay_date"] = plus_days(parse(case["birth_date"]), birth_days(place.policy)[0]).isoformat()
    for name in counts(rule.data):
        case[name] = max(1, case.get(name) or 0)
    return case


def gives_back(policy: Policy) -> bool:
    """Whether any assistance of the basic premium is given back after the whole was paid."""
    return bool(policy.premiums[0].repaid)


def given_back(place: PlacePage, case: dict, brief: bool = False) -> Markup | None:
    """What is given back later in a case, with a word on how, or briefly with its sources alone; nothing where nothing is."""
    found = place.figures.value(place.policy, case, "paid_back")
    step = place.site.assess(place.policy, **case).figure_steps.get("paid_back")
    if step is None:
        return None
    told_so = None if brief else step.data.get("note")
    return place.span(case, "paid_back", sources=brief, others=False) + (Markup("<br><small>{}</small>").format(told_so[place.lang]) if told_so and (found.value or found.options) else Markup(""))


def barring(policy: Policy) -> frozenset:
    """The facts by which somebody cannot join at all."""
    return frozenset(name for entry in policy.data["periods"] if entry["status"] == "not_eligible" for name in facts_named(entry.get("when", {})))


def barred(place: PlacePage) -> list[Markup]:
    """Who cannot join: each such period by its note, or its name and condition, with its clauses."""
    found = []
    for entry in place.policy.data["periods"]:
        if entry["status"] == "not_eligible":
            note = entry["note"][place.lang] if "note" in entry else place.t(f"{entry['name']['zh']}的，不能参加。", f"{entry['name']['en']}: cannot join.")
            found.append(Markup("{} {}").format(note, place.figures.cite(entry["clauses"])))
    return found


__all__ = ["barred", "barring", "given_back", "gives_back", "surcharges"]
