"""The published schemas: well formed, explained in both languages, and the compiled policies are what theirs says and nothing else."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import jsonschema
import pytest

from scripts.data.resolve import compile_all
from scripts.data.sources import SourceSet
from scripts.data.walk import walk
from tests.export.conftest import validator

ROOT = Path(__file__).resolve().parents[2]
POLICIES = "policies.schema.json"
BOTH = re.compile(r"[\u4e00-\u9fff].*( \| |[。；：，） ]).*[A-Za-z]", re.DOTALL)


def test_the_schemas_are_schemas(schemas: dict) -> None:
    assert {"case.schema.json", "assessment.schema.json", "place.schema.json", "index.schema.json", POLICIES, "source/policy.schema.json"} <= set(schemas)
    for name, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$id"] == name.rpartition("/")[2], "found at the address it names"


def properties(schema: dict) -> Iterator[tuple[str, dict]]:
    """Every property of a schema at any depth; one that only says what is not there needs no words."""
    for path, value in walk(schema):
        if isinstance(value, dict) and isinstance(value.get("properties"), dict) and path[-1:] != ("properties",):
            for key, part in value["properties"].items():
                if isinstance(part, dict) and part.keys() - {"const", "not", "enum"}:
                    yield ".".join(map(str, (*path, key))), part


def referred(schemas: dict, name: str, target: str) -> dict:
    """What a reference in a schema leads to."""
    where, pointer = urldefrag(urljoin(name, target)) if not target.startswith("#") else (name, target[1:])
    found = schemas[where]
    for part in pointer.split("/")[1:]:
        found = found[part]
    return found


def test_every_property_is_explained_in_both_languages(schemas: dict) -> None:
    silent = [f"{name}: {path}" for name, schema in schemas.items() for path, part in properties(schema)
              if not BOTH.search(part.get("description") or (referred(schemas, name, part["$ref"]).get("description", "") if "$ref" in part else ""))]
    assert not silent, "\n".join(silent)


def test_every_reference_leads_somewhere(schemas: dict) -> None:
    targets = [(name, value["$ref"]) for name, schema in schemas.items() for _, value in walk(schema) if isinstance(value, dict) and isinstance(value.get("$ref"), str)]
    assert len(targets) > 500 and all(isinstance(referred(schemas, *target), dict) for target in targets)


# -- the compiled policies -----------------------------------------------------------------------------------


@cache
def template() -> dict:
    """The imaginary place, compiled: it has every shape of rule, an area that follows and one with rules of its own."""
    return compile_all(SourceSet.read(ROOT / "policy_data" / "template"))


def test_the_compiled_policies_are_what_their_schema_says(schemas: dict, folder: Path) -> None:
    check = validator(schemas, POLICIES)
    for data in (json.loads((folder / "policies.json").read_text("utf-8")), template()):
        assert [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in check.iter_errors(data)] == []
    assert {"follows", "based_on"} <= {key for policy in template()["policies"].values() for key in policy}


def test_a_draft_is_what_the_schema_says(schemas: dict) -> None:
    data = copy.deepcopy(template())
    data["policies"]["sample-city-2030"]["draft"] = True
    validator(schemas, POLICIES).validate(data)


def test_the_schema_names_what_the_sources_name(schemas: dict) -> None:
    """A section added to the sources is added here too."""
    source, compiled = schemas["source/policy.schema.json"], schemas[POLICIES]["$defs"]
    assert set(compiled["policy"]["properties"]) == set(source["properties"]) - {"clause_alias"} | {"id", "draft", "based_on"}
    premium = schemas["source/amounts.schema.json"]["$defs"]["premium"]["properties"]
    assert set(compiled["premium"]["properties"]) == set(premium)
    assert set(compiled["assistance"]["properties"]) == set(premium["assistance"]["properties"]) - {"nobody"}
    assert set(compiled["notice"]["properties"]) == set(schemas["source/notice.schema.json"]["properties"])
    assert set(compiled["age_on"]["properties"]) == set(schemas["source/common.schema.json"]["$defs"]["day_expression"]["properties"]) | {"by_reading", "clauses"}


def city(data: dict) -> dict:
    """The policy of the imaginary city."""
    return data["policies"]["sample-city-2030"]


def a_range(data: dict) -> dict:
    """The first condition with an age."""
    return next(value["age"] for path, value in walk(city(data)) if path[-1:] == ("when",) and isinstance(value, dict) and "age" in value)


DAMAGES: dict[str, Callable[[dict], object]] = {
    "another version": lambda data: data.update(schema=2),
    "no hash": lambda data: data.pop("data_hash"),
    "an unknown part": lambda data: data.update(extra={}),
    "an identifier that is none": lambda data: data["policies"].update({"city": city(data)}),
    "a section that is not known": lambda data: city(data).update(preiods=[]),
    "no periods": lambda data: city(data).pop("periods"),
    "an alias left over": lambda data: city(data).update(clause_alias={"a": ["b"]}),
    "a short clause": lambda data: city(data)["periods"][0].update(clauses=["2.1"]),
    "a short clause deep down": lambda data: city(data)["premiums"][0]["assistance"]["rows"][0]["amounts"][0].update(clauses=["2.1"]),
    "an open range": lambda data: a_range(data).update(below=18),
    "nobody left over": lambda data: city(data)["premiums"][0]["assistance"].update(nobody={"clauses": ["sample-2030/1"]}),
    "an amount in words": lambda data: city(data)["premiums"][0]["contribution"][-1].update(yuan="four hundred"),
    "a premium without a price": lambda data: city(data)["premiums"][0].pop("contribution"),
    "a name without its translation": lambda data: city(data)["periods"][0]["name"].pop("en"),
    "both taken over and laid over": lambda data: city(data).update(follows={"policy": "x-2030", "clauses": []}, based_on={"policy": "x-2030", "clauses": []}),
    "follows as in the sources": lambda data: city(data).update(follows={"policy": "sample-county-2030"}),
    "age_on as in the sources": lambda data: city(data).update(age_on={"day": {"anchor": "year_end"}, "clauses": ["sample-2030/1"]}),
    "clauses as a list": lambda data: data["notices"]["sample-2030"].update(clauses=list(data["notices"]["sample-2030"]["clauses"].values())),
    "a clause without its quote": lambda data: next(iter(data["notices"]["sample-2030"]["clauses"].values())).pop("quote"),
    "a question without its default": lambda data: next(iter(data["questions"].values())).pop("default"),
    "no places": lambda data: data["vocabulary"].pop("places"),
    "a group without a name": lambda data: data["vocabulary"]["groups"][0].pop("name"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_policies_are_refused(schemas: dict, damage: str) -> None:
    data = copy.deepcopy(template())
    DAMAGES[damage](data)
    assert not validator(schemas, POLICIES).is_valid(data)
