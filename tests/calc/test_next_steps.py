"""The next steps agree with the answer: nobody who pays nothing, has paid already, or comes too late for a rule is told otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from calc import Case
from calc.dates import plus_months
from calc.engine import evaluate
from calc.explain.actions import next_steps
from calc.explain.view import View
from calc.policy import Policy
from tests.calc.compiled import policies
from tests.calc.explained import both
from tests.calc.test_actions import ALL, CARE, DIGITAL, IRREVOCABLE, TIERED

OWN = [policy for policy in ALL if "follows" not in policy.data and "based_on" not in policy.data]
AREA = next(policy for policy in ALL if "follows" in policy.data)
TO_PAY = re.compile(r"(?<!要)缴\d+元|交现金|在手机上|用手机缴|窗口缴|税务部门缴|剩下的|9月1日至2024年12月31日缴费")
IN_TIME = re.compile(r"90[日天](（[^）]*）)?内")
SILENT = re.compile("在手机上缴|窗口缴|自己缴|只缴剩下|税务部门缴")


def told(policy: Policy, **facts: object) -> Iterator[tuple[Case, object, list[str]]]:
    """One day of every month around the year, every kind of person, age of a baby, group and tier: the case, its assessment, its steps."""
    groups = [frozenset(), *(frozenset((group,)) for premium in policy.premiums for row in premium.assistance_rows for group in row.groups)]
    for day in (plus_months(date(policy.year - 1, 8, 20), count) for count in range(18)):
        for person in policy.vocabulary.persons:
            for age in (20, 85, 100, 400) if person == "newborn" else (None,):
                birth = {} if age is None else {"birth_date": day - timedelta(age)}
                for group in dict.fromkeys(groups):
                    for tier in policy.tiers or [None]:
                        case = Case(person, day, group, tier, (), {**birth, **facts})
                        result = evaluate(policy, case)
                        yield case, result, [entry["text"] for entry in next_steps(View(policies(), result, "zh"))]


@pytest.mark.parametrize("policy", [*OWN, AREA], ids=lambda policy: policy.id)
def test_no_step_contradicts_the_answer(policy: Policy) -> None:
    for case, result, lines in told(policy):
        where = (case.to_json(), lines)
        if result.tree.value == 0:
            assert not [line for line in lines if TO_PAY.search(line)], where
        if result.figures["status"][0] == "not_specified":
            assert not [line for line in lines if SILENT.search(line) and "不用自己缴" not in line], where
        if case.person == "newborn" and (case.pay_date - case.facts["birth_date"]).days > 90:
            assert not [line for line in lines if IN_TIME.search(line)], where
        assert not [line for line in lines if case.person == "newborn" and "2024年当年不用缴费" in line and case.facts["birth_date"].year != 2024], where


def test_whoever_has_paid_the_ordinary_way_is_told_so_and_not_to_pay_again() -> None:
    policy = policies().policy(IRREVOCABLE)
    for case, result, lines in told(policy, paid_ordinary_way=True):
        if result.tree.value:
            assert [line for line in lines if "费已经缴了" in line and "不要再缴一遍" in line], case.to_json()
            assert not [line for line in lines if TO_PAY.search(line) or "先不要按普通标准缴" in line], (case.to_json(), lines)
    assisted = both(IRREVOCABLE, {"pay_date": "2024-11-10", "categories": ["低保人员"], "paid_ordinary_way": True})
    assert [entry["text"] for entry in assisted["zh"]["next_steps"]] == ["费已经缴了，不能再改成资助缴费。不要再缴一遍；有疑问，问区医保中心或认定身份的部门。"]
    assert "cannot be changed to the assisted payment" in assisted["en"]["next_steps"][0]["text"] and assisted["zh"]["next_steps"][0]["clauses"]


def test_whoever_comes_after_the_window_pays_only_once_it_is_known_how_much() -> None:
    lines = [entry["text"] for entry in both(DIGITAL, {"pay_date": "2025-03-20", "categories": [], "gap_years": 0})["zh"]["next_steps"]]
    assert lines[0].startswith("先问当地医保部门") and lines[1].startswith("问清还能缴、缴多少以后，再用手机缴")
    assert not [line for line in lines if "在手机上自己缴" in line]


def test_nobody_is_sent_to_pay_in_a_month_that_brings_no_cover() -> None:
    lines = [entry["text"] for entry in both(CARE, {"pay_date": "2024-12-10", "categories": []})["zh"]["next_steps"]]
    assert not [line for line in lines if "税务部门缴" in line]


def test_the_longer_readings_of_a_wait_are_in_the_question_too() -> None:
    question = policies().questions["Y3"]
    assert len(question["readings"]) == 3 and "加起来等，就要多等3个月" in question["tell"]["zh"] and "3 months longer" in question["tell"]["en"]
    warned = both(TIERED, {"pay_date": "2025-04-10", "tier": 1, "categories": [], "gap_years": 0})
    assert [entry for entry in warned["zh"]["warnings"] if "加起来就要多等3个月" in entry["text"]] and [entry for entry in warned["en"]["warnings"] if "the wait is 3 months longer" in entry["text"]]


def lines(policy: str, **facts: object) -> list[str]:
    """The next steps of one case, in Chinese."""
    return [entry["text"] for entry in both(policy, facts)["zh"]["next_steps"]]


def test_nobody_is_told_to_pay_an_ordinary_sum_while_the_assistance_is_not_stated() -> None:
    for policy in [*OWN, AREA]:
        silent = {group for rule in policy.premiums[0].otherwise for group in rule.data["when"]["groups"]}
        for group in silent:
            case = Case("resident", date(policy.year - 1, 11, 15), frozenset((group,)), policy.tiers[0] if policy.tiers else None)
            result = evaluate(policy, case)
            assert result.tree.value is None
            for entry in next_steps(View(policies(), result, "zh")):
                assert not re.search(r"\d+元", entry["text"]), (policy.id, group, entry["text"])


def test_whoever_was_recognised_after_paying_is_not_told_to_pay_the_rest() -> None:
    for policy in [*OWN, AREA]:
        if "paid_ordinary_way" in str(policy.data["steps"]):
            continue  # there it is asked whether the fee was paid
        for group in ("extreme-hardship", "subsistence-allowance"):
            case = Case("resident", date(policy.year - 1, 11, 15), frozenset((group,)), policy.tiers[0] if policy.tiers else None, (), {"recognised_on": date(policy.year - 1, 12, 15)})
            for entry in next_steps(View(policies(), evaluate(policy, case), "zh")):
                assert not re.search("剩下的|不用自己|自己要缴|窗口缴", entry["text"]), (policy.id, group, entry["text"])


def test_steps_hold_for_the_person_told() -> None:
    assert not any("统一申报" in line for line in lines("yunyang-2025", pay_date="2024-11-15", tier=1, categories=["享受重庆市计划生育特别扶助政策的对象及子女", "稳定脱贫人口"], local_hukou=False))
    school = "在校学生在学校参保。"
    assert not any(school in line for line in lines("horqin-left-rear-2025", pay_date="2026-01-20", categories=[]))
    assert any(school in line for line in lines("horqin-left-rear-2025", pay_date="2024-12-15", categories=[], age=10))
    filing = {"pay_date": "2024-01-15", "categories": []}
    assert any("备案" in line for line in lines("urumqi-2024", **filing))
    assert not any("备案" in line for line in lines("urumqi-2024", **filing, extension_filed=True))
    assert not any("看附件" in line for line in lines("urumqi-2025", pay_date="2025-03-05", categories=["低保对象"]))
