"""A case may expect more than figures: the clauses a figure rests on, the warnings, the funds; a wrong one of each is told."""

from __future__ import annotations

import pytest
from calc import Case
from calc.assessment import Assessment
from calc.engine import evaluate
from scripts.case_runner import beside, funds, warnings

from tests.calc.compiled import policies

CASE = {"person": "resident", "pay_date": "2023-11-15", "categories": ["低保对象"]}


def answer() -> Assessment:
    """The answer for somebody assisted."""
    policy = policies().policy("urumqi-2024")
    return evaluate(policy, Case.parse(CASE, policy))


def test_what_comes_out_is_accepted() -> None:
    """The clauses, warnings and funds of the answer itself differ in nothing."""
    found = answer()
    assert funds(found) == ["medical-assistance", "municipal-finance"] and "assisted-by-end-of-november" in warnings(found)
    assert beside({"cites": {"standard": ["urumqi-2024/1.3"]}, "warnings": warnings(found), "funds": funds(found)}, found) == []


@pytest.mark.parametrize(("wanted", "named"), [
    ({"cites": {"standard": ["urumqi-2024/1.2"]}}, "cites standard"), ({"cites": {"no_such_figure": ["urumqi-2024/1.3"]}}, "cites no_such_figure"),
    ({"warnings": []}, "warnings"), ({"funds": ["medical-assistance"]}, "funds"),
])
def test_a_wrong_expectation_is_told(wanted: dict, named: str) -> None:
    """Each is reported by its name, with what was expected."""
    (difference,) = beside(wanted, answer())
    assert difference.figure == named and difference.expected == next(iter(wanted.values())) or difference.expected in wanted["cites"].values()
