"""What must hold of every answer, whatever the notice: nothing negative, sums that add up, order-free groups, no silent change."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc import Case, questions
from calc.engine import evaluate
from tests.oracle.compare import Comparison, case_of, place_years
from tests.oracle.space import SPACES, told

SETTINGS = settings(max_examples=400, deadline=None, derandomize=True, database=None)
SILENT = ("not_told", "not_stated")
PREFIXES = ("", "ltci_")
POLICIES = {place: Comparison(*place).policy for place in place_years()}

# Values of each further fact, on either side of every edge a notice names.
FACTS = {
    "gap_years": st.sampled_from((0, 1, 2, 3, 4, 6)),
    "repair_years": st.sampled_from((0, 1, 2, 4)),
    "age": st.sampled_from((0, 17, 18, 40, 59, 60, 80)),
    "disability_grade": st.sampled_from((1, 2, 3, 4)),
    "consecutive_years": st.sampled_from((0, 3, 4, 5)),
    "zero_claims_previous_year": st.booleans(),
    "local_hukou": st.booleans(),
    "in_monitoring": st.booleans(),
    "extension_filed": st.booleans(),
    "paid_ordinary_way": st.booleans(),
    "for_year": st.sampled_from((2023, 2024, 2025, 2026)),
    "apply_date": st.integers(-40, 0),
    "registration_date": st.integers(-40, 0),
    "money_arrives": st.integers(0, 40),
    "recognised_on": st.integers(-40, 40),
}
DAYS_FROM_PAYMENT = ("apply_date", "registration_date", "money_arrives", "recognised_on")


@st.composite
def told_cases(draw):
    """A place-year and a case there, with as many facts told as it happens."""
    place = draw(st.sampled_from(place_years()))
    space = SPACES[place[0]]
    person = draw(st.sampled_from(("resident", "university_student", "university_freshman", "newborn")))
    groups = draw(st.none() | st.lists(st.sampled_from(space.named + space.absent), max_size=3, unique=True))
    case = case_of(told(draw(st.sampled_from(space.days())), person, groups, draw(st.sampled_from(space.tiers))), POLICIES[place])
    if person == "newborn":
        case.facts["birth_date"] = case.pay_date - timedelta(days=draw(st.sampled_from((0, 1, 45, 89, 90, 91, 120, 200, 400))))
    for name in draw(st.lists(st.sampled_from(sorted(FACTS)), max_size=3, unique=True)):
        tell(draw, case, name)
    return POLICIES[place], case


def tell(draw, case, name):
    """One further fact told in place; an age beside a date of birth could contradict it."""
    if name == "age" and "birth_date" in case.facts:
        return
    value = draw(FACTS[name])
    if name in DAYS_FROM_PAYMENT:
        value = case.pay_date + timedelta(days=value)
        if name in ("apply_date", "registration_date") and "birth_date" in case.facts:
            value = max(value, case.facts["birth_date"])
    case.facts[name] = value


def check_sums(figures):
    """Nothing negative; price = assistance + pays; the total is the sum of its parts, and known only when all parts are."""
    values = {name: value for name, (value, _) in figures.items()}
    for name, value in values.items():
        if name.endswith(("standard", "subsidy", "pays", "days", "months")) and value is not None:
            assert isinstance(value, int), (name, value)
            assert value >= 0, (name, value)
    parts = []
    for prefix in PREFIXES:
        if prefix + "pays" not in values:
            continue
        price, assistance, pays = (values[prefix + name] for name in ("standard", "subsidy", "pays"))
        if price is not None and assistance is not None:
            assert assistance <= price
            assert pays == price - assistance
        if assistance is None and price is not None:
            assert pays is None
        parts.append(pays)
    parts.append(values.get("addons_pays", 0))
    assert values["total_pays"] == (None if None in parts else sum(parts))


def check_silence(figures):
    """What is not told or not stated has no value, in particular not zero; only the status says in a word that the notice is silent."""
    for name, (value, state) in figures.items():
        assert state not in SILENT or value is None or (name, value) == ("status", "not_specified"), (name, value, state)


@SETTINGS
@given(told_cases())
def test_nothing_negative_and_the_parts_add_up(drawn):
    policy, case = drawn
    check_sums(evaluate(policy, case).figures)


@SETTINGS
@given(told_cases())
def test_not_told_stays_not_told(drawn):
    policy, case = drawn
    check_silence(evaluate(policy, case).figures)


@SETTINGS
@given(told_cases())
def test_the_same_case_has_the_same_answer(drawn):
    policy, case = drawn
    assert evaluate(policy, case).to_json() == evaluate(policy, case).to_json()


@SETTINGS
@given(told_cases(), st.data())
def test_more_facts_change_a_known_figure_only_where_it_was_assumed_or_asked(drawn, data):
    policy, case = drawn
    name = data.draw(st.sampled_from(sorted(set(FACTS) - set(case.facts)) + (["tier"] if policy.tiers and case.tier is None else [])))
    if name == "for_year":
        # A policy answers for its own year: another year is another question, not more about the same.
        more = case.with_fact(name, policy.year)
    elif name == "tier":
        more = case.with_fact("tier", data.draw(st.sampled_from(policy.tiers)))
    else:
        more = case.with_fact("person", case.person)
        tell(data.draw, more, name)
    before, after = evaluate(policy, case), evaluate(policy, more).figures
    changed = {
        figure: (value, after[figure][0])
        for figure, (value, _) in before.figures.items()
        if value is not None and after[figure][0] is not None and after[figure][0] != value
    }
    if changed and name not in before.assumed:
        assert name in questions(policy, case), (policy.id, case.to_json(), name, more.to_json(), changed)


@SETTINGS
@given(told_cases(), st.data())
def test_the_order_of_groups_and_a_group_named_twice_change_nothing(drawn, data):
    policy, case = drawn
    groups = sorted(case.groups or ())
    plain = {**case.to_json(), "categories": groups}
    shuffled = {**plain, "categories": data.draw(st.permutations(groups)) + groups[:1]}
    assert evaluate(policy, Case.parse(plain, policy)).figures == evaluate(policy, Case.parse(shuffled, policy)).figures


@pytest.mark.parametrize("place", place_years(), ids=[POLICIES[place].id for place in place_years()])
def test_every_single_group_and_pair_adds_up_on_every_edge(place, record_property):
    """The same properties, not by chance but for every group, pair and edge; and a pair gives the same in both orders."""
    policy, space, count = POLICIES[place], SPACES[place[0]], 0
    for day in space.edges:
        for tier in space.tiers:
            for groups in [*space.singles(), *space.pairs()]:
                case = case_of(told(day, "resident", groups, tier), policy)
                figures = evaluate(policy, case).figures
                check_sums(figures)
                check_silence(figures)
                count += 1
    day = space.edges[0]
    for pair in space.pairs():
        both = [
            evaluate(policy, Case.parse({"pay_date": day, "categories": list(order)}, policy)).figures
            for order in permutations(pair)
        ]
        assert both[0] == both[1]
    record_property("comparisons", count)
