"""CONTRIBUTING names everything a newcomer meets: each rule of the gate, each key that a rule may have, each command it tells to run."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from scripts.data import gate, schema_check
from scripts.data.sources import SourceSet

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# Each part of a policy whose keys the tables explain: (schema, definition).
PARTS = (("common", "condition"), ("common", "day_expression"), ("common", "bounds_integer"), ("amounts", "amount"), ("amounts", "amount_rule"), ("amounts", "assistance_amount"),
         ("amounts", "row"), ("amounts", "times"), ("policy", "period"), ("policy", "wait"), ("policy", "waiting"), ("policy", "coverage"), ("policy", "incentive"), ("policy", "add_on"))


def keys(schema: dict) -> set[str]:
    """The keys an object may have, also where they stand behind a condition of the schema."""
    found = set(schema.get("properties", {}))
    for part in ("then", "else"):
        found |= keys(schema[part]) if isinstance(schema.get(part), dict) else set()
    return found


@pytest.mark.parametrize(("schema", "definition"), PARTS)
def test_every_key_is_explained(schema: str, definition: str) -> None:
    """No key of the schemas is left for the newcomer to discover."""
    wanted = keys(schema_check.validators()[schema].schema["$defs"][definition])
    assert wanted, definition
    assert {key for key in wanted if not re.search(rf"(?<![a-z_]){key}(?![a-z_])", TEXT)} == set()


def test_every_rule_of_the_gate_is_explained() -> None:
    """Whatever the gate prints in brackets is in the table of what it says."""
    table = TEXT[TEXT.index("What the gate says") : TEXT.index('<a id="reference">')]
    assert set(gate.all_rules()) - set(re.findall(r"`([a-z-]+)`", table)) == set()


def test_every_command_exists() -> None:
    """Each module that is to be run can be imported, and each rule of the template that is pointed at is there."""
    for module in set(re.findall(r"python -m (scripts[.a-z_]*)", TEXT)) | {f"scripts.{name}" for name in re.findall(r"`scripts\.([a-z_]+)", TEXT)}:
        importlib.import_module(module)
    sources = SourceSet.read(ROOT / "policy_data" / "template")
    known = set(re.findall(r"[a-z0-9_-]+", " ".join(document.text for document in sources.documents.values())))
    pointed = {name for row in re.findall(r"^\|.*\| ([^|]+) \|$", TEXT[TEXT.index('<a id="reference">') : TEXT.index('<a id="recipes">')], re.MULTILINE) for name in re.findall(r"`([a-z0-9_-]+)`", row)}
    assert len(pointed) > 40 and pointed - known == set()
