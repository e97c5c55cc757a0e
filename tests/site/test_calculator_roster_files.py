"""Files of a roster: workbooks packed so that they can be read again, sheets of instructions before the list, results of the other language."""

import io
import zipfile

import pytest
from playwright.sync_api import expect

from tests.site.calculating import START
from tests.site.test_calculator_roster import HEADERS, chosen, computed, rosters, saved, sheets, text_of  # noqa: F401

SAVE = {"zh": "保存结果（Excel）", "en": "Save the result (Excel)"}
PEOPLE = [HEADERS, *[[f"甲{number}", "无", "1", "2025-03-05", ""] for number in range(700)]]
WITHOUT = "() => { window.kept = window.CompressionStream; window.CompressionStream = undefined; }"
AGAIN = "() => { window.CompressionStream = window.kept; }"


def test_a_saved_workbook_is_packed_and_can_be_read_again(rosters, tmp_path) -> None:
    """Its checksums and sizes are true; without the browser's packing the same texts are stored as they are."""
    page = computed(rosters["zh"], "a.csv", text_of(PEOPLE).encode())
    data = saved(page, SAVE["zh"], tmp_path / "packed.xlsx")
    page.evaluate(WITHOUT)
    try:
        stored = saved(page, SAVE["zh"], tmp_path / "stored.xlsx")
    finally:
        page.evaluate(AGAIN)
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(io.BytesIO(stored)) as plain:
        assert packed.testzip() is None
        assert plain.testzip() is None
        assert {entry.compress_type for entry in packed.infolist()} == {zipfile.ZIP_DEFLATED}
        assert {entry.compress_type for entry in plain.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.filename: packed.read(entry) for entry in packed.infolist()} == {entry.filename: plain.read(entry) for entry in plain.infolist()}
        assert packed.read("xl/worksheets/sheet1.xml").count(b"<row>") == len(PEOPLE)
    assert len(data) * 10 < len(stored)
    for content in (data, stored):
        page = chosen(rosters["zh"], "again.xlsx", content)
        expect(page.locator(".cc-work")).to_contain_text("读到700行", timeout=START)
    assert not rosters["zh"].problems


def test_instructions_before_the_list_are_passed_over(rosters) -> None:
    """Also where they name one column; without any list the message says that another sheet may be chosen."""
    notes = ("填表说明", "", [["本表由村填写"], ["身份", "写认定的身份"], ["完"]], "")
    page = chosen(rosters["zh"], "a.xlsx", sheets(notes, ("底表", "hidden", PEOPLE[:2], ""), ("一组", "", PEOPLE[:3], "")))
    expect(page.locator(".cc-work")).to_contain_text("只读了工作表“一组”", timeout=START)
    expect(page.locator("#roster .cc-error")).to_be_empty()
    other = ("说明", "", [["甲", "乙"], ["丙", "丁"]], "")
    page = chosen(rosters["zh"], "b.xlsx", sheets(other, ("封面", "", [["子", "丑"], ["寅", "卯"]], "")))
    expect(page.locator("#roster .cc-error")).to_contain_text("在上面换一张", timeout=START)
    expect(page.get_by_label("算哪一张工作表")).to_be_visible()
    page = chosen(rosters["zh"], "c.xlsx", sheets(other))
    expect(page.locator("#roster .cc-error")).to_contain_text("没有认出任何一列", timeout=START)
    expect(page.locator("#roster .cc-error")).not_to_contain_text("换一张")
    assert not rosters["zh"].problems


@pytest.mark.parametrize(("wrote", "reads"), [("zh", "en"), ("en", "zh")])
def test_a_result_of_the_other_language_is_known(rosters, tmp_path, wrote, reads) -> None:
    """Its summary is no list of people that was left out."""
    data = saved(computed(rosters[wrote], "a.csv", text_of(PEOPLE[:3]).encode()), SAVE[wrote], tmp_path / "a.xlsx")
    page = chosen(rosters[reads], "a.xlsx", data)
    expect(page.locator(".cc-work .cc-main")).to_be_visible(timeout=START)
    assert page.locator(".cc-work p").count() == 2, page.locator(".cc-work").inner_text()


def test_the_english_totals_are_sentences(rosters) -> None:
    data = text_of([*PEOPLE[:2], ["合计", "", "", "", ""], ["小计", "", "", "", ""], ["乙", "国王", "1", "2025-03-05", ""]]).encode()
    page = computed(rosters["en"], "a.csv", data)
    expect(page.locator(".cc-total")).to_contain_text("; 1 has mistakes; 2 are not people.")
