"""No page has an accessibility violation that axe can find, in light or dark, wide or on a phone."""

import json

import pytest

from tests.site.elements import kinds, shapes
from tests.visiting import LANGUAGES

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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page(site_dir, visit, axe_source, lang) -> None:
    paths = shapes(site_dir, lang)
    assert len(paths) > 30
    check(visit(viewport=WIDE, color_scheme="light", reduced_motion="reduce"), paths, axe_source, ALL_BUT_CONTRAST)


# A colour hangs on the kind of element, and these pages show every kind; measuring it on all pages takes most of the time.
@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("zh", "dark"), ("en", "light")])
def test_colours_of_every_kind_of_element(site_dir, visit, axe_source, lang, scheme) -> None:
    visitor = visit(viewport=WIDE, color_scheme=scheme, reduced_motion="reduce")
    check(visitor, kinds(site_dir, lang), axe_source, CONTRAST_ONLY)


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
    assert not visitor.problems, "\n".join(visitor.problems[:40])


# The element with the focus: in the drawer or not, and whether any of it can be seen once it is scrolled to.
FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  return { name: one === document.body ? "" : one.outerHTML.slice(0, 120), drawer: Boolean(one.closest(".md-sidebar--primary")),
    seen: box.right > 0 && box.left < innerWidth && one.checkVisibility({ visibilityProperty: true }) };
}"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_reaches_the_closed_drawer(visit, lang) -> None:
    """On a phone: Tab passes over the closed drawer, the opened one is reached, and nothing that has the focus is out of sight."""
    visitor = visit(viewport=PHONE, reduced_motion="reduce")
    page = visitor.open("calculator/" if lang == "zh" else "en/calculator/")
    page.locator("#calculator[data-ready=true]").wait_for()

    def tabbed(count: int) -> list[dict]:
        found = []
        for _ in range(count):
            page.keyboard.press("Tab")
            found.append(page.evaluate(FOCUS))
        return [one for one in found if one["name"]]

    met = tabbed(25)
    assert len(met) > 8
    assert not [one for one in met if one["drawer"] or not one["seen"]]
    page.locator("label[for=__drawer] [data-canbao-press]").first.press("Enter")
    page.wait_for_timeout(400)
    met = tabbed(12)
    assert [one for one in met if one["drawer"]]
    assert not [one for one in met if one["drawer"] and not one["seen"]]


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
