"""One page for each place and year: the questions of a resident in their order, each figure worked out by the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from calc import Policy
from calc.dates import plus_days

from . import asked, place_added, place_brief, place_events, place_extras, place_money, place_newborn, place_time
from .cases import first_tier, followers, told, window_day
from .charts_money import who_pays
from .charts_year import year_chart
from .figures import Figures
from .place_page import PlacePage
from .site import Page, Site, day


def pages(site: Site, lang: str) -> Iterator[Page]:
    """The page of every policy; a policy that others follow also lists them."""
    for policy in site.all_policies:
        yield page(site, policy, lang)


def page(site: Site, policy: Policy, lang: str) -> Page:
    """The page of one place and year."""
    path = site.place_path(policy) + "index.md"
    place = PlacePage(site, policy, Figures(site, lang, path))
    shared = place.shared  # a region whose areas follow it tells their assistance
    return site.render(
        "place.md", lang, path, policy=policy, place=place, figures=place.figures, data=policy.data, name=site.place_name(policy, lang), also=short_name(site, policy), short=site.place_name(policy, lang, True), followed="follows" in policy.data, year=policy.year,
        day=lambda value: day(value, lang), parent=parent_name(site, policy, lang), siblings=siblings(site, policy), time=over(site, policy), issued=issued(site, policy),
        price=place_money.price_table(place), surcharges=place_added.surcharges(place), barred=place_added.barred(place), lead=place_money.lead(place), glance=place_money.glance(place), assistance=place_money.assistance_tables(shared),
        areas=areas_table(place) if followers(site, policy) else "", areas_note=place_money.areas_note(place), second=place_extras.second_premium(place), add_ons=place_extras.add_ons_table(place),
        periods=place_time.period_tables(place), events=place_events.events_table(place), coverage=place_time.coverage_list(place), newborns=place_newborn.newborn_table(place), students=place_extras.student_table(place),
        missed=place_time.missed_table(place), late=place_time.late_table(place), identified=place_extras.identified_table(place), incentives=place_time.incentives_table(place),
        notices=[site.policies.notices[name] for name in policy.data["notices"]], questions=[site.policies.questions[name] for name in policy.data.get("questions", [])],
        bodies=index(site, "bodies"), channels=index(site, "channels"), asked=asked.entries(place), year_chart=year_chart(place), money_chart=who_pays(shared),
        based_on=site.policies.policy(policy.data["based_on"]["policy"]) if "based_on" in policy.data else None,
        description=place_money.description(place), less=place_brief.who_less(shared), newborn_rule=place_newborn.newborn_rule(place), newborn_brief=place_brief.newborn_brief(place),
        missed_brief=place_brief.missed_brief(place), late_brief=place_brief.late_brief(place), warnings=place_time.warnings(place), silences=place_money.silences(shared),
    )


class Over(NamedTuple):
    """From which days on a page's rules are of the past: the window is over, the year is over; and the newer year of the same place, if the site has one."""

    window: date | None
    year: date
    newer: Policy | None


def over(site: Site, policy: Policy) -> Over:
    """The days after the window of ordinary residents and after the insured year; a reader's clock tells whether they are past."""
    last = site.assess(policy, **told(window_day(site, policy), tier=first_tier(policy), gap_years=0)).tree.children[0].data.get("last")
    newer = [other for other in siblings(site, policy) if other.year > policy.year]
    return Over(plus_days(last, 1) if last else None, date(policy.year + 1, 1, 1), newer[-1] if newer else None)


def issued(site: Site, policy: Policy) -> str:
    """The dates of issue of a place's notices, for the foot of its page; nothing where none is stated."""
    days = [site.policies.notices[name]["issued"] for name in policy.data["notices"]]
    return " ".join(found for found in days if found != "not_stated")


def index(site: Site, part: str) -> dict[str, dict]:
    """A part of the vocabulary by identifier."""
    return {entry["id"]: entry for entry in site.policies.vocabulary.data[part]}


def parent_name(site: Site, policy: Policy, lang: str) -> str:
    """The name of what a place belongs to, where the vocabulary has it."""
    entry = site.policies.vocabulary.places[policy.place]
    if "parent" in entry:
        return site.policies.vocabulary.places[entry["parent"]]["name"][lang]
    return entry.get("parent_name", {}).get(lang, "")


def short_name(site: Site, policy: Policy) -> str:
    """The Chinese short name in brackets where the full one does not contain it: people search for that."""
    name, short = site.place_name(policy, "zh"), site.place_name(policy, "zh", True)
    return "" if short in name else f"（{short}）"


def siblings(site: Site, policy: Policy) -> list[Policy]:
    """The other years of the same place."""
    return [other for other in site.all_policies if other.place == policy.place and other.id != policy.id]


def areas_table(place: PlacePage) -> Markup:
    """The areas that follow a region's annex, each with its own figures."""
    return place_money.areas_table(place, followers(place.site, place.policy))


def nav(site: Site, lang: str) -> list:
    """The places in the navigation: areas below their region, a place with several years once a year."""
    entries: list = []
    grouped: dict[str, list] = {}
    for policy in site.all_policies:
        parent = site.policies.vocabulary.places[policy.place].get("parent")
        title = f"{site.place_name(policy, lang, True)} {policy.year}"
        target = site.place_path(policy) + "index.md"
        if followers(site, policy):
            grouped.setdefault(policy.place, [[f"{title} {'总览' if lang == 'zh' else 'overview'}", target]])
            entries.append([site.place_name(policy, lang, True), grouped[policy.place]])
        elif parent in grouped:
            grouped[parent].append([title, target])
        else:
            entries.append([title, target])
    entries.append(["打印明白纸" if lang == "zh" else "Leaflets to print", "leaflets/index.md"])
    return [["各地" if lang == "zh" else "Places", entries]]
