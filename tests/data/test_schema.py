"""The schemas: closed, described in both languages, and no narrower than what the engine reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from calc import conditions
from jsonschema import Draft202012Validator
from scripts.data import schema_check

from .trees import tree

SCHEMAS = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(schema_check.FOLDER.glob("*.schema.json"))}


def parts(schema: object) -> Iterator[dict]:
    """Every schema inside a schema."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_valid_and_closed(name: str) -> None:
    """Each schema is a valid one, and each object in it with named properties refuses others."""
    Draft202012Validator.check_schema(SCHEMAS[name])
    for part in parts(SCHEMAS[name]):
        if part.get("type") == "object" and isinstance(part.get("properties"), dict) and "enum" not in part:
            assert part.get("additionalProperties") is False, part.get("description")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_is_described_in_both_languages(name: str) -> None:
    """Editors show a description in Chinese and in English for every key."""
    for part in parts(SCHEMAS[name]):
        properties = part.get("properties")
        if part.get("type") != "object" or not isinstance(properties, dict):
            continue
        for key, schema in properties.items():
            text = schema.get("description") or SCHEMAS.get(schema.get("$ref", "").partition("#")[0] or name, {}).get("$defs", {}).get(schema.get("$ref", "").rpartition("/")[2], {}).get("description", "")
            zh, _, en = text.partition(" | ")
            assert re.search(r"[\u4e00-\u9fff]", zh) and en, f"{name}: {key}"


def test_conditions_are_those_of_the_engine() -> None:
    """The parts of a condition in the schema are exactly those that the engine compiles."""
    assert set(SCHEMAS["common.schema.json"]["$defs"]["condition"]["properties"]) == set(conditions._COMPILERS)


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("yeer: 2025", "可能想写“year”", "“year” is meant"),
        ("year: 02025", "前面的0", "leading zero"),
        ("year: yes", "只写数字", "only the number"),
        ("notices: sample", "只有一项也要写成列表", "written as a list"),
        ("tiers: [{id: 1, name: {zh: 一档, en: true}}]", "加双引号", "double quotes"),
        ("coverage: [{start: 2025-02-30, end: null, clauses: [\"1\"]}]", "检查这一天是否存在", "the day exists"),
        ("coverage: [{start: 2025/01/01, end: null, clauses: [\"1\"]}]", "不是有效日期", "is not a date"),
        ("coverage: [{start: null, end: null, estimate: yes, clauses: [\"1\"]}]", "yes/no 在这里只是文字", "yes and no are only text"),
        ("questions: [G1, G1]", "重复", "twice"),
        ("questions: [g1]", "写法不对", "not written correctly"),
        ("place: Sample", "大写字母", "capitals"),
        ("warnings: [{id: w, clauses: [\"1\"]}]", "缺少“text”", "“text”"),
        ("waiting: [{clauses: [\"1\"]}]", "没有写出内容", "says nothing yet"),
        ("periods: [{id: a, name: {zh: 甲, en: A}, from: 2025-01-01, status: closd, clauses: [\"1\"]}]", "可能想写“closed”", "“closed” is meant"),
    ],
)
def test_messages_name_the_cause(line: str, zh: str, en: str) -> None:
    """Each kind of mistake gets a message that names the likely cause in both languages."""
    document = tree({"policies/sample/2025.yaml": line + "\n"}).documents["policies/sample/2025.yaml"]
    found = list(schema_check.check(document))
    assert any(zh in problem.zh and en in problem.en for problem in found), "\n".join(problem.zh + " / " + problem.en for problem in found)


def test_all_errors_of_a_file_at_once() -> None:
    """Three unknown keys give three messages, each at its own key."""
    document = tree({"policies/sample/2025.yaml": "place: sample\nyear: 2025\nfollows: {policy: a-2025}\naa: 1\nbb: 2\nperiods: []\n"}).documents["policies/sample/2025.yaml"]
    assert {problem.line for problem in schema_check.check(document)} >= {4, 5, 6}


def test_a_file_without_a_place_is_reported() -> None:
    """A vocabulary file with an unknown name would never be read, so it is an error."""
    document = tree({"vocabulary/gropus.yaml": "groups: []\n"}).documents["vocabulary/gropus.yaml"]
    assert [problem.rule for problem in schema_check.check(document)] == ["schema"]
