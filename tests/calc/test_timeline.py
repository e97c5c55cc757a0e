"""The answer over the date of payment: every run of days tells what the answer of each of its days tells."""

from __future__ import annotations

import json
import random
from datetime import date

import pytest

from calc import Case, assess, browser, timeline
from calc.assessment import missing
from calc.dates import parse, plus_days
from calc.explain.view import View
from calc.years import Change
from tests.calc.compiled import compiled, policies
from tests.calc.explained import cases, policy_of

TIERED = next(name for name in policies().ids() if policies().policy(name).tiers)
LEFT_OUT = {"incentive", "incentive_amount"}


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    browser.load(json.dumps(compiled(), ensure_ascii=False))


def over(policy: str, first: str, last: str, **case: object) -> dict:
    """The runs of a case between two days, as the page gets them."""
    answer = json.loads(browser.handle(json.dumps({"method": "timeline", "params": {"policy": policy, "case": case, "from": first, "to": last, "lang": "en"}})))
    assert answer["ok"], answer
    return answer["result"]


def on(result: dict, day: str) -> dict:
    """The run in which a day falls."""
    return next(run for run in result["runs"] if run["from"] <= day <= run["to"])


def day_by_day(policy: object, case: Case, first: date, last: date) -> list[dict]:
    """The runs found by assessing every single day."""
    runs: list[timeline.Run] = []
    day = first
    while day <= last:
        found = timeline.Day(policy, day, assess(policy, case.with_fact("pay_date", day), brief=True))  # type: ignore[arg-type]
        run = timeline.Run(found, found, {})
        if not runs or not runs[-1].takes(run):
            runs.append(run)
        day = plus_days(day, 1)
    return [run.to_json() for run in runs]


def year_of(policy: object, case: Case) -> tuple[date, date]:
    """The days over which the page asks for a case, from the birth where it was later."""
    first = max(date(policy.year - 1, 8, 1), case.facts.get("birth_date", date.min))  # type: ignore[attr-defined]
    return first, max(first, date(policy.year, 12, 31))  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", random.Random(1).sample(cases(), 25), ids=lambda case: case["id"])
def test_runs_are_as_day_by_day(case: dict) -> None:
    policy = policies().policy(policy_of(case))
    told = Case.parse(case["input"], policy)
    first, last = year_of(policy, told)
    found = timeline.timeline(policy, told, first, last)
    assert found == day_by_day(policy, told, first, last)
    assert found[0]["from"] == first.isoformat()
    assert found[-1]["to"] == last.isoformat()
    assert all(parse(left["to"]) < parse(right["from"]) for left, right in zip(found, found[1:], strict=False))


@pytest.mark.parametrize("case", random.Random(2).sample(cases(), 90), ids=lambda case: case["id"])
def test_a_run_tells_what_the_answer_of_each_day_tells(case: dict) -> None:
    """Figures, how each is known, and on what it hangs, whether the tier was told or not."""
    policy, chance = policies().policy(policy_of(case)), random.Random(case["id"])
    for input_ in (case["input"], {name: value for name, value in case["input"].items() if name != "tier"})[: 2 if "tier" in case["input"] else 1]:
        told = Case.parse(input_, policy)
        first, last = year_of(policy, told)
        runs = timeline.timeline(policy, told, first, last)
        for _ in range(6):
            day = plus_days(first, chance.randrange((last - first).days + 1))
            run = next(run for run in runs if run["from"] <= day.isoformat() <= run["to"])
            result = assess(policy, told.with_fact("pay_date", day))
            for name, step in result.figure_steps.items():
                if name in LEFT_OUT:
                    continue
                told_of, value = run["figures"][name], run["figures"][name]["value"]
                if name in run["moving"]:
                    value = plus_days(parse(value), (day - parse(run["from"])).days).isoformat()
                assert (value, told_of["state"]) == (timeline.plain(step.value), step.state), (day, name)
                facts = {fact for other in result.alternatives if name in other.figures for fact in other.facts} | set(missing(step) if step.state == "not_told" else ())
                assert set(told_of.get("facts", ())) == facts, (day, name)
            assert run["at_least"] == result.tree.at_least
            for entry in run["tiers"]:
                assert entry["figures"]["total_pays"]["value"] == assess(policy, told.with_fact("pay_date", day).with_fact("tier", entry["tier"])).tree.value


def test_a_wait_that_hangs_on_missed_years_is_not_called_not_stated() -> None:
    wait = on(over("horqin-left-rear-2025", "2024-10-01", "2025-02-01", pay_date="2024-12-01", categories=[]), "2024-12-01")["figures"]["waiting_months"]
    assert wait == {"value": None, "state": "not_told", "facts": ["gap_years"]}


def test_days_that_a_second_reading_closes_are_marked() -> None:
    found = over("tunliu-2025", "2024-12-01", "2025-02-28", pay_date="2024-12-05", categories=[])
    assert on(found, "2024-12-20")["figures"]["total_pays"]["state"] == "known"
    assert on(found, "2025-01-20")["figures"]["total_pays"]["state"] == on(found, "2025-01-20")["figures"]["status"]["state"] == "conflicting"
    assert found["states"]["conflicting"] == "the notice can be read in two ways"
    assert on(over("yunyang-2025", "2025-01-01", "2025-02-28", pay_date="2025-01-15", tier=1, gap_years=2), "2025-01-15")["figures"]["waiting_months"]["state"] == "conflicting"


def test_a_day_that_an_untold_fact_would_change_names_the_fact() -> None:
    found = over("urumqi-2024", "2023-12-01", "2024-03-01", pay_date="2023-12-05", categories=[])
    assert on(found, "2024-01-10")["figures"]["coverage_start"]["facts"] == ["extension_filed"]
    assert found["facts"]["extension_filed"]


def test_an_estimated_day_is_said_to_be_one() -> None:
    found = over(TIERED, "2024-11-01", "2025-06-30", pay_date="2024-11-05", tier=1)
    assert on(found, "2025-03-15")["figures"]["coverage_start"]["estimate"] is True
    assert "estimate" not in on(found, "2024-11-15")["figures"]["coverage_start"]


def test_no_covered_day_left_is_said_and_is_a_run_of_its_own() -> None:
    found = over("urumqi-2024", "2023-08-01", "2024-12-31", pay_date="2024-12-15", categories=["stable-exit"])
    run = on(found, "2024-12-15")
    assert run["figures"]["coverage_start"] == run["figures"]["coverage_end"] == {"value": None, "state": "not_stated", "empty": True}
    assert run["from"] == "2024-12-01"
    assert "empty" not in on(found, "2023-08-15")["figures"]["coverage_start"]


def test_an_edge_that_the_notice_does_not_give_is_told() -> None:
    found = over("yunyang-2025", "2024-08-01", "2025-12-31", pay_date="2024-11-05", tier=1, categories=[])
    assert on(found, "2024-11-05")["unstated"] == ["first"]
    assert on(found, "2025-01-15")["unstated"] == []


def test_the_years_are_compared_where_no_covered_day_is_left() -> None:
    """That is neither the same as a year that says nothing, nor stated in neither."""
    told = {"policy": "urumqi-2024", "case": {"pay_date": "2024-12-15", "categories": ["stable-exit"]}, "lang": "en"}
    result = json.loads(browser.handle(json.dumps({"method": "elsewhere", "params": told})))["result"]
    (home,) = [row for row in result["rows"] if row["policy"] == "urumqi-2024"]
    assert home["figures"]["coverage_start"]["empty"] is True
    for name in ("coverage_start", "coverage_end"):
        assert result["years"][0]["figures"][name] == {"text": "no covered day for 2024; not stated for 2025", "differs": True}


def test_two_years_without_a_covered_day_are_the_same() -> None:
    policy = policies().policy("urumqi-2024")
    result = assess(policy, Case.parse({"pay_date": "2024-12-15", "categories": ["stable-exit"]}, policy))
    change = Change(View(policies(), result, "en"), View(policies(), result, "en"))
    assert change.to_json()["figures"]["coverage_start"] == {"text": "the same", "differs": False}


def test_without_a_tier_each_has_its_amount() -> None:
    found = over(TIERED, "2024-11-01", "2025-02-28", pay_date="2024-11-05", categories=[])
    run = on(found, "2024-11-05")
    assert run["figures"]["total_pays"] == {"value": None, "state": "not_told", "facts": ["tier"]}
    assert [(entry["tier"], entry["figures"]["total_pays"]["value"]) for entry in run["tiers"]] == [(1, 40000), (2, 77500)]
    assert found["facts"]["tier"] == "tier"
    assert on(over(TIERED, "2024-11-01", "2025-02-28", pay_date="2024-11-05", tier=1), "2024-11-05")["tiers"] == []


def test_dates_that_move_with_the_day_of_payment_are_one_run() -> None:
    result = over(TIERED, "2025-03-01", "2025-06-30", pay_date="2024-11-05", tier=1)
    run = on(result, "2025-04-15")
    assert parse(run["moving"]["coverage_start"]) - parse(run["figures"]["coverage_start"]["value"]) == parse(run["to"]) - parse(run["from"])
    assert (parse(run["to"]) - parse(run["from"])).days > 80
    assert run["clauses"]
    assert result["periods"][run["period"]]["zh"]


def test_no_run_before_the_birth() -> None:
    case = {"pay_date": "2025-02-05", "person": "newborn", "birth_date": "2025-01-20", "tier": 1}
    assert over(TIERED, "2024-09-01", "2025-03-01", **case)["runs"][0]["from"] == "2025-01-20"
    assert over(TIERED, "2024-09-01", "2024-10-01", **case)["runs"] == []
