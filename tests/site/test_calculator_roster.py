"""A roster in the browser: files as people have them go in, the same answers as the command line's come out, safe to open."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from calc import Case, assess
from tests.site.test_access import PHONE, report, violations
from tests.site.test_calculator import START, policies  # noqa: F401

HEADERS = ["姓名", "身份", "档次", "缴费日期", "断保年数"]
ROWS = [
    ["张一", "无", "一档", "2024-11-05", "0"],
    ["=cmd|'/c calc'!A0", "城乡低保对象、普通残疾人（三、四级）", "1", "2024/11/5", "0"],
    ["李三", "国王", "一档", "2024-11-05", "0"],
    ["王四", "无", "一档", "2024-02-30", "0"],
    ["赵五", "特困人员", "2", "2025年3月5日", "1"],
]


def text_of(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def computed(visit, file: dict, lang: str = "zh", place: str = "yunyang-2025"):
    """Open the page, choose the place and the file, and compute."""
    visitor = visit(viewport=PHONE, accept_downloads=True, reduced_motion="reduce")
    page = visitor.open(("" if lang == "zh" else "en/") + "calculator/roster/")
    page.locator("#roster select").first.select_option(place)
    page.locator("#roster input[type=file]").set_input_files(file)
    page.locator(".cc-work .cc-main").click(timeout=START)
    page.locator("#roster-result").wait_for(timeout=START)
    return visitor, page


def saved(page, name: str, path: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    download.value.save_as(path)
    return path.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_and_out(visit, policies, axe_source, tmp_path, encoding) -> None:
    data = text_of([["2025年参保名单"], HEADERS, *ROWS]).encode(encoding)
    visitor, page = computed(visit, {"name": "名单.csv", "mimeType": "text/csv", "buffer": data})
    expect(page.locator("#roster-bad ~ ul")).to_contain_text("第5行")
    expect(page.locator("#roster-bad ~ ul")).to_contain_text("国王")
    expect(page.locator("#roster-bad ~ ul")).to_contain_text("第6行")
    rows = list(csv.reader(io.StringIO(saved(page, "保存结果（CSV）", tmp_path / "out.csv").decode("utf-8-sig"))))
    assert rows[0][: len(HEADERS)] == HEADERS and len(rows) == 6
    assert rows[2][0] == "'" + ROWS[1][0]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    rules = policies.policy("yunyang-2025")
    at = rows[0].index("合计应缴（元）")
    for index, told in ((1, {"categories": [], "tier": 1}), (2, {"categories": ["城乡低保对象", "ordinary-disability"], "tier": 1})):
        case = Case.parse({"person": "resident", "pay_date": "2024-11-05", "gap_years": 0, **told}, rules)
        assert int(float(rows[index][at]) * 100) == assess(rules, case).value("total_pays")
    assert rows[3][at] == "" and rows[4][at] == ""
    found = violations(page, axe_source)
    assert not found, report({"roster": found})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not visitor.problems


def workbook(rows: list[list[str]]) -> bytes:
    """A workbook as spreadsheet programs write it: shared texts, a number for a day, compressed."""
    texts = sorted({cell for row in rows for cell in row})
    cells = []
    for number, row in enumerate(rows, 1):
        line = "".join(f'<c r="{chr(65 + column)}{number}" t="s"><v>{texts.index(cell)}</v></c>' if not cell.isdigit() else f'<c r="{chr(65 + column)}{number}"><v>{cell}</v></c>' for column, cell in enumerate(row) if cell)
        cells.append(f'<row r="{number}">{line}</row>')
    out = io.BytesIO()
    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="rId7"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="{office}/worksheet" Target="worksheets/sheet9.xml"/></Relationships>')
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>")
        book.writestr("xl/worksheets/sheet9.xml", f'<worksheet xmlns="{main}"><sheetData>{"".join(cells)}</sheetData></worksheet>')
    return out.getvalue()


def test_xlsx_in_and_out(visit, tmp_path) -> None:
    rows = [HEADERS, ["张一", "无", "1", "45601", "0"], ["李二", "特困人员", "1", "2024-11-05", ""]]
    visitor, page = computed(visit, {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(rows)}, "en")
    data = saved(page, "Save the result (Excel)", tmp_path / "out.xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "2024-11-05" in sheet and "2025-01-01" in sheet
        assert sheet.count("<row>") == 3
    again = {"name": "again.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    page.locator("#roster input[type=file]").set_input_files(again)
    page.locator(".cc-work .cc-main").click(timeout=START)
    page.locator("#roster-result").wait_for(timeout=START)
    assert saved(page, "Save the result (Excel)", tmp_path / "again.xlsx") == data
    assert not visitor.problems


@pytest.mark.parametrize(("name", "data", "words"), [
    ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".xls"), ("bad.xlsx", b"PK\x03\x04" + b"\1" * 300, "读不出来"), ("empty.csv", b"\n\n", "没有内容"), ("none.csv", "甲,乙\n1,2\n".encode(), "没有认出任何一列"),
])
def test_files_that_cannot_be_used(visit, name, data, words) -> None:
    page = visit(viewport=PHONE).open("calculator/roster/")
    page.locator("#roster input[type=file]").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    expect(page.locator("#roster .cc-error")).to_contain_text(words, timeout=START)
    assert page.locator(".cc-work .cc-main").count() == 0


def test_columns_can_be_chosen(visit) -> None:
    page = visit(viewport=PHONE).open("calculator/roster/")
    page.locator("#roster select").first.select_option("yunyang-2025")
    page.locator("#roster input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": "谁,什么人,几时交\n甲,特困人员,2024-11-05\n".encode()})
    choice = page.get_by_label("“什么人”这一列是什么")
    choice.select_option("groups", timeout=START)
    page.get_by_label("“几时交”这一列是什么").select_option("pay_date")
    expect(page.locator(".cc-work .cc-main")).to_be_visible(timeout=START)
    page.locator(".cc-work .cc-main").click()
    page.locator("#roster-result").wait_for(timeout=START)
    expect(page.locator("#roster")).to_contain_text("特困人员")


def test_stopping(visit) -> None:
    body = "".join(f"甲{n},无,1,2024-{9 + n % 4:02}-{1 + n % 28:02},{n % 9}\n" for n in range(6000))
    visitor = visit(viewport=PHONE)
    page = visitor.open("calculator/roster/")
    page.locator("#roster select").first.select_option("yunyang-2025")
    page.locator("#roster input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": (",".join(HEADERS) + "\n" + body).encode()})
    page.locator(".cc-work .cc-main").click(timeout=START)
    page.get_by_role("button", name="停下").click()
    expect(page.locator("#roster-result")).to_contain_text(re.compile(r"已停下：算了\d+行，共6000行"), timeout=START)
    assert not visitor.problems


def test_template(visit, tmp_path) -> None:
    page = visit(viewport=PHONE, accept_downloads=True).open("calculator/roster/")
    page.locator("#roster select").first.select_option("tunliu-2025")
    data = saved(page, "下载模板（CSV）", tmp_path / "template.csv").decode("utf-8-sig")
    assert data.startswith("姓名,人员类别,身份,缴费日期")
    assert len(data.strip().splitlines()) == 2
