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

from .trees import FIXTURES, expected

DATA = Path(check.ROOT) / "policy_data"


def copy(folder: Path) -> Path:
    """A copy of the real data to spoil."""
    return Path(shutil.copytree(DATA, folder / "policy_data"))


def test_real_data_pass_the_gate(capsys: pytest.CaptureFixture[str]) -> None:
    """No rule finds anything in the data of the project, and the closing line says how much was checked."""
    found = check.main(["--lang", "en"])
    said = capsys.readouterr()
    assert found == 0, said.out
    assert "no problem" in said.err


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


def test_one_slip_of_the_pen_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read is named with its place; that its content is missing everywhere else is not told."""
    data = copy(tmp_path)
    for name in ("policies/yunyang/2025.yaml", "notices/yunyang-2025.yaml", "vocabulary/groups.yaml"):
        path = data / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(" - id: ", " - id: [", 1), encoding="utf-8")
        line = text[: text.index(" - id: ")].count("\n") + 1
        assert check.main(["--data", str(data), "--lang", "en"]) == 1
        said = capsys.readouterr()
        assert "1 problem." in said.err, said.out[:2000]
        assert said.out.startswith(f"{name}:") and abs(int(said.out.split(":")[1]) - line) <= 1
        path.write_text(text, encoding="utf-8")


def test_misspelt_key_that_stops_a_rule_is_named_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that needs the key stops before the schema has spoken; the message names the key's line, and nothing crashes."""
    data = copy(tmp_path)
    path = next(path for path in sorted((data / "policies").rglob("*.yaml")) if "follows:" in path.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("policy:", "ploicy:", 1), encoding="utf-8")
    assert check.main(["--data", str(data), "--lang", "en"]) == 1
    line = text[: text.index("policy:")].count("\n") + 1
    assert f"{path.relative_to(data).as_posix()}:{line}:" in capsys.readouterr().out


def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    """Text, GitHub annotations and SARIF name the same places, in the language asked for."""
    data, rule = FIXTURES / "number-in-quote" / "bad", "number-in-quote"
    places = expected(rule)
    assert check.main(["--data", str(data), "--lang", "zh"]) == 1
    text = capsys.readouterr().out
    assert all(f"{file}:{line}:{column}: [{rule}] " in text for file, line, column in places) and "401元" in text
    assert check.main(["--data", str(data), "--lang", "en", "--format", "github"]) == 1
    text = capsys.readouterr().out
    assert all(f"/{file},line={line},col={column},title={rule}::" in text for file, line, column in places) and "401 yuan" in text
    assert check.main(["--data", str(data), "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    found = [result["locations"][0]["physicalLocation"]["region"] for result in log["runs"][0]["results"] if result["ruleId"] == rule]
    assert sorted((region["startLine"], region["startColumn"]) for region in found) == sorted(place[1:] for place in places)
    assert {entry["id"] for entry in log["runs"][0]["tool"]["driver"]["rules"]} == {"yaml", *gate.all_rules()}


def test_list_describes_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """`--list` has a line for each rule in the language asked for."""
    assert check.main(["--list", "--lang", "en"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(gate.all_rules())


def test_declared_figures_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """`--declared` names each figure that is inferred, where it stands and why."""
    assert check.main(["--declared", "--data", str(FIXTURES / "number-in-quote" / "good"), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "policies/sample/2025.yaml:18:22: 18 (Of age means 18.)\n"


def test_quotes_are_checked_against_full_texts(tmp_path: Path) -> None:
    """With the full text, a short quote is checked to the character, and so are hash, length and fingerprint; the fingerprint alone finds it too."""
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
    assert [(problem.line, problem.column) for problem in rule.check(SourceSet.read(tmp_path / "policy_data"))] == [(6, 22)]


def test_every_rule_runs_though_another_finds_something(tmp_path: Path) -> None:
    """A misspelt key, a wrong digit and an invented quote in one tree are all reported in one run."""
    data = copy(tmp_path)
    path = next((data / "policies").rglob("2024.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("certainty:", "certanty:", 1).replace("yuan: 380", "yuan: 381", 1), encoding="utf-8")
    notice = next((data / "notices").glob("*2024.yaml"))
    notice.write_text(notice.read_text(encoding="utf-8").replace("2023年12月31日", "2023年12月30日", 1), encoding="utf-8")
    assert {"schema", "number-in-quote", "quote-in-notice"} <= {problem.rule for problem in gate.check(SourceSet.read(data))}
