"""The imaginary place: the gate is clean on it, its cases pass, and every shape of rule stands in it once and decides a case."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path

import pytest

from calc import Case, PolicySet
from calc.engine import evaluate
from scripts.case_runner import Worked, figure_names, read_cases, run, same
from scripts.data import gate, schema_check
from scripts.data.resolve import compile_all
from scripts.data.sources import SourceSet
from scripts.data.walk import walk

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "policy_data" / "template"
CITY, DISTRICT = "sample-city-2030", "sample-district-2030"
TEXTS = {"sample-2030": "notice.txt", "sample-district-2030": "notice-district.txt"}

# Each shape of rule with the place where the template shows it: list/rule, then the keys inside the rule that make the shape.
# A premium's lists begin with the premium's identifier.
SHAPES = {
    "a price by age": "basic/contribution/adult-tier-1",
    "a price by tier": "basic/contribution/adult-tier-1 when.tier",
    "an age with an open edge (below 18)": "basic/contribution/minor-tier-1 when.age.max",
    "an age with a closed edge (18 and over)": "basic/rows/margin-old-and-young when.any.0.age",
    "a price by date of birth": "basic/contribution/born-late when.born",
    "a price by district": "basic/contribution/lakeside-tier-1 when.facts",
    "a price by residence status": "basic/contribution/permit-tier-1 when.facts",
    "a household condition": "basic/contribution/third-child-permit-tier-1 when.facts",
    "half of another price": "basic/contribution/third-child-permit-tier-1 percent",
    "the same as another price": "basic/contribution/student-tier-2",
    "nothing to pay": "basic/contribution/born-late",
    "to be announced": "ltci/contribution/students",
    "a fact not told that is taken as no": "basic/contribution/permit-tier-1 if_not_told",
    "a price by the month": "basic/payable/monthly",
    "by the month from another day": "basic/payable/monthly from",
    "half a year's price": "basic/payable/half",
    "a floor": "basic/payable/at-least",
    "individual and fiscal part together": "basic/payable/full-cost",
    "not stated": "basic/payable/nothing-stated",
    "half of two parts together": "basic/payable/half-of-full-cost",
    "a date of payment": "basic/payable/half-of-full-cost when.paid",
    "fiscal subsidy": "basic/fiscal_subsidy/everyone",
    "assistance shut for a time": "basic/limits/full-cost",
    "an order of events": "basic/limits/recognised-after-payment",
    "in full": "basic/rows/hardship",
    "a percentage of a named tier": "basic/rows/allowance",
    "not less than": "basic/rows/allowance amounts.0.but_at_least",
    "several conditions at once": "basic/rows/margin-old-and-young when.facts",
    "either of two conditions": "basic/rows/margin-old-and-young when.any",
    "not in another group": "basic/rows/severe-disability when.not_groups",
    "parts from several funds": "basic/rows/severe-disability amounts.0.parts",
    "a date of recognition": "basic/rows/monitored when.facts",
    "a fixed amount": "basic/rows/monitored",
    "rounding": "basic/rows/entitled amounts.0.round",
    "not more than": "basic/rows/entitled amounts.0.at_most",
    "assistance for everyone of an age": "basic/rows/eighty",
    "all of several conditions": "basic/rows/eighty when.all",
    "an amount that depends on the reading": "basic/rows/eighty amounts.1",
    "a group that no row names": "basic/otherwise/near-synonyms",
    "several funds added up": "basic/combining rule",
    "an event period (within N days of birth)": "periods/newborn",
    "the day of the event is day 1": "periods/newborn to.first_day_counts",
    "not before, not after": "periods/newborn from.not_before",
    "for another insured year too": "periods/newborn any_year",
    "within N days of an event": "periods/discharged when.within",
    "within N months of an event": "periods/left-employment when.within",
    "an undated start": "periods/window from",
    "no stated end, but one that cannot be passed": "periods/extended to",
    "days of the month": "periods/window days_of_month",
    "measured by another event": "periods/applied-in-time by",
    "paid by": "periods/applied-in-time paid_by",
    "before another period": "periods/before before",
    "a longer period for the assisted": "periods/assisted when.assisted",
    "after another period": "periods/applied-in-time after",
    "periods that change price and wait": "periods/third-quarter",
    "full cost": "periods/december",
    "no wait, with a list of its own": "waiting/no-wait",
    "a rule under one reading only": "waiting/lapsed-in-window",
    "a wait in months with missed years": "waiting/lapsed",
    "whether the first missed year counts": "waiting/lapsed per_missed_year.first_counts",
    "repair": "waiting/lapsed per_missed_year.repair",
    "a floor of the wait": "waiting/lapsed per_missed_year.floor",
    "a floor also without repair": "waiting/lapsed per_missed_year.floor.always",
    "a longest wait": "waiting/lapsed per_missed_year.at_most",
    "days for each missed year": "waiting/lapsed-third-quarter",
    "missed years that add nothing": "waiting/lapsed-third-quarter per_missed_year.free_years",
    "a wait in calendar months": "waiting/first-half",
    "a wait in days": "waiting/second-half",
    "days or months by reading": "waiting/second-half use_months",
    "months and days added up": "waiting/december added",
    "a school year": "coverage/student",
    "a month and day of the next year": "coverage/student end.on",
    "sixteen months from the day after payment": "coverage/freshman",
    "the next day": "coverage/freshman start.snap",
    "after the wait, its first day not counted": "coverage/second-half start.after_wait",
    "after the wait, its first day counted": "coverage/december",
    "from the day the money arrives": "coverage/second-half start.anchor",
    "a voluntary insurance with a condition": "add_ons/sample-cover when",
    "one of several versions": "add_ons/peace-a choice",
    "only with another": "add_ons/family-cover needs_one_of",
    "free beside another": "add_ons/family-cover covered_by",
    "a voluntary insurance priced by age": "add_ons/silver-cover prices.0",
    "an incentive": "incentives/three-years",
    "an incentive worth an amount": "incentives/three-years amount",
    "incentives of several kinds beside each other": "incentives/zero-claims kind",
    "an amount added to others in place": "basic/contribution/newborn-two-years sum",
    "times a count": "basic/contribution/whole-course times",
    "an age on a day of its own": "basic/contribution/ninety-five when.age.on",
    "so much less": "basic/contribution/family-tier-1 less",
    "a bound that is itself worked out": "basic/contribution/household-ceiling at_most.less",
    "a year's price by the month": "basic/payable/pro-rata",
    "the person pays so much, assistance the rest": "basic/rows/veteran amounts.0.less",
    "not more than another price": "basic/rows/veteran amounts.0.at_most",
    "on top of the other assistance": "basic/rows/lakeside-old supplement",
    "coverage for as many years as were paid": "coverage/whole-course end.plus.years",
    "age on a day the notice names": "age_on",
    "who cannot join at all": "periods/employee",
    "asked for beside a fact taken as no": "basic/contribution/permit-long-tier-1 if_not_told.residence",
    "a fraction": "basic/rows/relapsed amounts.0.percent",
    "paid first and given back": "basic/rows/relapsed paid_back",
    "added to the price without assistance": "basic/surcharges/repaid",
    "all assistance together at most": "basic/combining at_most",
    "all incentives together at most": "incentive_limit",
}


@cache
def sources() -> SourceSet:
    """The template with the vocabulary it shares."""
    return SourceSet.read(TEMPLATE)


@cache
def compiled() -> dict:
    """The template compiled; not to be changed."""
    return compile_all(sources())


@cache
def cases() -> tuple[Worked, ...]:
    """Every case of the template."""
    return tuple(worked for path in sorted((TEMPLATE / "cases").glob("*.json")) for worked in read_cases(path))


def test_the_gate_is_clean() -> None:
    """No rule finds anything in the template, also not against its full text."""
    found = gate.check(sources())
    assert not found, "\n".join(problem.text("en") for problem in found)
    whole = SourceSet.read(TEMPLATE)
    whole.notice_texts = {notice: "".join((TEMPLATE / text).read_text(encoding="utf-8").split()) for notice, text in TEXTS.items()}
    assert TEXTS.keys() == whole.notices().keys()
    assert not gate.check(whole)


def test_the_template_is_marked_as_imaginary() -> None:
    """Its notice and its places say in both languages that they are not real, and the real data know nothing of them."""
    real = SourceSet.read(ROOT / "policy_data")
    for places in sources().vocabulary("places").data["places"]:  # type: ignore[union-attr]
        assert "虚构" in places["name"]["zh"] and "imaginary" in places["name"]["en"]
        assert places["id"] not in real.entries("places")
    for name, (document, _) in sources().notices().items():
        assert "虚构" in document.data["title"]["zh"] and "imaginary" in document.data["title"]["en"]  # type: ignore[index]
        assert name not in real.notices()


@pytest.mark.parametrize("worked", cases(), ids=lambda worked: worked.id)
def test_case(worked: Worked) -> None:
    """Each case comes out as the notice says, with the alternatives that its author expects."""
    outcome = run(PolicySet(compiled()), worked)
    assert not outcome.differences, [(difference.figure, difference.expected, difference.got) for difference in outcome.differences]
    assert not outcome.missing


def find(policy: dict, shape: str) -> tuple[object, object]:
    """The container and the key of a shape inside a compiled policy."""
    where, _, inside = shape.partition(" ")
    names = where.split("/")
    holder: object = policy
    key: object = names[0]
    if len(names) > 1:
        if names[0] in {premium["id"] for premium in policy["premiums"]}:
            holder = next(premium for premium in policy["premiums"] if premium["id"] == names[0])
            names = names[1:]
            holder = holder["assistance"] if names[0] in ("limits", "rows", "otherwise", "combining") else holder  # type: ignore[index]
        holder, key = holder[names[0]], 0  # type: ignore[index]
        if len(names) > 1:
            key = next(index for index, rule in enumerate(holder) if rule["id"] == names[1])  # type: ignore[arg-type]
        else:
            key = None
    for part in inside.split(".") if inside else []:
        holder = holder if key is None else holder[key]  # type: ignore[index]
        key = int(part) if part.isdigit() else part
    return holder, key


def agrees(policies: PolicySet, known: set[str], worked: Worked) -> bool:
    """Whether a case still comes out, its alternatives too; what cannot be worked out does not."""
    try:
        policy = policies.policy(worked.data["policy"])
        figures = evaluate(policy, Case.parse(worked.data["input"], policy)).figures
        if not all(same(figure, expected, figures.get(figure, (None,))[0]) for figure, expected in worked.data["expect"].items()):
            return False
        return not worked.data.get("alternatives") or not (outcome := run(policies, worked, known)).differences and not outcome.missing
    except Exception:  # noqa: BLE001 - without the shape the rest of the rule may make no sense
        return False


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_decides_a_case(shape: str) -> None:
    """Without the shape (the rule, or the part of it) some case comes out otherwise."""
    data = copy.deepcopy({**compiled(), "policies": {name: policy for name, policy in compiled()["policies"].items() if name == CITY}})
    holder, key = find(data["policies"][CITY], SHAPES[shape])
    del holder[key]  # type: ignore[attr-defined]
    policies, known = PolicySet(data), figure_names(PolicySet(compiled()))
    own = [worked for worked in cases() if worked.data["policy"] == CITY]
    assert not all(agrees(policies, known, worked) for worked in own), f"no case of the template shows: {shape}"


def test_a_place_that_follows_takes_its_own_row() -> None:
    """The county has the city's rules, its own row of the annex, and the warning for areas alone."""
    policies = PolicySet(compiled())
    county, city = (policies.data["policies"][f"sample-{name}-2030"] for name in ("county", "city"))
    assert county["follows"]["policy"] == CITY
    assert county["premiums"][0]["fiscal_subsidy"][0]["clauses"] == ["sample-2030/annex.2"]
    assert city["premiums"][0]["fiscal_subsidy"][0]["clauses"] == ["sample-2030/annex.1", "sample-2030/annex.2"]
    for name, warned in (("sample-county-2030", True), (CITY, False)):
        policy = policies.policy(name)
        tree = evaluate(policy, Case.parse({"pay_date": "2029-11-05", "age": 40, "tier": 1}, policy)).tree
        assert warned == ("county-registers-elsewhere" in [step.value for step in tree.children if step.kind == "warning"])


def test_rules_of_its_own_are_laid_over_those_followed() -> None:
    """A district has its own notice first, its own rule in the place of the city's of that name, others before or behind, and not what it leaves out."""
    district, city = (compiled()["policies"][name] for name in (DISTRICT, CITY))
    assert district["based_on"]["policy"] == CITY and "follows" not in district
    assert district["notices"] == ["sample-district-2030", "sample-2030"]
    ids = {policy["id"]: [period["id"] for period in policy["periods"]] for policy in (district, city)}
    left_out = {"applied-in-time", "fourth-quarter", "december"}
    assert ids[DISTRICT] == ["no-payment", *(name for name in ids[CITY] if name not in left_out)]
    window = next(period for period in district["periods"] if period["id"] == "window")
    assert window["to"] == "2030-01-31" and "days_of_month" not in window
    rows = {policy["id"]: [row["id"] for row in policy["premiums"][0]["assistance"]["rows"]] for policy in (district, city)}
    assert rows[DISTRICT] == [*rows[CITY], "allowance-more", "special-support"]
    assert district["premiums"][1:] == city["premiums"][1:]
    assert district["group_names"].items() > city["group_names"].items()


def test_a_premium_without_assistance_is_known_to_have_none() -> None:
    """Where the notice says that nobody is assisted, nothing is assumed."""
    policy = PolicySet(compiled()).policy(CITY)
    figures = evaluate(policy, Case.parse({"pay_date": "2029-11-05", "age": 40, "tier": 1, "categories": ["特困人员"]}, policy)).figures
    assert figures["ltci_subsidy"] == (0, "known")


def test_every_key_of_a_rule_is_shown() -> None:
    """Each condition part, amount form and date part that the schemas allow stands somewhere in the template."""
    validators = schema_check.validators()
    common, amounts = validators["common"].schema["$defs"], validators["amounts"].schema["$defs"]
    used = {key for document in sources().of("policies") for _, value in walk(document.data) if isinstance(value, dict) for key in value}
    wanted = set(common["condition"]["properties"]) | set(amounts["assistance_amount"]["properties"]) | set(common["day_expression"]["properties"])
    wanted |= set(validators["policy"].schema["$defs"]["wait"]["properties"]) | set(validators["policy"].schema["$defs"]["period"]["properties"])
    rare = {"unconfirmed", "date"}  # a draft's mark, and a plain date written as an expression
    assert wanted - used - rare == set()
