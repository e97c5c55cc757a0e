"""Every worked case and every assessment has the published form, and the published forms refuse what is malformed."""

from __future__ import annotations

import json

import jsonschema
import pytest
from referencing import Registry, Resource

from calc import Case, assess
from calc.assessment import KINDS
from calc.cli.cases import regional
from scripts.case_runner import read_cases
from tests.calc.compiled import ROOT, policies

SCHEMAS = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "calc" / "schemas").glob("*.schema.json"))}
REGISTRY = Registry().with_resources([(name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items()])
FILES = sorted((ROOT / "tests" / "cases").glob("*.json"))


def validator(name: str) -> jsonschema.Draft202012Validator:
    """The validator of one published schema."""
    return jsonschema.Draft202012Validator(SCHEMAS[name], registry=REGISTRY)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_and_assessment_validates(path) -> None:
    for worked in read_cases(path):
        policy = regional(policies(), policies().policy(worked.data["policy"]), worked.data.get("region"))
        validator("case.schema.json").validate(worked.data["input"])
        result = assess(policy, Case.parse(worked.data["input"], policy)).to_json()
        validator("assessment.schema.json").validate(result)


def test_the_case_schema_names_every_fact_and_kind_of_person() -> None:
    properties = SCHEMAS["case.schema.json"]["properties"]
    assert set(policies().vocabulary.facts) <= set(properties)
    assert set(properties["person"]["enum"]) == set(policies().vocabulary.persons)
    for name, fact in policies().vocabulary.facts.items():
        for bound, key in (("min", "minimum"), ("max", "maximum")):
            assert properties[name].get(key) == fact.get(bound), name


def test_the_assessment_schema_names_every_kind_of_step() -> None:
    assert set(SCHEMAS["assessment.schema.json"]["$defs"]["step"]["properties"]["kind"]["enum"]) == set(KINDS)


def test_every_property_is_described_in_both_languages() -> None:
    for name in ("case.schema.json", "assessment.schema.json"):
        for key, entry in SCHEMAS[name]["properties"].items():
            assert "description" in entry, key
            assert any("一" <= letter <= "鿿" for letter in entry["description"]) and any(letter.isascii() and letter.isalpha() for letter in entry["description"]), key


@pytest.mark.parametrize("told", [{}, {"pay_date": "2024/11/5"}, {"pay_date": "2024-11-05", "tier": "1"}, {"pay_date": "2024-11-05", "age": 200}, {"pay_date": "2024-11-05", "person": "cat"}])
def test_malformed_cases_are_refused(told: dict) -> None:
    assert not validator("case.schema.json").is_valid(told)


def test_a_malformed_assessment_is_refused() -> None:
    worked = read_cases(FILES[0])[0]
    policy = policies().policy(worked.data["policy"])
    result = assess(policy, Case.parse(worked.data["input"], policy)).to_json()
    for part, value in (("schema", 2), ("figures", {}), ("policy", "x")):
        assert not validator("assessment.schema.json").is_valid({**result, part: value})
    result["tree"]["value"] = 1.5
    assert not validator("assessment.schema.json").is_valid(result)
