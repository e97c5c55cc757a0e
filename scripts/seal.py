"""Seal files of the policy data: record that every value has been compared with its notice as it now stands.

python -m scripts.seal [FILE…] [--data policy_data] [--lang zh|en] [--show]

Without names, every file that differs from its seal or has none. A file in which another rule of the gate finds something is not
sealed. --show says what differs and writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .data import gate, output, seals
from .data.rules import seal
from .data.sources import SourceSet

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Writes the seals and returns 1 when a file could not be sealed."""
    parser = argparse.ArgumentParser(prog="python -m scripts.seal", formatter_class=argparse.RawDescriptionHelpFormatter, description=f"登记：文件里的每个值都已对照通知核对过。\n\n{__doc__}")
    parser.add_argument("files", nargs="*", help="files such as policies/PLACE/YEAR.yaml 文件")
    parser.add_argument("--data", type=Path, default=ROOT / "policy_data", help="folder of the data 数据文件夹")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the messages 消息的语言")
    parser.add_argument("--show", action="store_true", help="say what differs, write nothing 只列出不同，不登记")
    told = parser.parse_args(arguments)
    sources, zh = SourceSet.read(told.data), told.lang == "zh"
    names = [relative(name, told.data) for name in told.files] or list(sources.documents)
    for name in names:
        if name not in sources.documents:
            parser.error(f"没有这个文件 / no such file: {name}")
    problems = gate.check(sources)
    wanted = [name for name in names if sources.documents[name].data is not None and sources.seals.get(name) != seals.encode(sources.documents[name])]
    changed = [problem for problem in problems if problem.rule == seal.name and problem.file in wanted]
    if changed:
        print(output.text(changed, told.lang))
    if told.show:
        return 1 if changed else 0
    stopped = {problem.file: problem for problem in reversed(problems) if problem.rule != seal.name}
    refused, sealed = 0, dict(sources.seals)
    for name in names:
        if name in stopped and (name in wanted or told.files):
            refused += 1
            print(stopped[name].text(told.lang), file=sys.stderr)
            print(f"{name}：还有问题，没有登记。先改好，再登记。" if zh else f"{name}: not sealed while it has problems. Correct them first.", file=sys.stderr)
        elif name in wanted:
            path = told.data / "seals" / f"{name.removesuffix('.yaml')}.seal"
            path.parent.mkdir(parents=True, exist_ok=True)
            sealed[name] = seals.encode(sources.documents[name])
            path.write_text(sealed[name], encoding="utf-8")
            print(f"{name}：已登记" if zh else f"{name}: sealed")
    kept = {name: text for name, text in sealed.items() if name in sources.documents}
    if kept:
        (told.data / "seals" / "register.txt").write_text(seals.register(kept), encoding="utf-8")
    return 1 if refused else 0


def relative(name: str, data: Path) -> str:
    """A file's name below the data folder, however it was given."""
    path = Path(name)
    for folder in (data, data.resolve()):
        if path.is_relative_to(folder):
            return path.relative_to(folder).as_posix()
    return path.as_posix()


if __name__ == "__main__":
    sys.exit(main())
