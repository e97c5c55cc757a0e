"""No page has an accessibility violation that axe can find, in light or dark, wide or on a phone."""

import json
from pathlib import Path

import pytest

from tests.visiting import LANGUAGES, page_paths
from tests.site.elements import read

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
# Colours differ between light and dark and nothing else does; the layout differs on a phone and the colours do not.
CONTRAST_ONLY = {"runOnly": ["color-contrast"]}
ALL_BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
RUN = """async (options) => {
  const found = await axe.run(document, { resultTypes: ["violations"], ...options });
  return found.violations.map((v) => ({
    id: v.id, help: v.help,
    nodes: v.nodes.slice(0, 5).map((n) => n.target.join(" ") + " | " + n.html.slice(0, 160)),
  }));
}"""


def violations(page, axe_source: str, options: dict | None = None) -> list[dict]:
    """What axe finds on the page as it stands, by all its rules unless the options choose."""
    page.evaluate(axe_source)
    return page.evaluate(RUN, options or {})


def report(found: dict[str, list[dict]]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)[:6000]


def kinds(site_dir: Path, lang: str) -> list[str]:
    """A few pages that together show every kind of element (tag and class) that any page of the language has."""
    left = {}
    for path in page_paths(site_dir, lang):
        elements = read(site_dir / path / "index.html").elements
        left[path] = {(e.tag, name) for e in elements for name in ["", *e.attributes.get("class", "").split()]}
    chosen, seen = [], set()
    while left:
        best = max(left, key=lambda path: len(left[path] - seen))
        if not left[best] - seen:
            break
        seen |= left.pop(best)
        chosen.append(best)
    return chosen


def shapes(site_dir: Path, lang: str) -> list[str]:
    """The pages of a language, of those that differ by words alone (areas under the same rules) one."""
    found = {}
    for path in page_paths(site_dir, lang):
        elements = read(site_dir / path / "index.html").elements
        # The menu marks the page one is on; what stands before the content is the same everywhere else.
        start = next((place for place, element in enumerate(elements) if element.tag == "article"), 0)
        found.setdefault(tuple((e.tag, e.attributes.get("class", ""), *e.attributes) for e in elements[start:]), path)
    return list(found.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page(site_dir, visit, axe_source, lang) -> None:
    paths = shapes(site_dir, lang)
    assert len(paths) > 30
    check(visit(viewport=WIDE, color_scheme="light", reduced_motion="reduce"), paths, axe_source)


def test_dark_colours_of_every_kind_of_element(site_dir, visit, axe_source) -> None:
    visitor = visit(viewport=WIDE, color_scheme="dark", reduced_motion="reduce")
    check(visitor, kinds(site_dir, "zh"), axe_source, CONTRAST_ONLY)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_element_on_a_phone(site_dir, visit, axe_source, lang) -> None:
    visitor = visit(viewport=PHONE, color_scheme="light", reduced_motion="reduce")
    check(visitor, kinds(site_dir, lang), axe_source, ALL_BUT_CONTRAST)


def check(visitor, paths: list[str], axe_source: str, options: dict | None = None) -> None:
    """Open the pages one by one, without motion so that colours are final when they are measured."""
    found = {}
    for path in paths:
        page = visitor.open(path)
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")  # what is folded is read too
        problems = violations(page, axe_source, options)
        if problems:
            found[path] = problems
    assert not found, report(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["no-such-page/", "en/no-such-page/"])
def test_missing_page(visit, axe_source, path, scheme) -> None:
    visitor = visit(viewport=WIDE, color_scheme=scheme, reduced_motion="reduce")
    problems = violations(visitor.open(path, missing=True), axe_source)
    assert not problems, report({path: problems})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "word"), [("about/", "隐私"), ("en/about/", "privacy")])
def test_search_with_results(visit, axe_source, path, word, scheme) -> None:
    visitor = visit(viewport=WIDE, color_scheme=scheme, reduced_motion="reduce")
    page = visitor.open(path)
    page.locator("input[name=query]").click()
    page.keyboard.type(word)
    page.locator(".md-search-result__item").first.wait_for()
    problems = violations(page, axe_source)
    assert not problems, report({path: problems})


@pytest.mark.parametrize("path", ["about/", "en/about/"])
def test_menu_on_a_phone(visit, axe_source, path) -> None:
    visitor = visit(viewport=PHONE, color_scheme="light", reduced_motion="reduce")
    page = visitor.open(path)
    page.locator("label.md-header__button[for=__drawer]").click()
    problems = violations(page, axe_source)
    assert not problems, report({path: problems})
