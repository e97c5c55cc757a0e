"""The draft of a policy leads through its sections: each lists the clauses that bear on it, and each form is valid once its # is deleted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scripts.data import gate
from scripts.data.sources import SourceSet
from scripts.notice_draft import clauses
from scripts.policy_draft import SECTIONS, group_names, listing, policy_yaml

ROOT = Path(__file__).resolve().parents[2]
NOTICE = """示范县人民政府办公室
关于做好2030年度居民医保参保缴费工作的通知
各乡镇人民政府：
本通知未作规定的，按市通知执行。
一、参保范围
（一）本县户籍居民。
二、缴费
（一）个人缴费420元，财政补助700元。
（二）集中缴费期为2029年9月1日至12月31日，自2030年1月1日起享受待遇。
（三）2030年1月1日以后缴费的，设3个月等待期。
三、资助
标准如下：
对象	资助
低保对象	200
孤儿	400
（一）就高，不重复资助。
四、其他
（一）可通过云闪付缴费。
（二）已缴费用不予退还。
（三）参保率达到95%。
（四）本通知自2029年9月1日起施行。
示范县人民政府办公室
2029年8月20日
"""


@pytest.fixture(scope="module")
def sources() -> SourceSet:
    """The imaginary place."""
    return SourceSet.read(ROOT / "policy_data" / "template")


def written(sources: SourceSet, text: str = NOTICE) -> str:
    """The draft of a policy for the text."""
    found = clauses(text, [name for entry in sources.entries("groups").values() for name in (entry["name"]["zh"], *entry.get("names", []))])
    return policy_yaml(sources, "model", 2030, "model-2030", "1.1", found)


def listed(draft: str, before: str) -> list[str]:
    """The identifiers of the clauses listed over a form or section."""
    lines = draft[: draft.index(before)].splitlines()
    found = []
    while lines and (match := re.match(r" *##   (\S+(?: … \S+)?)  ", lines.pop())):
        found.insert(0, match.group(1))
    return found


def test_each_section_lists_its_clauses(sources: SourceSet) -> None:
    """By their words or their headings; the rows of a table on one line; every live clause stands somewhere, those of the offices in their own list."""
    draft = written(sources)
    for before, ids in {
        "\n\n## 档次": ["0"], "periods:": ["2.2", "2.3"], "    contribution:": ["2.1"], "    # fiscal_subsidy:": ["2.1"], "    # assistance:": ["3", "3.table.head … 3.table.2", "3.1"],
        "    #   combining:": ["3.1"], "waiting:": ["2.3"], "coverage:": ["2.2"], "# scope:": ["1.1"], "# steps:": ["4.1"], "# warnings:": ["4.2"], "# agency_targets:": ["4.3"],
    }.items():
        assert listed(draft, before) == ids, before
    assert draft.endswith("Clauses in none of the lists above:\n##   4.4  本通知自2029年9月1日起施行。\n")
    assert "## 同时要缴的长期护理保险；没有就不写。 Long-term care insurance that must be paid as well.\n  ##   （没有找到 none found）\n" in draft
    assert set(SECTIONS) | {"agency_targets", "elsewhere", "groups"} == set(re.findall(r"\$(\w+)$", (ROOT / "scripts" / "policy_skeleton.yaml").read_text(encoding="utf-8"), re.MULTILINE)) - {"place", "year"}


def test_names_of_groups_are_found(sources: SourceSet) -> None:
    """Under the group they are names of, the longest where one is inside another; an example where there is none."""
    names = group_names(sources, clauses(NOTICE.replace("孤儿", "低保边缘户").replace("（一）就高", "（一）低保户就高"), []))
    assert names == ["# group_names:", '#   subsistence-allowance: ["低保对象", "低保户"]', '#   subsistence-margin: ["低保边缘户"]']
    assert group_names(sources, [])[1:] == ['#   extreme-hardship: ["特困人员"]']
    assert listing([]) == ["  （没有找到 none found）"]


def test_every_form_is_valid(tmp_path: Path, sources: SourceSet) -> None:
    """With every # deleted the draft loads, and nothing is wrong but the clause x.x that is to be replaced."""
    shutil.copytree(ROOT / "policy_data" / "vocabulary", tmp_path / "vocabulary")
    data = Path(shutil.copytree(ROOT / "policy_data" / "template", tmp_path / "data"))
    draft = written(sources).replace("place: model", "place: sample-city").replace("year: 2030", "year: 2031").replace("[model-2030]", "[sample-2030]")
    target = data / "policies" / "sample-city" / "2031.yaml"
    target.write_text(draft, encoding="utf-8")
    assert not gate.load_problems(SourceSet.read(data))
    forms = re.sub(r"(?m)^( *)# (?!yaml-language-server)", r"\1", draft)
    target.write_text(forms, encoding="utf-8")
    problems = gate.load_problems(SourceSet.read(data))
    assert {problem.rule for problem in problems} == {"references"} and all("x.x" in problem.zh for problem in problems)
    assert len(problems) == forms.count('"x.x"') > 40
