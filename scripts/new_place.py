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
from .notice_draft import NEXT_STEP, Clause, DraftError, Identity, clauses, completed, notice_yaml, quoted, read_text
from .policy_draft import policy_yaml

ROOT = Path(__file__).resolve().parent.parent
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def level_of(name: str) -> str:
    """The level that a place's name tells; a 市 is taken for a prefecture, though it may also be of a county's level."""
    if re.search("(?:省|自治区|特别行政区)\\Z", name) or name in ("北京市", "天津市", "上海市", "重庆市"):
        return "province"
    return "prefecture" if re.search("(?:市|州|盟|地区)\\Z", name) else "county"


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
    live = [clause for clause in found if clause.live and clause.id != "sign"]
    if not live:
        raise DraftError("全文里没有一句带数字、日期或资助对象，不像参保缴费通知。请检查粘贴得全不全。", "No sentence of the text holds a figure, a date or a group; it does not look like such a notice. Check that all of it was pasted.")
    return live[0].id


def names_of_groups(sources: SourceSet) -> list[str]:
    """Every name of an assisted group that the vocabulary has."""
    return [name for entry in sources.entries("groups").values() for name in (entry["name"]["zh"], *entry.get("names", []))]


def open_place(told: argparse.Namespace) -> list[Path]:
    """Checks everything, then writes the files; returns those written."""
    if not (told.data / "vocabulary" / "places.yaml").is_file():
        raise DraftError(f"{told.data} 里没有 vocabulary/places.yaml，不是数据文件夹。请用 --data 指定。", f"{told.data} has no vocabulary/places.yaml and is not a data folder. Name it with --data.")
    sources = SourceSet.read(told.data)
    told.guessed = told.level is None
    told.level = told.level or level_of(told.name_zh)
    notice, policy = told.data / "notices" / f"{told.notice_id}.yaml", told.data / "policies" / told.id / f"{told.year}.yaml"
    print_file = notice.with_suffix(".fingerprint")
    refuse(told, sources, [notice, print_file, policy])
    text = read_text(told.notice)
    identity = completed(Identity(told.notice_id, [told.id], [told.year], told.title_zh or "", told.title_en or "", told.number, told.issuer, told.issuer_en, told.issued), text)
    found = clauses(text, names_of_groups(sources))
    skeleton = policy_yaml(sources, told.id, told.year, told.notice_id, first_clause(found), found)
    places = told.data / "vocabulary" / "places.yaml"
    known = places.read_text(encoding="utf-8")
    for path, content in ((notice, notice_yaml(identity, text, found)), (print_file, fingerprints.encode(fingerprints.plain(text))), (policy, skeleton), (places, known.rstrip("\n") + "\n" + place_yaml(told))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    return [places, notice, print_file, policy]


def level_told(told: argparse.Namespace) -> str:
    """What level was guessed and where to correct it; nothing where it was told."""
    if not told.guessed:
        return ""
    zh, en = {"province": ("省级", "province"), "prefecture": ("地级", "prefecture"), "county": ("县级", "county")}[told.level]
    city = told.name_zh.endswith("市") and told.level == "prefecture" and not told.code.endswith("00")
    doubt = ("；代码末两位不是00，可能是县级市", "; its code does not end in 00, so it may be a city of a county's level") if city else ("", "")
    return (f"级别按名称定为{zh}{doubt[0]}；不对的，在 vocabulary/places.yaml 里改 level。\n"
            f"By its name the level is {en}{doubt[1]}; if not, correct level in vocabulary/places.yaml.\n")


def next_steps(told: argparse.Namespace, written: list[Path]) -> str:
    """What was written and what to do now, in both languages."""
    names = "\n".join(f"  {path.relative_to(told.data).as_posix()}" for path in written)
    return (f"写好了（草稿）/ written, as drafts:\n{names}\n"
            f"{level_told(told)}"
            f"接下来 / next:\n"
            f"  1. notices/{told.notice_id}.yaml：{NEXT_STEP}\n"
            f"  2. policies/{told.id}/{told.year}.yaml：一段一段填，段首列着看来有关的条款，再看模板 / fill in section by section; each lists the clauses that seem to bear on it\n"
            f"  3. python -m scripts.check --lang zh|en    列出还差什么 / lists what is left")


def parser() -> argparse.ArgumentParser:
    """The options."""
    found = argparse.ArgumentParser(prog="python -m scripts.new_place", formatter_class=argparse.RawDescriptionHelpFormatter, description=f"新增一个地方：名录、通知草稿和政策草稿。\n\n{__doc__}")
    found.add_argument("id", help="identifier of the place, lower-case letters and hyphens 地方编号")
    found.add_argument("--code", required=True, help="GB/T 2260 code, six digits 行政区划代码")
    found.add_argument("--level", choices=("province", "prefecture", "county"), help="level (by its name unless told: 省、自治区 province; 市、州、盟、地区 prefecture; 县、区、旗 and the rest county) 级别")
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
