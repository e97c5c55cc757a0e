"""The whole calculator, used from an empty page on: by mouse, and by keyboard alone with reduced motion; in both languages, on a phone and on a wide screen."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from calc import Case, PolicySet, assess
from calc.explain import explain
from tests.site.calculating import PHONE, PREFIX, START, WIDE, answered, policies  # noqa: F401
from tests.site.hands import Keyboard, Mouse
from tests.visiting import Visitor

WAYS = [(hand, lang, size) for hand in (Mouse, Keyboard) for lang in ("zh", "en") for size in (PHONE, WIDE)]
NAMES = [f"{hand.__name__.lower()}-{lang}-{size['width']}" for hand, lang, size in WAYS]
WORDS = {
    "zh": {"copy": "复制链接", "link": "链接和二维码", "calendar": "把日期放进日历", "receipt": "保存计算凭证", "report": "觉得不对？", "check": "核对一张凭证", "print": "打印", "large": "大字", "reset": "清空重来", "add": "再加一个家人", "like": "照这个人再加一个", "remove": "删去这个人", "holds": "核对无误", "take": "就按这一天算"},
    "en": {"copy": "Copy the link", "link": "Link and QR code", "calendar": "Put the dates in a calendar", "receipt": "Save a receipt", "report": "Does this look wrong?", "check": "Check a receipt", "print": "Print", "large": "Large print", "reset": "Clear everything", "add": "Add a family member", "like": "Add another like this", "remove": "Remove this person", "holds": "The receipt holds", "take": "Use this day"},
}
TOLD = {"person": "resident", "pay_date": "2024-12-31", "tier": 1, "categories": ["subsistence-allowance"]}
PRINTED = "window.printed = 0; window.print = () => { window.dispatchEvent(new Event('beforeprint')); window.printed += 1; };"
MOVING = "document.getAnimations().filter((one) => one.playState === 'running').length"


class Way:
    """One hand at one page."""

    def __init__(self, visitor: Visitor, hand: type, lang: str, size: dict):
        self.visitor, self.page, self.lang, self.width = visitor, visitor.page, lang, size["width"]
        self.hand, self.words = hand(self.page), WORDS[lang]

    def button(self, name: str) -> None:
        """Press a button by its name."""
        self.hand.press(self.page.get_by_role("button", name=self.words[name], exact=True))

    def sound(self) -> None:
        """Nothing went wrong, nothing is wider than the screen, nothing moves for whoever asked for less motion, and the focus is somewhere."""
        assert not self.visitor.problems
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width
        if isinstance(self.hand, Keyboard):
            assert self.page.evaluate(MOVING) == 0
            assert self.page.evaluate("document.activeElement !== document.body"), "the focus was lost"


@pytest.fixture(params=WAYS, ids=NAMES)
def way(request, browser, server) -> Iterator[Way]:
    """A fresh browser, used one of the ways."""
    hand, lang, size = request.param
    visitor = Visitor(browser, server.url, viewport=size, reduced_motion="reduce" if hand is Keyboard else "no-preference", accept_downloads=True)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.context.add_init_script(PRINTED)
    yield Way(visitor, hand, lang, size)
    visitor.close()


def test_from_an_empty_page_to_everything_it_offers(way: Way, policies: PolicySet, tmp_path: Path) -> None:
    page, hand = way.page, way.hand
    way.visitor.open(f"{PREFIX[way.lang]}calculator/")
    ask(way)
    rules = policies.policy("yunyang-2025")
    told = explain(policies, assess(rules, Case.parse(TOLD, rules)), way.lang)
    expect(page.locator(".cc-headline")).to_have_text(told["headline"])
    way.sound()
    # Answering: from the figure to its step, and to the sentence in the notice.
    hand.press(page.locator(".cc-how").first)
    expect(page.locator("#step-total")).to_be_focused()
    source = page.locator(".cc-part-next .cc-sources summary, .cc-part-warnings .cc-sources summary").first
    hand.press(source)
    expect(page.locator(".cc-part-next details[open] blockquote, .cc-part-warnings details[open] blockquote").first).to_be_visible()
    way.sound()
    over_time(way)
    elsewhere(way)
    keep(way, tmp_path)
    family(way)
    way.button("large")
    expect(page.locator("html")).to_have_class(re.compile("cc-large"))
    way.sound()
    way.button("reset")
    expect(page.locator(".cc-people")).to_be_hidden()
    assert "&" not in page.url
    way.sound()


def ask(way: Way) -> None:
    """The place, the day, the group and the tier."""
    page, hand = way.page, way.hand
    hand.find(page.get_by_role("combobox").first, "yyx")
    hand.press(page.locator("#cc-q-pay_date .cc-chip").last)
    hand.choose(page.locator("#cc-q-categories > .cc-options > .cc-option input").nth(1))
    at = page.locator("#cc-q-categories .cc-many input").evaluate_all("(all) => all.findIndex((one) => /城乡低保|低保对象/.test(one.labels[0].textContent))")
    hand.choose(page.locator("#cc-q-categories .cc-many input").nth(at))
    hand.choose(page.locator("#cc-q-tier input").first)
    answered(page)
    expect(page).to_have_url(re.compile(r"#v1\.yunyang-2025&d=20241231&t=1&g=subsistence-allowance$"))


def over_time(way: Way) -> None:
    """Another day, taken from the chart."""
    page, hand = way.page, way.hand
    hand.press(page.locator("details:has(> summary #timeline) > summary"))
    page.locator(".cc-chart").wait_for(timeout=START)
    readout = page.locator(".cc-readout")
    before = readout.inner_text()
    hand.drag(page.locator(".cc-chart-box"), page.locator(".cc-slider"))
    expect(readout).not_to_have_text(before)
    way.sound()
    way.button("take")
    expect(page).not_to_have_url(re.compile("d=20241231"))
    answered(page)
    way.sound()


def elsewhere(way: Way) -> None:
    """The same person in another place, and back."""
    page, hand = way.page, way.hand
    here = page.url
    hand.press(page.locator("details:has(> summary #elsewhere) > summary"))
    page.locator("#elsewhere-caption").wait_for(timeout=START)
    way.sound()
    hand.press(page.locator("table:has(#elsewhere-caption) tbody th a").first)
    expect(page.locator(".cc-headline")).to_be_focused(timeout=START)
    assert page.url != here
    page.go_back()
    expect(page).to_have_url(here)
    answered(page)


def keep(way: Way, folder: Path) -> None:
    """Link, QR code, report, calendar, receipt and its check, print."""
    page = way.page
    way.button("copy")
    expect(page.locator(".cc-tools .cc-said")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    way.button("link")
    expect(page.locator(".cc-panel .cc-qr")).to_be_visible()
    way.button("report")
    expect(page.locator(".cc-report")).to_have_value(re.compile('"schema":2'), timeout=START)
    way.sound()
    with page.expect_download() as download:
        way.button("calendar")
    assert download.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR")
    with page.expect_download() as download:
        way.button("receipt")
    file = folder / "receipt.json"
    download.value.save_as(file)
    assert json.loads(file.read_text("utf-8"))["schema"] == 2
    way.hand.open_file(page.get_by_role("button", name=way.words["check"], exact=True), file)
    expect(page.locator(".cc-verify .cc-said")).to_contain_text(way.words["holds"])
    way.button("print")
    assert page.evaluate("window.printed") == 1 and page.locator(".cc-sheet").count() == 1
    way.sound()


def family(way: Way) -> None:
    """Somebody more, another like that one, one less; each one's answer, and the total."""
    page = way.page
    way.button("add")
    expect(page.locator(".cc-people li")).to_have_count(2)
    answered(page)
    way.hand.select(page.locator(".cc-family select"), "mother")
    expect(page).to_have_url(re.compile("n=mother"))
    way.button("like")
    expect(page.locator(".cc-people li")).to_have_count(3)
    way.button("remove")
    expect(page.locator(".cc-people li")).to_have_count(2)
    page.locator(".cc-total").wait_for(timeout=START)
    way.sound()
    way.hand.press(page.locator(".cc-family-result tbody .cc-chip").first)
    expect(page.locator(".cc-headline")).to_be_focused(timeout=START)
    way.sound()


ROSTER = "姓名,身份,档次,缴费日期\n甲,特困人员,1,2024-11-05\n乙,国王,1,2024-11-05\n丙,无,2,2024-11-05\n"


def test_a_roster(way: Way, tmp_path: Path) -> None:
    page, hand = way.page, way.hand
    file = tmp_path / "list.csv"
    file.write_text(ROSTER, "utf-8")
    way.visitor.open(f"{PREFIX[way.lang]}calculator/roster/")
    hand.select(page.locator("#roster select").first, "yunyang-2025")
    hand.open_file(page.locator("#roster input[type=file]"), file)
    hand.press(page.locator(".cc-work .cc-main"))
    result = page.locator("#roster-result")
    expect(result).to_be_focused(timeout=START)
    expect(page.locator("#roster")).to_contain_text("国王")
    way.sound()
    with page.expect_download() as download:
        hand.press(page.get_by_role("button", name=re.compile("CSV")).last)
    assert "775" in download.value.path().read_text("utf-8-sig")
    way.sound()


def test_in_a_frame(way: Way) -> None:
    """The page that other sites show in a frame: the place is given, the rest is asked."""
    page = way.page
    way.visitor.open(f"{PREFIX[way.lang]}calculator/embed/#v1.yunyang-2025")
    way.hand.press(page.locator("#cc-q-pay_date .cc-chip").last)
    way.hand.choose(page.locator("#cc-q-tier input").nth(1))
    answered(page)
    expect(page.locator(".cc-headline")).to_contain_text("775")
    way.sound()
