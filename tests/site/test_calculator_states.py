"""No barrier in any state of the calculator: empty, asking, answered, everything open, a family, errors, large print, framed, a roster."""

import pytest
from playwright.sync_api import Page, expect

from tests.site.calculating import FAMILY, PHONE, PREFIX, START, WIDE, answered, desks  # noqa: F401
from tests.site.test_access import ALL_BUT_CONTRAST, report

# Each language on a phone and on a wide screen, once in each colour scheme.
VIEWS = [("zh", PHONE, "light"), ("zh", WIDE, "dark"), ("en", PHONE, "dark"), ("en", WIDE, "light")]
NAMES = [f"{lang}-{size['width']}-{scheme}" for lang, size, scheme in VIEWS]
ROSTER = "姓名,身份,档次,缴费日期\n甲,特困人员,1,2024-11-05\n乙,国王,1,2024-11-05\n丙,无,,2024-11-05\n"


# What surrounds the calculator is looked at with every other page.
RUN = """async (options) => {
  const found = await axe.run("#calculator, #roster", { resultTypes: ["violations"], ...options });
  return found.violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.slice(0, 5).map((n) => n.target.join(" ") + " | " + n.html.slice(0, 160)) }));
}"""


class Walk:
    """Looks at one state after another and remembers what is wrong with each."""

    def __init__(self, axe_source: str, lang: str, width: int):
        self.axe_source, self.width, self.found = axe_source, width, {}
        self.options = {} if lang == "zh" else ALL_BUT_CONTRAST  # colours are the same in both languages

    def look(self, state: str, page: Page) -> None:
        """What axe finds, and whether the page is wider than the screen."""
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(self.axe_source)
        problems = page.evaluate(RUN, self.options)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > self.width:
            problems.append({"id": "too-wide", "help": f"{wide} pixels", "nodes": []})
        if problems:
            self.found[state] = problems


@pytest.mark.parametrize(("lang", "size", "scheme"), VIEWS, ids=NAMES)
def test_no_state_has_a_barrier(desks, axe_source, lang, size, scheme) -> None:
    desk, walk = desks[lang], Walk(axe_source, lang, size["width"])
    page = desk.follow("v1.hami-2025", size, scheme)
    page.locator(".cc-place").fill("a")
    walk.look("asking, the list of places open", page)
    page.keyboard.press("Escape")
    page = desk.show("v1.urumqi-2024&d=20240315&g=subsistence-margin", size, scheme)
    page.locator("details:has(> summary #timeline) > summary").click()
    page.locator("details:has(> summary #elsewhere) > summary").click()
    page.locator(".cc-chart").wait_for(timeout=START)
    page.locator("#elsewhere-caption").wait_for(timeout=START)
    page.locator("[data-panel=link]").click()
    page.evaluate("document.querySelectorAll('#calculator details').forEach((one) => one.open = true)")
    walk.look("answered, everything open", page)
    page = desk.show(FAMILY.replace("t=1&g=0", "t=1&g=severe-disability"), size, scheme)
    page.locator(".cc-total").wait_for(timeout=START)
    page.locator("[data-panel=report]").click()
    page.evaluate("document.documentElement.classList.add('cc-large'); document.querySelectorAll('#calculator details').forEach((one) => one.open = true)")
    walk.look("a family with a report, in large print", page)
    page.locator("[data-panel=report]").click()
    page = desk.show("v1.yunyang-2025&d=20250815", size, scheme)
    page.evaluate("document.querySelectorAll('#calculator .cc-answer details, #calculator .cc-help').forEach((one) => one.open = true)")
    walk.look("other possibilities open", page)
    page = desk.follow("v1.yunyang-2025&d=20241105&gap_years=99", size, scheme)
    page.locator(".cc-wrong, .cc-waiting button").first.wait_for(timeout=START)
    page.evaluate("location.hash = 'v1.damaged&'")
    page.locator(".cc-notice p").wait_for()
    walk.look("refused and damaged", page)
    assert not walk.found, report(walk.found)
    assert not desk.problems


@pytest.mark.parametrize(("lang", "size", "scheme"), VIEWS, ids=NAMES)
def test_no_other_page_of_it_has_a_barrier(visit, axe_source, lang, size, scheme) -> None:
    """Before anything is chosen, without a runtime, in a frame's page, and the roster before a file, with a bad one, and computed."""
    visitor, walk = visit(viewport=size, color_scheme=scheme, reduced_motion="reduce"), Walk(axe_source, lang, size["width"])
    page = visitor.open(f"{PREFIX[lang]}calculator/")
    expect(page.locator("#calculator")).to_have_attribute("data-ready", "true")
    walk.look("empty", page)
    visitor.page.route("**/assets/runtime/manifest.json", lambda route: route.fulfill(status=404, body=""))
    page = visitor.open(f"{PREFIX[lang]}calculator/embed/#v1.tunliu-2025&d=20241105")
    page.locator(".cc-failure h2").wait_for(timeout=START)
    walk.look("framed, not loaded", page)
    page.unroute("**/assets/runtime/manifest.json")
    page = visitor.open(f"{PREFIX[lang]}calculator/roster/")
    file = page.locator("#roster input[type=file]")
    file.set_input_files({"name": "old.xls", "mimeType": "application/octet-stream", "buffer": b"\xd0\xcf\x11\xe0" + b"\0" * 600})
    expect(page.locator("#roster .cc-error")).not_to_be_empty()
    walk.look("a roster that cannot be read", page)
    page.locator("#roster select").first.select_option("yunyang-2025")
    file.set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()})
    page.locator(".cc-work .cc-main").click(timeout=START)
    page.locator("#roster-result").wait_for(timeout=START)
    page.locator("#roster details").first.evaluate("(one) => one.open = true")
    walk.look("a roster computed", page)
    assert not walk.found, report(walk.found)
