"""The command line: answers, streams and rosters, both languages, and every error with its field, likely cause and what is allowed."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from calc import Case, assess
from calc.cli import main
from calc.cli.cases import regional
from calc.cli.policies import VARIABLE
from calc.explain import explain
from scripts.case_runner import read_cases
from tests.calc.compiled import ROOT, compiled, policies

CASES = [worked for path in sorted((ROOT / "tests" / "cases").glob("*.json")) for worked in read_cases(path)]
ORDINARY = ["assess", "--policy", "yunyang-2025", "--pay-date", "2024-11-05", "--tier", "1"]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A file of the compiled policies."""
    path = tmp_path_factory.mktemp("data") / "policies.json"
    path.write_text(json.dumps(compiled(), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def run(data, capsys, monkeypatch):
    """Runs the command line with the test's policies: exit code, standard output, standard error."""
    monkeypatch.setenv(VARIABLE, str(data))

    def command(*arguments: str, given: bytes | None = None) -> tuple[int, str, str]:
        if given is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        try:
            code = main(list(arguments))
        except SystemExit as end:
            code = end.code
        shown = capsys.readouterr()
        return code, shown.out, shown.err
    return command


def test_the_answer_comes_first_in_both_languages(run) -> None:
    policy = policies().policy("yunyang-2025")
    result = assess(policy, Case.parse({"pay_date": "2024-11-05", "tier": 1, "categories": ["低保"]}, policy))
    for lang in ("zh", "en"):
        code, out, err = run(*ORDINARY, "--group", "低保", "--lang", lang)
        assert (code, err) == (0, "")
        assert out.splitlines()[1] == explain(policies(), result, lang)["headline"]
        assert "城乡低保对象参加一档按360元/人标准给予资助" in out, "the clause is quoted"


def test_options_are_read_as_people_write_them(run) -> None:
    plain = run("assess", "--policy", "yunyang-2025", "--pay-date", "2025-03-05", "--tier", "1", "--group", "低保对象", "--group", "孤儿", "--fact", "gap_years=2", "--format", "json")
    spelt = run("assess", "--place", "云阳", "--year", "2025", "--pay-date", "2025年3月5日", "--tier", "一档", "--group", "低保对象、孤儿", "--fact", "断保年数=2年", "--person", "普通居民", "--format", "json")
    assert plain[0] == spelt[0] == 0
    left, right = json.loads(plain[1])["assessment"], json.loads(spelt[1])["assessment"]
    assert left["figures"] == right["figures"] and left["tree"] == right["tree"]


def test_a_group_told_as_none_is_told(run) -> None:
    told = json.loads(run(*ORDINARY, "--group", "无", "--format", "json")[1])["assessment"]
    assert told["case"]["categories"] == []
    assert "categories" not in json.loads(run(*ORDINARY, "--format", "json")[1])["assessment"]["case"]


def test_every_worked_case_through_json_lines(run) -> None:
    lines = [json.dumps({name: worked.data[name] for name in ("policy", "region", "input") if name in worked.data}, ensure_ascii=False) for worked in CASES]
    code, out, _ = run("assess", "--json-lines", "-", given="\n".join(lines).encode())
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(answers) == len(CASES)
    for worked, answer in zip(CASES, answers, strict=True):
        policy = regional(policies(), policies().policy(worked.data["policy"]), worked.data.get("region"))
        assert answer["assessment"] == json.loads(json.dumps(assess(policy, Case.parse(worked.data["input"], policy)).to_json())), worked.id


def test_bad_json_lines_are_reported_and_the_others_answered(run) -> None:
    good = '{"place": "云阳", "year": 2025, "pay_date": "2024-11-05", "tier": 1}'
    lines = [good, '{"policy": "yunyang-2025", }', "", '{"policy": "yunyang-2025", "pay_date": "2024-02-30"}', "[]", good]
    code, out, _ = run("assess", "--json-lines", "-", given="\n".join(lines).encode() + b"\n\xff{}\n")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [(answer["line"], answer["ok"]) for answer in answers] == [(1, True), (2, False), (4, False), (5, False), (6, True), (7, False)]
    assert [answer["error"]["field"] for answer in answers if not answer["ok"]] == ["line", "pay_date", "case", "line"]
    assert "Column 26" in answers[1]["error"]["en"] and "第26列" in answers[1]["error"]["zh"]


def test_a_case_from_a_file(run, tmp_path) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps({"policy": "yunyang-2025", "input": {"pay_date": "2024-11-05", "tier": 1}}), encoding="utf-8")
    assert run("assess", "--case", str(path))[1] == run(*ORDINARY)[1]
    assert run("assess", "--case", str(path), "--age", "3")[0] == 2
    path.write_text('{\n "policy": }', encoding="utf-8")
    code, _, err = run("assess", "--case", str(path), "--lang", "en")
    assert code == 2 and "line 2, column 12" in err
    assert run("assess", "--case", str(tmp_path / "none.json"))[0] == 2


@pytest.mark.parametrize(("arguments", "zh", "en"), [
    (["assess", "--place", "亚特兰蒂斯", "--pay-date", "2024-11-05"], ["亚特兰蒂斯", "可填"], ["There are no data for the place", "Allowed"]),
    (["assess", "--place", "乌鲁木齐", "--pay-date", "2024-11-05"], ["写明年度", "2024", "2025"], ["say which year", "2024, 2025"]),
    (["assess", "--place", "云阳", "--year", "1999", "--pay-date", "2024-11-05"], ["没有1999年度", "2025"], ["in 1999", "Allowed: 2025"]),
    (["assess", "--pay-date", "2024-11-05"], ["哪个地方", "--place"], ["which place", "--place"]),
    (["assess", "--policy", "nowhere-2025", "--pay-date", "2024-11-05"], ["nowhere-2025"], ["no policy"]),
    ([*ORDINARY, "--group", "不存在的身份"], ["没有“不存在的身份”这类人员", "写错", "可填"], ["There is no group", "misspelt", "Allowed"]),
    (["assess", "--policy", "yunyang-2025", "--pay-date", "2024-02-30"], ["“2024-02-30”不是有效日期", "是否存在"], ["is not a date", "day exists"]),
    (["assess", "--policy", "yunyang-2025", "--pay-date", "11/5/2024"], ["不是有效日期", "2024-11-05"], ["is not a date", "2024-11-05"]),
    (["assess", "--policy", "yunyang-2025", "--pay-date", "45601"], ["不是有效日期"], ["is not a date"]),
    (["assess", "--policy", "yunyang-2025"], ["缴费日期"], ["date of payment"]),
    (["assess", "--policy", "yunyang-2025", "--pay-date", "2024-11-05", "--tier", "9"], ["没有“9”档", "可填：1、2"], ["no tier “9”", "Allowed: 1, 2"]),
    (["assess", "--policy", "tunliu-2025", "--pay-date", "2024-11-05", "--tier", "2"], ["不分档", "留空"], ["has no tiers", "empty"]),
    ([*ORDINARY, "--person", "新生儿"], ["必须填写出生日期"], ["date of birth is needed"]),
    ([*ORDINARY, "--person", "外星人"], ["没有“外星人”这类人员", "可填"], ["no kind of person", "Allowed"]),
    ([*ORDINARY, "--person", "低保对象"], ["资助身份"], ["assisted group"]),
    ([*ORDINARY, "--group", "大学生"], ["人员类别"], ["kind of person"]),
    ([*ORDINARY, "--fact", "gap_year"], ["名称=值"], ["NAME=VALUE"]),
    ([*ORDINARY, "--fact", "gapyear=1"], ["没有“gapyear”"], ["no fact “gapyear”"]),
    ([*ORDINARY, "--fact", "gap_years=很久"], ["断保年数不能填“很久”", "0–60"], ["missed years cannot be", "0–60"]),
    ([*ORDINARY, "--age", "200"], ["不能填“200”", "0–120"], ["cannot be “200”", "0–120"]),
    ([*ORDINARY, "--add-on", "宇宙险"], ["没有“宇宙险”"], ["no voluntary insurance"]),
    ([*ORDINARY, "--reading", "ZZ=a"], ["没有“ZZ”"], ["no open question “ZZ”"]),
    ([*ORDINARY, "--format", "xml"], ["--format 不能是“xml”"], ["--format cannot be “xml”"]),
    ([*ORDINARY, "--out", "x.csv"], ["--roster"], ["--roster"]),
    (["assess", "--case", "a", "--roster", "b"], ["只能用一个"], ["Use only one"]),
    (["assess", "--bogus"], ["没有这样的选项：--bogus"], ["Unrecognized arguments: --bogus"]),
    (["assess", "--tier"], ["--tier 后面要有一个值"], ["expected one argument"]),
    (["asses"], ["没有“asses”这个命令", "assess"], ["no command “asses”", "assess"]),
    (["verify"], ["还缺：receipt.json"], ["required: receipt.json"]),
    ([], ["请写明要做什么"], ["Say what to do"]),
])
def test_errors_name_the_field_the_cause_and_what_is_allowed(run, arguments, zh, en) -> None:
    for lang, words in (("zh", zh), ("en", en)):
        code, out, err = run(*arguments, "--lang", lang)
        assert (code, out) == (2, ""), err
        for word in words:
            assert word in err
        assert "Traceback" not in err


def test_a_language_that_does_not_exist(run) -> None:
    code, _, err = run("places", "--lang", "fr")
    assert code == 2 and "zh、en" in err and "Allowed: zh, en" in err


def test_help_in_both_languages(run) -> None:
    for command in ([], ["assess"], ["questions"], ["places"], ["verify"]):
        code, out, _ = run(*command, "--help")
        assert code == 0 and "用法：" in out and "退出码" in out and "usage" not in out
        code, out, _ = run("--lang", "en", *command, "--help")
        assert code == 0 and "usage:" in out and "Exit codes" in out
        assert not [letter for letter in out.replace("中文：", "") if "一" <= letter <= "鿿"], "English help is English"


def test_missing_and_broken_policies_say_what_to_do(run, tmp_path) -> None:
    code, _, err = run("places", "--policies", str(tmp_path / "none.json"))
    assert code == 2 and "scripts.compile" in err and "--policies" in err
    broken = tmp_path / "broken.json"
    for text in ("{", "{}", "[]", '{"vocabulary": 3}'):
        broken.write_text(text, encoding="utf-8")
        code, _, err = run("places", "--policies", str(broken), "--lang", "en")
        assert code == 2 and "scripts.compile" in err


def test_places(run) -> None:
    code, out, _ = run("places")
    assert code == 0 and len(out.splitlines()) == len(policies().ids())
    assert [entry["policy"] for entry in json.loads(run("places", "--format", "json")[1])] == policies().ids()
    one = run("places", "--place", "云阳", "--lang", "en")[1]
    assert "Yunyang" in one and "Tier 1" in one and "tiers" in one


def test_questions(run) -> None:
    code, out, _ = run("questions", "--policy", "yunyang-2025", "--pay-date", "2024-11-05")
    assert code == 0 and "tier" in out
    asked = json.loads(run("questions", "--policy", "yunyang-2025", "--pay-date", "2024-11-05", "--format", "json")[1])["questions"]
    assert "tier" in [entry["id"] for entry in asked]


def test_readings_are_settled(run) -> None:
    usual = json.loads(run("assess", "--policy", "yunyang-2025", "--pay-date", "2025-01-10", "--tier", "1", "--format", "json")[1])["assessment"]
    other = json.loads(run("assess", "--policy", "yunyang-2025", "--pay-date", "2025-01-10", "--tier", "1", "--reading", "Y2=b", "--format", "json")[1])["assessment"]
    assert other["readings"] == {"Y2": "b"}
    assert usual["figures"]["coverage_start"] != other["figures"]["coverage_start"]


def test_verify(run, tmp_path) -> None:
    from calc.receipt import receipt

    path = tmp_path / "receipt.json"
    told = {"policy": "yunyang-2025", "case": {"pay_date": "2024-11-05", "tier": 1}}
    issued = receipt(policies(), [told, {**told, "relation": "mother"}])
    path.write_text(json.dumps(issued, ensure_ascii=False), encoding="utf-8")
    for lang, word in (("zh", "相符"), ("en", "It holds")):
        code, out, _ = run("verify", str(path), "--lang", lang)
        assert code == 0 and word in out
    issued["people"][1]["figures"]["pays"]["value"] = 1
    path.write_text(json.dumps(issued, ensure_ascii=False), encoding="utf-8")
    code, out, _ = run("verify", str(path), "--lang", "en")
    assert code == 1 and "does not hold" in out and "people[1].figures.pays.value" in out
    assert json.loads(run("verify", str(path), "--format", "json")[1])["valid"] is False
    for spoiled in ("{}", "[" * 20_000 + "]" * 20_000, '{"schema": ' + "9" * 5000 + "}", '{"schema": 2, "schema": 2}', "{"):
        path.write_text(spoiled, encoding="utf-8")
        assert run("verify", str(path))[0] == 2, spoiled[:40]
        if len(spoiled) > 100:
            assert run("assess", "--case", str(path))[0] == 2  # said, and no traceback


ROSTER = """姓名,人员类别,身份,档次,缴费日期,出生日期,备注
甲,普通居民,低保对象,一档,2024/11/5,,=1+1
乙,普通居民,不存在,1,2024-11-05,,
丙,新生儿,无,1,2025-02-01,,
丁,新生儿,无,1,2025-02-01,2025-01-20,
"未完,普通居民
戊,普通居民,无,9,2024-02-30,,
"""


def test_a_roster_with_bad_rows(run, tmp_path) -> None:
    source, target = tmp_path / "roster.csv", tmp_path / "answers.csv"
    source.write_text(ROSTER, encoding="utf-8")
    code, out, err = run("assess", "--roster", str(source), "--policy", "yunyang-2025", "--out", str(target))
    assert (code, out) == (1, "")
    text = target.read_bytes().decode("utf-8-sig")
    rows = text.split("\r\n")
    assert len(rows) == 8 and "'=1+1" in rows[1] and "360" in rows[1]
    for word in ("第2行（文件第3行）", "第3行（文件第4行）：出生日期", "第5行（文件第6行第1列字）", "第6行（文件第7行）", "共6行，算出2行，有错4行", "没有用到的列：备注", "UTF-8", "逗号"):
        assert word in err, err
    code, out, err = run("assess", "--roster", str(source), "--policy", "yunyang-2025", "--format", "json", "--lang", "en")
    answer = json.loads(out)
    assert code == 1 and "Row 2 (line 3 of the file)" in err
    assert [row["ok"] for row in answer["rows"]] == [True, False, False, True, False, False]
    assert {error["field"] for error in answer["rows"][5]["errors"]} == {"tier", "pay_date"}
    assert answer["summary"]["bad"] == 4


def test_a_good_roster_ends_with_nothing_wrong(run) -> None:
    code, out, err = run("assess", "--roster", "-", "--place", "云阳", "--year", "2025", "--pay-date", "2024-11-05", "--lang", "en", given=b"Name;Groups;Tier\r\nA;none;1\r\nB;orphan;2\r\n")
    assert code == 0 and "semicolons" in err and out.splitlines()[0].startswith("Name,Groups,Tier,Status")
    assert "2 rows, 2 answered, 0 bad" in err


def test_a_roster_as_it_comes(run, tmp_path) -> None:
    """Titles above, a total below, a cell too many: the total holds only people, everything else is listed and kept."""
    target = tmp_path / "answers.csv"
    given = "某村名单,,\n姓名,身份,备注\n甲,低保人员,\n乙,普通人员,说,明\n合计,2人,\n制表人：丙\n".encode()
    code, _, err = run("assess", "--roster", "-", "--policy", "tunliu-2025", "--pay-date", "2024-11-05", "--out", str(target), given=given)
    assert code == 1 and "共4行，算出1行，有错1行，不是人员2行" in err and "合计应缴80元" in err and "第2行是列名" in err
    assert "第3行（文件第5行）没有算：像是合计行" in err and "第4行（文件第6行）没有算" in err and "多出“明”" in err
    rows = target.read_bytes().decode("utf-8-sig").split("\r\n")
    assert rows[0].startswith("姓名,身份,备注,没有列名的格,") and rows[2].startswith("乙,普通人员,说,明,") and "没有算：像是合计行" in rows[3]
    assert run("assess", "--roster", "-", "--policy", "tunliu-2025", "--pay-date", "2024-11-05", "--format", "json", given="姓名,身份\n甲,无\n合计,\n".encode())[0] == 0


@pytest.mark.parametrize(("text", "word"), [(b"%PDF-1.4", "不是 CSV"), (b"<html><table>", "不是 CSV"), (b"", "空的"), (b"\n\n", "空的"), (b"a,b\n1,2\n", "没有认出任何一列"), (b"PK\x03\x04\0\0", "不是 CSV 文件"), ("姓名,档次,缴费档次\n".encode(), "同一项")])
def test_a_roster_that_cannot_be_used(run, text, word) -> None:
    code, _, err = run("assess", "--roster", "-", "--policy", "yunyang-2025", given=text)
    assert code == 2 and word in err


def test_columns_chosen_by_hand(run) -> None:
    given = "谁,说明,档次,缴费日期\n甲,低保对象,1,2024-11-05\n".encode()
    code, _, err = run("assess", "--roster", "-", "--policy", "yunyang-2025", "--column", "说明=groups", "--column", "谁=name", given=given)
    assert code == 0 and "说明（身份）" in err
    assert run("assess", "--roster", "-", "--policy", "yunyang-2025", "--column", "没有=groups", given=given)[0] == 2
    assert run("assess", "--roster", "-", "--policy", "yunyang-2025", "--column", "说明=what", given=given)[0] == 2
    assert run("assess", "--roster", "-", "--policy", "yunyang-2025", "--column", "说明", given=given)[0] == 2


def test_the_module_runs_on_its_own(data) -> None:
    done = subprocess.run([sys.executable, "-m", "calc", *ORDINARY, "--policies", str(data)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "400元" in done.stdout.decode("utf-8")


def test_the_browser_does_not_get_the_command_line() -> None:
    names = "import sys, calc, calc.browser, calc.roster, calc.roster_text, calc.roster_file; print(sorted(set(sys.modules) & {'argparse', 'csv', 'gettext', 'calc.cli', 'pathlib'}))"
    done = subprocess.run([sys.executable, "-S", "-c", names], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
