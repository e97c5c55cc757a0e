"""The questions residents ask: enough of them for every place, each with an answer whose figures and clauses are the engine's and the notice's."""

from __future__ import annotations

import re

import pytest

from scripts.render import asked
from scripts.render.figures import Figures
from scripts.render.place_page import PlacePage
from scripts.render.site import LANGS, Site


@pytest.fixture(scope="module")
def site() -> Site:
    return Site.load()


@pytest.mark.parametrize("lang", LANGS)
def test_every_place_has_twenty_answers(site: Site, lang: str) -> None:
    for policy in site.all_policies:
        path = site.place_path(policy) + "index.md"
        found = asked.entries(PlacePage(site, policy, Figures(site, lang, path)))
        assert len(found) >= 20, policy.id
        assert len({entry.id for entry in found}) == len(found), policy.id
        for entry in found:
            text = re.sub(r"<[^>]+>", "", str(entry.answer))
            assert not re.search(r"[{}]", text), (policy.id, entry.id, text)


def test_answers_cite_a_clause_or_an_open_question(site: Site) -> None:
    for policy in site.all_policies:
        for entry in asked.entries(PlacePage(site, policy, Figures(site, "zh", site.place_path(policy) + "index.md"))):
            assert 'class="src"' in entry.answer or "questions/#" in entry.answer or entry.not_stated, (policy.id, entry.id)


def test_both_languages_ask_for_the_same_figures(site: Site) -> None:
    for policy in site.all_policies:
        cells = []
        for lang in LANGS:
            found = asked.entries(PlacePage(site, policy, Figures(site, lang, site.place_path(policy) + "index.md")))
            cells.append([sorted(re.findall(r'data-case="([^"]*)" data-figure="([^"]*)"', str(entry.answer))) for entry in found])
        assert cells[0] == cells[1], policy.id
