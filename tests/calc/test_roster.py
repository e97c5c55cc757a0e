"""Rosters: columns and values in both languages, nothing guessed, bad rows beside good ones, safe cells, true sums."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

import pytest

from calc import Case, CaseError, assess
from calc.roster import Columns, Roster, Watched, column_fields, header_names
from calc.roster_file import decode, read_table, write_row, write_table
from calc.roster_text import Printer, safe_cell, template
from calc.roster_values import find_policy, read_count, read_day, read_flag, split_groups, tidy
from tests.calc.compiled import policies

HEADERS = ["姓名", "人员类别", "身份", "档次", "缴费日期", "出生日期", "断保年数"]


def roster(headers: list[str] | None = None, **defaults: object) -> Roster:
    """A roster of a place with tiers and many groups."""
    return Roster(policies(), headers or HEADERS, {"policy": "yunyang-2025", **defaults})


def row(**cells: str) -> dict:
    """A good row, with some of its cells otherwise."""
    return {"姓名": "甲", "人员类别": "普通居民", "身份": "低保对象", "档次": "1", "缴费日期": "2024-11-05", **cells}


# columns

@pytest.mark.parametrize(("headers", "fields"), [
    (["姓名", "地区", "年度", "人员类别", "身份", "出生日期", "年龄", "档次", "缴费日期", "断保年数"], ["name", "place", "year", "person", "groups", "birth_date", "age", "tier", "pay_date", "gap_years"]),
    (["Name", "Place", "Year", "Kind of person", "Groups", "Date of birth", "Age", "Tier", "Payment date", "Missed years"], ["name", "place", "year", "person", "groups", "birth_date", "age", "tier", "pay_date", "gap_years"]),
    (["*缴费日期（年-月-日）", " 类 别 ", "Pay_Date2", "TIER:"], ["pay_date", "groups", None, "tier"]),
    (["残疾等级", "有本县户口", "自愿保险", "consecutive_years"], ["disability_grade", "local_hukou", "addons", "consecutive_years"]),
])
def test_columns_are_recognised_in_both_languages(headers, fields) -> None:
    columns = Columns(headers, policies())
    assert columns.fields == {field: header for header, field in zip(headers, fields, strict=True) if field}
    assert columns.ignored == [header for header, field in zip(headers, fields, strict=True) if not field]


def test_every_field_has_both_names_and_is_recognised_by_them() -> None:
    for field in column_fields(policies()):
        for name in (field["id"], field["zh"], field["en"], *field["names"]):
            assert Columns([name, "缴费日期"] if field["id"] != "pay_date" else [name], policies()).fields[field["id"]] == name, name


def test_a_column_twice_is_refused_and_none_at_all_too() -> None:
    with pytest.raises(CaseError, match="same field"):
        Columns(["档次", "缴费档次"], policies())
    with pytest.raises(CaseError, match="No column"):
        Columns(["姓名", "什么"], policies())


def test_columns_can_be_chosen_or_left_out() -> None:
    columns = Columns(["档次", "缴费档次", "备注"], policies(), {"缴费档次": None, "备注": "groups"})
    assert columns.fields == {"tier": "档次", "groups": "备注"} and columns.ignored == ["缴费档次"]
    for wrong in ({"没有": "tier"}, {"备注": "what"}):
        with pytest.raises(CaseError):
            Columns(["档次", "备注"], policies(), wrong)


# values

@pytest.mark.parametrize("text", ["2024-11-05", "2024/11/5", "2024.11.5", "2024年11月5日", "2024年11月5号", "20241105", "２０２４-１１-０５", "2024-11-05 00:00:00", "2024/11/5 14:30", "5 November 2024", "Nov 5, 2024", "2024-11-05T00:00:00"])
def test_dates_as_people_write_them(text) -> None:
    assert read_day("pay_date", tidy(text)) == "2024-11-05"


@pytest.mark.parametrize("text", ["2024-02-30", "2024-13-01", "11/5/2024", "5/11/2024", "24-11-05", "2024", "202411", "2024-11", "昨天", "2024-11-05abc", "1e5", "45601.5", "-45601", "2024--11-05x", "0001-01-01", "2024-11-0五"])
def test_dates_that_cannot_be_known_are_refused(text) -> None:
    with pytest.raises(CaseError) as caught:
        read_day("pay_date", tidy(text))
    assert "2024-11-05" in caught.value.zh and "2024-11-05" in caught.value.en


def test_a_spreadsheets_day_number_is_read_and_flagged() -> None:
    found = roster().row(1, row(缴费日期="45601"))
    assert found["ok"] and found["case"]["pay_date"] == "2024-11-05"
    assert found["notes"] == [{"kind": "serial", "field": "pay_date", "value": "45601", "day": "2024-11-05"}]
    assert "请核对" in "".join(Printer(policies(), "zh").cells(found))
    assert not roster().row(1, row(断保年数="45601"))["ok"], "only in a column of dates"
    assert roster().row(1, row(缴费日期=45601.0))["ok"]


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("3年", 3), ("三年", 3), ("3 years", 3), ("３", 3), ("3.0", 3), ("35周岁", 35), ("二级", 2), ("grade 2", 2), ("十", 10), ("2025年度", 2025), ("3.5", None), ("三四", None), ("", None), ("-1", None), ("年", None)])
def test_counts(text, number) -> None:
    assert read_count(tidy(text)) == number


def test_flags() -> None:
    assert [read_flag(word) for word in ("是", "有", "Yes", "√", "TRUE")] == [True] * 5
    assert [read_flag(word) for word in ("否", "没有", "no", "×", "False")] == [False] * 5
    assert [read_flag(word) for word in ("1", "0", "2", "也许", "y/n")] == [None] * 5


@pytest.mark.parametrize(("text", "names"), [
    ("低保对象", ["低保对象"]), ("低保对象、孤儿", ["低保对象", "孤儿"]), ("低保对象; 孤儿", ["低保对象", "孤儿"]), ("低保对象|孤儿,特困人员", ["低保对象", "孤儿", "特困人员"]),
    ("普通残疾人（三、四级）", ["普通残疾人（三、四级）"]), ("1、2级重度残疾人、低保", ["1、2级重度残疾人", "低保"]), ("低保、独生子女、双女户家庭", ["低保", "独生子女、双女户家庭"]),
    ("Orphans; Subsistence allowance recipients (dibao)", ["Orphans", "Subsistence allowance recipients (dibao)"]),
    ("无", []), ("没有", []), ("普通居民", []), ("none", []), ("subsistence-allowance", ["subsistence-allowance"]),
])
def test_groups_in_a_cell(text, names) -> None:
    assert split_groups(text, policies().policy("yunyang-2025")) == names


@pytest.mark.parametrize("text", ["低保对象、不存在", "是", "大学生", "低保对象孤儿", "低保?"])
def test_groups_that_are_not_known_are_refused(text) -> None:
    with pytest.raises(CaseError) as caught:
        split_groups(text, policies().policy("yunyang-2025"))
    assert caught.value.field in ("groups", "categories")


@pytest.mark.parametrize(("cells", "person", "groups"), [
    ({"人员类别": "大学生"}, "university_student", ["subsistence-allowance"]), ({"人员类别": "University student"}, "university_student", None), ({"人员类别": "大学新生", "身份": ""}, "university_freshman", None),
    ({"人员类别": "newborn", "出生日期": "2024-10-20"}, "newborn", None), ({"人员类别": "不清楚"}, "resident", None), ({"身份": "-"}, "resident", None),
])
def test_kinds_of_person(cells, person, groups) -> None:
    found = roster().row(1, row(**cells))
    assert found["ok"] and found["case"]["person"] == person
    assert groups is None or found["groups"] == groups


def test_what_is_not_told_is_said() -> None:
    found = roster().row(1, row(人员类别="", 身份=""))
    assert [note["kind"] for note in found["notes"]] == ["person", "groups"]
    assert "categories" not in found["case"] and found["groups"] is None
    assert roster().row(1, row(身份="无"))["groups"] == []


# rows

@pytest.mark.parametrize(("cells", "field", "words"), [
    ({"身份": "不存在"}, "groups", ("没有“不存在”这类人员", "no group “不存在”")),
    ({"缴费日期": "2024-02-30"}, "pay_date", ("不是有效日期", "not a date")),
    ({"缴费日期": ""}, "pay_date", ("请填写缴费日期", "Give the date")),
    ({"档次": "3"}, "tier", ("没有“3”档", "no tier “3”")),
    ({"人员类别": "新生儿"}, "birth_date", ("必须填写出生日期", "date of birth is needed")),
    ({"人员类别": "神仙"}, "person", ("没有“神仙”这类人员", "no kind of person")),
    ({"人员类别": "低保对象"}, "person", ("资助身份", "assisted group")),
    ({"断保年数": "很多"}, "gap_years", ("不能填“很多”", "cannot be “很多”")),
    ({"出生日期": "2030-01-01"}, "birth_date", ("晚于缴费日期", "later than")),
])
def test_an_error_names_its_field_in_both_languages(cells, field, words) -> None:
    sheet = roster()
    found = sheet.row(7, row(**cells))
    assert found["row"] == 7 and not found["ok"]
    (error,) = found["errors"]
    assert error["field"] == field and words[0] in error["zh"] and words[1] in error["en"]
    assert error["header"] in HEADERS
    assert sheet.summary.to_json()["bad_rows"] == [found]


def test_all_errors_of_a_row_at_once_and_the_others_still_computed() -> None:
    sheet = roster()
    found = [sheet.row(1, row()), sheet.row(2, row(身份="不存在", 档次="9", 缴费日期="?月")), sheet.row(3, row())]
    assert [entry["ok"] for entry in found] == [True, False, True]
    assert {error["field"] for error in found[1]["errors"]} == {"groups", "tier", "pay_date"}
    summary = sheet.summary.to_json()
    assert (summary["rows"], summary["computed"], summary["bad"]) == (3, 2, 1)


def test_places_in_rows() -> None:
    sheet = Roster(policies(), ["地区", "年度", "缴费日期"], {"pay_date": "2024-11-05"})
    assert sheet.row(1, {"地区": "乌鲁木齐市", "年度": "2025年"})["policy"] == "urumqi-2025"
    assert sheet.row(2, {"地区": "屯留区", "年度": ""})["policy"] == "tunliu-2025", "the only year there is"
    several = sheet.row(3, {"地区": "乌鲁木齐市", "年度": ""})
    assert several["errors"][0]["field"] == "year" and several["errors"][0]["allowed"] == [2024, 2025]
    assert sheet.row(4, {"地区": "月球", "年度": "2025"})["errors"][0]["field"] == "place"
    assert sheet.row(5, {"地区": "", "年度": ""})["errors"][0]["field"] == "place"
    assert sheet.row(6, {"地区": "屯留区", "年度": "那年"})["errors"][0]["field"] == "year"
    assert find_policy(policies(), "屯留区").id == "tunliu-2025"


def test_defaults_fill_empty_cells_only() -> None:
    sheet = roster(["缴费日期", "档次"], pay_date="2024-11-05", tier="2")
    assert sheet.row(1, {"缴费日期": "", "档次": ""})["case"] == {"person": "resident", "pay_date": "2024-11-05", "tier": 2}
    assert sheet.row(2, {"缴费日期": "2025-01-05", "档次": "一档"})["case"] == {"person": "resident", "pay_date": "2025-01-05", "tier": 1}
    for wrong in ({"policy": "nowhere-2025"}, {"pay_date": "x"}, {"what": "x"}):
        with pytest.raises(CaseError):
            roster(["缴费日期"], **wrong)


def test_a_roster_gives_what_single_assessments_give() -> None:
    """Rows share the answer of an earlier row when no fact looked at differs; that must never show."""
    pick = random.Random(7)
    groups = ["无", "", "低保对象", "孤儿", "低保对象、孤儿", "农村易返贫致贫人口", "残疾人"]
    for identifier in policies().ids()[-4:] + ["urumqi-2024"]:
        policy = policies().policy(identifier)
        sheet = Roster(policies(), HEADERS, {"policy": identifier})
        for number in range(60):
            day = date(policy.year - 1, 11, 1) + timedelta(pick.choice([0, 70, 130]))
            person = pick.choice(["普通居民", "普通居民", "新生儿", "大学生"])
            birth = day - timedelta(pick.randrange(100) if person == "新生儿" else pick.randrange(30000))
            found = sheet.row(number, {"人员类别": person, "身份": pick.choice(groups), "档次": "1" if policy.tiers else "", "缴费日期": day.isoformat(), "出生日期": birth.isoformat(), "断保年数": pick.choice(["", "0", "2"])})
            assert found["ok"], found
            single = assess(policy, Case.parse(found["case"], policy))
            assert found["figures"].keys() == single.figures.keys() - {"incentive"}
            for name, (value, state) in single.figures.items():
                if name == "incentive":
                    continue
                assert (found["figures"][name]["value"], found["figures"][name]["state"]) == (value.isoformat() if isinstance(value, date) else value, state), (name, found["case"])


def test_watched_facts_remember_every_way_of_asking() -> None:
    facts = Watched({"a": 1, "b": 2, "c": 3, "d": 4})
    assert facts.get("a") == 1 and facts["b"] == 2 and "c" in facts and facts.copy().get("x") is None
    assert facts.seen == {"a", "b", "c", "x"}


# sums

def test_the_summary_adds_up() -> None:
    sheet = roster()
    rows = [sheet.row(number, row(**cells)) for number, cells in enumerate([{}, {}, {"身份": "孤儿"}, {"身份": "无"}, {"档次": ""}, {"身份": ""}, {"缴费日期": "2025-08-01"}], 1)]
    summary = sheet.summary.to_json()
    known = [entry["figures"]["total_pays"]["value"] for entry in rows if entry["figures"]["total_pays"]["value"] is not None]
    assert summary["total_pays"] == sum(known) and summary["unknown"] == len(rows) - len(known) == 2
    assert sum(group["rows"] for group in summary["groups"]) == len(rows)
    assert sum(group["pays"] for group in summary["groups"]) == summary["total_pays"]
    assert sum(payer["fen"] for payer in summary["payers"] if payer["who"] == ["individual"]) == summary["total_pays"]
    assert sum(group["assistance"] for group in summary["groups"]) == sum(payer["fen"] for payer in summary["payers"] if payer["who"] != ["individual"])
    assert {"fact": "tier", "rows": [5]} in summary["needs"]
    assert json.loads(json.dumps(summary)) == summary


def test_unknown_amounts_are_never_nothing() -> None:
    found = roster().row(1, row(缴费日期="2025-08-01"))
    for lang in ("zh", "en"):
        printer = Printer(policies(), lang)
        cells = dict(zip([key for key, _ in printer.columns], printer.cells(found), strict=True))
        assert found["figures"]["total_pays"]["value"] is None
        assert cells["total_pays"] not in ("", "0") and not cells["total_pays"].isdigit()


def test_the_cells_hold_the_figures_in_both_languages() -> None:
    found = roster().row(1, row(身份="低保对象", 断保年数="2", 缴费日期="2025-03-05"))
    for lang in ("zh", "en"):
        printer = Printer(policies(), lang)
        cells = dict(zip([key for key, _ in printer.columns], printer.cells(found), strict=True))
        assert (cells["standard"], cells["subsidy"], cells["pays"], cells["total_pays"]) == ("400", "360", "40", "40")
        assert cells["coverage_end"] == "2025-12-31" and "5" in cells["waiting"] and "90" in cells["waiting"]
        assert cells["errors"] == "" and cells["clauses"] and cells["explanation"]
    assert "云阳医保发" in dict(zip([key for key, _ in Printer(policies(), "zh").columns], Printer(policies(), "zh").cells(found), strict=True))["clauses"]


def test_a_bad_row_shows_its_errors_and_no_figures() -> None:
    printer = Printer(policies(), "zh")
    cells = printer.cells(roster().row(1, row(身份="不存在")))
    assert cells[:-1] == [""] * (len(cells) - 1) and cells[-1].startswith("身份：没有“不存在”")


# files

@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "－1", "　=1"])
def test_cells_that_look_like_formulas_are_disarmed(text) -> None:
    assert safe_cell(text) == "'" + text
    assert read_table(write_table([["姓名", "档次"], [text, "1"]])).records[0].cells[0] == "'" + text.replace("\r", "\n")


@pytest.mark.parametrize("text", ["王", "1", "2024-11-05", "a=1", "", "'=1", "没有"])
def test_other_cells_stay_as_they_are(text) -> None:
    assert safe_cell(text) == text


def test_results_are_safe_too() -> None:
    sheet = roster()
    found = sheet.row(1, row(身份="=HYPERLINK(1)"))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in Printer(policies(), "zh").cells(found))
    assert write_row(["=cmd", 'a"b', "x,y", "x\ny", "x;y"]) == "'=cmd,\"a\"\"b\",\"x,y\",\"x\ny\",\"x;y\"\r\n"


@pytest.mark.parametrize(("encoding", "mark", "name"), [("utf-8", b"", "utf-8"), ("utf-8-sig", b"", "utf-8"), ("gb18030", b"", "gb18030"), ("gbk", b"", "gb18030"), ("utf-16-le", b"\xff\xfe", "utf-16-le"), ("utf-16-be", b"\xfe\xff", "utf-16-be")])
def test_encodings(encoding, mark, name) -> None:
    table = read_table(mark + "姓名,档次\r\n张三,1\r\n欧阳,2\r\n".encode(encoding))
    assert table.encoding == name and table.headers == ["姓名", "档次"] and [record.cells for record in table.records] == [["张三", "1"], ["欧阳", "2"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator) -> None:
    table = read_table(separator.join(["姓名", "身份", "档次"]).encode() + b"\n" + separator.join(["甲", '"低保,;\t|"', "1"]).encode())
    assert table.separator == separator and table.records[0].cells == ["甲", "低保,;\t|", "1"]


def test_a_first_line_that_names_the_separator() -> None:
    assert read_table(b"sep=;\na;b,c\n1;2\n").headers == ["a", "b,c"]


def test_quoted_cells_run_over_lines() -> None:
    table = read_table('姓名,备注\n"甲","一\n二 ""三"""\n乙,\n'.encode())
    assert [record.cells for record in table.records] == [["甲", '一\n二 "三"'], ["乙", ""]]
    assert [record.line for record in table.records] == [2, 4]


@pytest.mark.parametrize(("line", "column", "word"), [
    ('"甲,1,2', 1, "not closed"), ('甲,"1,2', 3, "not closed"), ('甲,"1"x,2', 6, "separator must follow"), ("甲,1", 4, "2 cells"), ("甲,1,2,3", 7, "4 cells"),
])
def test_an_unreadable_row_has_its_line_and_column_and_hides_no_other(line, column, word) -> None:
    table = read_table(f'姓名,档次,备注\n乙,1,2\n{line}\n丙,2,"三"\n'.encode())
    good, bad, last = table.records
    assert good.error is None and last.error is None and last.cells == ["丙", "2", "三"]
    assert (bad.line, bad.column) == (3, column) and word in bad.error.en and bad.error.zh


def test_a_row_with_broken_letters_is_reported_alone() -> None:
    table = read_table("姓名,档次\n甲,1\n".encode() + b"\xe4\xb9,2\n" + "丙,2\n丁,1\n".encode())
    assert table.encoding == "utf-8"
    assert [record.error is None for record in table.records] == [True, False, True, True]
    assert (table.records[1].line, table.records[1].column) == (3, 1)


def test_empty_rows_and_empty_cells_at_the_end_say_nothing() -> None:
    table = read_table("姓名,档次\n\n甲,1,,\n,\n乙,2\n\n\n".encode())
    assert [(number, record.cells) for number, record in table.rows()] == [(2, ["甲", "1"]), (4, ["乙", "2"])]


def test_headers_are_made_different() -> None:
    assert read_table(b"a,a,,b\n1,2,3,4\n").headers == ["a", "a (2)", "(3)", "b"]


def test_lines_of_a_file_are_decoded_once() -> None:
    assert decode("甲\r\n乙\r丙".encode())[1] == ["甲", "乙", "丙"]


def test_a_result_read_again_keeps_ones_own_columns() -> None:
    sheet = roster()
    printer = Printer(policies(), "zh")
    labels = [label for _, label in printer.columns]
    again = Columns([*HEADERS, *labels], policies())
    assert again.old == labels and again.fields == sheet.columns.fields
    assert Columns([*HEADERS, "说明"], policies()).ignored == ["说明"], "one's own column of that name is kept"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_can_be_filled_in_and_computed(lang) -> None:
    for identifier in [None, *policies().ids()]:
        policy = policies().policy(identifier) if identifier else None
        headers, example = template(policies(), policy, lang)
        sheet = Roster(policies(), headers, {"policy": identifier} if identifier else {})
        assert not sheet.columns.ignored
        found = sheet.row(1, dict(zip(headers, example, strict=True)))
        assert found["ok"], found


# rows that share an answer

def test_a_fact_not_told_does_not_answer_for_one_that_is() -> None:
    """Rows alike but for one fact, in any order: each has its own wait."""
    for missed in (["", "0", "3"], ["3", "", "0"]):
        sheet = roster(["身份", "档次", "缴费日期", "断保年数"])
        found = {gap: sheet.row(number, {"身份": "无", "档次": "1", "缴费日期": "2025-05-14", "断保年数": gap})["figures"]["waiting_months"]["value"] for number, gap in enumerate(missed, 1)}
        told = {gap: assess(policies().policy("yunyang-2025"), Case.parse({"pay_date": "2025-05-14", "tier": 1, "categories": [], **({"gap_years": int(gap)} if gap else {})}, policies().policy("yunyang-2025"))).value("waiting_months") for gap in missed}
        assert found == told and found["3"] > found["0"]


@pytest.mark.parametrize("policy", ["yunyang-2025", "urumqi-2024", "tunliu-2025", "horqin-left-rear-2025"])
def test_days_that_share_an_answer_have_the_same(policy) -> None:
    """Every tenth day of the year, with and without groups: the shared answer is that of the day itself."""
    rules, chance = policies().policy(policy), random.Random(4)
    groups = ["无", "", *(names[0] for names in rules.data.get("group_names", {}).values())]
    headers = ["身份", "缴费日期", "断保年数"]
    shared, alone = (Roster(policies(), headers, {"policy": policy, **({"tier": 1} if rules.tiers else {})}) for _ in range(2))
    alone._answer = alone._on_its_day
    for number in range(1, 60):
        day = date(rules.year - 1, 8, 20) + timedelta(number * 8 + chance.randint(0, 7))
        cells = {"身份": chance.choice(groups), "缴费日期": day.isoformat(), "断保年数": chance.choice(["", "0", "2"])}
        assert shared.row(number, cells) == alone.row(number, cells), cells
