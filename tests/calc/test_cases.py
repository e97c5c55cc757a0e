"""Every worked case comes out as its author read the notice; and the comparison itself is tested with expectations that are wrong."""

from __future__ import annotations

import copy
import json

import pytest

from calc.cli.cases import regional
from scripts import check_cases
from scripts.case_runner import CaseFileError, Worked, figure_names, offsets, position, read_cases, run, same
from tests.calc.compiled import ROOT, compiled, policies

FILES = sorted((ROOT / "tests" / "cases").glob("*.json"))
CASES = [worked for path in FILES for worked in read_cases(path)]
# The project's own cases, among them those of places added later.
OWN = [worked for path in sorted((ROOT / "tests" / "cases_own").glob("*.json")) for worked in read_cases(path)]


@pytest.mark.parametrize("worked", [pytest.param(worked, id=f"{worked.id}-{worked.data['certainty']}") for worked in [*CASES, *OWN]])
def test_case(worked: Worked) -> None:
    outcome = run(policies(), worked)
    assert not outcome.differences, "\n".join(check_cases.report(policies(), outcome, "en", True))
    assert not outcome.missing, "\n".join(check_cases.report(policies(), outcome, "en", True))


def test_all_files_are_there() -> None:
    assert len(FILES) == 5
    assert len(CASES) == 351
    assert sum(bool(entry["expect"]) for worked in CASES for entry in worked.data.get("alternatives", [])) == 107


def first(certainty: str, figure: str) -> Worked:
    """A copy of the first case of a certainty with a value for a figure."""
    return copy.deepcopy(next(worked for worked in CASES if worked.data["certainty"] == certainty and worked.data["expect"].get(figure) is not None))


@pytest.mark.parametrize(("figure", "wrong"), [
    ("pays", 1), ("pays", None), ("pays", "four hundred"), ("pays", True), ("status", "late"), ("status", None), ("coverage_start", "2031-01-01"), ("coverage_start", None),
    ("waiting_days", 1), ("waiting_months", 999), ("total_pays", 0.01), ("incentive", False), ("incentive", 1),
])
def test_a_wrong_expectation_fails(figure: str, wrong: object) -> None:
    worked = next(copy.deepcopy(worked) for worked in CASES if worked.data["expect"].get(figure) is not None)
    assert repr(worked.data["expect"][figure]) != repr(wrong)
    worked.data["expect"] = {figure: wrong}
    outcome = run(policies(), worked)
    assert [difference.figure for difference in outcome.differences] == [figure]


def test_a_value_where_none_may_stand_fails_and_the_other_way_round() -> None:
    silent = next(copy.deepcopy(worked) for worked in CASES if worked.data["expect"].get("pays", 0) is None)
    silent.data["expect"] = {"pays": 0}
    assert run(policies(), silent).differences, "not stated is not nothing"
    known = first("explicit", "pays")
    known.data["expect"] = {"pays": None}
    assert run(policies(), known).differences


def test_a_misspelt_figure_fails_even_when_nothing_is_expected() -> None:
    worked = first("explicit", "pays")
    worked.data["expect"] = {"coverge_start": None}
    assert run(policies(), worked).differences


def test_a_missing_alternative_is_counted_apart() -> None:
    worked = first("explicit", "pays")
    worked.data["alternatives"] = [{"reading": "an invented one", "expect": {"pays": 123456}}]
    outcome = run(policies(), worked)
    assert not outcome.differences
    assert (outcome.alternatives, len(outcome.missing)) == (1, 1)


@pytest.mark.parametrize("change", [{"categories": ["没有这种人"]}, {"tier": 9}, {"pay_date": "2025-02-30"}, {"pay_date": None}, {"unknown": 1}])
def test_an_error_of_a_case_is_its_difference(change: dict) -> None:
    worked = first("explicit", "pays")
    worked.data["input"] = {**worked.data["input"], **change}
    (difference,) = run(policies(), worked).differences
    assert difference.error is not None
    assert difference.figure in ("categories", "tier", "pay_date", "unknown")


def test_an_unknown_policy_is_that_cases_difference() -> None:
    worked = first("explicit", "pays")
    worked.data["policy"] = "nowhere-2025"
    assert run(policies(), worked).differences[0].figure == "policy"


def test_a_region_is_found_by_name_and_an_unlisted_one_falls_back() -> None:
    follower = next(name for name in policies().ids() if policies().data["policies"][name].get("follows"))
    entry = policies().data["policies"][follower]
    base = entry["follows"]["policy"]
    name = policies().vocabulary.places[entry["place"]]["name"]["zh"]
    region = policies().policy(base)
    assert regional(policies(), region, name).id == follower
    assert regional(policies(), region, "不在名单上的地方").id == base
    assert regional(policies(), region, None).id == base


def test_amounts_are_compared_to_the_fen() -> None:
    assert same("pays", 400, 40000) and same("pays", 0.1, 10) and same("ltci_pays", "12.50", 1250)
    assert not same("pays", 400.001, 40000) and not same("pays", 0, None) and not same("waiting_days", True, 1)


def test_every_premium_of_the_data_gives_figures() -> None:
    premiums = {premium["id"] for policy in compiled()["policies"].values() for premium in policy["premiums"]}
    assert {f"{premium}_pays" for premium in premiums - {"basic"}} <= figure_names(policies())


@pytest.mark.parametrize(("text", "line", "column", "word"), [
    ('[\n{"id": "a" "policy": "b"}]', 2, 12, "comma"),
    ('{"id": "a"}', 1, 1, "list"),
    ('[\n  {"id": "a", "policy": "b", "input": {}}]', 2, 3, "expect"),
    ('[\n  {"id": "a", "policy": "b", "input": {"tier": 1, "tier": 2}, "expect": {}}]', 2, 51, "twice"),
    ('[{"id": "a", "policy": "b", "input": {}, "expect": {}},\n {"id": "a", "policy": "b", "input": {}, "expect": {}}]', 2, 2, "already"),
    ('[3]', 1, 2, "object"),
    ('[{"id": "a", "policy": "b", "input": {}, "expect": {}, "alternatives": [{}]}]', 1, 2, "alternatives"),
    ('[{"id": "a", "policy": "b", "input": {}, "expect": {}, "cites": ["x/1"]}]', 1, 2, "object"),
    ('[{"id": "a", "policy": "b", "input": {}, "expect": {}, "alternative": []}]', 1, 2, "alternatives"),
])
def test_a_malformed_file_is_reported_with_line_and_column(tmp_path, text: str, line: int, column: int, word: str) -> None:
    path = tmp_path / "cases.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseFileError) as caught:
        read_cases(path)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert word in caught.value.en
    assert f"{path}:{line}:{column}: " in caught.value.text("zh")


def test_a_file_that_is_missing_or_not_utf_8_is_reported(tmp_path) -> None:
    with pytest.raises(CaseFileError):
        read_cases(tmp_path / "none.json")
    path = tmp_path / "gb.json"
    path.write_bytes('[\n{"id": "甲"}]'.encode("gb18030"))
    with pytest.raises(CaseFileError) as caught:
        read_cases(path)
    assert (caught.value.line, caught.value.column) == (2, 9)


def test_positions_of_the_items_of_a_list() -> None:
    text = '[ {"a": [1, 2]},\n  3 ]'
    assert [position(text, at) for at, _ in offsets(text)] == [(1, 3), (2, 3)]


def command(tmp_path, capsys, rows: list[dict], *options: str) -> tuple[int, str]:
    """The command line on a file of these cases: its exit code and what it printed."""
    data, path = tmp_path / "policies.json", tmp_path / "cases.json"
    data.write_text(json.dumps(compiled(), ensure_ascii=False), encoding="utf-8")
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    code = check_cases.main([str(path), "--policies", str(data), *options])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_shows_expected_got_explanation_and_clause(tmp_path, capsys, lang: str) -> None:
    good, bad = first("explicit", "pays").data, first("explicit", "pays").data
    bad = {**bad, "id": "wrong", "expect": {**bad["expect"], "pays": 1}}
    code, out = command(tmp_path, capsys, [good, bad], "--lang", lang)
    words = check_cases.WORDS[lang]
    assert code == 1
    assert out.splitlines()[-1] == "1 of 2 cases; alternatives shown 0 of 0"
    for word in ("wrong", words["expected"], words["got"], words["because"], words["clause"], "“"):
        assert word in out


def test_alternatives_fail_the_run_only_when_asked(tmp_path, capsys) -> None:
    row = {**first("explicit", "pays").data, "alternatives": [{"reading": "invented", "expect": {"pays": 123456}}]}
    code, out = command(tmp_path, capsys, [row])
    assert code == 0 and "1 of 1 cases; alternatives shown 0 of 1" in out and "invented" in out
    code, out = command(tmp_path, capsys, [row], "--alternatives")
    assert code == 1


def test_a_malformed_file_does_not_hide_the_others(tmp_path, capsys) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("[", encoding="utf-8")
    code, out = command(tmp_path, capsys, [first("explicit", "pays").data], str(broken))
    assert code == 2 and "1 of 1 cases" in out
