"""The form and the focus never mislead: what is ticked is counted, what is wrong counts as nothing, and the reader is left where reading goes on."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from calc import PolicySet
from tests.site.calculating import FAMILY, PHONE, START, WIDE, Desk, answered, desk, desks, policies  # noqa: F401

LOW = "v1.yunyang-2025&d=20241105&t=1&g=subsistence-allowance"
# How far what has the focus stands below the header and above the bar at the foot of the screen.
CLEAR = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const shown = (selector) => { const one = document.querySelector(selector); return one && getComputedStyle(one).display !== "none" && !one.hidden ? one.getBoundingClientRect() : null; };
  const [header, bar] = [shown(".md-header"), shown(".cc-peek")];
  return { what: document.activeElement.outerHTML.slice(0, 90), top: box.top - (header ? header.bottom : 0), bottom: (bar ? bar.top : innerHeight) - Math.min(box.bottom, box.top + 40), body: document.activeElement === document.body };
}"""


def ticked(page: Page) -> list[str]:
    return page.locator("#cc-q-categories input[type=checkbox]:checked").evaluate_all("(all) => all.map((one) => one.labels[0].textContent)")


def test_what_is_ticked_is_what_is_counted(desks: dict[str, Desk]) -> None:
    desk = desks["zh"]
    page = desk.show(LOW)
    assert len(ticked(page)) == 1
    page.get_by_role("button", name="清空重来").click()
    page.locator("#cc-q-pay_date .cc-chip").last.click()
    answered(page)
    assert ticked(page) == [] and "g=" not in page.url
    page = desk.show(LOW)
    page = desk.show("v1.yunyang-2025&d=20241105&t=1")
    assert ticked(page) == []
    # Whoever leaves the list and comes back finds it as it is counted: empty.
    page = desk.show(LOW)
    groups = page.locator("#cc-q-categories > .cc-options > .cc-option input")
    groups.first.check()
    expect(page).to_have_url(re.compile("g=0$"))
    groups.nth(1).check()
    assert ticked(page) == []
    assert not desk.problems


def test_a_link_with_an_unknown_group_can_be_mended(desks: dict[str, Desk]) -> None:
    desk = desks["zh"]
    page = desk.follow("v1.horqin-left-rear-2025&d=20241205&g=low-income-margin")
    expect(page.locator(".cc-waiting")).to_contain_text("链接里有一项情况不对", timeout=START)
    page.locator("#cc-q-categories input[type=checkbox]").first.check()
    answered(page)
    expect(page).not_to_have_url(re.compile("low-income-margin"))
    assert not desk.problems


def test_a_place_keeps_the_groups_that_its_notice_names(desk: Desk) -> None:
    page = desk.show("v1.yunyang-2025&d=20241105&t=1&g=martyr-survivors.subsistence-allowance")
    field = page.get_by_role("combobox")
    field.fill("屯留")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("tunliu-2025.*g=subsistence-allowance$"))
    expect(page.locator(".cc-notice")).to_contain_text({"zh": "不再算在内：烈士遗属、一档", "en": "no longer count: Survivors of martyrs, Tier 1"}[desk.lang])
    expect(page.locator(".cc-headline")).to_contain_text("80", timeout=START)


def test_the_only_place_that_answers_is_taken_on_leaving_the_field(desk: Desk) -> None:
    page = desk.show("v1.yunyang-2025&d=20241105&t=1&g=0")
    field = page.get_by_role("combobox")
    field.fill("屯留")
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile("tunliu-2025"))
    field.fill("a")  # many answer: none is taken
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile("tunliu-2025"))


def test_what_is_no_number_counts_as_not_told(desk: Desk) -> None:
    page = desk.show("v1.yunyang-2025&d=20250110&t=1&g=0&gap_years=3")
    number = page.locator("#cc-q-gap_years input")
    number.fill("3x")
    page.keyboard.press("Tab")
    expect(page).not_to_have_url(re.compile("gap_years"))
    answered(page)
    expect(number).to_have_value("3x")
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#cc-q-gap_years .cc-error")).not_to_be_empty()
    number.fill("2")
    expect(number).not_to_have_attribute("aria-invalid", "true")
    expect(page).to_have_url(re.compile("gap_years=2"))
    assert not desk.problems


def test_a_day_that_was_emptied_or_is_half_typed_counts_as_not_told(desks: dict[str, Desk]) -> None:
    desk = desks["en"]
    page = desk.show(LOW)
    day = page.locator("#cc-q-pay_date input")
    day.focus()
    for _ in range(3):
        page.keyboard.press("Backspace")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")  # to the field's own calendar
    page.keyboard.press("Tab")
    expect(page).not_to_have_url(re.compile("d=2024"))
    expect(page.locator(".cc-waiting")).to_be_visible()
    expect(page.locator("#cc-q-pay_date .cc-error")).to_be_empty()
    page.locator("#cc-q-pay_date input").focus()
    page.keyboard.type("11")  # the month alone
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.locator("#cc-q-pay_date .cc-error")).not_to_be_empty()
    page.locator("#cc-q-tier input").nth(1).check()  # another answer neither mends the day nor takes the message away
    expect(page.locator("#cc-q-pay_date .cc-error")).not_to_be_empty()
    assert "d=2024" not in page.url
    page.locator("#cc-q-pay_date .cc-chip").last.click()
    answered(page)
    expect(page.locator("#cc-q-pay_date .cc-error")).to_be_empty()
    assert not desk.problems


def test_the_year_is_chosen_by_arrows(desks: dict[str, Desk]) -> None:
    page = desks["en"].show("v1.urumqi-2025&d=20241105&g=subsistence-allowance")
    page.locator("#cc-q-place input[type=radio]:checked").focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("urumqi-2024"))
    expect(page.locator("#cc-q-place input[type=radio]:checked")).to_be_focused()
    expect(page.locator(".cc-notice")).to_contain_text("5 November 2024")  # the day belonged to the other year


# Choosing and printing before the engine has answered.
PRINTED_AT_ONCE = """() => {
  document.querySelectorAll("#cc-q-tier input")[1].click();
  dispatchEvent(new Event("beforeprint"));
  return document.querySelector(".cc-sheet").textContent;
}"""


def test_what_is_printed_is_one_case_and_its_own_answer(desks: dict[str, Desk]) -> None:
    page = desks["zh"].show("v1.yunyang-2025&d=20241105&t=1&g=0")
    text = page.evaluate(PRINTED_AT_ONCE)
    assert "一共要交400元" in text and "一档" in text and "&t=1&" in text and "二档；" not in text
    answered(page)
    expect(page.locator(".cc-headline")).to_contain_text("775")


def test_what_was_cleared_comes_back(desks: dict[str, Desk]) -> None:
    page = desks["zh"].show(FAMILY)
    page.locator(".cc-total").wait_for(timeout=START)
    page.get_by_role("button", name="清空重来").click()
    expect(page.locator(".cc-people")).to_be_hidden()
    page.go_back()
    expect(page.locator(".cc-people li")).to_have_count(2)
    answered(page)


def test_a_failed_load_is_said_beside_the_questions(visit) -> None:
    """On a phone the failure stands far below them; trying again keeps the focus."""
    visitor = visit(viewport=PHONE, reduced_motion="reduce")
    visitor.page.route("**/assets/runtime/manifest.json", lambda route: route.fulfill(status=404, body=""))
    page = visitor.open("calculator/#v1.tunliu-2025&d=20241105&g=0")
    expect(page.locator(".cc-peek-text")).to_contain_text("没能载入", timeout=START)
    page.locator(".cc-peek").click()
    page.locator(".cc-failure button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cc-failure button")).to_be_focused(timeout=START)


@pytest.mark.parametrize("size", [PHONE, WIDE, {"width": 740, "height": 360}], ids=["phone", "wide", "landscape"])
def test_the_focus_is_never_lost_nor_hidden(desks: dict[str, Desk], size: dict) -> None:
    desk = desks["zh"]

    def clear(what: str) -> None:
        found = page.evaluate(CLEAR)
        assert not found["body"] and found["top"] > -1 and found["bottom"] > -1, (what, found)

    page = desk.show(FAMILY, size)
    page.locator(".cc-total").wait_for(timeout=START)
    page.locator(".cc-family-result .cc-chip").nth(1).click()
    expect(page.locator(".cc-headline")).to_be_focused(timeout=START)
    clear("the answer of the other")
    page.locator(".cc-how").first.click()
    clear("the step")
    page.locator(".cc-family button", has_text="删去这个人").click()
    clear("somebody removed")
    page = desk.show("v1.yunyang-2025&d=20230101&t=1&g=0", size)
    page.get_by_role("button", name="看看").click()
    expect(page.locator(".cc-headline")).to_be_focused(timeout=START)
    clear("what held then")
    page.locator("details:has(> summary #elsewhere) > summary").click()
    page.locator("table:has(#elsewhere-caption) tbody th a").first.click(timeout=START)
    expect(page.locator(".cc-headline")).to_be_focused(timeout=START)
    clear("another place")
    page.get_by_role("button", name="清空重来").click()
    clear("cleared")
    page = desk.show("v1.yunyang-2025&d=20250115", size)
    page.locator(".cc-part-assumptions .cc-how").first.click()
    clear("a fact to tell")
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 16:
        page.keyboard.press(key)
        clear(key)
    assert not desk.problems


def test_a_family_keeps_its_tools_while_somebody_has_no_answer(desks: dict[str, Desk]) -> None:
    desk = desks["zh"]
    page = desk.show(FAMILY, PHONE)
    page.locator(".cc-family > .cc-actions button").click()
    page.locator("#cc-q-person input").nth(3).check()  # a newborn, whose day of birth is not told
    expect(page.locator(".cc-waiting")).to_be_visible()
    expect(page.get_by_role("button", name="链接和二维码")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="保存计算凭证").click()
    assert len(json.loads(download.value.path().read_text("utf-8"))["people"]) == 2
    assert not desk.problems


def test_the_bar_at_the_foot_says_whose_answer_it_is(desks: dict[str, Desk]) -> None:
    page = desks["zh"].show(FAMILY, PHONE)
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".cc-peek-text")).to_contain_text(re.compile("^奶奶（外婆）：2025年度"))


def test_no_bar_in_a_frame(visit, policies: PolicySet) -> None:
    page = visit(viewport=PHONE).open("calculator/embed/#v1.tunliu-2025&d=20241105&g=0")
    answered(page)
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".cc-peek")).to_be_hidden()


def test_a_place_chosen_stands_in_the_address(visit) -> None:
    """So that whoever embeds the calculator can read it off, as the page about embedding says."""
    page = visit(viewport=PHONE).open("en/calculator/")
    page.get_by_role("combobox").fill("500235")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#v1\.yunyang-2025$"))


SPOILED = {"zh": "重新计算是4000", "en": "recomputing gives 4000"}


def test_a_receipt_checked_says_what_it_holds_and_where_it_differs(desk: Desk, tmp_path) -> None:
    page = desk.show(LOW)
    with page.expect_download() as download:
        page.get_by_role("button", name={"zh": "保存计算凭证", "en": "Save a receipt"}[desk.lang]).click()
    text = download.value.path().read_text("utf-8")
    chosen, found = page.locator(".cc-verify input"), page.locator(".cc-verify .cc-found")

    def check(content: str) -> None:
        chosen.set_input_files({"name": "receipt.json", "mimeType": "application/json", "buffer": content.encode()})

    check(text)
    expect(found).to_contain_text({"zh": "云阳县2025年：40元", "en": "Yunyang County 2025: 40 yuan"}[desk.lang])
    receipt = json.loads(text)
    receipt["people"][0]["figures"]["total_pays"]["value"] = 1
    check(json.dumps(receipt))
    expect(found).to_contain_text("people[0].figures.total_pays.value")
    expect(found).to_contain_text(SPOILED[desk.lang])
    said = page.locator(".cc-verify .cc-said")
    for content in ("[" * 20_000, text.replace('"total":', '"total": 1, "total":', 1)):
        check(content)
        expect(said).to_contain_text({"zh": "读不出来", "en": "cannot be read"}[desk.lang])
    assert not desk.problems


# Words of an answer that are broken because the answers stand beside one another: their box is narrower than their longest word.
BROKEN = """() => [...document.querySelectorAll(".cc-option-text")].filter((one) => {
  const range = document.createRange();
  const text = one.firstChild;
  return [...text.data.matchAll(/[A-Za-z]+/g)].some(({ 0: word, index }) => {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return range.getClientRects().length > 1;
  });
}).map((one) => one.textContent)"""


def test_no_word_of_an_answer_is_broken(desks: dict[str, Desk]) -> None:
    page = desks["en"].show("v1.horqin-left-rear-2025&d=20241201&g=severe-disability", PHONE)
    page.locator("#cc-q-zero_claims_previous_year").wait_for()
    assert page.evaluate(BROKEN) == []
