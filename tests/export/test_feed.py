"""The feed of changes: well-formed Atom, computed from the data, with lasting names."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from scripts.export.feed import entries, feed
from scripts.render import pairs
from scripts.render.site import Site
from tests.export.conftest import SITE_URL

ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(text: str) -> ET.Element:
    """A feed, by a strict parser."""
    return ET.fromstring(text.encode())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_feed_has_what_atom_asks_for(folder: Path, lang: str) -> None:
    root = parsed((folder / f"changes.{lang}.atom").read_text("utf-8"))
    assert root.tag == ATOM + "feed"
    names = [root.findtext(ATOM + "id")]
    for element in [root, *root.findall(ATOM + "entry")]:
        for tag in ("id", "title", "updated"):
            assert len(element.findall(ATOM + tag)) == 1 and element.findtext(ATOM + tag)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext(ATOM + "updated"))
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(ATOM + "id"))
        assert [link for link in element.findall(ATOM + "link") if link.get("rel") == "alternate"]
    names += [entry.findtext(ATOM + "id") for entry in root.findall(ATOM + "entry")]
    assert len(names) == len(set(names))
    assert root.find(ATOM + "author").findtext(ATOM + "name")
    days = [entry.findtext(ATOM + "updated") for entry in root.findall(ATOM + "entry")]
    assert days == sorted(days, reverse=True) and root.findtext(ATOM + "updated") == days[0]


def test_every_notice_policy_and_pair_of_years_has_an_entry(site: Site) -> None:
    found = [entry.name for entry in entries(site, "zh")]
    assert found == [entry.name for entry in entries(site, "en")]
    years = [f"years/{couple.one.id}/{couple.two.id}" for couple in pairs.couples(site) if couple.years]
    assert years and sorted(found) == sorted([*(f"notice/{name}" for name in site.policies.notices), *(f"policy/{policy.id}" for policy in site.all_policies), *years])


def test_changes_of_a_year_are_the_engines_figures(site: Site) -> None:
    """Every amount named as a change is a figure of one of the two years."""
    for couple in pairs.couples(site):
        if not couple.years:
            continue
        entry = next(entry for entry in entries(site, "zh") if entry.name == f"years/{couple.one.id}/{couple.two.id}")
        assert entry.items
        view = pairs.Pair(site, couple, "zh", pairs.path_of(couple) + "index.md")
        values = {(row.name, side.value) for _, _, rows in view.sections() for row in rows if row.one and row.two
                  for side in (view.figures.value(couple.one, row.one, row.name), view.figures.value(couple.two, row.two, row.name))}
        amounts = {value for name, value in values if name in ("standard", "subsidy", "pays", "total_pays")}
        for item in entry.items:
            for text in re.findall(r"(?<![+−\d])(\d+)元(?=$| →|（| )", item):
                assert int(text) * 100 in amounts, item


def test_same_amounts_in_both_languages(site: Site) -> None:
    for one, two in zip(entries(site, "zh"), entries(site, "en"), strict=True):
        if one.name.startswith("years/"):
            assert [re.findall(r"(\d+)元", item) for item in one.items] == [re.findall(r"(\d+) yuan", item) for item in two.items]


def test_links_are_absolute_where_there_is_an_address(site: Site) -> None:
    root = parsed(feed(site, "en", SITE_URL))
    links = [link.get("href") for link in root.iter(ATOM + "link")]
    assert links and all(link.startswith(SITE_URL) for link in links)
    assert f"{SITE_URL}data/v1/changes.en.atom" in links


def test_date_that_a_notice_does_not_have_is_said(site: Site) -> None:
    for notice in site.policies.notices.values():
        entry = next(entry for entry in entries(site, "zh") if entry.name == f"notice/{notice['id']}")
        assert ("没有写" in entry.paragraphs[0]) == (not notice["issued"][:1].isdigit())
