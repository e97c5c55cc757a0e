"""A roster in the browser: files as people have them go in, the same answers as the command line's come out, safe to open."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from calc import Case, assess
from scripts.measure_roster import measure, people
from tests.site.calculating import PHONE, PREFIX, START, WIDE, policies  # noqa: F401
from tests.visiting import LANGUAGES, Visitor

HEADERS = ["姓名", "身份", "档次", "缴费日期", "断保年数"]
ROWS = [
    ["张一", "无", "一档", "2024-11-05", "0"],
    ["=cmd|'/c calc'!A0", "城乡低保对象、普通残疾人（三、四级）", "1", "2024/11/5", "0"],
    ["李三", "国王", "一档", "2024-11-05", "0"],
    ["王四", "无", "一档", "2024-02-30", "0"],
    ["赵五", "特困人员", "2", "2025年3月5日", "1"],
]


def text_of(rows: list[list[str]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


@pytest.fixture(scope="module")
def rosters(browser, server) -> Iterator[dict[str, Visitor]]:
    """The roster's page in each language, opened once."""
    made = {lang: Visitor(browser, server.url, viewport=PHONE, accept_downloads=True, reduced_motion="reduce") for lang in LANGUAGES}
    for lang, visitor in made.items():
        visitor.open(f"{PREFIX[lang]}calculator/roster/")
    yield made
    for visitor in made.values():
        visitor.close()


def chosen(visitor: Visitor, name: str, data: bytes, place: str = "yunyang-2025") -> Page:
    """Choose the place and the file."""
    visitor.problems.clear()
    page = visitor.page
    page.locator("#roster select").first.select_option(place)
    page.locator("#roster input[type=file]").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    return page


def computed(visitor: Visitor, name: str, data: bytes, place: str = "yunyang-2025") -> Page:
    """Choose the place and the file, and compute."""
    page = chosen(visitor, name, data, place)
    page.locator(".cc-work .cc-main").click(timeout=START)
    page.locator("#roster-result").wait_for(timeout=START)
    return page


def saved(page: Page, name: str, path: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    download.value.save_as(path)
    return path.read_bytes()


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";"), ("gb18030", "，")])
def test_csv_in_and_out(rosters, policies, tmp_path, encoding, separator) -> None:
    data = text_of([["2025年参保名单"], HEADERS, *ROWS], separator).encode(encoding)
    page = computed(rosters["zh"], "名单.csv", data)
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
    assert not rosters["zh"].problems


def test_english_columns(rosters, policies) -> None:
    """The same columns under English names; the summary by group and by payer adds up."""
    data = text_of([["name", "group", "tier", "payment date"], ["A", "subsistence-allowance", "1", "2024-11-05"], ["B", "none", "1", "2024-11-05"]]).encode()
    page = computed(rosters["en"], "list.csv", data)
    expect(page.locator(".cc-total")).to_contain_text("440 yuan")  # 40 and 400
    tables = page.locator("#roster .scroll table")
    assert tables.count() >= 2
    expect(page.locator("#roster")).to_contain_text("360 yuan")
    assert not rosters["en"].problems


STYLES = '<styleSheet xmlns="{}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'


def workbook(rows: list[list[str]], styles: dict[str, int] | None = None) -> bytes:
    """A workbook as spreadsheet programs write it: shared texts, a number for a day, compressed; `styles`: the style of a cell (D2) that has one."""
    styles = styles or {}
    texts = sorted({cell for row in rows for cell in row})
    cells = []
    for number, row in enumerate(rows, 1):
        line = "".join(f'<c r="{chr(65 + column)}{number}" t="s"><v>{texts.index(cell)}</v></c>' if not cell.isdigit() else f'<c r="{chr(65 + column)}{number}" s="{styles.get(f"{chr(65 + column)}{number}", 0)}"><v>{cell}</v></c>' for column, cell in enumerate(row) if cell)
        cells.append(f'<row r="{number}">{line}</row>')
    out = io.BytesIO()
    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="rId7"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="{office}/worksheet" Target="worksheets/sheet9.xml"/></Relationships>')
        book.writestr("xl/styles.xml", STYLES.format(main))
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>")
        book.writestr("xl/worksheets/sheet9.xml", f'<worksheet xmlns="{main}"><sheetData>{"".join(cells)}</sheetData></worksheet>')
    return out.getvalue()


def test_xlsx_in_and_out(rosters, tmp_path) -> None:
    rows = [[*HEADERS, "编号"], ["张一", "无", "1", "45601", "0", "007"], ["=1+1", "特困人员", "1", "45601", "", "8"]]
    # The number has no style, so it stays one; the day shown as a day comes back as one.
    page = computed(rosters["en"], "名单.xlsx", workbook(rows, {"D3": 2}))
    data = saved(page, "Save the result (Excel)", tmp_path / "out.xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert set(re.findall(r'<c t="(\w+)"', sheet)) == {"inlineStr"}  # a cell is text or a plain number, so "=1+1" is no formula
        assert ">=1+1</t>" in sheet and not re.search(r"<v>(?!-?\d+(\.\d+)?</v>)", sheet)
        assert "2024-11-05" in sheet and "2025-01-01" in sheet
        first, second = re.findall(r"<row>(.*?)</row>", sheet)[1:]
        assert "<v>45601</v>" in first and "45601" not in second
        # Amounts are numbers that can be summed up: the price, the assistance, what is to be paid.
        assert first.count("<v>400</v>") == 3 and "<t xml:space=\"preserve\">400</t>" not in first
        summary = book.read("xl/worksheets/sheet2.xml").decode()
        assert "<v>400</v>" in summary
        assert sheet.count("<row>") == 3
    page = computed(rosters["en"], "again.xlsx", data)
    assert saved(page, "Save the result (Excel)", tmp_path / "again.xlsx") == data
    assert not rosters["en"].problems


@pytest.mark.parametrize(("name", "data", "words"), [
    ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".xls"), ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "密码"), ("closed.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
    ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"), ("a.pdf", b"%PDF-1.4 abc", "PDF"), ("a.jpg", b"\xff\xd8\xff\xe0abc", "图片"), ("bad.xlsx", b"PK\x03\x04" + b"\1" * 300, "读不出来"), ("empty.csv", b"\n\n", "没有内容"), ("none.csv", "甲,乙\n1,2\n".encode(), "没有认出任何一列"),
])
def test_files_that_cannot_be_used(rosters, name, data, words) -> None:
    page = chosen(rosters["zh"], name, data)
    expect(page.locator("#roster .cc-error")).to_contain_text(words, timeout=START)
    assert page.locator(".cc-work .cc-main").count() == 0


def test_columns_can_be_chosen(rosters) -> None:
    page = chosen(rosters["zh"], "a.csv", "谁,什么人,几时交\n甲,特困人员,2024-11-05\n".encode())
    page.get_by_label("“什么人”这一列是什么").select_option("groups", timeout=START)
    page.get_by_label("“几时交”这一列是什么").select_option("pay_date")
    expect(page.locator(".cc-work .cc-main")).to_be_visible(timeout=START)
    page.locator(".cc-work .cc-main").click()
    page.locator("#roster-result").wait_for(timeout=START)
    expect(page.locator("#roster")).to_contain_text("特困人员")


DROP = """([text, name]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/csv" }));
  document.querySelector(".cc-drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def test_a_file_dropped(rosters) -> None:
    page = rosters["zh"].page
    page.locator("#roster select").first.select_option("yunyang-2025")
    page.evaluate(DROP, [text_of([HEADERS, ROWS[0]]), "拖来的.csv"])
    expect(page.locator(".cc-work")).to_contain_text("读到1行", timeout=START)


def test_progress_and_stopping(rosters) -> None:
    """The page answers while the worker computes, says how far it is, and keeps what is done when it is stopped."""
    body = "".join(f"甲{n},无,1,2024-{9 + n % 4:02}-{1 + n % 28:02},{n % 9}\n" for n in range(6000))
    page = chosen(rosters["zh"], "a.csv", (",".join(HEADERS) + "\n" + body).encode())
    page.locator(".cc-work .cc-main").click(timeout=START)
    expect(page.locator(".cc-work progress")).not_to_have_js_property("value", 0, timeout=START)
    expect(page.locator(".cc-work > p").first).to_contain_text(re.compile(r"已算\d+行，共6000行"))
    # Heard when it begins, and then rarely: not with every hundred rows.
    expect(page.locator("#roster [role=status].cc-offscreen").last).to_have_text(re.compile("正在|已算"))
    page.get_by_role("button", name="停下").click()
    expect(page.locator("#roster-result")).to_contain_text(re.compile(r"已停下：算了\d+行，共6000行"), timeout=START)
    assert not rosters["zh"].problems


@pytest.mark.parametrize(("lang", "button", "begins"), [("zh", "下载模板（CSV）", "姓名,人员类别,身份,缴费日期"), ("en", "template (CSV)", "name,")])
def test_template_comes_back_recognised(rosters, tmp_path, lang, button, begins) -> None:
    """A template that is filled in is understood without choosing a column."""
    page = rosters[lang].page
    page.locator("#roster select").first.select_option("tunliu-2025")
    data = saved(page, button, tmp_path / "template.csv").decode("utf-8-sig")
    assert data.lower().startswith(begins)
    assert len(data.strip().splitlines()) == 2
    page = computed(rosters[lang], "template.csv", data.encode(), "tunliu-2025")
    expect(page.locator("#roster-bad")).to_have_count(0)


def test_the_measurement(browser, server, site_dir) -> None:
    """`python -m scripts.measure_roster` with a few rows: everybody is computed, and the page answers meanwhile."""
    policy, text = people(site_dir, 60)
    assert people(site_dir, 60) == (policy, text)
    found = measure(browser, server.url, policy, text)
    assert found.rows == 60
    assert 0 < found.longest_pause < found.seconds + 1


def test_the_result_fits_every_screen(rosters) -> None:
    for size in (PHONE, WIDE):
        page = rosters["zh"].page
        page.set_viewport_size(size)
        computed(rosters["zh"], "名单.csv", text_of([HEADERS, *ROWS]).encode())
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


MAIN, OFFICE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sheets(*told: tuple[str, str, list[list[str]], str]) -> bytes:
    """A workbook of several sheets: name, state, rows of cells (one that begins with = is a formula without its value), and its merged cells."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        names = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"{state and f' state="{state}"'}/>' for at, (name, state, _, _) in enumerate(told, 1))
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>')
        links = "".join(f'<Relationship Id="r{at}" Target="worksheets/sheet{at}.xml"/>' for at in range(1, len(told) + 1))
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>')
        for at, (_, _, rows, merged) in enumerate(told, 1):
            cells = [[f"<c r=\"{chr(65 + place)}{number}\"" + (f"><f>{cell[1:]}</f></c>" if cell.startswith("=") else f' t="inlineStr"><is><t>{cell}</t></is></c>') for place, cell in enumerate(row) if cell] for number, row in enumerate(rows, 1)]
            lines = "".join(f'<row r="{number}">{"".join(line)}</row>' for number, line in enumerate(cells, 1))
            merges = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
            book.writestr(f"xl/worksheets/sheet{at}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData>{merges}</worksheet>')
    return out.getvalue()


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_cell_too_many_is_reported_and_kept(rosters, tmp_path) -> None:
    """In CSV and in a workbook; read again, the saved file is no better."""
    lines = [["姓名", "缴费日期", "档次", "身份"], ["张一", "2024-11-05", "1", "低保"], ["张二", "2024-11-05", "1", "稳定脱贫人口", "低保"]]
    for name, data in (("a.csv", text_of(lines).encode()), ("a.xlsx", sheets(("名单", "", lines, "")))):
        page = computed(rosters["zh"], name, data)
        expect(page.locator(".cc-total")).to_contain_text("2行里，1人算出了金额，自己一共要交40元；1行填得不对")
        expect(page.locator("#roster-bad ~ ul")).to_contain_text("第3行：这一行有5格，表头只有4格，多出“低保”")
        kept = saved(page, "保存结果（CSV）", tmp_path / "out.csv")
        assert rows_of(kept)[2][:5] == lines[2] and rows_of(kept)[0][4] == "没有列名的格"
        page = computed(rosters["zh"], "again.csv", kept)
        expect(page.locator(".cc-total")).to_contain_text("1人算出了金额，自己一共要交40元；1行填得不对")
        assert saved(page, "保存结果（CSV）", tmp_path / "again.csv") .count(b"\r\n") == 3


def test_sheets_can_be_chosen(rosters) -> None:
    """Those in sight first; the page says which others there are, before and after computing."""
    head = ["姓名", "身份", "档次", "缴费日期"]
    person = ["张", "无", "1", "2024-11-05"]
    data = sheets(("字典", "hidden", [["档次", "身份"], ["1", "低保"]], ""), ("一村", "", [head, person], ""), ("二村", "", [head, person, person], ""), ("空", "", [], ""))
    page = computed(rosters["zh"], "a.xlsx", data)
    expect(page.locator("#roster-result ~ ul").first).to_contain_text("只读了工作表“一村”。另外还有2张没有算：二村（有字的3行）、字典（有字的2行，隐藏的）")
    expect(page.locator(".cc-total")).to_contain_text("1人算出了金额，自己一共要交400元")
    page.get_by_label("算哪一张工作表").select_option(label="二村（有字的3行）")
    expect(page.locator("#roster-result")).to_have_count(0)
    expect(page.locator(".cc-work")).to_contain_text("读到2行")
    page.locator(".cc-work .cc-main").click()
    expect(page.locator(".cc-total")).to_contain_text("2人算出了金额，自己一共要交800元")
    assert not rosters["zh"].problems


def test_merged_cells_and_formulas(rosters, tmp_path) -> None:
    """What is merged downwards counts for each row that is somebody; a formula without its value is a mistake."""
    rows = [["姓名", "身份", "档次", "缴费日期", "合交"], ["户主", "低保", "1", "2024-11-05", "120"], ["妻子", "", "1", "2024-11-05"], ["儿子", "=A1", "1", "2024-11-05"], []]
    page = computed(rosters["zh"], "a.xlsx", sheets(("名单", "", rows, "B2:B3")))
    expect(page.locator(".cc-total")).to_contain_text("3行里，2人算出了金额，自己一共要交80元；1行填得不对")
    expect(page.locator("#roster-result ~ ul").first).to_contain_text("有1行用到了竖着合并的格")
    expect(page.locator("#roster-bad ~ ul")).to_contain_text("身份：这一格是公式（=A1）")
    assert rows_of(saved(page, "保存结果（CSV）", tmp_path / "out.csv"))[2][:2] == ["妻子", "低保"]
    # A sum of the household that no column uses stays where it was: added up, it must count once.
    page = computed(rosters["zh"], "a.xlsx", sheets(("名单", "", rows, "E2:E4")))
    assert [row[4] for row in rows_of(saved(page, "保存结果（CSV）", tmp_path / "out.csv"))] == ["合交", "120", "", ""]


def test_totals_and_signatures_are_no_people(rosters, tmp_path) -> None:
    rosters["zh"].page.locator("#roster input[type=date]").fill("2024-11-05")
    data = text_of([["填表说明：日期，档次，身份，都要填，不得漏填", "", ""], ["姓名", "身份", "备注"], ["张三", "低保人员", ""], ["李四", "普通人员", ""], ["合计", "", "2人"], ["审核人：王", "制表人：李", ""]]).encode("gb18030")
    page = computed(rosters["zh"], "a.csv", data, "tunliu-2025")
    page.locator("#roster input[type=date]").fill("")
    expect(page.locator("#roster-result")).to_have_count(0)
    page = chosen(rosters["zh"], "a.csv", data, "tunliu-2025")
    page.locator("#roster input[type=date]").fill("2024-11-05")
    page.locator(".cc-work .cc-main").click(timeout=START)
    expect(page.locator(".cc-total")).to_contain_text("4行里，2人算出了金额，自己一共要交480元；2行不是人员", timeout=START)
    expect(page.locator("#roster-skipped ~ ul")).to_contain_text("第5行：像是合计行")
    assert len(rows_of(saved(page, "保存结果（CSV）", tmp_path / "out.csv"))) == 5
    page.locator("#roster input[type=date]").fill("")


def test_a_change_drops_the_result_and_the_run(rosters) -> None:
    """Another place, file or column: nothing of what was computed before is shown or can be saved."""
    body = "".join(f"甲{n},无,1,2024-{9 + n % 4:02}-{1 + n % 28:02},{n % 9}\n" for n in range(6000))
    many, few = (",".join(HEADERS) + "\n" + body).encode(), text_of([HEADERS, ROWS[0]]).encode()
    for change in ("place", "file"):
        page = chosen(rosters["zh"], "a.csv", many)
        page.locator(".cc-work .cc-main").click(timeout=START)
        expect(page.locator(".cc-work progress")).not_to_have_js_property("value", 0, timeout=START)
        if change == "place":
            page.locator("#roster select").first.select_option("tunliu-2025")
        else:
            chosen(rosters["zh"], "b.csv", few)
        expect(page.locator(".cc-work")).to_contain_text("读到6000行" if change == "place" else "读到1行", timeout=START)
        page.wait_for_timeout(1500)
        assert page.locator("#roster-result").count() == 0 and page.locator(".cc-work progress").count() == 0
    page = computed(rosters["zh"], "b.csv", few)
    page.locator("#roster details").first.evaluate("(one) => one.open = true")
    choice = page.get_by_label("“身份”这一列是什么")
    choice.focus()
    choice.select_option("")
    expect(page.locator("#roster-result")).to_have_count(0)
    expect(page.locator(".cc-work .cc-main")).to_be_visible()
    expect(page.get_by_label("“身份”这一列是什么")).to_be_focused()


def test_a_part_says_that_it_is_one(rosters, tmp_path) -> None:
    body = "".join(f"甲{n},无,1,2024-{9 + n % 4:02}-{1 + n % 28:02},{n % 9}\n" for n in range(6000))
    page = chosen(rosters["zh"], "名单.csv", (",".join(HEADERS) + "\n" + body).encode())
    page.locator(".cc-work .cc-main").click(timeout=START)
    expect(page.locator(".cc-work progress")).not_to_have_js_property("value", 0, timeout=START)
    page.get_by_role("button", name="停下").click()
    page.locator("#roster-result").wait_for(timeout=START)
    with page.expect_download() as download:
        page.get_by_role("button", name="保存结果（Excel）").click()
    assert re.fullmatch(r"名单-部分计算结果-只有前\d+行\.xlsx", download.value.suggested_filename)
    download.value.save_as(tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert re.search(r"已停下：算了\d+行，共6000行", book.read("xl/worksheets/sheet2.xml").decode())


def test_the_row_of_names_can_be_chosen(rosters) -> None:
    page = chosen(rosters["zh"], "a.csv", "某村,名单\n谁,什么人,几时交\n甲,特困人员,2024-11-05\n".encode())
    expect(page.locator("#roster .cc-error")).to_contain_text("没有认出任何一列", timeout=START)
    page.get_by_label("列名在哪一行").select_option("1")
    page.get_by_label("“什么人”这一列是什么").select_option("groups")
    page.get_by_label("“几时交”这一列是什么").select_option("pay_date")
    expect(page.locator(".cc-work")).to_contain_text("列名在第2行；上面的1行没有当作人员", timeout=START)


def test_what_is_long_is_cut_on_the_page_and_in_the_workbook(rosters, tmp_path) -> None:
    lines = [HEADERS, ["甲" * 40_000, "低" * 50_000, "1", "2024-11-05", "0"], *[[f"乙{n}", "无", "1", "2024-11-05", ""] for n in range(300)]]
    page = computed(rosters["zh"], "a.csv", text_of(lines).encode())
    expect(page.get_by_role("row", name="断保年数").last).to_contain_text("3–302")
    assert page.evaluate("document.documentElement.scrollHeight") < 8000
    with zipfile.ZipFile(io.BytesIO(saved(page, "保存结果（Excel）", tmp_path / "out.xlsx"))) as book:
        for sheet in (1, 2):
            texts = re.findall(r"<t [^>]*>([^<]*)</t>", book.read(f"xl/worksheets/sheet{sheet}.xml").decode())
            assert max(map(len, texts)) <= 32_767
