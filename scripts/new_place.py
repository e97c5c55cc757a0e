"""Open a place that the data do not have yet: its entry, its notice as a draft, and a policy to fill in.

python -m scripts.new_place ID --code 000000 --name-zh 名称 --name-en NAME --short-zh 简称 --short-en SHORT --year 2026 --notice 全文.txt --notice-id ID-2026

Nothing that exists is overwritten, and nothing is written at all when something is wrong. What it writes is a draft: python -m
scripts.check lists what is left to do, and no page shows it before that is done.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from .data import fingerprints
from .data.sources import SourceSet
from .notice_draft import Clause, DraftError, Identity, clauses, completed, notice_yaml, quoted, read_text

ROOT = Path(__file__).resolve().parent.parent
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")

SKELETON = """\
# yaml-language-server: $schema=../../schema/policy.schema.json
# 草稿：逐段对照通知填写。每段的写法见 policy_data/template/policies/ 里的虚构例子和 CONTRIBUTING.md 的对照表。
# 填好一条，核对原文，就删除它的 unconfirmed。通知没有写的，保留 not_stated，在 note 里说明，或写进未定问题。
# A draft: fill in each section from the notice. policy_data/template/policies/ shows every form, CONTRIBUTING.md has the table.
# When an entry agrees with the notice, delete its unconfirmed. What the notice does not say stays not_stated, with a note or an open question.
place: {place}
year: {year}
notices: [{notice}]

# 分档的写在这里，不分档的删除。 Tiers, where there are any:
# tiers:
#   - id: 1
#     name: {{zh: "一档", en: "Tier 1"}}

# 通知里每类资助对象的写法（编号见 vocabulary/groups.yaml）。 The notice's names of each assisted group:
# group_names:
#   extreme-hardship: [特困人员]

# 缴费时段，从上往下取第一个适用的。 Payment periods; the first that applies counts.
periods:
  - id: not-filled-in
    name: {{zh: "还没有填写", en: "Not filled in yet"}}
    from: {{not_stated: true}}
    status: not_specified
    clauses: [{clause}]
    note: {{zh: "还没有填写。", en: "Not filled in yet."}}
    unconfirmed: true
# - id: window                       # 集中缴费期 the window
#   name: {{zh: "集中缴费期", en: "Payment window"}}
#   from: {before}-09-01
#   to: {before}-12-31
#   status: open                     # before_window | open | late | full_cost | closed | not_specified | not_eligible
#   clauses: ["3.1"]

premiums:
  - id: basic
    name: {{zh: "居民医保", en: "Basic medical insurance"}}
    # 个人缴费标准：按档次、年龄、人员类型等，取第一条适用的。 The individual contribution; the first rule that applies counts.
    contribution:
      - id: not-filled-in
        not_stated: true
        clauses: [{clause}]
        note: {{zh: "还没有填写。", en: "Not filled in yet."}}
        unconfirmed: true
    # - id: everyone
    #   yuan: 400
    #   clauses: ["2.1"]
    # 时段改变价格的写在 payable（例如半价、全额）；没有就不写。 Where a period changes the price:
    # payable:
    #   - {{id: full-cost, when: {{period: late}}, sum: [contribution, fiscal_subsidy], clauses: ["3.4"]}}
    # 资助：每类对象一行。 Assistance, one row for each group:
    # assistance:
    #   rows:
    #     - id: hardship
    #       groups: [extreme-hardship]
    #       fund: medical-assistance
    #       amounts:
    #         - {{full: true, clauses: ["5.1"]}}
    #   combining: {{rule: highest, clauses: ["5.6"]}}

# 等待期。 The wait:
waiting:
  - id: not-filled-in
    not_stated: true
    clauses: [{clause}]
    note: {{zh: "还没有填写。", en: "Not filled in yet."}}
    unconfirmed: true
# - {{id: window, when: {{period: window}}, none: true, clauses: ["4.1"]}}
# - {{id: late, when: {{period: late}}, months: 3, clauses: ["4.2"]}}

# 从哪天起、到哪天止享受待遇。 From when until when one is covered:
coverage:
  - id: not-filled-in
    start: {{not_stated: true}}
    end: {{not_stated: true}}
    clauses: [{clause}]
    note: {{zh: "还没有填写。", en: "Not filled in yet."}}
    unconfirmed: true
# - {{id: window, when: {{period: window}}, start: {year}-01-01, end: {year}-12-31, clauses: ["4.1"]}}

# 以下各段需要时再写：incentives、add_ons、scope、steps、deadlines、agency_targets、warnings、not_stated、questions。
# Further sections where needed: incentives, add_ons, scope, steps, deadlines, agency_targets, warnings, not_stated, questions.
"""


def place_yaml(told: argparse.Namespace) -> str:
    """The entry of the place for the vocabulary."""
    lines = [f"  - id: {told.id}", f'    code: "{told.code}"', f"    level: {told.level}"]
    if told.parent:
        lines.append(f"    parent: {told.parent}")
    elif told.parent_zh:
        lines += ["    parent_name:", f"      zh: {quoted(told.parent_zh)}", f"      en: {quoted(told.parent_en)}"]
    lines += ["    name:", f"      zh: {quoted(told.name_zh)}", f"      en: {quoted(told.name_en)}", "    short:", f"      zh: {quoted(told.short_zh)}", f"      en: {quoted(told.short_en or told.name_en)}"]
    lines += ["    notice_names:"] + [f"      - {quoted(name)}" for name in dict.fromkeys([told.name_zh, told.short_zh])]
    if told.search:
        lines += ["    search:"] + [f"      - {quoted(name)}" for name in told.search]
    return "\n".join(lines) + "\n"


def refuse(told: argparse.Namespace, sources: SourceSet, targets: list[Path]) -> None:
    """Raises DraftError for whatever is already there, misspelt or missing."""
    for name, value, pattern, zh, en in (
        ("ID", told.id, _ID, "地方编号只能用小写英文字母、数字和连字符，例如 sample-county", "the place's identifier has lower-case letters, digits and hyphens, such as sample-county"),
        ("--notice-id", told.notice_id, _ID, "通知编号只能用小写英文字母、数字和连字符，例如 sample-county-2026", "the notice's identifier has lower-case letters, digits and hyphens, such as sample-county-2026"),
        ("--code", told.code, re.compile(r"\d{6}\Z"), "行政区划代码是6位数字（GB/T 2260）", "the code has six digits (GB/T 2260)"),
    ):
        if not pattern.match(value):
            raise DraftError(f"{name} 写成了“{value}”：{zh}。请改正后再运行。", f"{name} is “{value}”: {en}. Correct it and run again.")
    if sources.problems or sources.vocabulary("places") is None:
        raise DraftError("现有数据读不出来，先运行 python -m scripts.check 改好再新增。", "The data there are cannot be read; put them right with python -m scripts.check first.")
    if not 2000 <= told.year <= 2200:
        raise DraftError(f"--year 写成了 {told.year}：应为参保年度，例如 2026。", f"--year is {told.year}: give the insured year, such as 2026.")
    places = sources.entries("places")
    if told.id in places:
        raise DraftError(f"地方“{told.id}”已经有了。新的年度请用：python -m scripts.new_year {told.id} {told.year}", f"The place “{told.id}” exists. For another year: python -m scripts.new_year {told.id} {told.year}")
    taken = next((name for name, entry in places.items() if entry.get("code") == told.code), None)
    if taken:
        raise DraftError(f"代码 {told.code} 已经是“{taken}”的。请核对行政区划代码。", f"The code {told.code} is that of “{taken}”. Check the code.")
    if told.parent and told.parent not in places:
        raise DraftError(f"没有“{told.parent}”这个上级地方。请用 --parent-zh 和 --parent-en 写它的名称。", f"There is no place “{told.parent}”. Give its name with --parent-zh and --parent-en.")
    if bool(told.parent_zh) != bool(told.parent_en):
        raise DraftError("--parent-zh 和 --parent-en 要一起写。", "Give --parent-zh and --parent-en together.")
    for path in targets:
        if path.exists():
            raise DraftError(f"文件已经有了，不覆盖：{path}。请换一个编号，或先把它移走。", f"The file exists and is not overwritten: {path}. Choose another identifier, or move it away.")


def first_clause(found: list[Clause]) -> str:
    """A clause for the skeleton to rest on until the right ones are named."""
    if not found:
        raise DraftError("全文里没有一句带数字、日期或资助对象，不像参保缴费通知。请检查粘贴得全不全。", "No sentence of the text holds a figure, a date or a group; it does not look like such a notice. Check that all of it was pasted.")
    return quoted(found[0].id)


def names_of_groups(sources: SourceSet) -> list[str]:
    """Every name of an assisted group that the vocabulary has."""
    return [name for entry in sources.entries("groups").values() for name in (entry["name"]["zh"], *entry.get("names", []))]


def open_place(told: argparse.Namespace) -> list[Path]:
    """Checks everything, then writes the files; returns those written."""
    if not (told.data / "vocabulary" / "places.yaml").is_file():
        raise DraftError(f"{told.data} 里没有 vocabulary/places.yaml，不是数据文件夹。请用 --data 指定。", f"{told.data} has no vocabulary/places.yaml and is not a data folder. Name it with --data.")
    sources = SourceSet.read(told.data)
    notice, policy = told.data / "notices" / f"{told.notice_id}.yaml", told.data / "policies" / told.id / f"{told.year}.yaml"
    print_file = notice.with_suffix(".fingerprint")
    refuse(told, sources, [notice, print_file, policy])
    text = read_text(told.notice)
    identity = completed(Identity(told.notice_id, [told.id], [told.year], told.title_zh or "", told.title_en or "", told.number, told.issuer, told.issuer_en, told.issued), text)
    found = clauses(text, names_of_groups(sources))
    skeleton = SKELETON.format(place=told.id, year=told.year, before=told.year - 1, notice=told.notice_id, clause=first_clause(found))
    places = told.data / "vocabulary" / "places.yaml"
    known = places.read_text(encoding="utf-8")
    for path, content in ((notice, notice_yaml(identity, text, found)), (print_file, fingerprints.encode(fingerprints.plain(text))), (policy, skeleton), (places, known.rstrip("\n") + "\n" + place_yaml(told))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    return [places, notice, print_file, policy]


def next_steps(told: argparse.Namespace, written: list[Path]) -> str:
    """What was written and what to do now, in both languages."""
    names = "\n".join(f"  {path.relative_to(told.data).as_posix()}" for path in written)
    return (f"写好了（草稿）/ written, as drafts:\n{names}\n"
            f"接下来 / next:\n"
            f"  1. notices/{told.notice_id}.yaml：补英文译文，删掉用不到的条款 / translate the clauses, delete those nothing needs\n"
            f"  2. policies/{told.id}/{told.year}.yaml：照着模板填规则，核对一条删一条 unconfirmed / fill in the rules; delete unconfirmed as you confirm each\n"
            f"  3. python -m scripts.check --lang zh|en    列出还差什么 / lists what is left")


def parser() -> argparse.ArgumentParser:
    """The options."""
    found = argparse.ArgumentParser(prog="python -m scripts.new_place", formatter_class=argparse.RawDescriptionHelpFormatter, description=f"新增一个地方：名录、通知草稿和政策草稿。\n\n{__doc__}")
    found.add_argument("id", help="identifier of the place, lower-case letters and hyphens 地方编号")
    found.add_argument("--code", required=True, help="GB/T 2260 code, six digits 行政区划代码")
    found.add_argument("--level", choices=("province", "prefecture", "county"), default="county", help="level (county unless told) 级别")
    found.add_argument("--parent", help="identifier of the place above, where it is in the list 上级地方的编号")
    found.add_argument("--parent-zh", help="name of the place above 上级地方的名称")
    found.add_argument("--parent-en", help="the same in English 上级地方的英文名称")
    for name, zh in (("name", "全称"), ("short", "简称")):
        found.add_argument(f"--{name}-zh", required=True, help=f"{name} in Chinese {zh}")
        found.add_argument(f"--{name}-en", required=name == "name", help=f"{name} in English {zh}（英文）")
    found.add_argument("--search", action="append", default=[], help="another spelling to find it by; may be repeated 查找用的拼写")
    found.add_argument("--year", type=int, required=True, help="insured year 参保年度")
    found.add_argument("--notice", type=Path, required=True, help="full text of the notice, UTF-8 通知全文")
    found.add_argument("--notice-id", required=True, help="identifier of the notice 通知编号")
    add_notice_options(found)
    found.add_argument("--data", type=Path, default=ROOT / "policy_data", help="folder of the data 数据文件夹")
    return found


def add_notice_options(found: argparse.ArgumentParser) -> None:
    """What is told of a notice where its text does not say it plainly."""
    found.add_argument("--title-zh", help="title of the notice (read from the text unless told) 标题")
    found.add_argument("--title-en", help="its translation 标题译文")
    found.add_argument("--number", help="document number (read from the text unless told) 文号")
    found.add_argument("--issued", help="date of issue YYYY-MM-DD, or not_stated 发文日期")
    found.add_argument("--issuer", action="append", default=[], help="issuing body; may be repeated 发文单位")
    found.add_argument("--issuer-en", action="append", default=[], help="its translation, in the same order 发文单位译文")


def main(arguments: list[str] | None = None) -> int:
    """Writes the drafts, or says in both languages why not and returns 1."""
    told = parser().parse_args(arguments)
    try:
        written = open_place(told)
    except DraftError as error:
        print(f"{error.zh}\n{error.en}", file=sys.stderr)
        return 1
    print(next_steps(told, written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
