"""Pages of the imaginary places: shapes of rules that the five notices do not have are shown as well."""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path

import pytest
from markupsafe import Markup

from calc import PolicySet
from scripts.data.resolve import compile_all
from scripts.data.sources import SourceSet
from scripts.export import rows
from scripts.render import place_extras, place_money, place_newborn, places
from scripts.render.cases import birth_days, births, newborn
from scripts.render.figures import Figures
from scripts.render.place_page import PlacePage
from scripts.render.site import Site

TEMPLATE = Path(__file__).resolve().parents[2] / "policy_data" / "template"
CITY, DISTRICT = "sample-city-2030", "sample-district-2030"


@cache
def compiled() -> dict:
    """The imaginary places, compiled once."""
    return compile_all(SourceSet.read(TEMPLATE))


def site_of(change: object = None, name: str = CITY) -> Site:
    """The imaginary site, with one of its policies changed."""
    data = copy.deepcopy(compiled())
    if change is not None:
        change(data["policies"][name])  # type: ignore[operator]
    return Site(PolicySet(data), data)


@pytest.fixture(scope="module")
def site() -> Site:
    """The imaginary site as it is."""
    return site_of()


def of(site: Site, name: str = CITY, lang: str = "zh") -> PlacePage:
    """One place's page in a language."""
    policy = site.policies.policy(name)
    return PlacePage(site, policy, Figures(site, lang, site.place_path(policy) + "index.md"))


def plain(html: object) -> str:
    """The text of HTML as a reader sees it."""
    return re.sub(r"\s+", " ", Markup(html).striptags())


def section(site: Site, anchor: str, name: str = CITY, lang: str = "zh") -> str:
    """One section of a place's page as text."""
    text = places.page(site, site.policies.policy(name), lang).text
    return plain(re.split(r"\n#+ ", text.split(f"{{#{anchor}}}", 1)[1])[0])


def row(table: object, begins: str) -> str:
    """The first row of a table whose header begins so, as HTML."""
    return next(found for found in re.findall(r"<tr.*?</tr>", str(Markup(table)), re.DOTALL) if plain(found).startswith(begins))


def test_every_fund_of_an_assistance_in_parts_is_named(site: Site) -> None:
    """An assistance that two funds pay together names both, on the page and in the table to download."""
    found = row(place_money.assistance_tables(of(site))[0], "重度残疾人")
    names = {entry["id"]: entry["name"]["zh"] for entry in site.policies.vocabulary.data["funds"]}
    assert names["medical-assistance"] in plain(found) and names["disability-employment"] in plain(found)
    exported = [entry for entry in rows.assistance(site, [site.policies.policy(CITY)]) if entry["group"] == "severe-disability" and entry["premium"] == "basic"]
    assert all(entry["funds"][:2] == ["medical-assistance", "disability-employment"] for entry in exported)


def test_a_fact_has_the_label_of_its_own_place() -> None:
    """Two places may ask for a fact of the same name: each page has its own place's words."""
    def change(policy: dict) -> None:
        entry = copy.deepcopy(next(entry for entry in policy["facts"] if entry["id"] == "residence"))
        entry["label"] = {"zh": "别处的说法", "en": "words of another place"}
        policy["facts"] = [entry if old["id"] == "residence" else old for old in policy["facts"]]

    site = site_of(change, DISTRICT)
    assert site.policies.facts["residence"]["label"]["zh"] == "别处的说法"
    table = plain(place_money.assistance_tables(of(site))[0])
    assert "户籍情况" in table and "别处的说法" not in table
    assert "别处的说法" in plain(place_money.assistance_tables(of(site, DISTRICT))[0])


def test_newborns_are_shown_by_the_days_of_their_own_period(site: Site) -> None:
    """A notice that counts 60 days (the day of birth is day 1) is shown on the last of them and on the next."""
    place = of(site)
    policy, days = place.policy, birth_days(place.policy)
    periods = [site.assess(policy, **newborn(policy, births(policy)[1], after)).tree.data["period"] for after in days]
    assert days[1] == 59 and periods[:2] == ["newborn", "newborn"] and periods[2] != "newborn"
    assert "出生后第59天" in plain(place_newborn.newborn_table(place)) and "90" not in plain(Markup(" ").join(place_newborn.newborn_rule(place)))
    assert {entry["days_after_birth"] for entry in rows.newborns(site, [policy])} == set(days)
