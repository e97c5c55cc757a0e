"""The table of a roster's file: where the columns' names stand, which rows are no people, and cells that no column has."""

from __future__ import annotations

import json

import pytest

from calc import browser
from calc.roster import Roster, header_names
from calc.roster_file import read_table
from calc.roster_table import extra_headers, find_head, no_person
from calc.roster_text import Printer, shortened
from tests.calc.compiled import compiled, policies
from tests.calc.test_roster import HEADERS, roster, row


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    browser.load(json.dumps(compiled(), ensure_ascii=False))


NAMES = ["姓名", "身份", "备注"]


def simple(headers: list[str] | None = None) -> Roster:
    """A place without tiers, and a day where a row has none: every row that counts costs something."""
    return Roster(policies(), headers or NAMES, {"policy": "tunliu-2025", "pay_date": "2024-11-05"})


@pytest.mark.parametrize("cells", [
    ["合计", "", "2人"], ["合 计", "2人", ""], ["", "总计：2人", ""], ["小计", "", ""], ["双江村小计", "", ""], ["Total", "", ""], ["Grand total: 2", "", ""], ["审核人：刘主任", "制表人：小李", ""], ["填表说明：如实填写", "", ""],
    ["（以下空白）", "", ""], ["制表", "", ""], ["Prepared by: Li", "", ""], ["姓名", "身份", "备注"], ["", "", "只有备注"],
])
def test_rows_that_are_no_people_are_listed_and_not_counted(cells: list[str]) -> None:
    sheet = simple()
    people = [sheet.listed(1, ["张三", "低保人员", ""]), sheet.listed(2, ["李四", "普通人员", ""])]
    found = sheet.listed(3, cells)
    summary = sheet.summary.to_json()
    assert found["ok"] is False and found["skipped"]["zh"] and found["skipped"]["en"] and "errors" not in found
    assert summary["skipped"] == [found] and summary["bad"] == 0
    assert summary["total_pays"] == sum(one["figures"]["total_pays"]["value"] for one in people) == 48000
    assert summary["rows"] == summary["computed"] + summary["bad"] + len(summary["skipped"]) == 3
    for lang in ("zh", "en"):
        assert any(found["skipped"][lang] in cell for cell in Printer(policies(), lang).cells(found))


@pytest.mark.parametrize("cells", [["计合", "低保人员", ""], ["张三", "", ""], ["合计算", "低保人员", ""], ["注", "低保人员", ""], ["Totally", "低保人员", ""], ["张三", "-", ""]])
def test_people_are_not_left_out(cells: list[str]) -> None:
    assert no_person(cells, NAMES, {"name": 0, "groups": 1}) is None


def test_a_name_that_ends_like_a_total_is_a_persons_where_a_group_is_told() -> None:
    assert no_person(["李小计", "低保", ""], NAMES, {"name": 0, "groups": 1}) is None
    assert no_person(["审核", "张三", "低保"], ["状态", *NAMES[:2]], {"name": 1, "groups": 2}) is None


def test_a_place_filled_in_beforehand_makes_no_person() -> None:
    assert no_person(["", "云阳县", ""], ["姓名", "地区", "身份"], {"name": 0, "place": 1, "groups": 2}) == "nothing"
    assert no_person(["云阳县"], ["地区"], {"place": 0}) is None


def test_a_cell_beyond_the_columns_makes_the_row_bad() -> None:
    sheet = roster()
    cells = ["甲", "普通居民", "稳定脱贫人口", "1", "2024-11-05", "", "", "低保"]
    found = sheet.listed(1, cells, 2)
    assert not found["ok"] and "低保" in found["errors"][0]["zh"] and "8格" in found["errors"][0]["zh"] and "低保" in found["errors"][0]["en"]
    assert sheet.listed(2, [*cells[:7], " ", ""])["ok"], "empty cells at the end say nothing"
    # Saved with the cell in a column of its own and read again, the row is as bad as before.
    extra = extra_headers(HEADERS, 9, "zh")
    again = roster([*HEADERS, *extra])
    assert not again.listed(1, cells)["ok"] and again.listed(2, [*cells[:7], "", ""])["ok"]


@pytest.mark.parametrize(("lines", "headers", "line"), [
    (["参保花名册,,", "填报单位：街道,,填报日期", "姓名,身份,缴费日期", "甲,低保,2024-11-05"], ["姓名", "身份", "缴费日期"], 3),
    (["填表说明：1，如实，填写，身份，没有，写无,,", "姓名,身份,缴费日期", "甲,低保,2024-11-05"], ["姓名", "身份", "缴费日期"], 2),
    (["填表说明：姓名，身份，档次，缴费日期，都要填,", "姓名,身份", "甲,低保"], ["姓名", "身份"], 2),
    (["基本信息,,参保信息", "姓名,性别,身份", "甲,男,低保"], ["姓名", "性别", "身份"], 2),
    (["甲；说明，有逗号,x", "姓名；身份；档次", "甲；低保；1"], ["甲；说明，有逗号", "x"], 1),
    (["某,某", "姓名，身份，档次", "甲，低保，1"], ["姓名", "身份", "档次"], 2),
    (["谁,什么人,", "甲,低保,"], ["谁", "什么人"], 1),
])
def test_the_names_of_the_columns_are_found(lines: list[str], headers: list[str], line: int) -> None:
    table = read_table("\n".join(lines).encode(), names=header_names(policies()))
    assert (table.headers, table.header_line) == (headers, line)


def test_the_page_is_told_the_same() -> None:
    """The engine finds the row for the page, of several ways to divide the file, or takes the one that is named."""
    def head(**params: object) -> dict:
        answer = json.loads(browser.handle(json.dumps({"method": "roster_head", "params": params})))
        assert answer["ok"], answer
        return answer["result"]

    ways = [[["标题,甲", "乙"], ["姓名，身份"]], [["标题,甲,乙"], ["姓名", "身份", ""]]]
    assert head(tables=ways) == {"table": 1, "row": 1, "headers": ["姓名", "身份"], "known": 1, "beyond": "没有列名的格"}  # a name alone makes no case
    assert head(tables=[[["身份", "对象类别", "缴费日期", "什么"]]])["known"] == 2
    assert head(tables=[ways[0]], row=0, lang="en")["headers"] == ["标题,甲", "乙"]
    assert head(tables=[[["", ""]], []])["table"] is None
    assert find_head([], {}) is None


def test_lists_of_cells_go_through_the_browser() -> None:
    params = {"policy": "tunliu-2025", "lang": "zh", "headers": NAMES, "rows": [["张三", "低保人员", ""], ["合计", "", "1人"], ["李四", "普通人员", "", "低保"]], "defaults": {"pay_date": "2024-11-05"}}
    found = json.loads(browser.handle(json.dumps({"method": "roster", "params": params})))["result"]
    assert [entry["ok"] for entry in found["rows"]] == [True, False, False]
    summary = found["summary"]
    assert (summary["computed"], summary["bad"], summary["skipped"]) == (1, 1, [{"row": 2, "text": "像是合计行，不是人员"}])


@pytest.mark.parametrize("text", ["=VLOOKUP(A1,B:C,2,0)", "'=A1", "＝A1"])
def test_a_formula_without_its_value_is_no_empty_cell(text: str) -> None:
    found = roster().row(1, row(身份=text))
    assert not found["ok"] and found["errors"][0]["field"] == "groups" and "公式" in found["errors"][0]["zh"] and "formula" in found["errors"][0]["en"]
    assert {error["field"] for error in roster().row(1, row(身份=text, 缴费日期="?x"))["errors"]} == {"groups", "pay_date"}
    assert roster().row(1, row(姓名=text))["ok"], "a name is only kept"


def test_a_long_cell_is_not_repeated_whole() -> None:
    (cell,) = [cell for cell in Printer(policies(), "zh").cells(roster().row(1, row(身份="低" * 50000))) if cell]
    assert len(cell) < 400 and "这类人员" in cell
    assert shortened("no quote") == "no quote" and shortened("“x") == "“x"


def test_a_grade_that_was_told_is_named_in_the_summary() -> None:
    sheet = roster()
    for number, group in enumerate(["低保/二级残疾", "二级残疾、低保", "三级残疾", "残疾人"], 1):
        sheet.listed(number, ["甲", "", group, "1", "2024-11-05", "", ""])
    groups = sheet.summary.to_json()["groups"]
    assert [(group.get("grade"), group["rows"]) for group in groups] == [(2, 2), (3, 1), (None, 1)]
    named = [Printer(policies(), "zh").group(group["groups"], group.get("grade")) for group in groups]
    assert "残疾人（2级）" in named[0] and named[1] == "残疾人（3级）" and "没有写明等级" in named[2] and "没有写明等级" not in named[0]


@pytest.mark.parametrize(("text", "group"), [("城乡低保", "subsistence-allowance"), ("低边户", "subsistence-margin"), ("低边家庭", "subsistence-margin"), ("特困供养", "extreme-hardship")])
def test_usual_names_of_groups(text: str, group: str) -> None:
    assert roster().row(1, row(身份=text))["groups"] == [group]


@pytest.mark.parametrize("text", ["建档立卡", "建档立卡贫困户", "贫困户"])
def test_a_former_name_is_explained_and_not_guessed(text: str) -> None:
    (error,) = roster().row(1, row(身份=text))["errors"]
    assert error["code"] == "unknown_group" and "脱贫人口" in error["zh"] and "边缘易致贫户" in error["zh"] and "former name" in error["en"]
