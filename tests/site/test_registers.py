"""The long pages are folded and listed, the other language of a clause steps back, and the foot of a page tells its dates."""

import json
import re
from pathlib import Path

import pytest

from tests.site.elements import read
from tests.visiting import LANGUAGES, ROOT, page_paths

PHONE = {"width": 360, "height": 740}
PAST, FUTURE = "2019-03-01T12:00:00", "2099-03-01T12:00:00"
SMALLEST = 12  # px, of any text of a page on a phone
SMALL = """() => {
  document.querySelectorAll("details").forEach((part) => (part.open = true));
  const found = [];
  for (const text of document.querySelectorAll("article *")) {
    if (![...text.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || !text.checkVisibility()) continue;
    const drawing = text.closest("svg");
    if (drawing && !text.closest("text")) continue;
    const scale = drawing ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
    const size = (drawing ? Number(text.closest("text").getAttribute("font-size")) : parseFloat(getComputedStyle(text).fontSize)) * scale;
    if (size < %d) found.push(`${size.toFixed(1)} px: ${text.textContent.trim().slice(0, 40)}`);
    const edge = drawing && drawing.getBoundingClientRect().right + 1;
    if (drawing && text.getBoundingClientRect().right > edge) found.push(`cut off: ${text.textContent}`);
  }
  return found;
}""" % SMALLEST


def prefix(lang: str) -> str:
    return "en/" if lang == "en" else ""


def place_pages(site: Path, lang: str) -> list[str]:
    """The pages of places, by their chart of the year."""
    return [path for path in page_paths(site, lang) if 'id="year"' in (site / path / "index.html").read_text("utf-8")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["questions/", "compare/groups/"])
def test_long_pages_are_short_on_a_phone(visit, lang, page) -> None:
    """What is folded leaves a page that can be looked through, with a list of links into it."""
    visitor = visit(viewport=PHONE, is_mobile=True, has_touch=True)
    opened = visitor.open(prefix(lang) + page)
    assert opened.evaluate("document.scrollingElement.scrollHeight") < 25 * PHONE["height"]
    links = opened.locator("ul.jump a")
    assert links.count() >= 5 and links.first.is_visible()
    links.last.click()
    target = opened.evaluate("decodeURIComponent(location.hash.slice(1))")
    assert opened.locator(f"#{target}").is_visible()
    assert not visitor.problems, "\n".join(visitor.problems)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_open_question_opens_by_its_link_and_is_named_without_its_weight(visit, site_dir, lang) -> None:
    document = read(site_dir / prefix(lang) / "questions" / "index.html")
    headings = [element for element in document.all("h3") if "id" in element.attributes]
    assert len(headings) > 50 and not [heading.text for heading in headings if re.search(r"影响[大中小]|\b(?:high|medium|low)$", heading.text)]
    assert len([element for element in document.all("span") if "severity" in element.attributes.get("class", "").split()]) == len(headings)
    name = headings[-1].attributes["id"]
    visitor = visit(viewport=PHONE)
    page = visitor.open(f"{prefix(lang)}questions/#{name}")
    page.wait_for_function(f"document.getElementById('{name}').closest('details').open")
    assert not visitor.problems, "\n".join(visitor.problems)


def test_translations_are_folded_on_chinese_pages(visit, site_dir) -> None:
    path = next(path for path in page_paths(site_dir, "zh") if re.fullmatch(r"notices/[a-z0-9-]+/", path))
    page = visit(viewport=PHONE).open(path)
    translations = page.locator("blockquote.clause p[lang=en]")
    assert translations.count() > 20 and not translations.first.is_visible()
    page.locator("blockquote.clause summary").first.click()
    assert translations.first.is_visible()
    assert visit(viewport=PHONE).open("en/" + path).locator("blockquote.clause p[lang=en]").first.is_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_foot_tells_when_the_data_was_checked_and_a_places_own_notice(site_dir, lang) -> None:
    compiled = json.loads((ROOT / "build" / "policies.json").read_text("utf-8"))
    checked = min(notice["checked"] for notice in compiled["notices"].values())
    for path in page_paths(site_dir, lang):
        times = re.findall(r"<time datetime=[\"']?([0-9-]+)", (site_dir / path / "index.html").read_text("utf-8").rpartition("<footer")[2])
        if times:
            assert times[0] == checked, path
    places = place_pages(site_dir, lang)
    for path in places:
        place, year = path.removeprefix("en/").strip("/").split("/")
        issued = [compiled["notices"][name]["issued"] for name in compiled["policies"][f"{place}-{year}"]["notices"]]
        foot = (site_dir / path / "index.html").read_text("utf-8").rpartition("<footer")[2]
        assert re.findall(r"<time datetime=[\"']?([0-9-]+)", foot)[1:] == [day for day in issued if day != "not_stated"], path
    assert len(places) > 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_year_that_is_over_says_so_by_the_readers_clock(visit, site_dir, lang) -> None:
    """Before its last day nothing is said; afterwards that the year is over; without script the page names its year and no more."""
    for path in place_pages(site_dir, lang)[:3]:
        for moment, shown in ((PAST, 0), (FUTURE, 1)):
            visitor = visit(viewport=PHONE)
            visitor.page.clock.set_fixed_time(moment)
            page = visitor.open(path)
            assert page.locator("p.over:visible").count() == shown, (path, moment)
            assert not visitor.problems, "\n".join(visitor.problems)
        plain = visit(java_script_enabled=False)
        plain.page.goto(plain.home + path)
        assert plain.page.locator("p.over:visible").count() == 0
        year = path.strip("/").split("/")[-1]
        assert year in plain.page.locator("p.lead").first.inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_window_is_over_before_the_year_is(visit, site_dir, lang) -> None:
    """Between the last day of the window and the end of the year the page says that, and where to read on."""
    seen = 0
    for path in place_pages(site_dir, lang)[:6]:
        found = re.search(r"data-from=[\"']?([0-9-]+)[\"']? data-before=", (site_dir / path / "index.html").read_text("utf-8"))
        if found:
            seen += 1
            visitor = visit(viewport=PHONE)
            visitor.page.clock.set_fixed_time(f"{found[1]}T08:00:00")
            page = visitor.open(path)
            assert page.locator("p.over:visible").count() == 1 and page.locator("p.over:visible a").get_attribute("href") == "#late", path
    assert seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_on_a_phone_is_large_enough_and_whole(visit, site_dir, lang) -> None:
    """No text of a page with charts is smaller than it should be, and no label of a chart is cut off."""
    visitor = visit(viewport=PHONE, is_mobile=True, has_touch=True)
    wrong = {path: found for path in [*place_pages(site_dir, lang), f"{prefix(lang)}compare/groups/", f"{prefix(lang)}compare/periods/"]
             if (found := visitor.open(path).evaluate(SMALL))}
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)[:3000]
