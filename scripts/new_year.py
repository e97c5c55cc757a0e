"""Open another year of a place: last year's file with every rule marked as not yet confirmed.

python -m scripts.new_year PLACE YEAR [--from OLDYEAR] [--notice 全文.txt --notice-id ID]

Nothing that exists is overwritten. The rules still cite last year's notice; each is compared with the new one before its mark is
deleted, and until the last mark is gone no page shows the new year.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from .data import fingerprints
from .data.sources import SourceSet
from .data.yaml_source import Document, load
from .new_place import ROOT, add_notice_options, names_of_groups
from .notice_draft import NEXT_STEP, DraftError, Identity, clauses, completed, notice_yaml, read_text

MARK = "unconfirmed: true"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def marked(document: Document, year: int) -> tuple[str, int]:
    """The text of a policy for another year, each entry that cites clauses marked; and how many were marked."""
    lines = document.text.splitlines()
    places = [path for path in document.keys if path[-1] == "clauses" and path[0] not in ("clause_alias", "follows")]
    places = [path for path in places if (*path[:-1], "unconfirmed") not in document.keys]
    if ("follows",) in document.keys:  # also to confirm: that it still follows the other
        places.append(("follows", "policy"))
    for line, column in sorted((document.at(path, key=True) for path in places), reverse=True):
        text = lines[line - 1]
        before, rest = text[: column - 1], text[column - 1 :]
        if before.strip() in ("", "-"):
            lines[line - 1 : line] = [before + MARK, " " * len(before) + rest]
        else:
            lines[line - 1] = f"{before}{MARK}, {rest}"
    text = "\n".join(lines) + "\n"
    at = document.at(("year",), key=True)[0]
    shift = sum(1 for path in places if document.at(path, key=True)[0] < at)
    lines = text.splitlines()
    lines[at - 1 + shift] = re.sub(r"(year:\s*)\d+", rf"\g<1>{year}", lines[at - 1 + shift], count=1)
    return "\n".join(lines) + "\n", len(places)


def chosen(told: argparse.Namespace) -> tuple[Document, Path]:
    """Last year's document and the file to write; raises DraftError when one is missing or the other there."""
    folder = told.data / "policies" / told.place
    years = sorted(int(path.stem) for path in folder.glob("*.yaml") if path.stem.isdigit())
    if not years:
        known = "、".join(sorted(path.name for path in (told.data / "policies").iterdir())) if (told.data / "policies").is_dir() else ""
        raise DraftError(f"没有地方“{told.place}”的数据。已有：{known}。新的地方请用 python -m scripts.new_place。", f"There are no data for the place “{told.place}”. There are: {known}. For a new place use python -m scripts.new_place.")
    if not 2000 <= told.year <= 2200:
        raise DraftError(f"年度写成了 {told.year}，应为四位年份，例如 {years[-1] + 1}。", f"The year is {told.year}; give four digits such as {years[-1] + 1}.")
    target = folder / f"{told.year}.yaml"
    if target.exists():
        raise DraftError(f"文件已经有了，不覆盖：{target}。要重来，请先把它移走。", f"The file exists and is not overwritten: {target}. To begin again, move it away first.")
    old = told.old if told.old is not None else max((year for year in years if year < told.year), default=years[-1])
    if old not in years:
        raise DraftError(f"“{told.place}”没有 {old} 年度。已有：{'、'.join(map(str, years))}。", f"“{told.place}” has no year {old}. There are: {', '.join(map(str, years))}.")
    document = load(f"policies/{told.place}/{old}.yaml", (folder / f"{old}.yaml").read_text(encoding="utf-8"))
    if document.problems or not isinstance(document.data, dict):
        raise DraftError(f"{document.name} 有错误，先运行 python -m scripts.check 改好。", f"{document.name} has errors; put them right with python -m scripts.check first.")
    return document, target


def draft_notice(told: argparse.Namespace) -> dict[Path, str]:
    """The files of the new notice, drafted from its full text; none where it was not given."""
    if told.notice is None and told.notice_id is None:
        return {}
    if told.notice is None or told.notice_id is None or not _ID.match(told.notice_id):
        raise DraftError("--notice 全文.txt 和 --notice-id 编号（小写英文字母、数字、连字符）要一起写。", "Give --notice TEXT.txt and --notice-id ID (lower-case letters, digits, hyphens) together.")
    path = told.data / "notices" / f"{told.notice_id}.yaml"
    for target in (path, path.with_suffix(".fingerprint")):
        if target.exists():
            raise DraftError(f"文件已经有了，不覆盖：{target}。请换一个编号。", f"The file exists and is not overwritten: {target}. Choose another identifier.")
    text = read_text(told.notice)
    identity = completed(Identity(told.notice_id, [told.place], [told.year], told.title_zh or "", told.title_en or "", told.number, told.issuer, told.issuer_en, told.issued), text)
    found = clauses(text, names_of_groups(SourceSet.read(told.data)))
    return {path: notice_yaml(identity, text, found), path.with_suffix(".fingerprint"): fingerprints.encode(fingerprints.plain(text))}


def head(document: Document, told: argparse.Namespace) -> str:
    """The comment that says what to do with the copy."""
    new = told.notice_id or f"{told.place}-{told.year}"
    return (f"# 草稿：由 {document.name} 复制，每一条都待核实。对照新通知，逐条改数字、日期，把条款换成新通知的（{new}/条款号），再删除 {MARK}。\n"
            f"# 全部换完后，把 notices 改成 [{new}]，条款号可以写短。通知里没有了的规则删除，新的规则补上。\n"
            f"# A draft copied from {document.name}: every entry is to be confirmed. Correct its figures and dates, cite the new notice ({new}/clause), delete {MARK}.\n"
            f"# When all are done, make notices [{new}] and shorten the clauses. Delete rules the new notice does not have, add those that are new.\n")


def with_notice(text: str, notice: str | None) -> str:
    """The text of a policy with the new notice listed behind the old one, so that entries can be moved to it one at a time."""
    return re.sub(r"(?m)^(notices:\s*\[)([^\]]+)\]", rf"\g<1>\g<2>, {notice}]", text, count=1) if notice else text


def open_year(told: argparse.Namespace) -> tuple[list[Path], Document, int]:
    """Checks everything, then writes the files; returns those written, what they were made from, and how many entries are to be confirmed."""
    document, target = chosen(told)
    files = draft_notice(told)
    text, count = marked(document, told.year)
    files[target] = head(document, told) + (with_notice(text, told.notice_id) if files else text)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    return list(files), document, count


def next_steps(told: argparse.Namespace, written: list[Path], document: Document, count: int) -> str:
    """What was written and what to do now, in both languages."""
    names = "\n".join(f"  {path.relative_to(told.data).as_posix()}" for path in written)
    lines = [f"由 {document.name} 复制，{count} 条待核实 / copied from {document.name}, {count} entries to confirm:", names, "接下来 / next:"]
    if told.notice is None:
        lines += [f"  1. 把新通知的全文存成文本，运行 python -m scripts.new_year 时加 --notice 全文.txt --notice-id {told.place}-{told.year}，或照旧通知的文件手写",
                  f"     save the new notice's text and use --notice TEXT.txt --notice-id {told.place}-{told.year}, or write its file after the old one's"]
    else:
        lines += [f"  1. notices/{told.notice_id}.yaml：{NEXT_STEP}"]
    lines += [f"  2. policies/{told.place}/{told.year}.yaml：逐条对照新通知，改好后删除 {MARK} / compare each entry with the new notice, then delete {MARK}",
              "  3. python -m scripts.check --lang zh|en    列出还差什么 / lists what is left"]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Writes the copy, or says in both languages why not and returns 1."""
    parser = argparse.ArgumentParser(prog="python -m scripts.new_year", formatter_class=argparse.RawDescriptionHelpFormatter, description=f"开一个新年度：复制上一年，每一条都标成待核实。\n\n{__doc__}")
    parser.add_argument("place", help="identifier of the place 地方编号")
    parser.add_argument("year", type=int, help="the new insured year 新的参保年度")
    parser.add_argument("--from", dest="old", type=int, help="the year to copy (the latest before, unless told) 复制哪一年")
    parser.add_argument("--notice", type=Path, help="full text of the new notice, UTF-8 新通知全文")
    parser.add_argument("--notice-id", help="identifier of the new notice 新通知编号")
    add_notice_options(parser)
    parser.add_argument("--data", type=Path, default=ROOT / "policy_data", help="folder of the data 数据文件夹")
    told = parser.parse_args(arguments)
    try:
        written, document, count = open_year(told)
    except DraftError as error:
        print(f"{error.zh}\n{error.en}", file=sys.stderr)
        return 1
    print(next_steps(told, written, document, count))
    return 0


if __name__ == "__main__":
    sys.exit(main())
