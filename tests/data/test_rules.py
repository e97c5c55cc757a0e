"""Every rule of the gate accepts its good fixture and reports its bad one at the marked places, in both languages."""

from __future__ import annotations

import re

import pytest
from scripts.data import gate

from .trees import FIXTURES, expected, fixture

RULES = gate.all_rules()


def test_every_rule_has_both_fixtures() -> None:
    """The folder of fixtures and the folder of rules name the same rules, and each has a good and a bad tree."""
    assert sorted(path.name for path in FIXTURES.iterdir()) == sorted(RULES)
    for name in RULES:
        assert any((FIXTURES / name / "good").rglob("*.yaml")), name
        assert expected(name), f"the bad fixture of {name} marks no place"


def test_every_rule_is_described() -> None:
    """A rule is named like its file and says in both languages what it demands."""
    for name, rule in RULES.items():
        assert rule.__name__.rpartition(".")[2].replace("_", "-") == name
        assert re.search(r"[\u4e00-\u9fff]", rule.description["zh"]) and rule.description["en"].isascii() is not None
        assert rule.check.__doc__


@pytest.mark.parametrize("name", RULES)
def test_good_fixture_passes(name: str) -> None:
    """What the rule allows is not reported."""
    sources = fixture(name, "good")
    assert sources.problems == []
    assert list(RULES[name].check(sources)) == []


@pytest.mark.parametrize("name", RULES)
def test_bad_fixture_is_reported_in_place(name: str) -> None:
    """Each planted error is reported at its file, line and column, and nothing else is."""
    sources = fixture(name, "bad")
    assert sources.problems == []
    found = list(RULES[name].check(sources))
    assert sorted((problem.file, problem.line, problem.column) for problem in found) == expected(name), "\n".join(problem.text("en") for problem in found)
    for problem in found:
        assert problem.rule == name and problem.excerpt
        assert re.search(r"[\u4e00-\u9fff]", problem.zh) and re.search(r"[a-z]{3}", problem.en)
        assert problem.zh.endswith("。") and problem.en.endswith("."), "a message ends with the next step"
