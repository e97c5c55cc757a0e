"""Every page in a real browser under the strict policy: no error, no foreign request, the switch of language."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests.site.elements import kinds, read
from tests.visiting import LANGUAGES, Visitor, page_paths, serving, whole_pages

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_fit_a_phone(site_dir, visit, lang) -> None:
    """Every page loads without a complaint and none scrolls sideways at 360 px; wide tables scroll inside their own region."""
    visitor = visit(viewport=PHONE, is_mobile=True, has_touch=True)
    wide = []
    for path in page_paths(site_dir, lang):
        page = visitor.open(path)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > PHONE["width"]:
            wide.append(f"{path}: {width} px")
    assert not wide, "\n".join(wide)
    assert not visitor.problems, "\n".join(visitor.problems[:40])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_read_without_javascript(site_dir, visit, lang) -> None:
    visitor = visit(java_script_enabled=False)
    whole = set(whole_pages(site_dir, lang))
    for path in [path for path in kinds(site_dir, lang) if path in whole]:
        # The init script cannot run here; the text is what counts.
        visitor.page.goto(visitor.home + path)
        assert visitor.page.locator("article h1").is_visible(), path
        assert visitor.page.locator("[data-canbao-switch]").is_visible(), path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_switch_names_the_same_page(site_dir, lang) -> None:
    """Every page's switch leads to its own twin, read from the file; a browser follows some of them below."""
    for path in whole_pages(site_dir, lang):
        switch = [element for element in read(site_dir / path / "index.html").elements if "data-canbao-switch" in element.attributes]
        twin = path.removeprefix("en/") if lang == "en" else f"en/{path}"
        assert len(switch) == 1 and urljoin(f"/{path}", switch[0].attributes["href"]) == f"/{twin}", path


def test_switch_leads_to_the_same_page_and_back(site_dir, visit) -> None:
    visitor = visit(viewport=WIDE)
    whole = set(whole_pages(site_dir, "zh"))
    for path in [path for path in kinds(site_dir, "zh") if path in whole]:
        page = visitor.open(path)
        for expected, tag in (("en/" + path, "en"), (path, "zh-Hans")):
            page.locator("[data-canbao-switch]").click()
            page.wait_for_load_state()
            assert page.url.split("#")[0] == visitor.home + expected
            assert page.locator("html").get_attribute("lang") == tag
    assert not visitor.problems, "\n".join(visitor.problems[:40])


def test_switch_keeps_what_stands_behind_the_hash(visit) -> None:
    visitor = visit(viewport=WIDE)
    page = visitor.open("about/#privacy")
    page.locator("[data-canbao-switch]").click()
    page.wait_for_url("**/en/about/#privacy")
    page.locator("[data-canbao-switch]").click()
    page.wait_for_url("**/about/#privacy")
    assert page.url == visitor.home + "about/#privacy"


@pytest.mark.parametrize(("path", "lang", "first"), [("no/such/page/", "zh-Hans", "没有找到这一页"), ("en/no/such/page/", "en", "This page was not found")])
def test_missing_page_speaks_both_languages(visit, path, lang, first) -> None:
    visitor = visit(viewport=WIDE)
    page = visitor.open(path, missing=True)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").inner_text().strip() == first
    assert page.locator("h2").count() == 1
    page.locator("article section").first.get_by_role("link").first.click()
    page.wait_for_load_state()
    assert page.url == visitor.home + ("en/" if lang == "en" else "")
    assert not visitor.problems, "\n".join(visitor.problems)


def test_works_under_a_folder_of_a_server(site_dir, browser: Browser) -> None:
    with serving(site_dir, "/some/folder/") as server:
        visitor = Visitor(browser, server.url)
        try:
            for path in kinds(site_dir, "zh") + kinds(site_dir, "en"):
                page = visitor.open(path)
                styled = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--cb-line')")
                assert styled.strip(), path
            assert not visitor.problems, "\n".join(visitor.problems[:40])
        finally:
            visitor.close()


def test_skip_link_comes_first_and_leads_to_the_text(visit) -> None:
    visitor = visit(viewport=WIDE)
    page = visitor.open("about/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert "md-skip" in focused.get_attribute("class").split()
    target = focused.get_attribute("href")
    page.keyboard.press("Enter")
    assert page.url.endswith(target)


def test_chosen_colours_stay_across_pages_and_languages(visit) -> None:
    visitor = visit(viewport=WIDE, color_scheme="light")
    page = visitor.open("about/")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    assert page.evaluate(scheme) == "default"
    page.locator("label[for=__palette_1]").click()
    assert page.evaluate(scheme) == "slate"
    assert visitor.open("en/about/").evaluate(scheme) == "slate"
    assert not visitor.problems, "\n".join(visitor.problems)


def test_colours_follow_the_device_until_chosen(visit) -> None:
    page = visit(viewport=WIDE, color_scheme="dark").open("about/")
    assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"


def test_menu_and_search_open_with_the_keyboard_on_a_phone(visit) -> None:
    visitor = visit(viewport=PHONE)
    page = visitor.open("about/")
    page.locator("label[for=__drawer] [role=button]").focus()
    page.keyboard.press("Enter")
    assert page.locator("#__drawer").is_checked()
    page.keyboard.press("Enter")
    assert not page.locator("#__drawer").is_checked()
    page.locator("label[for=__search] [role=button]").focus()
    page.keyboard.press("Enter")
    assert page.locator("#__search").is_checked()
    assert not visitor.problems, "\n".join(visitor.problems)


def test_paper_is_white_whatever_the_screen(visit) -> None:
    visitor = visit(viewport=WIDE, color_scheme="dark")
    page = visitor.open("about/")
    page.emulate_media(media="print")
    colours = page.evaluate("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('article p')).color]")
    assert colours[0] == "rgb(255, 255, 255)"
    assert max(int(part) for part in colours[1][4:-1].split(",")) < 60
    assert not page.locator("header.md-header").is_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_folded_parts_open_by_link_and_on_paper(visit, site_dir, lang) -> None:
    """The longest of the places' pages: closed at first, open at a link to them, all open when printed."""
    folding = [path for path in page_paths(site_dir, lang) if 'id="missed-table"' in (site_dir / path / "index.html").read_text("utf-8")]
    path = max(folding, key=lambda path: (site_dir / path / "index.html").stat().st_size)
    visitor = visit(viewport=PHONE)
    page = visitor.open(path)
    seen = "() => [...document.querySelectorAll('details.fold > :not(summary)')].map((part) => part.checkVisibility({ contentVisibilityAuto: true }))"
    assert not all(page.evaluate(seen))
    # By a heading, and by something inside the folded part.
    for anchor in ("late", "missed-table"):
        page = visitor.open(f"{path}#{anchor}")
        table = page.locator("#late-table" if anchor == "late" else "#missed-table")
        table.wait_for(state="visible")
        page.goto("about:blank")
    page = visitor.open(path)
    page.emulate_media(media="print")
    page.wait_for_function(f"() => {{ const shown = ({seen})(); return shown.length > 0 && shown.every(Boolean); }}")
    assert not visitor.problems, "\n".join(visitor.problems)
