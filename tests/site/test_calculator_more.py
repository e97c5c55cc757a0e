"""What the calculator offers beside the answer: other days, other places, a family, keeping, printing, embedding."""

import json
import re
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import zxingcpp
from playwright.sync_api import Page, expect

from calc import Case, assess
from tests.site.test_access import PHONE, WIDE, report, violations
from tests.site.test_calculator import CASES, LANGUAGES, START, answered, expected, open_case, policies  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
FAMILY = "v1.yunyang-2025&d=20241105&n=grandmother&t=1&g=subsistence-allowance/&d=20241105&k=university_student&n=son&t=1&g=0"


def panel(page: Page, name: str) -> None:
    """Open one of the folded parts below the answer."""
    page.locator(f"details:has(> summary #{name}) > summary").click()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_over_the_date_of_payment(visit, policies, axe_source, lang) -> None:
    visitor = visit(viewport=PHONE, reduced_motion="reduce")
    page = open_case(visitor, lang, policies, "yunyang")
    panel(page, "timeline")
    page.locator(".cc-chart").wait_for(timeout=START)
    slider = page.locator(".cc-slider")
    before = slider.get_attribute("aria-valuetext")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(slider).not_to_have_attribute("aria-valuetext", before)
    page.locator(".cc-timeline button").click()
    expect(page).to_have_url(re.compile("d=20241108"))
    answered(page)
    page.locator(".cc-chart").wait_for(timeout=START)
    page.locator(".cc-table > summary").click()
    rows = page.locator(".cc-table tbody tr")
    rules = policies.policy(CASES["yunyang"][0])
    told = {**CASES["yunyang"][1], "pay_date": "2025-01-10"}
    start = assess(rules, Case.parse(told, rules)).value("coverage_start")
    assert rows.count() > 5
    words = f"{start.year}年{start.month}月{start.day}日" if lang == "zh" else f"{start.day} February {start.year}"
    expect(page.locator(".cc-table tbody")).to_contain_text(words)
    found = violations(page, axe_source)
    assert not found, report({lang: found})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not visitor.problems


@pytest.mark.parametrize("lang", LANGUAGES)
def test_elsewhere_and_last_year(visit, policies, axe_source, lang) -> None:
    visitor = visit(viewport=WIDE, reduced_motion="reduce")
    page = open_case(visitor, lang, policies, "urumqi")
    panel(page, "elsewhere")
    page.locator("#elsewhere-caption").wait_for(timeout=START)
    table = page.locator("table:has(#elsewhere-caption) tbody tr")
    assert table.count() == len(policies.ids())
    assert page.locator(".cc-years tbody tr").count() >= 4
    assert page.locator(".cc-years .cc-sources").count() >= 4
    found = violations(page, axe_source)
    assert not found, report({lang: found})
    link = table.nth(1).locator("a")
    target = link.get_attribute("href")
    link.click()
    expect(page).to_have_url(re.compile(re.escape(target)))
    answered(page)
    assert not visitor.problems


@pytest.mark.parametrize(("lang", "words"), [("zh", "2个人一共要交420元。"), ("en", "2 people pay 420 yuan in all.")])
def test_a_family(visit, policies, axe_source, lang, words) -> None:
    visitor = visit(viewport=PHONE, reduced_motion="reduce")
    page = visitor.open(f"{'' if lang == 'zh' else 'en/'}calculator/#{FAMILY}")
    answered(page)
    expect(page.locator(".cc-total")).to_have_text(words, timeout=START)
    found = violations(page, axe_source)
    assert not found, report({lang: found})
    page.locator(".cc-family button").nth(2).click()  # another like the one shown
    expect(page.locator(".cc-people li")).to_have_count(3)
    answered(page)
    expect(page.locator(".cc-total")).to_contain_text("460", timeout=START)
    page.locator(".cc-family button", has_text="删去这个人" if lang == "zh" else "Remove this person").click()
    expect(page.locator(".cc-people li")).to_have_count(2)
    answered(page)
    expect(page.locator(".cc-total")).to_have_text(words)
    assert not visitor.problems


def test_a_family_whose_sum_is_not_known(visit) -> None:
    page = visit().open("calculator/#v1.yunyang-2025&d=20241105&t=1&g=0/&d=20250801&t=1&g=0")
    answered(page)
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


def test_link_and_code(visit, policies, axe_source) -> None:
    visitor = visit(viewport=WIDE)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_case(visitor, "zh", policies, "horqin")
    page.get_by_role("button", name="复制链接").click()
    expect(page.locator(".cc-tools .cc-said")).to_have_text("已复制。")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name="链接和二维码").click()
    assert modules(page) == page.url
    found = violations(page, axe_source)
    assert not found, report({"link": found})


QR = """async ([script, texts]) => {
  const { encodeQr } = await import(script);
  return texts.map(([text, level]) => encodeQr(text, level));
}"""


def test_codes_of_all_sizes(visit) -> None:
    page = visit().open("about/")
    texts = [["参保" + "x" * length, level] for level, lengths in (("M", (0, 9, 30, 80, 150, 300, 700, 1500, 2300)), ("L", (5, 100, 600, 2900))) for length in lengths]
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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_receipt(visit, policies, tmp_path, lang) -> None:
    visitor = visit(viewport=WIDE, accept_downloads=True)
    page = open_case(visitor, lang, policies, "tunliu")
    with page.expect_download() as download:
        page.get_by_role("button", name={"zh": "保存计算凭证", "en": "Save a receipt"}[lang]).click()
    file = tmp_path / "receipt.json"
    download.value.save_as(file)
    receipt = json.loads(file.read_text("utf-8"))
    assert receipt["policy"] == "tunliu-2025"
    assert receipt["figures"]["total_pays"]["value"] == expected(policies, "tunliu", lang)["figures"]["total_pays"]["value"]
    page.locator(".cc-verify input").set_input_files(file)
    said = page.locator(".cc-verify .cc-said")
    expect(said).to_contain_text({"zh": "核对无误", "en": "The receipt holds"}[lang])
    expect(said.locator("a")).to_have_attribute("href", "#" + page.url.partition("#")[2])
    receipt["figures"]["total_pays"]["value"] += 1
    file.write_text(json.dumps(receipt), "utf-8")
    page.locator(".cc-verify input").set_input_files(file)
    expect(said).to_contain_text({"zh": "被改动过", "en": "was changed"}[lang])
    file.write_text("no receipt", "utf-8")
    page.locator(".cc-verify input").set_input_files(file)
    expect(said).to_contain_text({"zh": "读不出来", "en": "cannot be read"}[lang])
    assert not visitor.problems


def test_calendar(visit, policies, tmp_path) -> None:
    visitor = visit(viewport=WIDE, accept_downloads=True)
    page = open_case(visitor, "zh", policies, "urumqi")
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
    wanted = {told["pay_by"]["date"], told["figures"]["coverage_start"]["value"], told["figures"]["coverage_end"]["value"]}
    assert days == {day.replace("-", "") for day in wanted if day}


def test_report(visit, policies) -> None:
    visitor = visit(viewport=PHONE)
    page = open_case(visitor, "zh", policies, "yunyang")
    page.get_by_role("button", name="觉得不对").click()
    area = page.locator(".cc-report")
    expect(area).to_have_value(re.compile("计算凭证："))
    text = area.input_value()
    assert expected(policies, "yunyang", "zh")["headline"] in text
    assert page.url in text
    assert json.loads(text.rpartition("\n")[2])["policy"] == "yunyang-2025"


def test_large_print_is_remembered(visit, policies, axe_source) -> None:
    visitor = visit(viewport=PHONE, reduced_motion="reduce")
    page = open_case(visitor, "zh", policies, "horqin")
    small = page.locator(".cc-headline").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    page.get_by_role("button", name="大字").click()
    assert page.locator(".cc-headline").evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)") > small * 1.2
    found = violations(page, axe_source)
    assert not found, report({"large": found})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.reload()
    answered(page)
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")


VOICES = """
window.said = [];
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "zh-CN", localService: %s, name: "voice" }], addEventListener() {}, cancel() { window.said.push(null); }, speak(part) { window.said.push(part.text); } } });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_read_aloud(visit, policies) -> None:
    visitor = visit(viewport=PHONE)
    visitor.context.add_init_script(VOICES % "true")
    page = open_case(visitor, "zh", policies, "yunyang")
    page.get_by_role("button", name="读给我听").click()
    said = [text for text in page.evaluate("window.said") if text]
    told = expected(policies, "yunyang", "zh")
    assert said[0] == told["headline"] and set(told["summary"]) <= set(said)
    page.get_by_role("button", name="停止朗读").click()
    assert page.evaluate("window.said").pop() is None


def test_voices_that_need_the_network_are_not_used(visit, policies) -> None:
    visitor = visit(viewport=PHONE)
    visitor.context.add_init_script(VOICES % "false")
    page = open_case(visitor, "zh", policies, "yunyang")
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    expect(page.get_by_role("button", name="读给我听")).to_be_hidden()


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_printed_on_one_sheet(visit, policies, name, lang) -> None:
    visitor = visit(viewport=WIDE)
    page = open_case(visitor, lang, policies, name)
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1
    sheet = page.locator(".cc-sheet")
    told = expected(policies, name, lang)
    text = sheet.evaluate("(e) => e.textContent")
    assert told["headline"] in text
    assert page.url in text
    for step in told["steps"]:
        if step["kind"] == "period":
            assert step["text"] in text
            assert all((clause["quote"] if lang == "zh" else clause["en"]) in text for clause in step["clauses"])


def test_a_family_printed_on_one_sheet(visit) -> None:
    page = visit(viewport=WIDE).open("calculator/#" + FAMILY)
    answered(page)
    expect(page.locator(".cc-total")).to_contain_text("420", timeout=START)
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=True)) == 1
    assert "奶奶（外婆）" in page.locator(".cc-sheet").evaluate("(e) => e.textContent")


class Host(BaseHTTPRequestHandler):
    """Another site with the calculator in a frame."""

    def do_GET(self) -> None:
        body = self.server.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def test_in_a_frame_of_another_site(visit, server) -> None:
    host = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    address = f"{server.url}en/calculator/embed/#v1.tunliu-2025"
    host.page = f"""<!doctype html><html lang=en><title>county</title><h1>County</h1><iframe id=canbao src="{address}" title=calculator width=360 height=300></iframe>
<script>const frame = document.getElementById("canbao"); addEventListener("message", (event) => {{
  if (event.source === frame.contentWindow && event.data?.type === "canbao-calculator") frame.style.height = event.data.height + 20 + "px"; }});</script>"""
    thread = Thread(target=host.serve_forever, daemon=True)
    thread.start()
    try:
        visitor = visit(viewport=WIDE)
        page = visitor.page
        page.goto(f"http://127.0.0.1:{host.server_port}/")
        frame = page.frame_locator("#canbao")
        expect(frame.locator("#cc-q-person")).to_be_visible(timeout=START)
        expect(frame.locator("#cc-q-place")).to_be_hidden()
        frame.locator("#cc-q-pay_date input").fill("2024-11-05")
        expect(frame.locator(".cc-answer")).to_have_attribute("data-state", re.compile("known|assumed|conflicting"), timeout=START)
        expect(frame.locator(".md-header")).to_be_hidden()
        assert page.locator("#canbao").evaluate("(e) => e.clientHeight") > 600
        assert page.context.cookies() == []
    finally:
        host.shutdown()
        host.server_close()
        thread.join()


def test_other_pages_refuse_frames(visit, server) -> None:
    visitor = visit()
    for path, allowed in (("calculator/", False), ("calculator/embed/", True), ("en/calculator/embed/", True), ("about/", False)):
        answer = visitor.context.request.get(server.url + path)
        assert ("frame-ancestors" not in answer.headers["content-security-policy"]) is allowed, path


def test_receipt_from_the_command_line(policies, tmp_path) -> None:
    """What the page saves, `python -m calc verify` recomputes: both write the same receipt."""
    from calc.receipt import receipt

    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(receipt(policies, *CASES["horqin"])), "utf-8")
    done = subprocess.run([sys.executable, "-m", "calc", "verify", str(file)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
