#!/usr/bin/env python3
"""Run files of worked cases and show every difference: expected, got, explanation and clause.

python -m scripts.check_cases FILE… [--alternatives] [--lang zh|en] [--policies FILE | --data DIR]

The policies are compiled afresh from the data unless a compiled file is named. Ends with a line such as
"351 of 351 cases; alternatives shown 107 of 107". Exit code 0: all agree; 1: a case differs (with --alternatives also: an
alternative is not shown); 2: a file or the data cannot be read.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __package__ in (None, ""):  # run by its path
    sys.path.insert(0, str(ROOT))

from calc import PolicySet  # noqa: E402
from calc.explain import explain  # noqa: E402
from scripts.case_runner import CaseFileError, Difference, Outcome, figure_names, read_cases, run, shown  # noqa: E402

WORDS = {
    "zh": {"differs": "不一致", "input": "填写", "expected": "应为", "got": "得到", "none": "没有值", "because": "解释", "clause": "依据", "no_clause": "这一步没有条款",
           "note": "个案附注", "alternative": "没有列出的另一种理解", "alternatives": "列出的其他可能", "fails": "出错", "reading": "理解", "facts": "情况"},
    "en": {"differs": "DIFFERS", "input": "input", "expected": "expected", "got": "got", "none": "no value", "because": "explanation", "clause": "clause", "no_clause": "this step rests on no clause",
           "note": "note of the case", "alternative": "ALTERNATIVE NOT SHOWN", "alternatives": "shown instead", "fails": "error", "reading": "reading", "facts": "facts"},
}


def load_policies(compiled: Path | None, data: Path) -> PolicySet:
    """The policies of a compiled file, or compiled now from the data; raises SystemExit(2) with the problems."""
    if compiled is not None:
        try:
            return PolicySet(json.loads(compiled.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError) as error:
            print(f"读不了编译好的政策数据 / the compiled policies cannot be read: {compiled}: {error}", file=sys.stderr)
            raise SystemExit(2) from None
    try:
        from scripts.data.gate import load_problems
        from scripts.data.resolve import compile_all
        from scripts.data.sources import SourceSet
    except ModuleNotFoundError as error:
        own = ROOT / ".venv" / "bin" / "python"
        if own.exists() and Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
            os.execv(own, [str(own), *sys.argv])  # the project's own environment has what is missing here
        print(f"缺少 {error.name}。请先运行 make build，再用 .venv/bin/python 运行。 / {error.name} is not installed; run make build, then use .venv/bin/python.", file=sys.stderr)
        raise SystemExit(2) from None
    sources = SourceSet.read(data)
    problems = load_problems(sources)
    if problems:
        print("\n".join(problem.text("zh") for problem in problems), file=sys.stderr)
        raise SystemExit(2)
    return PolicySet(compile_all(sources, drafts=True))  # cases are how a draft is tried out


def value_text(value: object, words: dict) -> str:
    """A figure as text; no value is said so and never printed as nothing."""
    return words["none"] if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def clause_lines(policies: PolicySet, clauses: list[str] | tuple, words: dict) -> list[str]:
    """The clauses a step rests on, quoted."""
    if not clauses:
        return [f"      {words['clause']}: {words['no_clause']}"]
    return [f"      {words['clause']}: {reference} “{policies.clause(reference)['quote']}”" for reference in clauses]


def difference_lines(policies: PolicySet, outcome: Outcome, difference: Difference, lang: str) -> list[str]:
    """One difference: expected, got, explanation and clause."""
    words = WORDS[lang]
    if difference.error is not None:
        return [f"    {difference.figure}: {words['fails']}: {difference.error.message(lang)}", f"      {words['expected']}: {value_text(difference.expected, words)}"]
    state = f" ({difference.state})" if difference.state else ""
    lines = [f"    {difference.figure}: {words['expected']} {value_text(difference.expected, words)}, {words['got']} {value_text(difference.got, words)}{state}"]
    step = difference.step
    if step is not None and outcome.assessment is not None:
        lines += [f"      {words['because']}: {text}" for text in explanations(policies, outcome, difference, lang)]
        lines += clause_lines(policies, step.clauses or [clause for child in step.children for clause in child.clauses], words)
        lines += [f"      {question}: {policies.questions[question]['topic'][lang]}" for question in step.questions]
    return lines


def explanations(policies: PolicySet, outcome: Outcome, difference: Difference, lang: str) -> list[str]:
    """The sentences by which the calculator explains a figure."""
    step, found = difference.step, explain(policies, outcome.assessment, lang)
    texts = [entry["text"] for entry in walk(found["steps"]) if step is not None and entry["kind"] == step.kind and set(step.clauses) <= {citation["ref"] for citation in entry["clauses"]}]
    return texts[:3] or [found["headline"]]


def walk(steps: list[dict]) -> list[dict]:
    """All steps of an explanation, parents first."""
    return [entry for step in steps for entry in (step, *walk(step.get("steps", [])))]


def alternative_lines(outcome: Outcome, entry: dict, lang: str) -> list[str]:
    """An alternative that the answer does not show, and those it shows."""
    words = WORDS[lang]
    lines = [f"  {words['alternative']}: {outcome.worked.id} {entry.get('reading', '')}", f"    {words['expected']}: {json.dumps(entry['expect'], ensure_ascii=False)}"]
    if outcome.assessment is not None:
        for other in outcome.assessment.alternatives:
            figures = {name: shown(name, value) for name, (value, _) in other.figures.items()}
            chosen = {**other.readings, **{name: str(value) for name, value in other.facts.items()}}
            lines.append(f"    {words['alternatives']}: {json.dumps(chosen, ensure_ascii=False)} → {json.dumps(figures, ensure_ascii=False)}")
    return lines


def report(policies: PolicySet, outcome: Outcome, lang: str, alternatives: bool) -> list[str]:
    """What is printed of one case: nothing when it agrees."""
    words, data, lines = WORDS[lang], outcome.worked.data, []
    if outcome.differences:
        lines.append(f"{words['differs']}: {outcome.worked.id} [{data.get('certainty', '?')}] {data['policy']}{' ' + str(data['region']) if data.get('region') else ''} ({outcome.worked.path}:{outcome.worked.line})")
        lines.append(f"    {words['input']}: {json.dumps(data['input'], ensure_ascii=False)}")
        for difference in outcome.differences:
            lines += difference_lines(policies, outcome, difference, lang)
        if data.get("note"):
            lines.append(f"    {words['note']}: {data['note']}")
    if alternatives or not outcome.differences:
        for entry in outcome.missing:
            lines += alternative_lines(outcome, entry, lang)
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Runs the files named and returns the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/check_cases.py", formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description=f"运行个案文件，逐条列出不一致之处。\n\n{__doc__}")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON files of cases (tests/cases/README.md) 个案文件")
    parser.add_argument("--alternatives", action="store_true", help="an alternative that is not shown fails the run too 没有列出另一种理解也算失败")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the report 报告的语言")
    parser.add_argument("--policies", type=Path, help="compiled policies, instead of compiling the data 编译好的政策数据")
    parser.add_argument("--data", type=Path, default=ROOT / "policy_data", help="folder of the data 数据文件夹")
    told = parser.parse_intermixed_args(arguments)
    policies = load_policies(told.policies, told.data)
    known = figure_names(policies)
    passed = cases = shown_alternatives = wanted = unreadable = 0
    for path in told.files:
        try:
            rows = read_cases(path)
        except CaseFileError as error:
            print(error.text(told.lang), file=sys.stderr)
            unreadable += 1
            continue
        for worked in rows:
            outcome = run(policies, worked, known)
            cases += 1
            passed += not outcome.differences
            wanted += outcome.alternatives
            shown_alternatives += outcome.alternatives - len(outcome.missing)
            lines = report(policies, outcome, told.lang, told.alternatives)
            if lines:
                print("\n".join(lines))
    print(f"{passed} of {cases} cases; alternatives shown {shown_alternatives} of {wanted}")
    if unreadable:
        return 2
    return 1 if passed < cases or (told.alternatives and shown_alternatives < wanted) else 0


if __name__ == "__main__":
    sys.exit(main())
