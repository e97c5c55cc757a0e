"""Compile the policy data into the one JSON file that the engine loads.

python -m scripts.compile [--data policy_data] [--out build/policies.json] [--also calc/data/policies.json]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .data.gate import load_problems
from .data.resolve import compile_all
from .data.sources import SourceSet

ROOT = Path(__file__).resolve().parent.parent


def encode(data: dict) -> str:
    """The compiled data as text: compact, Chinese unescaped, the same bytes for the same sources."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Writes the compiled data, or prints what is wrong with the sources and returns 1."""
    parser = argparse.ArgumentParser(prog="python -m scripts.compile", description=f"{__doc__.splitlines()[0]} 把政策数据编译成一个 JSON 文件。")
    parser.add_argument("--data", type=Path, default=ROOT / "policy_data", help="folder of the data 数据文件夹")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "policies.json", help="file to write 输出文件")
    parser.add_argument("--also", type=Path, action="append", default=[], help="write the same to another file 同时写到")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the messages 消息的语言")
    told = parser.parse_args(arguments)
    sources = SourceSet.read(told.data)
    problems = load_problems(sources)
    if problems:
        print("\n".join(problem.text(told.lang) for problem in problems), file=sys.stderr)
        print(f"{len(problems)} 处错误，没有编译。" if told.lang == "zh" else f"{len(problems)} problems; nothing was compiled.", file=sys.stderr)
        return 1
    text = encode(compile_all(sources))
    for path in (told.out, *told.also):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
