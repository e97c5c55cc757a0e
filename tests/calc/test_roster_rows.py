"""Rows of a roster: what a clerk writes of a disability, what is really like a wrong name, and for whom a warning is."""

from __future__ import annotations

import pytest

from calc.roster import Roster
from calc.roster_text import Printer
from tests.calc.compiled import policies
from tests.calc.test_roster import HEADERS, roster, row


@pytest.mark.parametrize(("text", "grade"), [("二级残疾", 2), ("一级残疾人", 1), ("残疾2级", 2), ("三级肢体残疾", 3), ("残疾人（四级）", 4), ("残疾等级：3级", 3), ("grade 2 disability", 2), ("disability grade 4", 4)])
def test_a_disability_told_by_its_grade(text: str, grade: int) -> None:
    for cells in ({"身份": text}, {"身份": f"{text}；低保对象"}):
        answer = roster().row(1, row(**cells))
        assert answer["ok"] and answer["case"]["disability_grade"] == grade and "disabled" in answer["groups"]
        assert [note for note in answer["notes"] if note == {"kind": "graded", "value": text, "grade": grade}]
    told = Printer(policies(), "zh").cells(roster().row(1, row(身份=text)))
    assert any(f"“{text}”读作残疾人、残疾等级{grade}级" in cell for cell in told)


def test_a_grade_is_worth_what_the_notice_gives_it() -> None:
    assert [roster().row(1, row(身份=text))["figures"]["subsidy"]["value"] for text in ("二级残疾", "三级残疾")] == [28000, 20000]


@pytest.mark.parametrize("text", ["二级残疾军人", "1-2级残疾", "五级残疾", "残疾", "二级"])
def test_what_is_no_grade_is_not_guessed(text: str) -> None:
    answer = roster().row(1, row(身份=text))
    assert not answer["ok"] or "disability_grade" not in answer["case"]


def test_grades_that_disagree_are_refused() -> None:
    (error,) = roster([*HEADERS, "残疾等级"]).row(1, {**row(身份="二级残疾"), "残疾等级": "3"})["errors"]
    assert error["field"] == "groups" and "2级、3级" in error["zh"]
    assert roster([*HEADERS, "残疾等级"]).row(1, {**row(身份="二级残疾"), "残疾等级": "2"})["ok"]
    assert not roster().row(1, row(身份="二级残疾、三级残疾"))["ok"]


def test_only_what_is_really_like_is_suggested() -> None:
    def message(place: str) -> str:
        (error,) = Roster(policies(), ["地区", "缴费日期"]).row(1, {"地区": place, "缴费日期": "2024-11-05"})["errors"]
        return error["zh"]

    assert message("云阳区").endswith("相近的是：云阳县")
    assert "相近" not in message("北京") and "可填的有18个，例如：" in message("北京")


@pytest.mark.parametrize(("text", "group"), [("dibao", "subsistence-allowance"), ("Subsistence allowance recipients", "subsistence-allowance"), ("orphan", "orphan"), ("Low-income margin; dibao", "subsistence-margin"), ("People with severe disability", "severe-disability")])
def test_english_names_of_groups(text: str, group: str) -> None:
    """With or without what stands in brackets, short, or for one person; a name that several groups would share is none."""
    assert group in roster().row(1, row(身份=text))["groups"]
    assert not roster().row(1, row(身份="People with disability"))["ok"]


@pytest.mark.parametrize("cells", [{"身份": "国王"}, {"身份": "subsistence"}, {"地区": "北京"}, {"人员类别": "国王"}, {"自愿保险": "国王"}, {"上年零报销": "国王"}])
def test_an_english_message_lists_english_names(cells: dict) -> None:
    sheet = Roster(policies(), ["缴费日期", "身份", "地区", "人员类别", "自愿保险", "上年零报销", "年度"], {"policy": "tunliu-2025"} if "地区" not in cells else {})
    (error,) = sheet.row(1, {"缴费日期": "2024-11-05", "年度": "2025", **cells})["errors"]
    listed = error["en"].partition("Allowed")[2]
    assert listed and listed.isascii() or set(listed) <= set(map(chr, range(0x2E80))), error["en"]
    assert "可填" in error["zh"] and not error["zh"].partition("可填")[2].isascii()


def test_latin_words_are_alike_by_more_than_two_letters() -> None:
    (error,) = roster().row(1, row(身份="King"))["errors"]
    assert "such as" in error["en"] and "like it" not in error["en"]
    (error,) = roster().row(1, row(身份="dibaos"))["errors"]
    assert error["en"].endswith("like it: Subsistence allowance recipients (dibao)")


def test_a_warning_says_for_which_rows() -> None:
    """By their numbers in the summary, and each in its row's own cell."""
    sheet = Roster(policies(), HEADERS, {"policy": "tunliu-2025"})
    answers = [sheet.row(number, row(身份=group, 档次="")) for number, group in enumerate(["低保人员", "无", "", "低保人员"], 1)]
    warned = {entry["zh"]: entry["rows"] for entry in sheet.summary.to_json()["warnings"]}
    assert next(rows for text, rows in warned.items() if text.startswith("千万不要先按400元缴")) == [1, 4]
    assert next(rows for text, rows in warned.items() if text.startswith("先别缴")) == [3]
    for lang, label in (("zh", "提醒"), ("en", "Warnings")):
        printer = Printer(policies(), lang)
        at = [name for _, name in printer.columns].index(label)
        cells = [printer.cells(answer)[at] for answer in answers]
        assert cells[0] == answers[0]["warnings"][0][lang] and cells[1] == "" and cells[2] == answers[2]["warnings"][0][lang]


def test_what_was_chosen_and_not_counted_is_said() -> None:
    sheet = Roster(policies(), [*HEADERS, "自愿保险"], {"policy": "tunliu-2025"})
    answer = sheet.row(1, {**row(身份="无", 档次=""), "自愿保险": "晋康保基础版、晋康保尊享版"})
    assert any("没有算进去：晋康保基础版、晋康保尊享版。" in cell for cell in Printer(policies(), "zh").cells(answer))
