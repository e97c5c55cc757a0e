"""The same person elsewhere and in other years: the tables fit, quote, say what is not sure, and compare fairly."""

import pytest
from playwright.sync_api import Page, expect

from tests.site.calculating import PHONE, START, WIDE, desk, desks, policies  # noqa: F401

ALLOWANCE = "v1.urumqi-2024&d=20231105&g=subsistence-allowance"
OPEN = "document.querySelector('.cc-elsewhere td .cc-sources').open = true"
SPARE = "(() => { const box = document.querySelector('.cc-elsewhere'); return box.clientWidth - box.scrollWidth; })()"


def shown(desk, link: str, size: dict = WIDE) -> Page:
    """A case with the part opened."""
    page = desk.show(link, size)
    page.locator("details:has(> summary #elsewhere) > summary").click()
    page.locator("#elsewhere-caption").wait_for(timeout=START)
    return page


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_table_fits_its_page(desk, size) -> None:
    """Remarks wrap, nothing is scrolled, also with a sentence opened."""
    page = shown(desk, ALLOWANCE, size)
    assert page.evaluate(SPARE) >= 0
    page.evaluate(OPEN)
    assert page.evaluate(SPARE) >= 0


def test_every_price_has_its_sentence_and_every_doubt_its_words(desk) -> None:
    page = shown(desk, "v1.yunyang-2025&d=20250815&t=1")
    rows = page.locator(".cc-elsewhere tbody tr")
    assert rows.count() > 3
    for row in rows.all():
        assert row.locator("td").first.locator(".cc-sources").count() == 1
    # By the keyboard alone.
    source = rows.first.locator("td .cc-sources").first
    source.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(source.locator("blockquote").first).to_be_visible()
    assert source.locator("blockquote p[lang=zh-Hans]").first.inner_text().strip("“”")
    # What is disputed or assumed says so in the cell, with what it would be, and the open question is linked.
    for frame in page.locator(".cc-elsewhere :is(.conflict, .assumed)").all():
        expect(frame.locator("xpath=following-sibling::*[1]")).to_have_class("cc-state cc-conflicting" if "conflict" in frame.get_attribute("class") else "cc-state cc-assumed")
    expect(rows.first.locator("td").nth(3).locator(".cc-conflicting")).to_contain_text({"zh": "换一种理解：大约2025年11月", "en": "read otherwise: about 1"}[desk.lang])
    assert rows.first.locator(".cc-remarks a[href*='questions/#']").count()
    assert not desk.problems


def test_a_moved_date_and_a_general_price_are_said(desk) -> None:
    page = shown(desk, "v1.urumqi-2024&d=20240429&k=newborn&birth_date=20240229&g=0")
    there = page.locator(".cc-elsewhere tbody tr").filter(has_text={"zh": "科尔沁左翼后旗", "en": "Horqin"}[desk.lang])
    for words in {"zh": ("2025年4月29日", "出生日期：2025年2月28日"), "en": ("29 April 2025", "date of birth: 28 February 2025")}[desk.lang]:
        expect(there.locator(".cc-remarks")).to_contain_text(words)
    page = shown(desk, "v1.yunyang-2025&d=20241105&t=1&k=university_student&g=0")
    rows = page.locator(".cc-elsewhere tbody tr")
    general = {"zh": "的单独标准，这是普通标准", "en": "this is the general price"}[desk.lang]
    expect(rows.first.locator(".cc-remarks")).not_to_contain_text(general)
    expect(rows.filter(has_text={"zh": "屯留", "en": "Tunliu"}[desk.lang]).locator(".cc-remarks")).to_contain_text(general)


def test_two_years_are_compared_with_the_reasons(desk) -> None:
    """The day of payment of each, what the total is made of, what one of them does not hold, and every change with its words."""
    page = shown(desk, ALLOWANCE)
    heads = page.locator(".cc-years thead th")
    for at, day in enumerate({"zh": ("2023年11月5日", "2024年11月5日"), "en": ("5 November 2023", "5 November 2024")}[desk.lang], 1):
        expect(heads.nth(at)).to_contain_text(day)
    expect(page.locator(".cc-year-total")).to_contain_text({"zh": "居民医保多24元（标准多20元，资助少4元）；长期护理保险2024年度8元", "en": "24 yuan more (the price: 20 yuan more, the assistance: 4 yuan less); Long-term care insurance: 8 yuan for 2024"}[desk.lang])
    expect(page.locator("#years ~ .conflict a[href$='questions/#X7']")).to_be_visible()
    expect(page.locator(".cc-years tbody tr").first.locator("td").last).to_have_text({"zh": "多16元", "en": "16 yuan more"}[desk.lang])
    target = page.locator("#years ~ p a[href*='/compare/']").evaluate("(link) => link.href")
    assert page.evaluate("async (target) => (await fetch(target)).ok", target)
    # The case itself first, then the same place in its other year, which says what its amounts do not hold.
    rows = page.locator(".cc-elsewhere tbody tr")
    expect(rows.nth(0).locator("th .cc-state")).to_be_visible()
    expect(rows.nth(1).locator("th a")).to_have_attribute("href", "#v1.urumqi-2025&d=20241105&g=subsistence-allowance")
    expect(rows.nth(1).locator(".cc-remarks a[href$='questions/#X7']")).to_be_visible()
    assert not desk.problems
