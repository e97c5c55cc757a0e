"""Seals: every kind of slip is told in its line, what only extends the data is not, and the command seals nothing that has problems."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from scripts import check, seal
from scripts.data import seals
from scripts.data.rules import seal as rule
from scripts.data.sources import SourceSet
from scripts.data.yaml_source import load

from .trees import FIXTURES

DATA = check.ROOT / "policy_data"
GOOD = FIXTURES / "seal" / "good"


@pytest.mark.parametrize("folder", [DATA, DATA / "template"], ids=["data", "template"])
def test_every_file_of_the_data_is_sealed(folder: Path) -> None:
    """Each file has a seal that fits it."""
    sources = SourceSet.read(folder)
    assert [name for name in sources.documents if name not in sources.seals] == []
    assert list(rule.check(sources)) == []


def test_any_single_character_is_noticed_in_its_line() -> None:
    """A hundred characters of the real data changed at random, one at a time: each is told on its line, or the file cannot be read."""
    sources, chosen = SourceSet.read(DATA), random.Random(3)
    names = sorted(sources.documents)
    for _ in range(100):
        name = chosen.choice(names)
        lines = sources.files[name].splitlines()
        number = chosen.choice([index for index, line in enumerate(lines) if ": " in line and not line.lstrip().startswith("#")])
        at = chosen.choice([index for index, letter in enumerate(lines[number]) if letter.isalnum() and index > lines[number].index(": ")] or [0])
        lines[number] = lines[number][:at] + ("7" if lines[number][at] != "7" else "8") + lines[number][at + 1 :]
        spoilt = sources.with_text(name, "\n".join(lines) + "\n")
        found = spoilt.problems or list(rule.check(spoilt))
        assert any(problem.file == name and abs(problem.line - number - 1) <= 1 for problem in found), (name, lines[number])


def test_a_deleted_line_is_named() -> None:
    """A condition that is gone is told where it was, with its name when another file has such a key."""
    sources = SourceSet.read(DATA)
    name = next(name for name, text in sources.files.items() if name.startswith("policies/") and "    if_not_told: holds\n" in text)
    lines = sources.files[name].splitlines(keepends=True)
    number = lines.index(next(line for line in lines if line.strip() == "if_not_told: holds"))
    (problem,) = rule.check(sources.with_text(name, "".join(lines[:number] + lines[number + 1 :])))
    assert abs(problem.line - number) <= 1 and "if_not_told" in problem.en and "if_not_told" in problem.zh


def test_the_order_of_rules_is_sealed() -> None:
    """Two rules that change places are noticed."""
    document = load("policies/a/2025.yaml", "waiting:\n  - {id: a, days: 1}\n  - {id: b, days: 2}\n")
    swapped = load("policies/a/2025.yaml", "waiting:\n  - {id: b, days: 2}\n  - {id: a, days: 1}\n")
    assert seals.changes(seals.decode(seals.encode(document)), swapped)
    assert seals.changes(seals.decode(seals.encode(document)), document) == []


def test_a_file_that_is_gone_and_a_damaged_seal() -> None:
    """Both are told."""
    document = load("vocabulary/funds.yaml", "funds: []\n")
    gone = SourceSet(Path("tree"), {}, seals={"vocabulary/funds.yaml": seals.encode(document)})
    assert [problem.file for problem in rule.check(gone)] == ["seals/vocabulary/funds.seal"]
    damaged = SourceSet(Path("tree"), {"vocabulary/funds.yaml": "funds: []\n"}, seals={"vocabulary/funds.yaml": "funds: AAA\n"})
    assert ["damaged" in problem.en for problem in rule.check(damaged)] == [True]


@pytest.mark.parametrize(("before", "after"), [
    ("waiting:\n  - when: {any: [{tier: 1}, {person: newborn}]}\n", "waiting:\n  - when: {any: [{tier: 1, person: newborn}]}\n"),
    ("a:\n  - [x]\n  - [y]\n", "a:\n  - [x, y]\n"),
])
def test_items_of_a_list_made_one_are_noticed(before: str, after: str) -> None:
    """Two alternatives run together are one condition: the values stay, their bounds do not."""
    sealed = seals.decode(seals.encode(load("policies/a/2025.yaml", before)))
    assert seals.changes(sealed, load("policies/a/2025.yaml", after))


def test_a_new_entry_of_a_sealed_file_is_told_and_a_new_name_of_the_vocabulary_is_not() -> None:
    """A rule put in front of others decides; a group added for a new place changes nothing that was compared."""
    files = {"policies/a/2025.yaml": "waiting:\n  - {id: a, days: 1}\n", "vocabulary/groups.yaml": "groups:\n  - {id: a}\n"}
    sealed = {name: seals.encode(load(name, text)) for name, text in files.items()}
    more = {"policies/a/2025.yaml": "waiting:\n  - {id: b, days: 2}\n  - {id: a, days: 1}\n", "vocabulary/groups.yaml": "groups:\n  - {id: a}\n  - {id: b}\n"}
    (problem,) = rule.check(SourceSet(Path("tree"), more, seals=sealed))
    assert (problem.file, problem.line) == ("policies/a/2025.yaml", 2) and "added" in problem.en


def test_a_seal_cannot_be_shortened_emptied_or_taken_away(tmp_path: Path) -> None:
    """A line taken from a seal, a seal emptied, one of another day and one that is gone are each told."""
    data = Path(shutil.copytree(DATA / "template", tmp_path / "policy_data" / "template"))
    shutil.copytree(DATA / "vocabulary", tmp_path / "policy_data" / "vocabulary")
    path = data / "seals" / "policies" / "sample-city" / "2030.seal"
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for spoilt in ("".join(lines[:5] + lines[6:]), lines[0], "", text.replace("+", "!", 1), text + "# later\n"):
        path.write_text(spoilt, encoding="utf-8")
        assert any("policies/sample-city/2030" in problem.file for problem in rule.check(SourceSet.read(data))), spoilt[:80]
    path.unlink()
    assert ["is gone" in problem.en for problem in rule.check(SourceSet.read(data))] == [True]


def test_the_command_seals_what_has_no_other_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed file is shown and sealed anew; one with a problem is refused, and its seal stays."""
    data = Path(shutil.copytree(DATA / "template", tmp_path / "policy_data" / "template"))
    shutil.copytree(DATA / "vocabulary", tmp_path / "policy_data" / "vocabulary")
    path = next((data / "policies").rglob("*.yaml"))
    name = path.relative_to(data).as_posix()
    before = (data / "seals" / name).with_suffix(".seal").read_text(encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: {zh: \"", "name: {zh: \"新", 1), encoding="utf-8")
    assert seal.main(["--data", str(data), "--lang", "en", "--show"]) == 1
    assert "is not what it was" in capsys.readouterr().out
    assert seal.main(["--data", str(data), "--lang", "en", str(path)]) == 0
    assert f"{name}: sealed" in capsys.readouterr().out
    after = (data / "seals" / name).with_suffix(".seal").read_text(encoding="utf-8")
    assert sum(left != right for left, right in zip(before.splitlines(), after.splitlines(), strict=True)) == 2  # the entry's line and the closing one
    path.write_text(text.replace("status:", "state:", 1), encoding="utf-8")
    assert seal.main(["--data", str(data), "--lang", "en"]) == 1
    assert "not sealed" in capsys.readouterr().err
    assert (data / "seals" / name).with_suffix(".seal").read_text(encoding="utf-8") == after


def test_files_without_a_seal_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """The closing words of the gate say how many files have no seal."""
    check.main(["--data", str(FIXTURES / "number-in-quote" / "good"), "--lang", "en"])
    assert "2 files are not sealed yet" in capsys.readouterr().err
    check.main(["--data", str(GOOD), "--lang", "en"])
    assert "not sealed" not in capsys.readouterr().err
