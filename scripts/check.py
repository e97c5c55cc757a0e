"""Check the policy data: every rule of the gate, all problems at once, each with its place, its likely cause and the next step.

python -m scripts.check [--lang zh|en] [--format text|github|sarif] [--notices DIR] [--data policy_data] [--drafts] [--all] [--list] [--declared]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .data import gate, output
from .data.evidence import policy_entries
from .data.rules import unconfirmed
from .data.sources import SourceSet

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "template"


def main(arguments: list[str] | None = None) -> int:
    """Prints the problems and returns 1 when there are any."""
    parser = argparse.ArgumentParser(prog="python -m scripts.check", description=f"{__doc__.splitlines()[0]} 检查政策数据，一次列出全部问题。")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the messages 消息的语言")
    parser.add_argument("--format", choices=tuple(output.RENDERINGS), default="text", help="text for people, github annotations, or SARIF 输出格式")
    parser.add_argument("--notices", type=Path, help="folder of the full texts of the notices (<id>.txt) 通知全文的文件夹")
    parser.add_argument("--data", type=Path, default=ROOT / "policy_data", help="folder of the data 数据文件夹")
    parser.add_argument("--drafts", action="store_true", help="leave out what is marked as not yet confirmed 不列出标着 unconfirmed 的内容")
    parser.add_argument("--all", action="store_true", help="print every problem, also the many of one kind in one file 一类问题很多时也全部列出")
    parser.add_argument("--list", action="store_true", help="list the rules 列出规则")
    parser.add_argument("--declared", action="store_true", help="list the figures declared as inferred, with their reasons 列出声明为推断的数字和日期")
    told = parser.parse_args(arguments)
    rules = gate.all_rules()
    if told.list:
        print("\n".join(f"{name}: {rule.description[told.lang]}" for name, rule in rules.items()))
        return 0
    if not told.data.is_dir():
        parser.error(f"没有文件夹 / no such folder: {told.data}")
    if told.notices is not None and not told.notices.is_dir():
        parser.error(f"没有文件夹 / no such folder: {told.notices}")
    sources = SourceSet.read(told.data, told.notices)
    if told.declared:
        print("\n".join(declared(sources, told.lang)))
        return 0
    problems = [problem for problem in gate.check(sources) if not (told.drafts and problem.rule == unconfirmed.name)]
    files = len(sources.documents)
    if (told.data / TEMPLATE).is_dir():  # the imaginary place shows how it is done, so it has to be right too
        template = SourceSet.read(told.data / TEMPLATE)
        problems += [problem.below(TEMPLATE) for problem in gate.check(template) if not problem.file.startswith("../")]
        files += len(template.documents)
    folder = told.data.name if not told.data.is_absolute() or not told.data.is_relative_to(ROOT) else told.data.relative_to(ROOT).as_posix()
    if told.format == "text":
        if problems:
            print(output.text(problems, told.lang, told.all))
        print(summary(len(problems), files, len(rules), told.lang), file=sys.stderr)
        if open_files := [name for name in sources.documents if name not in sources.seals]:
            print(unsealed(open_files, told.lang), file=sys.stderr)
    elif told.format == "github":
        print(output.github(problems, told.lang, folder))
    else:
        print(output.sarif(problems, told.lang, folder, rules))
    return 1 if problems else 0


def declared(sources: SourceSet, lang: str) -> list[str]:
    """One line for each entry with figures that are not literally in its quotes: where, which, and why."""
    lines = []
    for document in sources.of("policies"):
        for entry in policy_entries(sources, document):
            if entry.declared:
                note = (entry.data.get("note") or {}).get(lang, "")
                reason = note or ", ".join([*entry.data.get("questions", []), *filter(None, [entry.data.get("under"), entry.data.get("certainty")])])
                line, column = document.at((*entry.path, "inferred_values"))
                lines.append(f"{document.name}:{line}:{column}: {', '.join(sorted(entry.declared))} ({reason or '—'})")
    return lines


def summary(problems: int, files: int, rules: int, lang: str) -> str:
    """The closing line."""
    if lang == "zh":
        return f"检查了{files}个文件，{rules}条规则：" + (f"{problems}处问题。" if problems else "没有问题。")
    return f"{files} files, {rules} rules: " + (f"{problems} problem{'s' if problems > 1 else ''}." if problems else "no problem.")


def unsealed(files: list[str], lang: str) -> str:
    """Which files have not been sealed yet: a change in them is noticed by the other rules alone."""
    shown = ("、" if lang == "zh" else ", ").join(files[:3]) + (" …" if len(files) > 3 else "")
    if lang == "zh":
        return f"还有{len(files)}个文件没有登记（{shown}）。对照通知核对完以后，运行 python -m scripts.seal；登记以后，改动任何一个值都会报告。"
    return f"{len(files)} files are not sealed yet ({shown}). Once compared with their notices, run python -m scripts.seal; from then on a change of any value is reported."


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader of our output, such as head, has closed it
        sys.stderr.close()
        sys.exit(1)
