"""What the calculator offers beside the answer: other places, a family, keeping, printing."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from tests.site.calculating import CASES, FAMILY, PHONE, START, answered, desk, desks, expected, fragment, policies  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]


def panel(page: Page, name: str) -> None:
    """Open one of the folded parts below the answer."""
    page.locator(f"details:has(> summary #{name}) > summary").click()


FITS = """() => [...document.querySelectorAll(".cc-piece")].map((piece) => {
  const range = document.createRange();
  range.selectNodeContents(piece);
  const [text, box] = [range.getBoundingClientRect(), piece.getBoundingClientRect()];
  return !piece.textContent || text.width + 1 < box.width || text.top >= box.bottom - 1;
})"""


def test_no_sum_in_the_bar_is_cut_off(desks) -> None:
    """One that does not fit is not shown there; the list below has it."""
    page = desks["en"].show("v1.urumqi-2024&d=20231105&g=subsistence-allowance", PHONE)
    fits = page.evaluate(FITS)
    assert len(fits) == 3 and all(fits)
    expect(page.locator(".cc-legend")).to_contain_text("84 yuan")


@pytest.mark.parametrize(("typed", "place"), [("Shanxi", "Tunliu District"), ("Inner Mongolia", "Horqin Left Rear Banner"), ("Tongliao", "Horqin Left Rear Banner"), ("Ürümqi", "Urumqi City"), ("Aqsu", "Aksu Prefecture"), ("山西", "Tunliu District"), ("内蒙古", "Horqin Left Rear Banner"), ("通辽", "Horqin Left Rear Banner")])
def test_a_place_is_found_by_what_it_lies_in(desks, typed, place) -> None:
    page = desks["en"].show("v1.yunyang-2025&d=20241105&t=1&g=0")
    page.locator(".cc-place").fill(typed)
    expect(page.locator(".cc-listbox li")).to_have_count(1)
    expect(page.locator(".cc-listbox li")).to_contain_text(place)
    page.keyboard.press("Escape")


def test_a_day_long_before_the_window_has_no_sum(desks) -> None:
    page = desks["en"].show("v1.tunliu-2025&d=19001105&g=0")
    expect(page.locator(".cc-headline")).to_contain_text("long before")
    expect(page.locator(".cc-answer")).not_to_contain_text("400 yuan")
    page.get_by_role("button", name="See what held").click()
    expect(page.locator(".cc-headline")).to_contain_text("400 yuan", timeout=START)


def test_elsewhere_and_last_year(desk, policies) -> None:
    page = desk.show(fragment(policies, "urumqi"))
    panel(page, "elsewhere")
    page.locator("#elsewhere-caption").wait_for(timeout=START)
    # Price, assistance and what is left are those of both premiums together.
    expect(page.locator("table:has(#elsewhere-caption) tbody tr").first).to_contain_text("420")
    table = page.locator("table:has(#elsewhere-caption) tbody tr")
    # Every place and year is there by its name; those with the same rules and the same answer share a row.
    shown = [name for row in table.all() for name in row.locator("th b, th a").evaluate_all("(names) => names.map((one) => one.textContent)")]
    assert len(shown) == len(set(shown)) == len(policies.ids())
    assert 3 < table.count() < len(policies.ids())
    assert table.locator(".not-stated").count() > table.count()
    # Year against year: every premium with what it is made of, each cell with its sentences.
    years = page.locator(".cc-years tbody tr")
    own = expected(policies, "urumqi", desk.lang)
    for name in ("total_pays", "standard", "ltci_standard", "ltci_pays", "coverage_start"):
        row = years.filter(has=page.get_by_role("rowheader", name=own["figures"][name]["label"]))
        expect(row.locator("td").first).to_contain_text(own["figures"][name]["text"])
        assert row.locator("td").first.locator(".cc-sources").count() == 1
    expect(years.filter(has_text=own["figures"]["ltci_pays"]["label"]).locator("td").nth(1).locator(".not-stated")).to_be_visible()
    assert page.locator(".cc-years .cc-differs").count() >= 4
    link = table.nth(1).locator("a").first
    target = link.get_attribute("href")
    link.click()
    expect(page).to_have_url(re.compile(re.escape(target)))
    answered(page)
    assert not desk.problems


def test_a_family(desk) -> None:
    words = {"zh": "2个人一共要交420元。", "en": "2 people pay 420 yuan in all."}[desk.lang]
    page = desk.show(FAMILY, PHONE)
    total = page.locator(".cc-total")
    expect(total).to_have_text(words, timeout=START)
    page.locator(".cc-family button").nth(2).click()  # another like the one shown
    expect(page.locator(".cc-people li")).to_have_count(3)
    answered(page)
    expect(total).to_contain_text("460", timeout=START)
    page.locator(".cc-family button", has_text="删去这个人" if desk.lang == "zh" else "Remove this person").click()
    expect(page.locator(".cc-people li")).to_have_count(2)
    answered(page)
    expect(total).to_have_text(words)
    page.locator(".cc-family > .cc-actions button").click()  # one more, of whom only the place and the day are known
    expect(page.locator(".cc-people li")).to_have_count(3)
    page.locator("#cc-q-person input").nth(3).check()
    expect(page.locator(".cc-family-result tbody tr").nth(2 if desk.lang == "en" else 2)).to_be_visible()
    expect(total).to_contain_text("420", timeout=START)
    page.locator(".cc-top button").nth(1).click()
    expect(page.locator(".cc-people")).to_be_hidden()
    assert not desk.problems


def test_a_family_whose_sum_is_not_known(desks) -> None:
    page = desks["zh"].show("v1.yunyang-2025&d=20241105&t=1&g=0/&d=20250801&t=1&g=0")
    expect(page.locator(".cc-total")).to_contain_text("至少要交", timeout=START)


def modules(page: Page) -> str:
    """The text of the QR code on the page, read by an independent library."""
    size = page.evaluate("document.querySelector('.cc-panel .cc-qr').viewBox.baseVal.width")
    path = page.locator(".cc-panel .cc-qr path").get_attribute("d")
    size, scale = int(size), 4
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1", path)}
    pixels = bytes(0 if (x // scale, y // scale) in dark else 255 for y in range(size * scale) for x in range(size * scale))
    [code] = zxingcpp.read_barcodes(memoryview(pixels).cast("B", shape=[size * scale, size * scale]))
    return code.text


def test_link_and_code(desks, policies) -> None:
    desk = desks["zh"]
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = desk.show(fragment(policies, "horqin"))
    page.get_by_role("button", name="复制链接").click()
    expect(page.locator(".cc-tools .cc-said")).to_have_text("已复制。")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name="链接和二维码").click()
    assert modules(page) == page.url
    page.get_by_role("button", name="链接和二维码").click()


QR = """async ([script, texts]) => {
  const { encodeQr } = await import(script);
  return texts.map(([text, level]) => encodeQr(text, level));
}"""


def test_codes_of_all_sizes(visit) -> None:
    page = visit().open("about/")
    texts = [["参保" + "x" * length, level] for level, lengths in (("M", (0, 30, 150, 700, 2300)), ("L", (5, 2900))) for length in lengths]
    for (text, level), grid in zip(texts, page.evaluate(QR, ["/assets/calculator/qr.js", texts]), strict=True):
        size, quiet = len(grid) + 8, 4
        pixels = bytearray(b"\xff" * (size * size * 9))
        for y, row in enumerate(grid):
            for x, dark in enumerate(row):
                if dark:
                    for step in range(3):
                        start = ((y + quiet) * 3 + step) * size * 3 + (x + quiet) * 3
                        pixels[start : start + 3] = b"\0\0\0"
        [code] = zxingcpp.read_barcodes(memoryview(bytes(pixels)).cast("B", shape=[size * 3, size * 3]))
        assert code.text == text, (len(text), level)
    assert page.evaluate(QR, ["/assets/calculator/qr.js", [["x" * 4000, "M"]]]) == [None]


def verified(file: Path) -> int:
    """How the command that recomputes a receipt ends."""
    return subprocess.run([sys.executable, "-m", "calc", "verify", str(file)], cwd=ROOT, check=False, capture_output=True, text=True).returncode


def test_receipt(desk, policies, tmp_path) -> None:
    """Saved by the page, it holds on the command line; changed by one fen, it does not; and the page checks it too."""
    page = desk.show(fragment(policies, "tunliu"))
    with page.expect_download() as download:
        page.get_by_role("button", name={"zh": "保存计算凭证", "en": "Save a receipt"}[desk.lang]).click()
    file = tmp_path / "receipt.json"
    download.value.save_as(file)
    receipt = json.loads(file.read_text("utf-8"))
    [person] = receipt["people"]
    assert person["policy"] == "tunliu-2025"
    assert receipt["total"]["value"] == person["figures"]["total_pays"]["value"] == expected(policies, "tunliu", desk.lang)["figures"]["total_pays"]["value"]
    assert verified(file) == 0
    page.locator(".cc-verify input").set_input_files(file)
    said = page.locator(".cc-verify .cc-said")
    expect(said).to_contain_text({"zh": "核对无误", "en": "The receipt holds"}[desk.lang])
    expect(said.locator("a")).to_have_attribute("href", "#" + page.url.partition("#")[2])
    person["figures"]["total_pays"]["value"] += 1
    file.write_text(json.dumps(receipt), "utf-8")
    assert verified(file) != 0
    page.locator(".cc-verify input").set_input_files(file)
    expect(said).to_contain_text({"zh": "被改动过", "en": "was changed"}[desk.lang])
    file.write_text("no receipt", "utf-8")
    page.locator(".cc-verify input").set_input_files(file)
    expect(said).to_contain_text({"zh": "读不出来", "en": "cannot be read"}[desk.lang])
    assert not desk.problems


def test_a_family_s_receipt(desk, tmp_path) -> None:
    """Everybody is in it, holds on the command line, and comes back from it as the same case."""
    page = desk.show(FAMILY + "/&d=20241105")
    page.locator(".cc-total").wait_for(timeout=START)
    with page.expect_download() as download:
        page.get_by_role("button", name={"zh": "保存计算凭证", "en": "Save a receipt"}[desk.lang]).click()
    file = tmp_path / "receipt.json"
    download.value.save_as(file)
    receipt = json.loads(file.read_text("utf-8"))
    assert [person.get("relation") for person in receipt["people"]] == ["grandmother", "son", None]
    assert receipt["total"] == {"value": None, "state": "not_told", "at_least": 42000 + 40000, "unknown": 1}
    assert verified(file) == 0
    page.locator(".cc-verify input").set_input_files(file)
    expect(page.locator(".cc-verify a")).to_have_attribute("href", "#" + page.url.partition("#")[2])
    assert not desk.problems


def test_somebody_without_a_result_is_not_in_the_receipt(desk) -> None:
    page = desk.show(FAMILY + "/")  # of the third only the place is known
    page.locator(".cc-total").wait_for(timeout=START)
    page.get_by_role("button", name={"zh": "保存计算凭证", "en": "Save a receipt"}[desk.lang]).click()
    expect(page.locator(".cc-tools .cc-said")).to_contain_text({"zh": "1个人不在里面", "en": "One person without a result yet is not in it"}[desk.lang])


def test_calendar(desks, policies, tmp_path) -> None:
    page = desks["zh"].show(fragment(policies, "urumqi"))
    with page.expect_download() as download:
        page.get_by_role("button", name="把日期放进日历").click()
    file = tmp_path / "dates.ics"
    download.value.save_as(file)
    data = file.read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    lines = data.replace(b"\r\n ", b"").decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    told = expected(policies, "urumqi", "zh")
    days = {line.partition(":")[2] for line in lines if line.startswith("DTSTART")}
    wanted = {told["pay_by"]["date"], *told["pay_by"]["others"], told["figures"]["coverage_start"]["value"], told["figures"]["coverage_end"]["value"]}
    assert days == {day.replace("-", "") for day in wanted if day}


def test_report(desks, policies) -> None:
    page = desks["zh"].show(fragment(policies, "yunyang"), PHONE)
    page.get_by_role("button", name="觉得不对").click()
    area = page.locator(".cc-report")
    expect(area).to_have_value(re.compile("计算凭证："))
    text = area.input_value()
    assert expected(policies, "yunyang", "zh")["headline"] in text
    assert page.url in text
    assert json.loads(text.rpartition("\n")[2])["people"][0]["policy"] == "yunyang-2025"
    page.get_by_role("button", name="觉得不对").click()
    page = desks["zh"].show(FAMILY, PHONE)
    page.get_by_role("button", name="觉得不对").click()
    expect(area).to_have_value(re.compile("谁：奶奶（外婆）.*谁：儿子.*计算凭证：", re.DOTALL))
    assert [person["relation"] for person in json.loads(area.input_value().rpartition("\n")[2])["people"]] == ["grandmother", "son"]
    page.get_by_role("button", name="觉得不对").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_large_print_is_remembered(visit, policies, scheme) -> None:
    """Larger letters, black and white without greys, until the reader switches it off."""
    visitor = visit(viewport=PHONE, reduced_motion="reduce", color_scheme=scheme)
    page = visitor.open("calculator/")
    hint = page.locator(".cc-hint").first
    small = hint.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    page.get_by_role("button", name="大字").click()
    assert hint.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") > small * 1.2
    black, white = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    colours = "(e) => [getComputedStyle(e).color, getComputedStyle(e.closest('.cc-question')).backgroundColor]"
    assert hint.evaluate(colours) == ([black, white] if scheme == "light" else [white, black])
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.reload()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")


VOICES = """(local) => {
  window.spoken = [];
  window.voices ??= speechSynthesis;
  const mock = {
    getVoices: () => [{ lang: "zh-CN", localService: local, name: "voice" }], addEventListener() {}, cancel() { window.spoken.push(null); }, speak(part) { window.spoken.push(part.text); } };
  Object.defineProperty(window, "speechSynthesis", { value: mock, configurable: true });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.voices.dispatchEvent(new Event("voiceschanged"));
}"""


def test_read_aloud(desks, policies) -> None:
    """By a voice on the device; one that would send the answer over the network is not used."""
    page = desks["zh"].show(fragment(policies, "yunyang"), PHONE)
    page.evaluate(VOICES, False)
    expect(page.get_by_role("button", name="读给我听")).to_be_hidden()
    page.evaluate(VOICES, True)
    page.get_by_role("button", name="读给我听").click()
    said = [text for text in page.evaluate("window.spoken") if text]
    told = expected(policies, "yunyang", "zh")
    assert said[0] == told["headline"] and set(told["summary"]) <= set(said)
    page.get_by_role("button", name="停止朗读").click()
    assert page.evaluate("window.spoken").pop() is None
