"""The commands: the real data pass the gate and compile to the same bytes each time; messages in both languages and three formats."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from scripts import check, compile, fingerprint
from scripts.data import gate
from scripts.data.resolve import compile_all
from scripts.data.sources import SourceSet

DATA = Path(check.ROOT) / "policy_data"


def copy(folder: Path) -> Path:
    """A copy of the real data to spoil."""
    return Path(shutil.copytree(DATA, folder / "policy_data"))


def test_real_data_pass_the_gate() -> None:
    """No rule finds anything in the data of the project."""
    found = gate.check(SourceSet.read(DATA))
    assert not found, "\n".join(problem.text("en") for problem in found)


def test_compiles_to_the_same_bytes(tmp_path: Path) -> None:
    """Two runs give the same file, and `--also` writes it a second time."""
    assert compile.main(["--out", str(tmp_path / "a.json"), "--also", str(tmp_path / "also" / "b.json")]) == 0
    first = (tmp_path / "a.json").read_bytes()
    assert first == (tmp_path / "also" / "b.json").read_bytes() == compile.encode(compile_all(SourceSet.read(DATA))).encode()
    data = json.loads(first)
    assert data["schema"] == 1 and len(data["data_hash"]) == 64
    for name, policy in data["policies"].items():
        assert name == f"{policy['place']}-{policy['year']}"


def test_followers_take_over_rules_with_their_own_clauses() -> None:
    """An area has the periods and prices of its region, with the annex row that is its own."""
    data = compile_all(SourceSet.read(DATA))
    followers = {name: policy for name, policy in data["policies"].items() if "follows" in policy}
    assert followers
    rows = set()
    for policy in followers.values():
        base = data["policies"][policy["follows"]["policy"]]
        assert [period["id"] for period in policy["periods"]] == [period["id"] for period in base["periods"]]
        rows |= set(policy["follows"]["clauses"])
        for clause in policy["follows"]["clauses"]:
            notice, _, short = clause.partition("/")
            assert short in data["notices"][notice]["clauses"]
    assert len(rows) == len(followers), "each area has a row of its own"


def test_compile_refuses_bad_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt key stops the compilation with its place, and nothing is written."""
    data = copy(tmp_path)
    path = next((data / "policies").rglob("2024.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("periods:", "perods:", 1), encoding="utf-8")
    assert compile.main(["--data", str(data), "--out", str(tmp_path / "a.json"), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "“perods”" in said and "“periods” is meant" in said and ":1: [schema]" in said
    assert not (tmp_path / "a.json").exists()


def test_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, GitHub annotations and SARIF name the same place."""
    data = copy(tmp_path)
    path = next((data / "policies").rglob("2024.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("yuan: 304", "yuan: 305", 1), encoding="utf-8")
    line = path.read_text(encoding="utf-8").split("yuan: 305")[0].count("\n") + 1
    assert check.main(["--data", str(data), "--lang", "zh"]) == 1
    assert f"2024.yaml:{line}:" in (text := capsys.readouterr().out) and "[number-in-quote]" in text and "305元" in text
    assert check.main(["--data", str(data), "--lang", "en", "--format", "github"]) == 1
    assert f"2024.yaml,line={line},col=" in (text := capsys.readouterr().out) and text.startswith("::error file=")
    assert check.main(["--data", str(data), "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    places = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in log["runs"][0]["results"] if result["ruleId"] == "number-in-quote"]
    assert line in places


def test_list_and_clean_run(capsys: pytest.CaptureFixture[str]) -> None:
    """`--list` describes each rule in the language asked for; a clean run says how much was checked."""
    assert check.main(["--list", "--lang", "en"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(gate.all_rules())
    assert check.main(["--lang", "en"]) == 0
    assert "no problem" in capsys.readouterr().err


def test_quotes_are_checked_against_full_texts(tmp_path: Path) -> None:
    """With the full text, a short quote that the fingerprint cannot judge is checked too, and so are hash, length and fingerprint."""
    notices = tmp_path / "policy_data" / "notices"
    notices.mkdir(parents=True)
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "sample.txt").write_text("个人缴费标准为每人每年400元。\n新生儿。\n", encoding="utf-8")
    assert fingerprint.main([str(texts / "sample.txt"), "sample", "--data", str(tmp_path / "policy_data")]) == 0
    (notices / "sample.yaml").write_text(
        "id: sample\ntext_sha256: \"00\"\ntext_length: 20\nclauses:\n  - {id: \"1\", quote: 个人缴费标准为每人每年400元。}\n  - {id: \"2\", quote: 新生婴儿。}\n", encoding="utf-8")
    rule = gate.all_rules()["quote-in-notice"]
    found = list(rule.check(SourceSet.read(tmp_path / "policy_data", texts)))
    assert [(problem.line, problem.column) for problem in found] == [(2, 14), (6, 24)]
    assert list(rule.check(SourceSet.read(tmp_path / "policy_data"))) == []


def test_every_rule_runs_though_another_finds_something(tmp_path: Path) -> None:
    """A misspelt key, a wrong digit and an invented quote in one tree are all reported in one run."""
    data = copy(tmp_path)
    path = next((data / "policies").rglob("2024.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("certainty:", "certanty:", 1).replace("yuan: 380", "yuan: 381", 1), encoding="utf-8")
    notice = next((data / "notices").glob("*2024.yaml"))
    notice.write_text(notice.read_text(encoding="utf-8").replace("2023年12月31日", "2023年12月30日", 1), encoding="utf-8")
    assert {"schema", "number-in-quote", "quote-in-notice"} <= {problem.rule for problem in gate.check(SourceSet.read(data))}
