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
