"""No answer claims more than the notice says: what a sum leaves out, what a day leaves open, and what may never come is said."""

from __future__ import annotations

import copy

from calc import Case, PolicySet, assess, questions
from calc.engine import evaluate
from calc.explain import explain
from calc.explain.view import View
from tests.calc.compiled import compiled, policies
from tests.calc.explained import both

TIERED, CARE, AFTER_CARE, TWO_ENDS, ROWS = "yunyang-2025", "urumqi-2024", "urumqi-2025", "tunliu-2025", "horqin-left-rear-2025"


def said(policy: str, lang: str = "zh", **told: object) -> str:
    """Headline and summary of an answer as one text."""
    answer = both(policy, told)[lang]
    return " ".join([answer["headline"], *answer["summary"]])


def test_a_premium_of_another_year_that_this_notice_does_not_speak_of_is_said_to_be_left_out() -> None:
    assert "2024年度还收长期护理保险，这份通知没有提，没有算进去" in said(AFTER_CARE, pay_date="2024-11-05", categories=[])
    assert "Long-term care insurance: charged for 2024, but this notice does not speak of it" in said(AFTER_CARE, "en", pay_date="2024-11-05", categories=[])
    assert "没有提，没有算进去" not in said(CARE, pay_date="2023-11-05", categories=[])


def test_a_wait_that_outlasts_the_year_is_said_first() -> None:
    late = both(TIERED, {"pay_date": "2025-09-25", "tier": 1, "categories": [], "gap_years": 4})
    assert late["zh"]["headline"].endswith("照7个月等，等完已经过了2025年12月31日，2025年度一天也用不上。缴费前先问清楚。")
    assert late["en"]["headline"].endswith("not one day of 2025 would be covered. Ask before you pay.")
    assert "一天也用不上" not in said(TIERED, pay_date="2025-03-10", tier=1, categories=[], gap_years=4)


def test_what_is_in_question_of_a_day_is_named_for_what_it_is() -> None:
    """A price in question is no doubt whether one can pay; a sum that the other reading does not give is no second sum."""
    edge = said(CARE, pay_date="2024-06-30", categories=[])
    assert "还可以补缴" in edge and "这一天算在哪一段缴费期，通知里有两种说法" in edge and "还能不能缴" not in edge
    assert "通知也可以理解成没有写这种情况交多少" in edge
    after = said(TWO_ENDS, pay_date="2025-01-10", categories=[])
    assert "这一天能不能缴费，通知里有两种说法" in after and "另一种算法" not in after


def test_a_price_that_rises_is_no_last_day() -> None:
    assert "按这个价，最晚2025年6月30日缴费" in said(TIERED, pay_date="2025-04-10", tier=1, categories=[], gap_years=0)
    assert "to have this price, pay by 30 June 2025" in said(TIERED, "en", pay_date="2025-04-10", tier=1, categories=[], gap_years=0)
    assert "；最晚2024年12月31日缴费" in said(TIERED, pay_date="2024-11-05", tier=1, categories=[], gap_years=0)


def test_no_payer_stands_for_the_whole_of_a_sum_that_is_not_known() -> None:
    told = both(CARE, {"pay_date": "2024-07-05", "categories": []})["zh"]
    assert told["figures"]["total_pays"]["value"] is None and told["payers"] == []


def test_why_not_is_said_only_of_a_group_that_gets_nothing() -> None:
    assert both(ROWS, {"pay_date": "2024-12-01", "categories": ["重度残疾人"]})["zh"]["why_not"] == []
    [reason] = both(ROWS, {"pay_date": "2024-12-01", "categories": ["重度残疾人"], "age": 30, "disability_grade": 3})["zh"]["why_not"]
    assert "残疾要是2级或更重" in reason["text"] and reason["clauses"]


def test_no_stop_before_a_payment_that_is_made_or_no_longer_possible() -> None:
    low = {"pay_date": "2024-10-10", "categories": ["低保对象"]}
    assert said(TWO_ENDS, **low).startswith("先别缴")
    paid = both(TWO_ENDS, {**low, "paid_ordinary_way": True})["zh"]
    assert not paid["headline"].startswith("先别缴") and not any(warning["irrevocable"] for warning in paid["warnings"])
    assert paid["why_not"] and not any("不要先按" in step["text"] for step in paid["next_steps"])
    assert not said(TWO_ENDS, pay_date="2026-11-29", categories=["低保对象"]).startswith("先别缴")


def test_a_fact_that_cannot_be_true_of_a_kind_of_person_is_neither_asked_nor_supposed() -> None:
    data = copy.deepcopy(compiled())
    for fact in data["vocabulary"]["facts"]:
        if fact["id"] in ("gap_years", "consecutive_years", "zero_claims_previous_year"):
            fact["persons"] = ["resident"]
    known = PolicySet(data)
    for name in known.ids():
        policy = known.policy(name)
        child = Case.parse({"person": "newborn", "pay_date": f"{policy.year}-04-01", "birth_date": f"{policy.year}-03-10"}, policy)
        assert not {"gap_years", "consecutive_years", "zero_claims_previous_year"} & set(questions(policy, child))
        told = explain(known, assess(policy, child), "zh")
        assert "断保" not in told["headline"] and not any(entry["fact"] == "gap_years" for entry in told["assumptions"])
        assert not any(fact["id"] == "consecutive_years" for entry in told["alternatives"] for fact in entry["facts"])
    assert "gap_years" in questions(known.policy(TIERED), Case.parse({"pay_date": "2025-03-10", "tier": 1}, known.policy(TIERED)))


def test_none_missed_is_said_in_words() -> None:
    told = both(TIERED, {"pay_date": "2024-11-05", "tier": 1, "categories": []})
    assert any(fact["text"] == "没有断保过" for entry in told["zh"]["alternatives"] for fact in entry["facts"])
    assert any(fact["text"] == "no year was missed" for entry in told["en"]["alternatives"] for fact in entry["facts"])
    steps = str(both(TIERED, {"pay_date": "2025-03-10", "tier": 1, "categories": [], "gap_years": 2})["zh"]["steps"])
    assert "断保2年加2个月，一共5个月" in steps and "修复减" not in steps
    assert policies().policy(TIERED).concerns("gap_years", "resident")


def test_somebody_grown_up_is_doubted_to_be_newborn() -> None:
    told = both(ROWS, {"person": "newborn", "pay_date": "2025-06-01", "birth_date": "2020-01-05"})
    assert any("缴费时已经满5周岁，一般不算新生儿了" in warning["text"] for warning in told["zh"]["warnings"])
    assert any("5 years old at payment" in warning["text"] for warning in told["en"]["warnings"])
    assert not any("周岁，一般不算" in warning["text"] for warning in both(ROWS, {"person": "newborn", "pay_date": "2025-06-01", "birth_date": "2025-01-05"})["zh"]["warnings"])


def test_a_question_that_the_case_has_settled_is_none() -> None:
    """Whoever has told the tier is not told that it was not chosen."""
    rules = policies().policy(TIERED)

    def asked(**told: object) -> list[dict]:
        return View(policies(), evaluate(rules, Case.parse({"pay_date": "2024-11-05", **told}, rules)), "zh").questions(["Y16"])

    assert len(asked()) == 1 and asked(tier=1) == []


def test_where_assistance_is_not_stated_one_asks_before_paying() -> None:
    told = both(TIERED, {"pay_date": "2024-11-05", "tier": 1, "categories": ["烈士遗属"]})["zh"]
    assert told["figures"]["total_pays"]["value"] is None and told["next_steps"][0]["text"] == "先问当地医保部门资助多少，再缴。"


def test_what_is_told_beside_an_answer_speaks_of_no_other_place() -> None:
    """A question that concerns several notices is told of in the words of the one place; the page of all questions compares."""
    places = policies().vocabulary.places

    def region(place: str) -> str:
        return region(places[place]["parent"]) if places[place].get("parent") in places else place

    for name in policies().ids():
        rules = policies().policy(name)
        told = {question: policies().questions[question].get("here", policies().questions[question]["tell"]) for question in rules.data.get("questions", ())}
        others = [entry for place, entry in places.items() if region(place) != region(rules.place)]
        for lang in ("zh", "en"):
            words = {text[lang] for entry in others for text in (entry["name"], entry.get("short", entry["name"]))}
            assert not [(question, word) for question, text in told.items() for word in words if word in text[lang]], (name, lang)


def test_whoever_has_paid_is_told_so_first() -> None:
    for day in ("2024-10-10", "2025-03-10"):
        told = both(TWO_ENDS, {"pay_date": day, "categories": ["低保对象"], "paid_ordinary_way": True})
        assert told["zh"]["headline"].startswith("您已经按普通方式缴过2025年度的费，不用再缴") and told["en"]["headline"].startswith("You have already paid for 2025 the ordinary way")
        assert told["zh"]["pay_by"] is None and "能不能缴费" not in " ".join(told["zh"]["summary"])


def test_the_day_that_counts_is_the_day_told_of() -> None:
    """Applied for in time and paid later: the period is that of the application, and no deadline is left."""
    told = both(CARE, {"pay_date": "2024-07-05", "categories": [], "apply_date": "2024-06-28"})
    assert told["zh"]["steps"][0]["text"].startswith("申请缴费的日期（2024年6月28日）在“") and told["zh"]["pay_by"] is None
    assert "最晚" not in told["zh"]["headline"]
    assert both(CARE, {"pay_date": "2024-06-20", "categories": []})["zh"]["pay_by"]["date"] == "2024-06-30"


def test_before_the_window_the_cover_is_that_of_whoever_pays_within_it() -> None:
    told = both(ROWS, {"pay_date": "2024-08-01", "categories": [], "gap_years": 0})
    assert "在缴费期里缴的话，2025年1月1日起能报销，到2025年12月31日为止。" in told["zh"]["summary"]
    assert "If you pay within the payment period: you are covered from 1 January 2025 to 31 December 2025." in told["en"]["summary"]
    assert not any("能报销" in line or "等待期" in line for line in told["zh"]["not_stated"])


def test_a_status_recognised_too_late_is_named_as_the_cause() -> None:
    [reason] = both(TIERED, {"pay_date": "2024-11-15", "tier": 1, "categories": ["低保"], "recognised_on": "2024-12-01"})["zh"]["why_not"]
    assert "身份是缴费以后才认定的" in reason["text"]


def test_a_row_of_a_group_that_another_row_assists_is_no_step() -> None:
    steps = both(ROWS, {"pay_date": "2024-12-01", "categories": ["重度残疾人"], "age": 30, "disability_grade": 1})["zh"]["steps"]
    assert "资助180元" in str(steps) and "不符合条件" not in str(steps)


def test_what_is_worked_out_is_not_said_to_be_written() -> None:
    assert "通知里一处写90天，照另一处算是5个月" in said(TIERED, pay_date="2025-04-01", tier=1, categories=[], gap_years=2)
    assert "一处写90天，另一处写3个月" in said(TIERED, pay_date="2025-04-01", tier=1, categories=[], gap_years=0)


def test_a_newborn_s_days_do_not_end_with_the_year() -> None:
    for policy in (TIERED, ROWS):
        told = both(policy, {"person": "newborn", "pay_date": "2026-01-10", "birth_date": "2025-11-20", "categories": []})["zh"]
        assert "缴费期已过" not in told["headline"] and any("还没有满90" in warning["text"] for warning in told["warnings"])
    assert "缴费期已过" in said(TIERED, person="newborn", pay_date="2026-04-10", birth_date="2025-11-20", categories=[])
