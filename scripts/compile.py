"""Compile the policy data into the one JSON file that the engine loads.

python -m scripts.compile [--data policy_data] [--out build/policies.json] [--also calc/data/policies.json] [--drafts]

A policy with anything not yet confirmed is left out; --drafts includes it, marked as a draft, for a preview.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .data.drafts import Drafts
from .data.gate import load_problems
from .data.resolve import compile_all
from .data.sources import SourceSet

ROOT = Path(__file__).resolve().parent.parent


def encode(data: dict) -> str:
    """The compiled data as text: compact, Chinese unescaped, the same bytes for the same sources."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def write(path: Path, text: str) -> None:
    """Writes a text file, its folder first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def left_out(found: Drafts, drafts: bool, lang: str) -> list[str]:
    """What is said of each policy that is still a draft."""
    lines = []
    for name in sorted(found.policies):
        count = found.counts.get(name)
        why = (f"有{count}处没有核实或翻译" if lang == "zh" else f"{count} {'entry is' if count == 1 else 'entries are'} not yet confirmed or translated") if count else ("所沿用的政策还是草稿" if lang == "zh" else "the policy it follows is a draft")
        if lang == "zh":
            lines.append(f"{name}：{why}，{'作为草稿编译，只供预览' if drafts else '没有编译'}。用 python -m scripts.check 查看还差哪些。")
        else:
            lines.append(f"{name}: {why}; {'compiled as a draft, for preview only' if drafts else 'left out'}. python -m scripts.check lists what is left.")
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Writes the compiled data, or prints what is wrong with the sources and returns 1."""
    parser = argparse.ArgumentParser(prog="python -m scripts.compile", description=f"{__doc__.splitlines()[0]} 把政策数据编译成一个 JSON 文件。")
    parser.add_argument("--data", type=Path, default=ROOT / "policy_data", help="folder of the data 数据文件夹")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "policies.json", help="file to write 输出文件")
    parser.add_argument("--also", type=Path, action="append", default=[], help="write the same to another file 同时写到")
    parser.add_argument("--drafts", action="store_true", help="include policies not yet confirmed, marked as drafts 包括没有核实的政策，标为草稿")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the messages 消息的语言")
    told = parser.parse_args(arguments)
    sources = SourceSet.read(told.data)
    problems = load_problems(sources)
    if problems:
        print("\n".join(problem.text(told.lang) for problem in problems), file=sys.stderr)
        print(f"{len(problems)} 处错误，没有编译。" if told.lang == "zh" else f"{len(problems)} problems; nothing was compiled.", file=sys.stderr)
        return 1
    said = left_out(Drafts.of(sources), told.drafts, told.lang)
    if said:
        print("\n".join(said), file=sys.stderr)
    text = encode(compile_all(sources, told.drafts))
    for path in (told.out, *told.also):
        write(path, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
