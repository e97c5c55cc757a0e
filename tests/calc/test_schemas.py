"""Every worked case and every assessment has the published form, and the published forms refuse what is malformed."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource

from calc import Case, assess
from calc.assessment import KINDS
from calc.cli import main
from calc.cli.cases import regional
from calc.cli.commands import COMMANDS
from calc.cli.policies import VARIABLE
from calc.explain import explain
from calc.receipt import receipt, verify
from scripts.case_runner import read_cases
from tests.calc.compiled import ROOT, compiled, policies

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


# -- what the command line prints and the calculator saves ---------------------------------------------------


@pytest.fixture
def printed(tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch):
    """Runs a command: what it prints on standard output, and its exit code."""
    data = tmp_path / "policies.json"
    data.write_text(json.dumps(compiled(), ensure_ascii=False), "utf-8")
    monkeypatch.setenv(VARIABLE, str(data))

    def run(*arguments: str, given: str = "") -> tuple[str, int]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        try:
            code = main(list(arguments))
        except SystemExit as end:  # as --help does
            code = end.code
        return capsys.readouterr().out, code
    return run


ONE = ("--policy", "yunyang-2025", "--pay-date", "2025-03-05", "--group", "城乡低保对象", "--format", "json")


@pytest.mark.parametrize(("schema", "arguments"), [
    ("command-assess", ("assess", *ONE, "--tier", "1")), ("command-assess", ("assess", *ONE)), ("command-questions", ("questions", *ONE)),
    ("command-questions", ("questions", "--policy", "horqin-left-rear-2025", "--pay-date", "2025-03-05", "--format", "json")),
    ("command-places", ("places", "--format", "json")), ("command-places", ("places", "--place", "云阳", "--format", "json")),
])
def test_what_a_command_prints_has_its_schema(printed, schema: str, arguments: tuple) -> None:
    out, code = printed(*arguments)
    assert code == 0
    validator(f"{schema}.schema.json").validate(json.loads(out))


def test_json_lines_have_their_schema(printed) -> None:
    """Answers, errors of the case and lines that are no JSON; what is one may not pass for the other."""
    given = ['{"policy": "yunyang-2025", "pay_date": "2024-11-05"}', "", '{"policy": "yunyang-2025", "input": {"pay_date": "2024-13-05"}}', '{"policy": "nowhere"}', "{", "[]"]
    out, code = printed("assess", "--json-lines", "-", given="\n".join(given))
    check, lines = validator("command-json-lines.schema.json"), [json.loads(line) for line in out.splitlines()]
    assert code == 1 and [(line["line"], line["ok"]) for line in lines] == [(1, True), (3, False), (4, False), (5, False), (6, False)]
    for line in lines:
        check.validate(line)
        assert not check.is_valid({**line, "ok": not line["ok"]}) and not check.is_valid({**line, "more": 1})


def test_a_roster_has_its_schema(printed) -> None:
    """Good rows, rows that need facts, and bad ones."""
    rows = ["姓名,人员类别,身份,档次,缴费日期,备注", "甲,普通居民,低保对象,1,2024-11-05,", "乙,普通居民,,,45601,", "丙,普通居民,没有的身份,9,2024-11-05,", "丁,新生儿,无,1,2025-03-05,", "戊,普通居民,孤儿,1,2024-11-05,多,一格", "己,普通居民,二级残疾,1,2024-11-05,", "合计,,,,,6人"]
    out, code = printed("assess", "--roster", "-", "--policy", "yunyang-2025", "--format", "json", given="\n".join(rows))
    found, check = json.loads(out), validator("command-roster.schema.json")
    assert code == 1 and {row["ok"] for row in found["rows"]} == {True, False} and found["summary"]["needs"] and found["summary"]["warnings"] and found["summary"]["skipped"]
    check.validate(found)
    for damage in ({"rows": [{**found["rows"][0], "ok": False}]}, {"summary": {}}, {"rows": [{**found["rows"][0], "more": 1}]}):
        assert not check.is_valid({**found, **damage})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_prints_json_has_a_schema_and_says_so(name: str, printed) -> None:
    assert f"command-{name}.schema.json" in SCHEMAS
    assert all("calc/schemas/command-*.schema.json" in "".join(printed(name, "--help", "--lang", lang)[0].split()) for lang in ("zh", "en"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_explanation_and_receipt_validates(path: Path) -> None:
    explained, receipts, verified = (validator(f"{name}.schema.json") for name in ("explanation", "receipt", "command-verify"))
    for worked in read_cases(path)[::3]:
        policy = regional(policies(), policies().policy(worked.data["policy"]), worked.data.get("region"))
        result = assess(policy, Case.parse(worked.data["input"], policy))
        for lang in ("zh", "en"):
            explained.validate(explain(policies(), result, lang))
        made = json.loads(json.dumps(receipt(policies(), [{"policy": policy.id, "case": worked.data["input"]}])))
        receipts.validate(made)
        found = verify(policies(), {**made, "figures": {}})
        verified.validate({name: value for name, value in found.items() if name != "recomputed"})


def sound_receipt() -> dict:
    """A receipt of two people."""
    told = {"policy": "yunyang-2025", "case": {"pay_date": "2024-11-05", "tier": 1}}
    return json.loads(json.dumps(receipt(policies(), [told, {**told, "relation": "son"}])))


@pytest.mark.parametrize("damage", [{"schema": 3}, {"schema": 1}, {"hash": "0"}, {"people": []}, {"people": [{}]}, {"total": {}}, {"extra": 1}, {"calc_version": 1}])
def test_a_malformed_receipt_is_refused(damage: dict) -> None:
    made = sound_receipt()
    assert validator("receipt.schema.json").is_valid(made) and not validator("receipt.schema.json").is_valid({**made, **damage})


@pytest.mark.parametrize("damage", [{"policy": "x"}, {"case": {}}, {"tree": {}}, {"figures": {}}, {"relation": "boss"}, {"name": "x"}])
def test_a_receipt_with_a_malformed_person_is_refused(damage: dict) -> None:
    made = sound_receipt()
    made["people"][1] |= damage
    assert not validator("receipt.schema.json").is_valid(made)


def test_a_receipt_of_version_1_has_its_schema() -> None:
    made = sound_receipt()
    older = {**{name: made[name] for name in ("calc_version", "data_hash", "hash")}, **made["people"][0], "schema": 1}
    assert validator("receipt.schema.json").is_valid(older)
    assert not validator("receipt.schema.json").is_valid({**older, "total": made["total"]})


def test_an_assessment_alone_is_not_the_output_of_the_command(printed) -> None:
    """The command wraps the assessment; each schema takes its own only."""
    whole = json.loads(printed("assess", *ONE)[0])
    assert validator("assessment.schema.json").is_valid(whole["assessment"])
    assert not validator("assessment.schema.json").is_valid(whole) and not validator("command-assess.schema.json").is_valid(whole["assessment"])
