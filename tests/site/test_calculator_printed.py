"""The sheet that the calculator prints: what it holds, that it fits its paper in legible print, and where it breaks."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site.calculating import CASES, FAMILY, PHONE, START, desk, desks, expected, fragment, policies  # noqa: F401

LEGIBLE = 7.0
HEADS = {
    "zh": {"next_steps": "下一步怎么办", "assumptions": "先这样算的", "alternatives": "其他可能", "why_not": "为什么没有资助", "not_stated": "通知没有写的", "warnings": "提醒"},
    "en": {"next_steps": "What to do next", "assumptions": "What was assumed", "alternatives": "Other possibilities", "why_not": "Why no assistance", "not_stated": "What the notice does not say", "warnings": "Please note"},
}
MORE = {"zh": "纸上放不下的", "en": "What found no room here"}
POINTERS = {
    "zh": (("见下面的步骤", "一步一步怎么算的"), ("见“其他可能”", "其他可能")),
    "en": (("see the steps", "step by step"), ("see “Other possibilities”", "Other possibilities")),
}
SHORT = "v1.tunliu-2025&d=20241105&g=0"
PAYS_LATE = "&d=20250115&n=father&t=1&g=0"
ELSEWHERE = "urumqi-2024&d=20240315&n=mother&g=0/&d=20240315&n=self&g=subsistence-allowance"
FIVE = f"{FAMILY}/{PAYS_LATE}/{ELSEWHERE}"
TWELVE = "/".join([FAMILY, *[PAYS_LATE, "&d=20250115&n=other&t=2", "&d=20241105&k=university_student&n=son&t=1&g=0"] * 2, PAYS_LATE, "&d=20250115&n=other&t=2", ELSEWHERE])


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def printed(page: Page) -> bytes:
    return page.pdf(format="A4", prefer_css_page_size=True)


def words(page: Page) -> str:
    return page.locator(".cc-sheet").evaluate("(e) => e.textContent")


def smallest(page: Page) -> float:
    """The smallest print on the sheet, in points, as it is on paper."""
    page.emulate_media(media="print")
    found = page.evaluate("Math.min(...[...document.querySelectorAll('.cc-sheet, .cc-sheet *:not(svg, svg *)')].map((one) => parseFloat(getComputedStyle(one).fontSize)))")
    page.emulate_media(media="null")
    return round(found * 72 / 96, 2)


def paper(pdf: bytes, tmp_path: Path) -> list[str]:
    """The text of each printed page, without its spaces."""
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True, text=True).stdout
    return ["".join(page.split()) for page in text.split("\f") if page.strip()]


def family(desk, link: str) -> Page:
    page = desk.show(link)
    expect(page.locator(".cc-total")).to_contain_text({2: "420", 5: "1324", 12: "5209"}[link.count("/") + 1], timeout=START)
    return page


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", CASES)
def test_one_person_on_one_sheet(desk, policies, name, size) -> None:
    page = desk.show(fragment(policies, name), *([size] if size else []))
    assert pages_of(printed(page)) == 1
    assert smallest(page) >= LEGIBLE
    told, text = expected(policies, name, desk.lang), words(page)
    assert told["headline"] in text and page.url in text
    for step in told["steps"]:
        if step["kind"] == "period":
            assert step["text"] in text
            assert all((clause["quote"] if desk.lang == "zh" else clause["en"]) in text for clause in step["clauses"])
    # What the answer holds stands under its heading; what is left out is said to be.
    for part in ("warnings", "next_steps", "assumptions", "alternatives", "why_not", "not_stated"):
        entries = [entry if isinstance(entry, str) else entry["text"] for entry in told[part]]
        missing = [entry for entry in entries if entry not in text]
        assert not missing or (part in {"alternatives", "why_not", "not_stated"} and MORE[desk.lang] in text), missing
        if set(entries) - set(missing) and part != "warnings":
            assert HEADS[desk.lang][part] in text
    assert not desk.problems


@pytest.mark.parametrize("name", CASES)
def test_every_sentence_listed_is_referred_to(desk, policies, name) -> None:
    page = desk.show(fragment(policies, name))
    printed(page)
    referred = {int(number) for refs in page.locator(".cc-sheet .cc-refs").all_text_contents() if re.fullmatch(r" \[[\d, ]+\]", refs) for number in re.findall(r"\d+", refs)}
    listed = page.locator(".cc-sheet-sources > li")
    assert referred == set(range(1, listed.count() + 1))
    if desk.lang == "en" and MORE["en"] not in words(page):
        assert all(re.search(r"“.*[\u4e00-\u9fff]", text) for text in listed.all_text_contents())


@pytest.mark.parametrize("name", CASES)
def test_the_policy_s_own_notice_is_named(desk, policies, name) -> None:
    """Title, number and day of issue of the notice that holds there; one without a day is said to have none."""
    page = desk.show(fragment(policies, name))
    printed(page)
    line = page.locator(".cc-sheet-notice")
    expect(line).to_have_count(1)
    [notice] = policies.policy(CASES[name][0]).data["notices"]
    known = policies.notices[notice]
    text = line.evaluate("(e) => e.textContent")
    assert known["title"]["zh"] in text and known["title"][desk.lang] in text and known.get("number", "") in text
    issued = known["issued"]
    if issued == "not_stated":
        assert {"zh": "印发日期：通知没有写", "en": "issued: not stated"}[desk.lang] in text
    else:
        year, month, day = (int(part) for part in str(issued).split("-"))
        assert (f"{year}年{month}月{day}日" if desk.lang == "zh" else f"{day} ") in text and str(year) in text


def test_what_cannot_be_undone_stands_first_in_a_frame(desk, policies) -> None:
    page = desk.show(fragment(policies, "tunliu"))
    printed(page)
    told, text = expected(policies, "tunliu", desk.lang), words(page)
    [warning] = [entry["text"] for entry in told["warnings"] if entry["irrevocable"]]
    assert warning in page.locator(".cc-sheet-stop").evaluate("(e) => e.textContent")
    assert text.index(told["headline"]) < text.index(warning) < text.index(HEADS[desk.lang]["next_steps"])


def test_a_short_answer_is_printed_large(desks) -> None:
    page = desks["zh"].show(SHORT)
    assert pages_of(printed(page)) == 1
    assert float(page.locator(".cc-sheet").evaluate("(e) => e.style.fontSize").removesuffix("pt")) > 11


def test_why_there_is_no_assistance_is_printed(desks) -> None:
    desk = desks["zh"]
    page = desk.show("v1.urumqi-2024&d=20240315&g=disabled")
    reasons = page.locator(".cc-part-whynot .cc-note > p").all_text_contents()
    printed(page)
    assert reasons and all(reason in words(page) for reason in reasons)


@pytest.mark.parametrize(("link", "most", "least"), [(FAMILY, 1, 8.5), (FIVE, 2, 8.5), (TWELVE, 2, LEGIBLE)], ids=["2", "5", "12"])
def test_a_family_s_sheet(desk, tmp_path, link, most, least) -> None:
    """Legible, on two pages where there are many; everybody whole on one of them; each thing referred to is there."""
    page = family(desk, link)
    pdf = printed(page)
    assert pages_of(pdf) <= most
    assert float(page.locator(".cc-sheet").evaluate("(e) => e.style.fontSize").removesuffix("pt")) >= least
    assert smallest(page) >= LEGIBLE
    pages = paper(pdf, tmp_path)
    blocks = page.locator(".cc-sheet-person")
    for first, last in blocks.evaluate_all("(all) => all.map((one) => [one.firstElementChild.textContent, one.lastElementChild.textContent])"):
        head, end = "".join(first.split()), "".join(last.split())[-12:]
        assert any(head in text and end in text.partition(head)[2] for text in pages), (first, end)
    text = words(page)
    assert HEADS[desk.lang]["next_steps"] in text
    for points_to, heading in POINTERS[desk.lang]:
        assert points_to not in text or heading in " ".join(page.locator(".cc-sheet :is(.cc-sheet-head, .cc-sheet-warn)").all_text_contents())
    assert not desk.problems


def test_where_a_family_s_results_are_written(desk) -> None:
    """Every notice once with its places, its clauses apart from each other."""
    page = family(desk, TWELVE)
    printed(page)
    notices = page.locator(".cc-sheet-notice").all_text_contents()
    assert len(notices) == 2 and "云阳医保发〔2024〕28号" in notices[0] and "乌医保〔2023〕36号" in notices[1]
    named = {"zh": "通知2 二、（一）2；一、（五）；一、（三）", "en": "Notice 2 II(1)2 (二、（一）2); "}[desk.lang]
    assert named in words(page)
    if desk.lang == "en":
        assert "II.2, para. 2 (二、2第2段)" in words(page)
