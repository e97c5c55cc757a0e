"""Wrong values are noticed: a sample of amounts, dates and references changed one at a time; and the register of survivors is kept honest."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from scripts import mutate_data
from scripts.data.mutations import Mutation, mutations
from scripts.data.sources import SourceSet

SOURCES = SourceSet.read(mutate_data.DATA)


def every(name: str, *kinds: str) -> list[Mutation]:
    """All changes of some kinds to one policy."""
    return [mutation for mutation in mutations(SOURCES, SOURCES.policies()[name]) if mutation.kind in kinds]


@pytest.mark.parametrize("name", ["tunliu-2025", "urumqi-2024"])
def test_a_sample_of_amounts_and_dates_is_noticed(name: str) -> None:
    """No wrong amount, percentage, length or date of a sample passes the gate and the cases."""
    figures = [mutation for mutation in every(name, "number", "date") if "yuan" in mutation.path or mutation.kind == "date"]
    chosen = random.Random(7).sample(figures, 12)
    missed = [mutation.label(SOURCES.documents[mutation.file]) for mutation, caught in mutate_data.judged((name, chosen)) if caught is None]
    reasons = mutate_data.register(mutate_data.DATA / mutate_data.REGISTER)
    assert [label for label in missed if not any(reason.covers(label) for reason in reasons)] == []


def test_each_place_has_every_kind_of_change() -> None:
    """What is changed covers amounts, dates, flags, enumerations and references, each to something else."""
    found = every("yunyang-2025", "number", "date", "flag", "enumeration", "reference")
    assert {mutation.kind for mutation in found} == {"number", "date", "flag", "enumeration", "reference"}
    assert all(mutation.old != mutation.new for mutation in found) and len(found) > 600


def test_patterns_of_the_register() -> None:
    """A star is any words, a choice in brackets one of them, all else is literal."""
    fits = mutate_data.pattern("policies/*: periods/(a|b)/to: 1 → *").fullmatch
    assert fits("policies/x/2025.yaml: periods/a/to: 1 → 2") and fits("policies/y.yaml: periods/b/to: 1 → 9")
    assert not fits("policies/x.yaml: periods/c/to: 1 → 2") and not fits("policies/x.yaml: periods/a/to: 11 → 2")
    assert mutate_data.pattern("a.b (c)").fullmatch("a.b (c)") and not mutate_data.pattern("a.b").fullmatch("axb")


def test_reasons_are_written_in_both_languages() -> None:
    """Every entry of the register has changes and a reason of a sentence in each language, and no pattern fits everything."""
    document = mutate_data.load("register", (mutate_data.DATA / mutate_data.REGISTER).read_text(encoding="utf-8"))
    for entry in document.data["survivors"]:  # type: ignore[index, call-overload]
        assert entry["changes"] and len(entry["why"]["zh"]) > 15 and len(entry["why"]["en"]) > 40
        assert not any(mutate_data.pattern(label).fullmatch("policies/x/2025.yaml: premiums/basic/contribution/a/yuan: 400 → 401") for label in entry["changes"])


def test_a_case_that_fails_already_stops_the_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It would notice every change, so that nothing seemed to survive."""
    monkeypatch.setattr(mutate_data, "failing", lambda names: [mutate_data.all_cases()[0]])
    assert mutate_data.main(["--only", "tunliu-2025", "--sample", "3", "--lang", "en"]) == 2
    assert mutate_data.all_cases()[0].id in (said := capsys.readouterr().out) and "fail as the data are" in said
    monkeypatch.undo()
    assert mutate_data.failing(["tunliu-2025"]) == []


def test_survivors_are_listed_by_what_they_want() -> None:
    """Figures and conditions want a case; citations and funds a second look."""
    kinds = {mutate_data.heading(mutation) for mutation in every("yunyang-2025", "number", "date")}
    assert kinds == {"figure"}
    assert {mutate_data.heading(mutation) for mutation in every("yunyang-2025", "reference")} == {"condition", "reference"}


def test_a_survivor_without_a_reason_and_a_reason_without_a_survivor_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Both count as wrong and are named with their place."""
    one, two = every("tunliu-2025", "number")[:2]
    document = SOURCES.documents[one.file]
    (tmp_path / mutate_data.REGISTER).write_text(f"survivors:\n  - changes:\n      - \"{one.label(document)}\"\n      - \"no such thing\"\n    why: {{zh: 理由, en: A reason.}}\n", encoding="utf-8")
    monkeypatch.setattr(mutate_data, "DATA", tmp_path)
    assert mutate_data.report(SOURCES, [(one, None), (two, "gate: order")], True, "en") == 1
    said = capsys.readouterr().out
    assert "no such thing" in said and "delete it" in said
    assert mutate_data.report(SOURCES, [(one, None), (two, None)], False, "en") == 1
    line, column = document.at(two.path)
    assert f"{two.file}:{line}:{column}: survives, and no reason is written" in capsys.readouterr().out
