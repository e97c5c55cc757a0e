"""Every figure that a page prints is recomputed from the case its cell names, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest

from calc import PolicySet
from calc.money import NOT_STATED
from scripts.render import compare, home, places
from scripts.render.cases import line_case, lines, tiers, window_day
from scripts.render.figures import figure, text_of, unit_of
from scripts.render.site import Page, Site

VOID = {"br", "img", "hr", "input", "meta", "link"}


class Cells(HTMLParser):
    """The elements of a page that name a case: their policy, case and figure, and the text printed as the value."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict] = []
        self.stack: list[dict | None] = []
        self.cell: list[dict] = []
        self.value: list[int] = []

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        """An element without content holds no figure."""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in VOID:
            return
        told = dict(attrs)
        cell = None
        if "data-figure" in told:
            cell = {"policy": told["data-policy"], "case": told["data-case"], "figure": told["data-figure"], "text": None, "marks": "", "drawing": tag == "tspan"}
            self.found.append(cell)
            self.cell.append(cell)
        classes = (told.get("class") or "").split()
        if "v" in classes and self.cell:
            self.cell[-1]["text"], self.cell[-1]["marks"] = "", " ".join(classes)
            self.value.append(len(self.stack))
        self.stack.append(cell)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        cell = self.stack.pop()
        if self.value and self.value[-1] == len(self.stack):
            self.value.pop()
        if cell is not None:
            self.cell.pop()

    def handle_data(self, data: str) -> None:
        if self.value and self.cell:
            self.cell[-1]["text"] += data


@cache
def loaded() -> Site:
    """The site's data, loaded once for all tests."""
    return Site.load()


@pytest.fixture
def site() -> Site:
    return loaded()


@cache
def rendered(lang: str) -> tuple[tuple[Page, list[dict]], ...]:
    """The pages of a language with the cells each of them prints."""
    site, found = loaded(), []
    for module in (home, places, compare):
        for page in module.pages(site, lang):
            reader = Cells()
            reader.feed(page.text.split("---", 2)[2])
            found.append((page, reader.found))
    return tuple(found)


def cells(lang: str) -> Iterator[tuple[str, dict]]:
    """Every cell of every page with the path of its page."""
    return ((page.path, cell) for page, found in rendered(lang) for cell in found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_cell_recomputed(site: Site, lang: str) -> None:
    """The printed text is what the engine, asked anew, gives for the case that the cell names."""
    wrong, known = [], {}
    for path, cell in cells(lang):
        key = (cell["policy"], cell["case"], cell["figure"])
        if key not in known:
            found = figure(site, site.policies.policy(cell["policy"]), json.loads(cell["case"]), cell["figure"])
            known[key] = text_of(found.name, found.value, found.state, lang, found.at_least)
        if cell["text"] != known[key]:
            wrong.append(f"{path}: {key}: printed {cell['text']!r}, computed {known[key]!r}")
    assert not wrong, "\n".join(wrong[:20])
    assert len(known) > 2000


def test_figures_of_cells_are_the_assessment_s(site: Site) -> None:
    """A plain figure is the assessment's own value: nothing lies between the engine and the cell."""
    wrong = []
    for path, cell in cells("zh"):
        policy = site.policies.policy(cell["policy"])
        figures = site.assess(policy, **json.loads(cell["case"])).figures
        if cell["figure"] in figures and unit_of(cell["figure"]) == "fen":
            value = figures[cell["figure"]][0]
            printed = re.fullmatch(r"(\d+(?:\.\d{1,2})?)元", cell["text"])
            if (value is None) == bool(printed) or (printed and round(float(printed[1]) * 100) != value):
                wrong.append(f"{path}: {cell}")
    assert not wrong, "\n".join(wrong[:20])


def test_both_languages_print_the_same_cells() -> None:
    """The pages of both languages ask for the same figures of the same cases in the same order, with the same numbers."""
    zh, en = rendered("zh"), rendered("en")
    assert [page.path for page, _ in zh] == [page.path for page, _ in en]
    for (page, one), (_, two) in zip(zh, en, strict=True):
        keys = [[(cell["policy"], cell["case"], cell["figure"], cell["marks"]) for cell in found] for found in (one, two)]
        assert keys[0] == keys[1], page.path
        for first, second in zip(one, two, strict=True):
            if unit_of(first["figure"]) in ("fen", "percent", "wait", "days", "months"):
                assert re.findall(r"[\d.]+", first["text"]) == re.findall(r"[\d.]+", second["text"]), (page.path, first, second)


def test_both_languages_cite_the_same_clauses() -> None:
    """The sources of the pages of both languages are the same, in the same order."""
    zh, en = rendered("zh"), rendered("en")
    for (page, _), (other, _) in zip(zh, en, strict=True):
        cited = [re.findall(r'<a class="src" href="([^"]+)"', text) for text in (page.text, other.text)]
        assert cited[0] == cited[1], page.path
    assert sum('class="src"' in page.text for page, _ in zh) > 30


def test_unknown_is_never_printed_as_nothing(site: Site) -> None:
    """A figure that is not determined has no number of its own, except what is certain of it as a floor."""
    unknown = 0
    for lang in ("zh", "en"):
        for path, cell in cells(lang):
            found = figure(site, site.policies.policy(cell["policy"]), json.loads(cell["case"]), cell["figure"])
            if found.value is None:
                unknown += 1
                floor = re.search(r"\d", cell["text"])
                assert not floor or (found.at_least and cell["text"].startswith(("至少", "at least"))), (path, cell)
                assert found.state != NOT_STATED or "not-stated" in cell["marks"] or cell["drawing"], (path, cell)
    assert unknown > 100


def test_states_are_marked(site: Site) -> None:
    """A value on which the readings differ is marked so; one that is inferred too."""
    marks = {"conflicting": "conflict", "assumed": "assumed", "not_stated": "not-stated", "not_told": "not-told"}
    for path, cell in cells("zh"):
        if not cell["drawing"]:  # inside a drawing an asterisk or the words say so
            found = figure(site, site.policies.policy(cell["policy"]), json.loads(cell["case"]), cell["figure"])
            assert marks.get(found.state, "v") in cell["marks"], (path, cell)


def test_no_group_shares_a_line_with_another_answer(site: Site) -> None:
    """Groups that stand together on one line of an assistance table have equal figures."""
    for policy in site.all_policies:
        for line in lines(site, policy):
            for tier in tiers(policy):
                answers = []
                for group in line.groups:
                    case = {**line_case(policy, line, window_day(site, policy), tier), "categories": [group]}
                    answers.append({name: value[0] for name, value in site.assess(policy, **case).figures.items() if name.endswith(("standard", "subsidy", "pays"))})
                assert all(answer == answers[0] for answer in answers), (policy.id, line.groups)


def test_every_named_group_has_a_line(site: Site) -> None:
    """Every group that a notice names is found in its assistance table."""
    for policy in site.all_policies:
        shown = {group for line in lines(site, policy) for group in line.groups}
        assert shown == set(policy.data.get("group_names", {})), policy.id


def test_a_policy_set_is_what_the_pages_use(site: Site) -> None:
    """The pages are made from the compiled policies and nothing else."""
    assert isinstance(site.policies, PolicySet)
    assert {policy.id for policy in site.all_policies} == set(site.policies.ids())
