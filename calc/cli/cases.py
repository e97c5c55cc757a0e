"""The facts of one case from options or from a JSON object, and its answer."""

from __future__ import annotations

import argparse

from ..case import Case, plain_name
from ..errors import CaseError
from ..policy import Policy, PolicySet
from ..readings import check_readings
from ..roster import column_fields, header_key
from ..roster_values import find_policy, read_day, read_fact, read_person, read_tier, split_groups, tidy
from ..roster_words import COLUMN_LABELS

PLACE_KEYS = ("policy", "place", "year", "region")


def from_options(told: argparse.Namespace, policies: PolicySet) -> tuple[Policy, Case]:
    """Policy and case as the options tell them; option values are read as the cells of a roster are."""
    policy = policy_of({"policy": told.policy, "place": told.place, "year": told.year}, policies)
    case: dict = {}
    notes: list = []
    if told.person:
        case["person"] = read_person(tidy(told.person), policies.vocabulary)
    if told.group is not None:
        case["categories"] = [name for text in told.group for name in split_groups(tidy(text), policy)]
    if told.tier:
        case["tier"] = read_tier(tidy(told.tier), policy)
    if told.pay_date:
        case["pay_date"] = read_day("pay_date", tidy(told.pay_date), notes)
    if told.add_on:
        case["addons"] = told.add_on
    facts = [pair for pair in told.fact or []] + [f"{name}={value}" for name, value in (("birth_date", told.birth_date), ("age", told.age)) if value]
    for pair in facts:
        name, value = fact(pair, policies)
        if name not in policy.facts:
            raise CaseError("fact", f"本地不问“{name}”。", f"“{name}” is not asked about here.", list(policy.facts), "unknown_fact")
        case[name] = read_fact(name, tidy(value), policy, notes)
    if notes:
        # A bare number on the command line is a slip, not a spreadsheet's day number.
        raise CaseError(notes[0]["field"], f"“{notes[0]['value']}”不是有效日期。请写成 年-月-日，例如 2024-11-05。", f"“{notes[0]['value']}” is not a date. Write year-month-day such as 2024-11-05.", code="not_a_date")
    return policy, Case.parse(case, policy)


def fact(pair: str, policies: PolicySet) -> tuple[str, str]:
    """A fact written NAME=VALUE, by its identifier or its label in either language."""
    name, equals, value = pair.partition("=")
    fields = [field for field in column_fields(policies) if field["id"] not in COLUMN_LABELS]
    names = {header_key(known): field["id"] for field in reversed(fields) for known in field["names"]}
    found, facts = names.get(header_key(name)), [field["id"] for field in fields]
    if not equals or not value.strip():
        raise CaseError("fact", f"“{pair}”应写成 名称=值，例如 gap_years=2。", f"“{pair}” must be written NAME=VALUE, such as gap_years=2.", facts, "usage")
    if found is None:
        raise CaseError("fact", f"没有“{name}”这一项。", f"There is no fact “{name}”.", facts, "unknown_fact", name)
    return found, value


def policy_of(told: dict, policies: PolicySet) -> Policy:
    """The policy named by its identifier, or by place and year; raises CaseError when none is named or there is none."""
    if told.get("policy"):
        return regional(policies, policies.policy(str(told["policy"])), told.get("region"))
    if told.get("place"):
        return find_policy(policies, str(told["place"]), told.get("year"))
    raise CaseError("place", "请说明是哪个地方：--place 地名 --year 年度，或 --policy 编号。用 python -m calc places 看有哪些。",
                    "Say which place: --place NAME --year YEAR, or --policy ID. python -m calc places lists them.", policies.ids(), "missing")


def regional(policies: PolicySet, base: Policy, region: object) -> Policy:
    """The policy of a region's pooling area, by its Chinese name, among those of the same year that follow the region's.

    Where the area is not among them, the region's own policy answers: it says what holds where its annex lists nothing.
    """
    wanted = plain_name(str(region)) if region else None
    for name in policies.ids() if wanted else ():
        entry = policies.data["policies"][name]
        place = policies.vocabulary.places.get(entry["place"], {})
        names = (*place.get("name", {}).values(), *place.get("short", {}).values(), *place.get("notice_names", ()))
        if entry["year"] == base.year and entry.get("follows", entry.get("based_on", {})).get("policy") == base.id and wanted in {plain_name(known) for known in names}:
            return policies.policy(name)
    return base


def from_object(data: object, policies: PolicySet) -> tuple[Policy, Case]:
    """Policy and case of a JSON object: policy (or place and year), and the facts under `input` or beside them."""
    if not isinstance(data, dict):
        raise CaseError("case", "个案要写成 {…} 对象。", "A case must be an object {…}.", code="not_an_object")
    policy = policy_of(data, policies)
    facts = data["input"] if "input" in data else {name: value for name, value in data.items() if name not in PLACE_KEYS}
    return policy, Case.parse(facts, policy)


def readings_of(pairs: list[str] | None, policies: PolicySet) -> dict[str, str]:
    """Readings chosen with --reading QUESTION=READING."""
    return check_readings(policies, {question.strip(): reading.strip() for question, _, reading in (pair.partition("=") for pair in pairs or [])})
