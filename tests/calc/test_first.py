"""The first sentence of an answer: what one pays, until when, and from when covered or after which wait; and what bears on it."""

from __future__ import annotations

import pytest

from calc import Case, assess
from calc.explain import explain
from tests.calc.compiled import policies
from tests.calc.explained import both

TIERED, CARE, TWO_ENDS, LAPSED = "yunyang-2025", "urumqi-2024", "tunliu-2025", "horqin-left-rear-2025"


def headline(policy: str, lang: str = "zh", **told: object) -> str:
    return both(policy, told)[lang]["headline"]


def test_a_wait_is_said_with_what_else_it_may_be() -> None:
    assert headline(LAPSED, pay_date="2024-11-10", gap_years=3).endswith("；要等6个月才能报销（也可能5个月、3个月或者不用等，先问）。")
    assert headline(LAPSED, "en", pay_date="2024-11-10", gap_years=3).endswith("; you must wait 6 months before you are covered (perhaps 5 months, 3 months or no wait; ask first).")
    # Two lengths that come to the same stand together; where they do not, the longer one counts.
    assert "；要等90天或者3个月（也可能90天再加3个月，先问），大约2025年6月9日起能报销。" in headline(TIERED, pay_date="2025-03-10", tier=1, gap_years=0)
    assert headline(TIERED, pay_date="2025-03-10", tier=1, gap_years=2).endswith("；要等5个月才能报销（也可能4个月、90天或者3个月，先问）。")
    assert headline(TIERED, pay_date="2025-01-10", tier=1, gap_years=0).endswith("；2025年2月1日起能报销（也可能要等3个月，先问）。")


def test_what_is_open_about_the_cover_is_said() -> None:
    assert headline(TIERED, pay_date="2024-11-10", tier=1).endswith("；2025年1月1日（没有断保过的话）起能报销，有没有等待期要看断保年数。")
    # A first day that a missed year would leave open is said with that condition, and without it once the years are told.
    assert headline(TIERED, "en", pay_date="2024-11-10", tier=1).endswith("; you are covered from 1 January 2025 (if no year was missed), and whether there is a wait depends on the missed years.")
    assert headline(TIERED, pay_date="2024-11-10", tier=1, gap_years=0).endswith("；2025年1月1日起能报销。")
    assert "2025年1月1日（没有断保过的话）起能报销，到2025年12月31日为止。" in both(TIERED, {"pay_date": "2024-11-10", "tier": 1})["zh"]["summary"]
    assert headline(LAPSED, pay_date="2025-01-10", gap_years=0).endswith("；2025年1月1日起能报销（也可能2025年1月10日起，先问）。")
    assert headline(TWO_ENDS, pay_date="2024-11-10", categories=[]).endswith("；从哪天起能报销，通知没有写。")
    assert headline(CARE, pay_date="2023-11-10", categories=[]).endswith("；2024年1月1日起能报销。")


@pytest.mark.parametrize("policy", [CARE, LAPSED, TIERED, TWO_ENDS])
def test_no_sum_is_said_of_a_day_long_before_the_window(policy: str) -> None:
    told = both(policy, {"pay_date": "1900-11-05", "categories": []})
    for lang in ("zh", "en"):
        assert "1900" in told[lang]["headline"] and "400" not in told[lang]["headline"] and "420" not in told[lang]["headline"]
        assert told[lang]["summary"] == told[lang]["payers"] == told[lang]["beside"] == []
    assert told["zh"]["held"]
    # In the weeks before the window the price to come is what one wants to know.
    assert "400元" in headline(LAPSED, pay_date="2024-08-20", categories=[]) and "才开始缴费" in headline(LAPSED, pay_date="2024-08-20", categories=[])


def test_late_payment_that_is_in_question() -> None:
    told = both(LAPSED, {"pay_date": "2025-04-10", "gap_years": 0})
    assert told["zh"]["headline"] == "来晚了：还能不能缴、缴多少，通知没有写；能缴也要等3个月。先问当地医保部门。"
    assert "还可以补缴" not in " ".join([told["zh"]["status"]["text"], *told["zh"]["summary"]])
    assert "还可以补缴" in both(TIERED, {"pay_date": "2025-03-10", "tier": 1})["zh"]["status"]["text"]  # not in question there


def test_a_last_day_on_which_a_question_bears_gives_the_other() -> None:
    due = both(TWO_ENDS, {"pay_date": "2024-11-10", "categories": []})["zh"]["pay_by"]
    assert (due["date"], due["others"], due["state"]) == ("2025-02-25", ["2024-12-25"], "conflicting")
    assert due["figure"] == "2025年2月25日（也可能是2024年12月25日）"
    assert "最晚2025年2月25日缴费（也可能是2024年12月25日，早的那天最稳妥）" in headline(TWO_ENDS, pay_date="2024-11-10")
    assert "（也可能2024年12月25日就截止了，先问）" in headline(TWO_ENDS, pay_date="2025-01-10")
    # Days of the month that are in question move the last day as well.
    assert both(TWO_ENDS, {"pay_date": "2025-03-10", "person": "newborn", "birth_date": "2024-11-20"})["zh"]["pay_by"]["others"] == ["2025-03-25"]
    plain = both(TIERED, {"pay_date": "2024-11-10", "tier": 1})["zh"]["pay_by"]
    assert (plain["others"], plain["state"], plain["figure"]) == ([], "known", "2024年12月31日")


def test_a_question_settled_bears_no_more() -> None:
    rules = policies().policy(TWO_ENDS)
    told = Case.parse({"pay_date": "2024-11-10"}, rules)
    due = explain(policies(), assess(rules, told, {"T1": "b"}), "zh")["pay_by"]
    assert (due["date"], due["others"]) == ("2024-12-25", [])


def test_a_day_after_the_season_of_the_year() -> None:
    """The rules are those of a year that is over: it says so, where the next year's are, and which day shows what held."""
    told = both(TIERED, {"pay_date": "2026-11-29"})
    assert told["zh"]["headline"] == "这是2025年度的规定，缴费期已过。2026年度及以后的规定，本站还没有收录，请问当地医保部门。"
    assert told["zh"]["held"] == told["en"]["held"] == "2024-12-31"
    assert headline(CARE, pay_date="2025-02-10") == "这是2024年度的规定，缴费期已过。要看2025年度的，请改选2025年度。"
    assert headline(LAPSED, pay_date="2025-11-29").startswith("来晚了") and "2026年度及以后" in headline(LAPSED, pay_date="2025-11-29")
    # Within the season silence is silence, and a day on which one can pay at a known price is no question of the year.
    assert headline(TWO_ENDS, pay_date="2025-03-10").startswith("通知没有写2025年3月10日能不能缴费")
    assert both(TWO_ENDS, {"pay_date": "2025-03-10"})["zh"]["held"] is None
    assert both(LAPSED, {"pay_date": "2025-11-29", "categories": ["低保对象"]})["zh"]["held"] is None


def test_the_least_that_one_can_pay() -> None:
    assert both(TIERED, {"pay_date": "2024-11-10"})["zh"]["least"] == 40000
    assert both(TIERED, {"pay_date": "2024-11-10", "categories": ["城乡低保对象"]})["zh"]["least"] == 4000
    assert both(TIERED, {"pay_date": "2024-11-10", "categories": ["残疾人（没有写明等级）"]})["zh"]["least"] == 12000  # grade 1 at tier 1
    assert both(TIERED, {"pay_date": "2024-11-10", "tier": 2})["zh"]["least"] == 77500
    assert both(TIERED, {"pay_date": "2025-08-10", "tier": 1})["zh"]["least"] == 40000  # the certain part of an unknown sum


def test_the_wait_is_shown_only_in_the_units_that_the_notice_counts_in() -> None:
    def below(policy: str, **told: object) -> list[str]:
        return [child["text"] for step in both(policy, told)["zh"]["steps"] if step["kind"] == "waiting" for child in step["steps"]]

    assert below(TWO_ENDS, pay_date="2024-11-10") == []
    assert below(TIERED, pay_date="2024-11-10", tier=1, gap_years=0) == []
    assert len(below(LAPSED, pay_date="2025-04-10", gap_years=0)) == 1
    assert len(below(TIERED, pay_date="2025-03-10", tier=1, gap_years=0)) == 2


def test_open_questions_are_those_of_this_person() -> None:
    def asked(policy: str, **told: object) -> set[str]:
        found: set[str] = set()

        def collect(entry: dict) -> None:
            found.update(question["id"] for question in entry["questions"])
            for child in entry["steps"]:
                collect(child)

        for step in both(policy, told)["zh"]["steps"]:
            collect(step)
        return found

    assert "G11" not in asked(LAPSED, pay_date="2024-12-10") and "G11" in asked(LAPSED, pay_date="2024-12-10", person="university_student")
    assert "X5" not in asked("kashgar-2025", pay_date="2024-12-10") and "X5" in asked("kashgar-2025", pay_date="2024-12-10", person="newborn", birth_date="2024-11-10")


def test_what_the_notice_says_of_a_newborn_is_no_inference() -> None:
    """Covered from birth, as the notice says; only the end is inferred, and a birth in the year before is open."""
    figures = both(CARE, {"pay_date": "2024-03-10", "person": "newborn", "birth_date": "2024-02-01"})["zh"]["figures"]
    assert (figures["coverage_start"]["value"], figures["coverage_start"]["state"]) == ("2024-02-01", "known")
    assert figures["coverage_end"]["state"] == "assumed"
    before = both(CARE, {"pay_date": "2024-01-10", "person": "newborn", "birth_date": "2023-12-01"})["zh"]["figures"]
    assert before["coverage_start"]["state"] == "conflicting"
