"""What the reader has to do: warnings that cannot be made good come first, next steps are this person's, and no amount is named that does not hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from calc import Case
from calc.dates import plus_months
from calc.engine import evaluate
from calc.explain.actions import next_steps
from calc.explain.view import View
from tests.calc.compiled import policies
from tests.calc.explained import amounts, both

ALL = [policies().policy(name) for name in policies().ids()]
CARE = next(policy.id for policy in ALL if len(policy.premiums) > 1)
IRREVOCABLE = next(policy.id for policy in ALL if any(rule.data.get("irrevocable") for rule in policy.warnings))
CHOICE = next(policy for policy in ALL if any("choice" in entry for entry in policy.add_ons.values()))
TIERED = next(policy.id for policy in ALL if policy.tiers)
DIGITAL = "horqin-left-rear-2025"


def steps(policy: str, **told: object) -> list[str]:
    return [entry["text"] for entry in both(policy, told)["zh"]["next_steps"]]


def test_what_cannot_be_undone_comes_before_everything() -> None:
    """With the status not told, as with an assisted one: first in the answer, among the warnings and among the steps."""
    told = both(IRREVOCABLE, {"pay_date": "2024-11-10"})
    first = told["zh"]["warnings"][0]
    assert first["irrevocable"] and first["text"] == "先别缴。先问村干部您有没有资助身份；按400元缴了，就不能再办资助。" and first["clauses"]
    assert told["zh"]["headline"].startswith("先别缴，先看提醒。2025年度您一共要交400元") and told["en"]["headline"].startswith("Do not pay yet: read the warning first.")
    assert steps(IRREVOCABLE, pay_date="2024-11-10")[0].startswith("有资助的人：先不要按普通标准缴")
    assisted = both(IRREVOCABLE, {"pay_date": "2024-11-10", "categories": ["低保人员"]})["zh"]
    assert assisted["warnings"][0]["irrevocable"] and assisted["next_steps"][0]["text"].startswith("先不要按普通标准缴")
    plain = both(IRREVOCABLE, {"pay_date": "2024-11-10", "categories": []})["zh"]
    assert not plain["warnings"] and plain["headline"].startswith("2025年度")
    late = both(IRREVOCABLE, {"pay_date": "2025-03-10"})["zh"]  # nothing can be paid any more
    assert not late["warnings"] and not late["headline"].startswith("先别缴")


@pytest.mark.parametrize(("policy", "words"), [(TIERED, "有身份、系统里还没有录上的，先别缴"), (DIGITAL, "原则上在认定身份的地方参保")])
def test_a_status_not_told_is_asked_for_first(policy: str, words: str) -> None:
    told = both(policy, {"pay_date": "2024-11-28", "tier": 1})["zh"]
    assert words in told["warnings"][0]["text"]
    assert not told["warnings"][0]["irrevocable"]
    assert not [entry for entry in both(policy, {"pay_date": "2024-11-28", "tier": 1, "categories": []})["zh"]["warnings"] if words in entry["text"]]


def test_two_lengths_that_differ_by_a_day_are_not_those_of_the_lapsed() -> None:
    def warned(years: int) -> str:
        return " ".join(entry["text"] for entry in both(TIERED, {"pay_date": "2025-03-10", "tier": 1, "categories": [], "gap_years": years})["zh"]["warnings"])

    assert "相差一两天。两个要不要加起来等，文件没有写；加起来就要多等3个月。" in warned(0) and "按晚的那天" not in warned(0) and "每多断1年再加1个月" not in warned(0)
    assert "相差一两天" not in warned(2) and "每多断1年再加1个月" in warned(2)


def test_the_full_cost_is_asked_for_before_paying() -> None:
    told = both(TIERED, {"pay_date": "2025-08-15", "tier": 1, "categories": []})["zh"]
    assert told["next_steps"][0]["text"] == "先问清全额是多少钱，再缴。" and told["next_steps"][0]["clauses"]
    assert not [entry for entry in told["next_steps"] if amounts(entry["text"], "zh")]
    assert len([entry for entry in told["warnings"] if "全额" in entry["text"]]) == 1  # said once


def test_where_the_notice_is_silent_one_asks_first() -> None:
    assert steps(DIGITAL, pay_date="2025-04-10", categories=[])[0] == "先问当地医保部门：还能不能缴，缴多少。通知没有写。"
    assert steps(IRREVOCABLE, pay_date="2025-03-10", categories=[])[0].startswith("先问当地医保部门")
    assert steps(IRREVOCABLE, pay_date="2024-11-28", categories=[])[0] == "这一天不能缴，等到2024年12月1日再缴。"
    assert steps(CARE, pay_date="2023-08-01", categories=[])[0] == "还没到时候，2023年9月1日起再缴。"


def test_next_steps_are_for_the_person() -> None:
    """What only others have to do is left out; a line names whom it is for only where that is open."""
    assert "缴400元。集中征缴期里，每月只有1日到25日能缴。" in steps(IRREVOCABLE, pay_date="2024-11-10", categories=[])
    assert [line for line in steps(IRREVOCABLE, pay_date="2024-11-10") if line.startswith("普通居民：缴400元")]
    for told in ({"categories": ["低保人员"]}, {"categories": []}, {}):
        text = " ".join(steps(IRREVOCABLE, pay_date="2024-11-10", **told))
        assert "新生儿" not in text and "学生" not in text and "自愿买" not in text
        assert ("有资助的人" in text) == (not told), told
    assert "自愿买" in " ".join(steps(CHOICE.id, pay_date="2024-11-10", addons=["accident"]))
    assert "教育局" in " ".join(steps(IRREVOCABLE, pay_date="2024-11-10", person="university_student"))
    newborn = steps(CARE, pay_date="2023-11-10", person="newborn", birth_date="2023-10-01")
    assert newborn[0].startswith("监护人在出生后90天内")
    lapsed, continuous = (" ".join(steps(DIGITAL, pay_date="2024-12-10", categories=[], gap_years=years)) for years in (3, 0))
    assert "在手机上自己缴" in continuous and "在手机上自己缴" not in lapsed
    assert "居住的社区登记" in lapsed and "居住的社区登记" not in continuous


def test_an_assisted_person_is_told_where_to_pay() -> None:
    text = " ".join(steps("kashgar-2025", pay_date="2024-11-10", categories=["低保对象"]))
    assert "在2024年12月31日前向税务部门缴" in text
    assert "向税务部门缴" in " ".join(steps(CARE, pay_date="2023-11-10", categories=["低保对象"]))


def days(year: int) -> list[date]:
    """The first and the last day of every month around the insured year, and days within."""
    months = [plus_months(date(year - 1, 8, 1), count) for count in range(20)]
    return sorted({day for month in months for day in (month, month + timedelta(13), plus_months(month, 1) - timedelta(1))})


@pytest.mark.parametrize("policy", [policy for policy in ALL if "follows" not in policy.data and "based_on" not in policy.data], ids=lambda policy: policy.id)
def test_no_step_names_an_amount_that_does_not_hold(policy) -> None:
    """For every day, kind of person, tier and status: each amount in the next steps is one of that day's figures at some tier."""
    groups = [None, frozenset(), *(frozenset(row.groups) for premium in policy.premiums for row in premium.assistance_rows if row.groups)]
    for day in days(policy.year):
        for person in policy.vocabulary.persons:
            facts = {"birth_date": day - timedelta(30)} if person == "newborn" else {}
            for group in groups:
                holding: set[str] = set()
                shown: set[str] = set()
                for tier in policy.tiers or [None]:
                    result = evaluate(policy, Case(person, day, group, tier, (), dict(facts)))
                    holding |= {f"{value / 100:g}" for name, (value, _) in result.figures.items() if isinstance(value, int) and name.endswith(("standard", "subsidy", "pays"))}
                    for entry in next_steps(View(policies(), result, "zh")):
                        shown |= set(amounts(entry["text"], "zh"))
                assert shown <= holding, (policy.id, day, person, group)


def test_versions_that_exclude_each_other_are_said_at_once() -> None:
    rivals = [name for name, entry in CHOICE.add_ons.items() if "choice" in entry]
    told = both(CHOICE.id, {"pay_date": "2024-11-10", "categories": [], "addons": rivals})["zh"]
    assert "只能选一种" in told["warnings"][0]["text"] and told["warnings"][0]["clauses"]
    assert told["headline"].endswith("没有算进去：晋康保基础版、晋康保尊享版。")
    one = both(CHOICE.id, {"pay_date": "2024-11-10", "categories": [], "addons": rivals[:1]})["zh"]
    assert "没有算进去" not in one["headline"] and not [entry for entry in one["warnings"] if "只能选一种" in entry["text"]]
