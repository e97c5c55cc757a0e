"""The answer over the date of payment: the chart with its key, the slider, the line under it and the table."""

import re

import pytest
from playwright.sync_api import Page, expect

from calc import Case, assess
from tests.site.calculating import CASES, PHONE, START, WIDE, answered, desk, desks, fragment, policies  # noqa: F401
from tests.visiting import LANGUAGES

CHARTS = {
    "yunyang": "v1.yunyang-2025&d=20250115&t=1&g=0", "no tier": "v1.yunyang-2025&d=20241105&g=0", "tunliu": "v1.tunliu-2025&d=20241105&g=0",
    "urumqi": "v1.urumqi-2024&d=20240110&g=0", "horqin": "v1.horqin-left-rear-2025&d=20241201&g=0", "kashgar": "v1.kashgar-2025&d=20241105&g=0",
}
# Words and numbers of the chart that overlap each other or stick out of it.
CROWDED = """(chart) => {
  const frame = chart.getBoundingClientRect();
  const marks = [...chart.querySelectorAll("text:not(.cc-number-text), circle")].map((one) => ({ words: one.textContent || "(number)", box: one.getBoundingClientRect() }));
  const out = marks.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
  const over = marks.flatMap((one, index) => marks.slice(index + 1).filter(({ box }) => Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left) > 1
    && Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top) > 4).map((other) => `${one.words} / ${other.words}`));
  return [...out.map(({ words }) => words), ...over];
}"""


def panel(page: Page) -> None:
    """Open the part with the chart and wait for it."""
    page.locator("details:has(> summary #timeline) > summary").click()
    page.locator(".cc-chart").wait_for(timeout=START)


def pick(page: Page, day: str) -> str:
    """Move the slider to a day; what is then said of it."""
    page.locator(".cc-slider").evaluate("(slider, day) => { slider.value = Date.parse(day) / 86400000; slider.dispatchEvent(new Event('input')); }", day)
    return page.locator(".cc-readout").inner_text()


def test_over_the_date_of_payment(desk, policies) -> None:
    page = desk.show(fragment(policies, "yunyang"), PHONE)
    panel(page)
    chart = page.locator(".cc-chart")
    chart.wait_for(timeout=START)
    slider = page.locator(".cc-slider")
    before = slider.get_attribute("aria-valuetext")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(slider).not_to_have_attribute("aria-valuetext", before)
    page.locator(".cc-timeline button").click()
    expect(page).to_have_url(re.compile("d=20241108"))
    answered(page)
    chart.wait_for(timeout=START)
    page.locator(".cc-table > summary").click()
    rows = page.locator(".cc-table tbody tr")
    rules = policies.policy(CASES["yunyang"][0])
    told = {**CASES["yunyang"][1], "pay_date": "2025-01-10"}
    start = assess(rules, Case.parse(told, rules)).value("coverage_start")
    assert rows.count() > 5
    words = f"{start.year}年{start.month}月{start.day}日" if desk.lang == "zh" else f"{start.day} February {start.year}"
    expect(page.locator(".cc-table tbody")).to_contain_text(words)
    assert not desk.problems


def test_the_chart(desks) -> None:
    """Hatched where the notice is silent, each step over its clauses, dragged by the mouse, the chosen day and today marked."""
    desk = desks["zh"]
    page = desk.show("v1.yunyang-2025&d=20250115&t=1&g=0")
    page.clock.install(time="2025-03-05T10:00:00")
    try:
        panel(page)
        chart = page.locator(".cc-chart")
        chart.wait_for(timeout=START)
        assert chart.locator(".cc-unknown").count() >= 3
        clauses = chart.locator(".cc-clause").all_text_contents()
        assert any("二、1" in text for text in clauses) and any("二、2" in text for text in clauses)
        expect(chart.locator(".cc-today text")).to_have_text("今天")
        expect(chart.locator(".cc-chosen line")).to_have_count(1)
        expect(chart.locator(".cc-chosen text")).to_have_text("选的1月15日")
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        readout = page.locator(".cc-readout")
        expect(readout).to_contain_text("2025年1月15日缴费")
        page.mouse.move(box["x"] + 20, box["y"] + 100)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100, steps=3)
        page.mouse.up()
        expect(readout).to_contain_text(re.compile("2025年4月.*等待期：90天或3个月"))
        cited = page.locator(".cc-timeline .cc-hint a").first
        expect(cited).to_have_attribute("href", re.compile(r"^\.\./notices/yunyang-2025/#c-2-"))
        page.mouse.move(box["x"] + box["width"] - 12, box["y"] + 100)
        page.mouse.down()
        page.mouse.up()
        expect(readout).to_contain_text("要交多少：没写能不能缴。")
    finally:
        page.clock.resume()
    assert not desk.problems


def test_the_chart_on_a_phone(desks) -> None:
    """The year's beginning has its label at every width; before the window there is no sum, but why."""
    desk = desks["en"]
    page = desk.show("v1.urumqi-2024&d=20231105&g=0", PHONE)
    panel(page)
    assert "Jan 2024" in page.locator(".cc-tick").all_text_contents()
    page.locator(".cc-slider").focus()
    page.keyboard.press("Home")
    expect(page.locator(".cc-readout")).to_contain_text("not open yet")
    page.locator(".cc-table > summary").click()
    expect(page.locator(".cc-table tbody tr").first).to_contain_text("not open yet")
    expect(page.locator(".cc-table tbody tr").first).not_to_contain_text("420")
    assert not desk.problems


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("name", CHARTS)
def test_every_label_is_there(desk, name, size) -> None:
    """Each stretch has its words, in the chart or with its number in the key; none is cut and none covers another."""
    page = desk.show(CHARTS[name], size)
    panel(page)
    chart, texts = page.locator(".cc-chart"), page.locator(".cc-timeline .cc-chart text, .cc-timeline .cc-key").all_text_contents()
    assert chart.evaluate(CROWDED) == []
    shown = " ".join(texts)
    page.locator(".cc-table > summary").click()
    rows = page.locator(".cc-table tbody tr")
    for index in range(rows.count()):
        row = rows.nth(index)
        period = row.locator(".cc-option-note").inner_text()
        money, _, wait = (row.locator("td").nth(cell).locator("span").first.inner_text() for cell in range(3))
        for words in (period, money, wait):
            assert words in shown, (words, shown)
    numbers = [text for text in chart.locator(".cc-number-text").all_text_contents()]
    assert set(numbers) == set(page.locator(".cc-key-number").all_text_contents())
    assert not desk.problems


DOUBTS = {  # link, day → what is said of it in each language, and the frame that the chart has
    "hangs on missed years": ("v1.horqin-left-rear-2025&d=20241201&g=0", "2024-12-01", "待遇等待期：要先知道断保年数", "Waiting period: depends on: missed years", "hangs"),
    "a disputed end": ("v1.tunliu-2025&d=20241105&g=0", "2025-01-20", "400元（通知里有两种说法）", "400 yuan (the notice can be read in two ways)", "conflicting"),
    "an extension": ("v1.urumqi-2024&d=20240110&g=0", "2024-01-10", "2024年2月1日（还要看已报备案延期）", "1 February 2024 (also depends on: extension was filed)", "hangs"),
    "a disputed wait": ("v1.yunyang-2025&d=20250115&t=1&g=0&gap_years=2", "2025-01-15", "5个月（通知里有两种说法", "5 months (the notice can be read in two ways", "conflicting"),
    "an estimate": ("v1.yunyang-2025&d=20250115&t=1&g=0&gap_years=0", "2025-03-15", "第一天：大约2025年6月", "First covered day: about 14 June 2025", "conflicting"),
    "whether one can pay": ("v1.yunyang-2025&d=20250115&t=1&g=0", "2024-08-10", "要交多少：没写能不能缴；能缴的话，400元", "You pay: not said whether one can pay; if so, 400 yuan", "conflicting"),
    "after the last period": ("v1.yunyang-2025&d=20250115&t=1&g=0", "2025-10-10", "要交多少：没写能不能缴。", "You pay: not said whether one can pay.", "conflicting"),
    "no tier": ("v1.yunyang-2025&d=20241105&g=0", "2024-11-05", "要交多少：一档：400元；二档：775元。", "You pay: Tier 1: 400 yuan; Tier 2: 775 yuan.", "hangs"),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_what_is_not_sure_is_said(desk, name) -> None:
    """The chart by a dashed frame, the line under it and the table by words: what the answer for that day says."""
    link, day, zh, en, frame = DOUBTS[name]
    page = desk.show(link)
    panel(page)
    said = pick(page, day)
    assert (zh if desk.lang == "zh" else en) in said
    assert page.locator(f".cc-frame-{frame}").count()
    page.locator(".cc-table > summary").click()
    expect(page.locator(f".cc-table .cc-state.cc-{frame}").first).to_be_visible()
    assert not desk.problems


def test_where_it_is_not_said_whether_one_can_pay_no_amount_is_drawn(desks) -> None:
    desk = desks["zh"]
    page = desk.show(CHARTS["yunyang"])
    panel(page)
    blocks = page.locator(".cc-fill1").evaluate_all("(blocks) => blocks.map((one) => one.getBoundingClientRect().left)")
    frame = page.locator(".cc-frame").first.bounding_box()
    assert min(blocks) >= frame["x"] + frame["width"] - 2, "the days before the window are hatched"
    page.locator(".cc-table > summary").click()
    expect(page.locator(".cc-table tbody tr").first.locator("td .not-stated").first).to_have_text("没写能不能缴；能缴的话，400元")


def test_the_keyboard_alone(desk) -> None:
    """A page is a month; the button that takes a day keeps the focus."""
    page = desk.show(CHARTS["yunyang"], PHONE)
    panel(page)
    slider = page.locator(".cc-slider")
    slider.focus()
    chosen = page.locator(".cc-chosen text")
    for key, zh, en in (("PageUp", "选的2月15日", "chosen: 15 Feb"), ("PageDown", "选的1月15日", "chosen: 15 Jan"), ("Home", "选的8月1日", "chosen: 1 Aug"), ("PageDown", "选的8月1日", "chosen: 1 Aug"), ("End", "选的12月31日", "chosen: 31 Dec"), ("PageDown", "选的11月30日", "chosen: 30 Nov")):
        page.keyboard.press(key)
        expect(chosen).to_have_text(zh if desk.lang == "zh" else en)
    take = page.locator(".cc-timeline .cc-button")
    page.keyboard.press("Tab")
    for _ in range(8):
        if take.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("d=20251130"))
    answered(page)
    expect(take).to_have_attribute("aria-disabled", "true", timeout=START)
    expect(take).to_be_focused()
    assert not desk.problems


@pytest.mark.parametrize("lang", LANGUAGES)
def test_clauses_are_joined_as_the_language_does(desks, lang) -> None:
    page = desks[lang].show(CHARTS["urumqi"])
    panel(page)
    joined = [text for text in page.locator(".cc-clause").all_text_contents() if "；" in text or "; " in text]
    assert joined
    assert all(("；" in text) == (lang == "zh") for text in joined)


def test_a_number_points_at_a_stretch_of_its_own(desks) -> None:
    """Days on which one cannot pay part the stretches of one label: its number points at one of them, not at the gap."""
    desk = desks["zh"]
    for size in (PHONE, WIDE):
        page = desk.show("v1.tunliu-2025&d=20250110&g=subsistence-allowance", size)
        panel(page)
        blocks = page.locator(".cc-fill1").evaluate_all("(all) => all.map((one) => [Number(one.getAttribute('x')), Number(one.getAttribute('x')) + Number(one.getAttribute('width')), Number(one.getAttribute('y'))])")
        leaders = page.locator(".cc-leader").evaluate_all("(all) => all.map((one) => ['x2', 'y2'].map((name) => Number(one.getAttribute(name))))")
        pointing = [x for x, y in leaders if any(abs(y - top) < 0.01 for _, _, top in blocks)]
        assert pointing
        assert all(any(left <= x <= right for left, right, _ in blocks) for x in pointing)
    assert not desk.problems


def test_no_covered_day_left_is_said_and_not_hatched(desk) -> None:
    """In the line, the chart, the table, the other places and the other year: the day is worked out, the notice is not silent."""
    words, silent = {"zh": ("没有能报销的日子", "通知没有写"), "en": ("no covered day", "not stated")}[desk.lang]
    page = desk.show("v1.urumqi-2024&d=20241215&g=stable-exit")
    panel(page)
    said = page.locator(".cc-readout").inner_text()
    assert {"zh": f"能报销的第一天：{words}。", "en": f"First covered day: {words}."}[desk.lang] in said
    assert words in page.locator(".cc-timeline .cc-chart").text_content() + page.locator(".cc-timeline .cc-key").text_content()
    chosen = float(page.locator(".cc-chosen line").get_attribute("x1"))
    hatched = page.locator(".cc-unknown").evaluate_all("(all) => all.map((one) => ['x', 'width', 'y'].map((name) => Number(one.getAttribute(name))))")
    assert {round(y) for x, width, y in hatched if x <= chosen <= x + width} == {round(max(y for _, _, y in hatched))}, "only the wait is not stated"
    page.locator(".cc-table > summary").click()
    cell = page.locator(".cc-table tbody tr").last.locator("td").nth(1)
    expect(cell).to_contain_text(words)
    assert cell.locator(".not-stated").count() == 0
    page.locator("details:has(> summary #elsewhere) > summary").click()
    home = page.locator(".cc-elsewhere tbody tr").first.locator("td").nth(3)
    expect(home).to_contain_text(words, timeout=START)
    expect(home).not_to_contain_text(silent)
    row = page.locator(".cc-years tbody tr").filter(has_text=words).first
    expect(row.locator("td").last).to_contain_text({"zh": "2024年度没有能报销的日子；2025年度的通知没有写", "en": "no covered day for 2024; not stated for 2025"}[desk.lang])
    assert row.locator("td").first.locator(".not-stated").count() == 0
    assert not desk.problems


def test_an_edge_that_no_notice_gives_is_marked(desk) -> None:
    page = desk.show("v1.yunyang-2025&d=20241105&t=1&g=0")
    panel(page)
    page.locator(".cc-table > summary").click()
    rows = page.locator(".cc-table tbody tr th")
    edge = {"zh": "哪天开始通知没有写，这里从", "en": "first day not stated; counted here from"}[desk.lang]
    expect(rows.nth(1)).to_contain_text(edge)
    assert page.locator(".cc-table tbody th").filter(has_text=edge).count() == 1
    assert edge in page.locator(".cc-timeline .cc-chart").text_content() + page.locator(".cc-timeline .cc-key").text_content()
    assert not desk.problems
