"""The JSON files: of their published form, equal to the tables, listed with the right sizes and hashes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from calc import Case, PolicySet, assess
from scripts.data.walk import walk
from scripts.data.yaml_source import load
from scripts.render.site import Site
from tests.export.conftest import validator

TEMPLATE = Path(__file__).resolve().parents[2] / "policy_data" / "template"


def test_the_schemas_of_the_data_work_outside_the_gate(folder: Path) -> None:
    """An editor has the same schemas: they accept the imaginary place, refuse a misspelt key, and explain every key in both languages."""
    published = {path.name: json.loads(path.read_text("utf-8")) for path in (folder / "schema" / "source").glob("*.json")}
    for name, file in (("policy.schema.json", "policies/sample-city/2030.yaml"), ("notice.schema.json", "notices/sample-2030.yaml")):
        check, data = validator(published, name), load(file, (TEMPLATE / file).read_text("utf-8")).data
        assert list(check.iter_errors(data)) == []
        assert list(check.iter_errors({**data, "yaer": 2030}))
    explained = [(f"{name}:{key}", part.get("description", "")) for name, schema in published.items() for _, value in walk(schema) if isinstance(value, dict) and isinstance(value.get("properties"), dict)
                 for key, part in value["properties"].items() if isinstance(part, dict) and part.keys() - {"const", "not"}]
    silent = {key for key, text in explained if not re.search(r"[\u4e00-\u9fff].* \| .*[a-z]", text)}
    assert len(explained) > 300 and silent == set()


def test_every_place_validates(folder: Path, site: Site, schemas: dict) -> None:
    check = validator(schemas, "place.schema.json")
    for policy in site.all_policies:
        data = json.loads((folder / f"{policy.id}.json").read_text("utf-8"))
        check.validate(data)
        assert (data["policy"], data["place"], data["year"]) == (policy.id, policy.place, policy.year)


def test_a_place_without_states_is_refused(folder: Path, site: Site, schemas: dict) -> None:
    data = json.loads((folder / f"{site.all_policies[0].id}.json").read_text("utf-8"))
    data["assistance"][0]["pays_yuan"] = 0
    assert list(validator(schemas, "place.schema.json").iter_errors(data))


def test_figures_in_a_places_file_are_the_engines(folder: Path, site: Site) -> None:
    held = PolicySet(json.loads((folder / "policies.json").read_text("utf-8")))
    names = {"price_yuan": "standard", "pays_yuan": "pays", "total_pays_yuan": "total_pays"}
    for identifier in [policy.id for policy in site.all_policies if "follows" not in policy.data]:
        data, policy = json.loads((folder / f"{identifier}.json").read_text("utf-8")), held.policy(identifier)
        for part in ("assistance", "newborns", "periods", "waits"):
            for row in data[part]:
                if row.get("premium", "basic") != "basic":
                    continue
                figures = assess(policy, Case.parse(row["case"], policy)).figures
                for column in set(row) & {*names, "coverage_start", "coverage_end", "waiting_days", "waiting_months", "status"}:
                    value, state = figures[names.get(column, column)]
                    written = row[column]["value"]
                    if column in names and written is not None:
                        written = round(written * 100)
                    assert (written, row[column]["state"]) == (str(value) if hasattr(value, "isoformat") else value, state), (identifier, part, column)


def test_index_lists_everything_with_size_and_hash(folder: Path, schemas: dict) -> None:
    listed = json.loads((folder / "index.json").read_text("utf-8"))
    validator(schemas, "index.schema.json").validate(listed)
    paths = {entry["path"] for entry in listed["files"]}
    assert paths == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"index.json"}
    for entry in listed["files"]:
        data = (folder / entry["path"]).read_bytes()
        assert (entry["bytes"], entry["hash"]) == (len(data), "sha256:" + hashlib.sha256(data).hexdigest())
    for policy in listed["policies"]:
        assert policy["path"] in paths and set(policy["calendars"].values()) <= paths


def test_compiled_policies_are_those_of_the_build(folder: Path, site: Site) -> None:
    assert json.loads((folder / "policies.json").read_text("utf-8")) == site.compiled
