"""Opening a place or a year: what is drafted, that it stays a draft until confirmed, and what is said when it cannot be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scripts import check, compile, new_notice, new_place, new_year
from scripts.data import gate
from scripts.data.drafts import Drafts
from scripts.data.resolve import compile_all
from scripts.data.sources import SourceSet
from scripts.notice_draft import Identity, clauses, completed
from scripts.notice_text import paragraphs

ROOT = Path(__file__).resolve().parents[2]
NOTICE = """青医保发〔2029〕19号
示范县医疗保障局 示范县财政局
关于做好2030年度城乡居民
基本医疗保险参保缴费工作的通知

各乡镇人民政府：
一、筹资标准
（一）个人缴费每人每年420元。财政补助每人每年700元。
（二）各单位要高度重视，加强宣传。
二、资助参保
1．特困人员全额资助；低保对象资助200元。
具有多重身份的，按就高原则资助。

2029年9月25日

附件：任务分解表
1	甲镇	1200
2	乙镇	3400
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the imaginary place alone, beside the shared vocabulary."""
    shutil.copytree(ROOT / "policy_data" / "vocabulary", tmp_path / "vocabulary")
    return Path(shutil.copytree(ROOT / "policy_data" / "template", tmp_path / "data"))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """The full text of another imaginary notice."""
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def place(data: Path, text: Path, *more: str, identifier: str = "model-county") -> int:
    """Runs new_place with what it always needs."""
    options = {"--code": "000009", "--name-zh": "示范县", "--name-en": "Model County", "--short-zh": "示范", "--year": "2030", "--notice": str(text), "--notice-id": "model-2030", "--data": str(data)}
    options.update(zip(more[::2], more[1::2], strict=True))
    return new_place.main([identifier, *[part for pair in options.items() for part in pair]])


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_clauses_follow_the_numbering_of_the_document() -> None:
    """A clause for each sentence with a figure, a group or a rule, by place and letter; talk is commented out."""
    drafted = clauses(NOTICE, ["特困人员", "低保对象"])
    assert [(clause.id, clause.role, clause.quote) for clause in drafted if not clause.live] == [("1.2", "admin", "各单位要高度重视，加强宣传。")]
    found = {clause.id: (clause.label, clause.role, clause.quote) for clause in drafted if clause.live}
    assert found == {
        "1.1a": ("一（一）", "compute", "个人缴费每人每年420元。"),
        "1.1b": ("一（一）", "compute", "财政补助每人每年700元。"),
        "2.1a": ("二、1", "compute", "特困人员全额资助；"),
        "2.1b": ("二、1", "compute", "低保对象资助200元。"),
        "2.1c": ("二、1", "compute", "具有多重身份的，按就高原则资助。"),
        "sign": ("落款", "display", "2029年9月25日"),
        "annex.1": ("附件 第1行", "admin", "1甲镇1200"),
        "annex.2": ("附件 第2行", "admin", "2乙镇3400"),
    }
    assert list(paragraphs("第一行\n接着第二行。\n\n（一）另一段。".splitlines()))[0] == "第一行接着第二行。"


def test_identity_is_read_off_the_text() -> None:
    """Title, number, issuers and date are found where they stand alone."""
    found = completed(Identity("x", ["model"], [2030]), NOTICE)
    assert found.title_zh == "关于做好2030年度城乡居民基本医疗保险参保缴费工作的通知"
    assert (found.number, found.issuers, found.issued) == ("青医保发〔2029〕19号", ["示范县医疗保障局", "示范县财政局"], "2029-09-25")


def test_a_new_place_is_a_draft_that_compiles_apart(data: Path, text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All files are written and load; the place is left out until confirmed, and in a preview it is marked."""
    assert place(data, text) == 0
    said = capsys.readouterr().out
    assert "policies/model-county/2030.yaml" in said and "scripts.check" in said
    sources = SourceSet.read(data)
    assert not gate.load_problems(sources)
    rules = {problem.rule for problem in gate.check(sources)}
    assert rules == {"translated", "unconfirmed"}
    real, preview = compile_all(sources), compile_all(sources, drafts=True)
    assert "model-county-2030" not in real["policies"] and "model-2030" not in real["notices"]
    assert "model-county" not in {entry["id"] for entry in real["vocabulary"]["places"]}
    assert preview["policies"]["model-county-2030"]["draft"] is True
    assert "draft" not in preview["policies"]["sample-city-2030"]
    sources.notice_texts = {"model-2030": "".join(NOTICE.split())}
    assert "quote-in-notice" not in {problem.rule for problem in gate.check(sources)}


@pytest.mark.parametrize(("name", "more", "level", "said"), [
    ("示范县", (), "county", "By its name the level is county"), ("示范市", ("--code", "000100"), "prefecture", "By its name the level is prefecture; if not"),
    ("示范市", (), "prefecture", "it may be a city of a county's level"), ("重庆市", (), "province", "定为省级"), ("示范自治区", (), "province", "定为省级"),
    ("示范地区", (), "prefecture", "定为地级"), ("示范左旗", (), "county", "定为县级"), ("示范市", ("--level", "county"), "county", None),
])
def test_the_level_is_guessed_from_the_name(data: Path, text: Path, capsys: pytest.CaptureFixture[str], name: str, more: tuple[str, ...], level: str, said: str | None) -> None:
    """Unless it is told; and it is said where to correct it."""
    assert place(data, text, "--name-zh", name, *more) == 0
    assert SourceSet.read(data).entries("places")["model-county"]["level"] == level
    out = capsys.readouterr().out
    assert said in out if said else "level" not in out.split("接下来")[0]


@pytest.mark.parametrize(("more", "zh", "en"), [
    (("--code", "12"), "6位数字", "six digits"),
    (("--code", "000000"), "已经是“sample-city”的", "is that of “sample-city”"),
    (("--notice-id", "Model_2030"), "小写英文字母", "lower-case letters"),
    (("--year", "30"), "应为参保年度", "give the insured year"),
    (("--parent", "nowhere"), "上级地方", "--parent-zh"),
    (("--notice", "absent.txt"), "打不开通知全文", "cannot be opened"),
    (("--data", "absent"), "不是数据文件夹", "is not a data folder"),
])
def test_new_place_says_what_is_wrong_and_writes_nothing(data: Path, text: Path, capsys: pytest.CaptureFixture[str], more: tuple, zh: str, en: str) -> None:
    """Each mistake is named in both languages with the next step."""
    before = tree(data)
    assert place(data, text, *more) == 1
    said = capsys.readouterr().err
    assert zh in said and en in said
    assert tree(data) == before


def test_nothing_is_overwritten(data: Path, text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run, an existing place and an existing file are refused."""
    assert place(data, text) == 0
    before = tree(data)
    assert place(data, text) == 1 and "new_year" in capsys.readouterr().err
    assert place(data, text, "--code", "000008", identifier="other-county") == 1 and "不覆盖" in capsys.readouterr().err
    assert new_year.main(["sample-city", "2030", "--data", str(data)]) == 1 and "is not overwritten" in capsys.readouterr().err
    assert tree(data) == before


@pytest.mark.parametrize(("content", "zh"), [("太短", "几乎是空的"), ("这里没有标题，也没有单位，只有一些文字。" * 5, "找不到标题"), ("关于做好2030年度城乡居民医疗保险工作的通知\n" + "文字没有落款。" * 9, "找不到发文单位")])
def test_a_text_that_is_no_notice_is_refused(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, zh: str) -> None:
    """What cannot be read off the text is asked for."""
    path = tmp_path / "odd.txt"
    path.write_text(content, encoding="utf-8")
    assert place(data, path) == 1
    assert zh in capsys.readouterr().err
    path.write_bytes(NOTICE.encode("gb18030"))
    assert place(data, path) == 1
    assert "UTF-8" in capsys.readouterr().err


def test_a_new_year_marks_every_entry(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The copy differs from the old file in the year and the marks alone, loads, and each mark is a thing to do at its line."""
    assert new_year.main(["sample-city", "2031", "--data", str(data)]) == 0
    assert "entries to confirm" in capsys.readouterr().out
    old, new = ((data / "policies" / "sample-city" / f"{year}.yaml").read_text(encoding="utf-8") for year in (2030, 2031))
    kept = [line for line in new.splitlines() if line.strip() != new_year.MARK]
    plain = "\n".join(line.replace(f"{new_year.MARK}, ", "") for line in kept[kept.index("# The rules of the imaginary notice: each shape that a rule can have, once."):]) + "\n"
    assert plain == old.replace("year: 2030", "year: 2031", 1)
    sources = SourceSet.read(data)
    assert not gate.load_problems(sources)
    document = sources.policies()["sample-city-2031"]
    found = [problem for problem in gate.check(sources) if problem.rule == "unconfirmed"]
    assert len(found) == Drafts.of(sources).counts["sample-city-2031"] == new.count(new_year.MARK) - 2  # the comment names it twice
    assert all(problem.file == document.name and document.line(problem.line)[problem.column - 1 :].startswith("unconfirmed") for problem in found)
    cited = [path for path in document.keys if path[-1] == "clauses" and path[0] != "clause_alias"]
    assert cited and all((*path[:-1], "unconfirmed") in document.keys for path in cited)


def test_a_year_that_follows_is_marked_once_and_left_out_with_its_base(data: Path) -> None:
    """A place that follows a draft is a draft too."""
    assert new_year.main(["sample-county", "2031", "--from", "2030", "--data", str(data)]) == 0
    assert new_year.main(["sample-district", "2031", "--from", "2030", "--data", str(data)]) == 0
    district = (data / "policies" / "sample-district" / "2031.yaml").read_text(encoding="utf-8")
    assert district.count("unconfirmed: true\n") == 8 and "unconfirmed: true\n  policy" in district  # seven rules of its own, and that it follows
    path = data / "policies" / "sample-county" / "2031.yaml"
    assert path.read_text(encoding="utf-8").count("unconfirmed: true\n  policy") == 1
    city = data / "policies" / "sample-city" / "2030.yaml"
    city.write_text(city.read_text(encoding="utf-8").replace("    status: full_cost\n", "    status: full_cost\n    unconfirmed: true\n", 1), encoding="utf-8")
    sources = SourceSet.read(data)
    assert Drafts.of(sources).policies == {"sample-city-2030", "sample-county-2030", "sample-county-2031", "sample-district-2030", "sample-district-2031"}
    assert compile_all(sources)["policies"] == {}


def test_a_new_year_can_bring_its_notice(data: Path, text: Path) -> None:
    """The new notice is drafted and listed behind the old one, which the rules still cite."""
    assert new_year.main(["sample-city", "2031", "--notice", str(text), "--notice-id", "sample-2031", "--data", str(data)]) == 0
    assert "notices: [sample-2030, sample-2031]" in (data / "policies" / "sample-city" / "2031.yaml").read_text(encoding="utf-8")
    assert not gate.load_problems(SourceSet.read(data))


@pytest.mark.parametrize(("arguments", "zh"), [
    (["nowhere", "2031"], "没有地方“nowhere”"), (["sample-city", "2031", "--from", "2020"], "没有 2020 年度"), (["sample-city", "31"], "四位年份"), (["sample-city", "2031", "--notice-id", "x"], "要一起写"),
])
def test_new_year_says_what_is_wrong(data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], zh: str) -> None:
    """Each mistake is named, and nothing is written."""
    before = tree(data)
    assert new_year.main([*arguments, "--data", str(data)]) == 1
    assert zh in capsys.readouterr().err
    assert tree(data) == before


def test_check_and_compile_say_what_is_left(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """scripts.check fails on a draft unless told otherwise; scripts.compile leaves it out and says so."""
    assert check.main(["--data", str(data), "--lang", "en"]) == 0
    new_year.main(["sample-county", "2031", "--data", str(data)])
    capsys.readouterr()
    assert check.main(["--data", str(data), "--lang", "en"]) == 1
    assert "policies/sample-county/2031.yaml:10:3: [unconfirmed] To confirm" in capsys.readouterr().out
    assert check.main(["--data", str(data), "--drafts"]) == 0
    for options, drafts, said in (([], False, "left out"), (["--drafts"], True, "for preview only")):
        capsys.readouterr()
        assert compile.main(["--data", str(data), "--out", str(tmp_path / "out.json"), "--lang", "en", *options]) == 0
        assert f"sample-county-2031: 1 entry is not yet confirmed or translated; {'compiled as a draft, ' if drafts else ''}{said}" in capsys.readouterr().err
        assert ("sample-county-2031" in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["policies"]) is drafts


AMENDING = """青医保函〔2029〕2号
示范县医疗保障局
关于延长2030年度城乡居民基本医疗保险集中缴费期的通知

一、集中缴费期延长至2030年2月28日。

2029年12月20日
"""


def test_a_further_notice_of_the_same_year(data: Path, text: Path, capsys: pytest.CaptureFixture) -> None:
    """It is drafted beside the first and listed behind it; a year that is not there, or an identifier that is, is refused."""
    assert place(data, text) == 0
    text.write_text(AMENDING, encoding="utf-8")
    told = ["model-county", "2030", "--notice", str(text), "--data", str(data), "--notice-id"]
    assert new_notice.main([*told, "model-2030-2"]) == 0
    sources = SourceSet.read(data)
    assert sources.policies()["model-county-2030"].data["notices"] == ["model-2030", "model-2030-2"]  # type: ignore[index]
    assert [entry["quote"] for _, entry in sources.notices()["model-2030-2"][1].values()][0] == "集中缴费期延长至2030年2月28日。"
    assert {problem.rule for problem in gate.check(sources)} <= {"translated", "unconfirmed", "compute-clause-used"}
    before = (data / "policies" / "model-county" / "2030.yaml").read_text(encoding="utf-8")
    assert new_notice.main([*told, "model-2030-2"]) == 1 and "Choose another identifier" in capsys.readouterr().err
    told[1] = "2031"
    assert new_notice.main([*told, "model-2030-3"]) == 1 and "model-county/2030" in capsys.readouterr().err
    assert (data / "policies" / "model-county" / "2030.yaml").read_text(encoding="utf-8") == before


def test_words_that_decide_are_to_be_computed_with(data: Path, text: Path) -> None:
    """Assistance in full holds no figure, and is a rule all the same."""
    text.write_text(NOTICE.replace("1．特困人员全额资助；低保对象资助200元。", "1．特困人员由财政全额资助。"), encoding="utf-8")
    assert place(data, text) == 0
    found = {entry["quote"]: entry["role"] for _, entry in SourceSet.read(data).notices()["model-2030"][1].values()}
    assert found["特困人员由财政全额资助。"] == "compute"
