"""A figure that hangs on one fact is shown for each range of it: on the imaginary place, whose price depends on age."""

from __future__ import annotations

from pathlib import Path

import pytest

from calc import Policy, PolicySet
from scripts.data.resolve import compile_all
from scripts.data.sources import SourceSet
from scripts.render.cases import range_text, ranges

TEMPLATE = Path(__file__).resolve().parents[2] / "policy_data" / "template"


@pytest.fixture(scope="module")
def policy() -> Policy:
    """The imaginary city."""
    return PolicySet(compile_all(SourceSet.read(TEMPLATE))).policy("sample-city-2030")


def shown(policy: Policy, case: dict, name: str, facts: list[str]) -> list[tuple[str, object]]:
    """Each range in words with its figure."""
    found = ranges(policy, case, name, facts)
    return [(range_text(policy.facts[entry["fact"]], entry, "en"), entry["outcome"]) for entry in found]


def test_a_price_by_age(policy: Policy) -> None:
    """The ranges follow the ages the rules name and go on to the ends."""
    assert shown(policy, {"pay_date": "2029-11-05", "tier": 1, "categories": []}, "standard", ["age"]) == [("aged 17 or less", 30000), ("aged 18 to 94", 40000), ("aged 95 or more", 10000)]


def test_a_price_times_a_count_has_no_open_end(policy: Policy) -> None:
    """Where the figure changes with every value, the last one is not said to hold for more."""
    found = shown(policy, {"person": "university_student", "pay_date": "2029-11-05", "tier": 1, "age": 20, "categories": []}, "standard", ["study_years"])
    assert found[-1] == ("4", 160000) and not any("more" in words for words, _ in found)


def test_a_choice_has_the_names_of_its_values(policy: Policy) -> None:
    """The reader sees the name of a value, not its identifier."""
    found = shown(policy, {"pay_date": "2029-11-05", "tier": 1, "age": 40, "permit_years": 0, "categories": []}, "standard", ["residence"])
    assert found == [("Household registration here", 40000), ("Residence permit only", 45000)]


def test_a_fact_that_changes_nothing_is_passed_over(policy: Policy) -> None:
    """No range is shown of a fact on which the figure does not hang."""
    assert shown(policy, {"pay_date": "2029-11-05", "tier": 1, "age": 40, "categories": []}, "standard", ["discharge_date"]) == []
