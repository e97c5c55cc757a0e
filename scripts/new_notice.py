"""Add a further notice to a year that is there: one that prolongs a window, changes a value, or fills a gap.

python -m scripts.new_notice PLACE YEAR --notice 全文.txt --notice-id PLACE-YEAR-2

Writes the notice as a draft with its fingerprint and lists it in the policy behind those it amends; the rules are then changed by
hand, each citing the clause it now rests on. Nothing else that exists is changed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .new_place import ROOT, add_notice_options
from .new_year import draft_notice, with_notice
from .notice_draft import NEXT_STEP, DraftError


def add_notice(told: argparse.Namespace) -> list[Path]:
    """Checks everything, then writes the notice and lists it in the policy; returns the files written."""
    policy = told.data / "policies" / told.place / f"{told.year}.yaml"
    if not policy.is_file():
        there = sorted(path.relative_to(told.data / "policies").with_suffix("").as_posix() for path in (told.data / "policies").glob("*/*.yaml"))
        raise DraftError(f"没有“{told.place}”{told.year}年度的政策。新的地方用 scripts.new_place，新的年度用 scripts.new_year。已有：{'、'.join(there)}。",
                         f"There is no policy of {told.place} for {told.year}. Use scripts.new_place for a new place, scripts.new_year for a new year. There are: {', '.join(there)}.")
    text = policy.read_text(encoding="utf-8")
    listed = with_notice(text, told.notice_id)
    if listed == text:
        raise DraftError(f"{policy} 里没有“notices: [编号]”这一行，加不进去。请先写好这一行。", f"{policy} has no line “notices: [ID]” to add to. Write that line first.")
    files = {**draft_notice(told), policy: listed}
    for path, content in files.items():
        path.write_text(content, encoding="utf-8", newline="\n")
    return list(files)


def next_steps(told: argparse.Namespace, written: list[Path]) -> str:
    """What was written and what to do now, in both languages."""
    names = "\n".join(f"  {path.relative_to(told.data).as_posix()}" for path in written)
    return (f"写好了（草稿）/ written, as a draft:\n{names}\n接下来 / next:\n"
            f"  1. notices/{told.notice_id}.yaml：{NEXT_STEP}\n"
            f"  2. policies/{told.place}/{told.year}.yaml：改了的规则引 {told.notice_id}/条款号；被取代的旧条款 role 改成 display / rules that change cite {told.notice_id}/clause; a clause that is replaced becomes role: display\n"
            f"  3. python -m scripts.check --lang zh|en    列出还差什么 / lists what is left")


def main(arguments: list[str] | None = None) -> int:
    """Writes the draft, or says in both languages why not and returns 1."""
    parser = argparse.ArgumentParser(prog="python -m scripts.new_notice", formatter_class=argparse.RawDescriptionHelpFormatter, description=f"给已有的年度加一份通知（延长、调整、补充）。\n\n{__doc__}")
    parser.add_argument("place", help="identifier of the place 地方编号")
    parser.add_argument("year", type=int, help="the insured year 参保年度")
    parser.add_argument("--notice", type=Path, required=True, help="full text of the notice, UTF-8 通知全文")
    parser.add_argument("--notice-id", required=True, help="identifier of the notice 通知编号")
    add_notice_options(parser)
    parser.add_argument("--data", type=Path, default=ROOT / "policy_data", help="folder of the data 数据文件夹")
    told = parser.parse_args(arguments)
    try:
        written = add_notice(told)
    except DraftError as error:
        print(f"{error.zh}\n{error.en}", file=sys.stderr)
        return 1
    print(next_steps(told, written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
