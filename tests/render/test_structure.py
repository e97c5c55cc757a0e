"""The pages' structure: the same headings and anchors in both languages, links that lead somewhere, nothing inline, no place in code."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml

from scripts import leaflet
from scripts.render import compare, home, notices, places, reference, registers
from scripts.render.site import LANGS, Page, Site

ROOT = Path(__file__).resolve().parents[2]
MODULES = (home, places, compare, notices, registers, reference, leaflet)
OWN = tuple(path.name for path in (ROOT / "scripts" / "render").glob("*.py") if not path.name.startswith("calculator"))


@pytest.fixture(scope="module")
def site() -> Site:
    return Site.load()


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, dict[str, Page]]:
    """Language → path → page, of every family of pages."""
    return {lang: {page.path: page for module in MODULES for page in module.pages(site, lang)} for lang in LANGS}


def anchors(text: str) -> list[str]:
    """Every identifier of a page in its order, of headings and of elements."""
    return re.findall(r'(?:\{#|\bid=")([A-Za-z0-9_-]+)', text)


def test_same_pages_and_anchors_in_both_languages(pages: dict) -> None:
    assert list(pages["zh"]) == list(pages["en"])
    for path, page in pages["zh"].items():
        assert anchors(page.text) == anchors(pages["en"][path].text), path


def test_front_matter_is_read(pages: dict) -> None:
    """A title with a colon that is not in quotes would be printed on the page instead of read."""
    for lang in LANGS:
        for path, page in pages[lang].items():
            front = yaml.safe_load(page.text.split("---\n")[1])
            assert front["title"] and front["description"], (lang, path)


def test_identifiers_are_unique(pages: dict) -> None:
    for path, page in pages["zh"].items():
        found = anchors(page.text)
        twice = {name for name in found if found.count(name) > 1}
        assert not twice, (path, twice)


def test_links_lead_to_pages_and_anchors(pages: dict) -> None:
    """Every relative link of the own pages leads to a page that is made, and its anchor exists there."""
    made = {path.removesuffix("index.md"): set(anchors(page.text)) for path, page in pages["zh"].items()}
    by_hand = {"calculator/", "about/"}
    wrong = []
    for path, page in pages["zh"].items():
        for target in set(re.findall(r'href="([^"]+)"', page.text)):
            where, _, anchor = urljoin("/" + path.removesuffix("index.md"), target).lstrip("/").partition("#")
            if where in by_hand or where.startswith(("assets/", "data/v1/")) or where.endswith("/leaflet/"):
                continue
            if where not in made or (anchor and anchor not in made[where]):
                wrong.append(f"{path}: {target}")
    assert not wrong, "\n".join(sorted(wrong)[:30])


def test_nothing_inline(pages: dict) -> None:
    for lang in LANGS:
        for path, page in pages[lang].items():
            assert not re.search(r"<style|<script|\sstyle=|\son[a-z]+=", page.text), (lang, path)


def test_drawings_have_title_and_description(pages: dict) -> None:
    drawn = 0
    for lang in LANGS:
        for path, page in pages[lang].items():
            for drawing in re.findall(r"<svg.*?</svg>", page.text, re.DOTALL):
                drawn += 1
                assert 'role="img"' in drawing and re.search(r"<title[^>]*>[^<]+</title>", drawing) and re.search(r"<desc[^>]*>[^<]+</desc>", drawing), (lang, path)
    assert drawn > 50


def test_english_pages_hold_no_chinese_but_quotes_and_names(pages: dict) -> None:
    """Headings, captions and labels of English pages are English."""
    for path, page in pages["en"].items():
        if path.startswith("notices/"):
            continue
        for text in re.findall(r"^#+ (.*?) \{#", page.text, re.MULTILINE) + re.findall(r"<caption[^>]*>(.*?)</caption>", page.text) + re.findall(r'data-label="([^"]*)"', page.text):
            assert not re.search(r"[一-鿿]", re.sub(r"<[^>]+>", "", text)), (path, text)


def test_no_place_in_the_code(site: Site) -> None:
    """The code that makes the pages names no place: adding one is adding data."""
    names = {name for place in site.policies.vocabulary.places.values() for name in (place["id"], place["code"], place["name"]["zh"], place.get("short", place["name"])["zh"])}
    for file in [*(ROOT / "scripts" / "render" / name for name in OWN), *(ROOT / "scripts" / "render" / "templates").glob("*.md")]:
        text = file.read_text("utf-8")
        assert not [name for name in names if re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", text)], file.name


def test_place_pages_answer_in_order(pages: dict, site: Site) -> None:
    """The sections of a place's page stand in the order in which residents ask."""
    order = ["price", "assistance", "periods", "coverage", "newborns", "students", "missed-years", "late"]
    tail = ["whom-to-ask", "not-stated", "open-questions", "asked", "incentives", "sources"]
    for policy in site.all_policies:
        headings = re.findall(r"^## .* \{#([a-z-]+)\}", pages["zh"][site.place_path(policy) + "index.md"].text, re.MULTILINE)
        assert [name for name in headings if name in order] == order, policy.id
        assert [name for name in headings if name in tail] == tail, policy.id
