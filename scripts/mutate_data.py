#!/usr/bin/env python3
"""Change every amount, number, date, enumeration value and reference of the policies, one at a time, and see which check notices.

python -m scripts.mutate_data [--sample N --seed S] [--only PLACE-YEAR] [--processes 2] [--lang zh|en]

Each change is made in memory. The gate is asked first, then the worked cases (their figures, their alternatives, the clauses
they cite), and the first check that fails counts. What survives must have a written reason in policy_data/mutation_survivors.yaml;
a survivor without one fails the run, and so does a reason that fits no survivor any more (not with --sample or --only). A case
that fails before anything is changed would notice every change, so all must pass first.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from copy import copy
from functools import cache
from pathlib import Path
from typing import NamedTuple

from calc import Case, PolicySet
from calc.assessment import Assessment
from calc.cli.cases import regional
from calc.engine import evaluate
from calc.errors import CaseError

from .case_runner import Worked, beside, figure_names, read_cases, run, same
from .data import gate
from .data.mutations import Mutation, mutations
from .data.problem import Problem
from .data.resolve import compile_policy
from .data.sources import VOCABULARY, SourceSet
from .data.yaml_source import load

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "policy_data"
CASES = (ROOT / "tests" / "cases", ROOT / "tests" / "cases_own")
REGISTER = "mutation_survivors.yaml"
# The gate's rules in the order in which they are asked: the cheap ones before the cases, the dear ones after them. Those about
# notices and texts cannot notice a change of a policy. The seal is not asked: it notices every change of what has been compared
# with its notice, and would hide what nothing else notices, which is what a new value has to rely on.
FAST = ("order", "not-told", "never-zero", "silence-declared", "group-in-quote", "number-in-quote", "figure-used", "condition-said", "reading-evidence")
SLOW = ("compute-clause-used", "duplicate-ids", "path", "schema", "references", "every-day")


class Bench:
    """One policy with what its changes are tried on: its notices, those that follow it, and the worked cases about it."""

    def __init__(self, sources: SourceSet, name: str) -> None:
        self.name, self.document = name, sources.policies()[name]
        self.names = [name, *(other for other, document in sources.policies().items() if (document.data.get("follows") or {}).get("policy") == name)]  # type: ignore[union-attr]
        base = (self.document.data.get("follows") or {}).get("policy")  # type: ignore[union-attr]
        wanted = {sources.policies()[other].name for other in (*self.names, *([base] if base else []))}
        self.sources = copy(sources)
        self.sources.documents = {file: document for file, document in sources.documents.items() if file in wanted or file.startswith(("vocabulary/", "questions/", "notices/"))}
        self.sources.problems, self.sources.found = [], {}
        self.rules = gate.all_rules()
        self.data = {"schema": 1, "vocabulary": {part: document.data[part] for part in VOCABULARY if (document := sources.vocabulary(part)) is not None},  # type: ignore[index]
                     "notices": {notice: {**document.data, "clauses": {clause: entry for clause, (_, entry) in clauses.items()}} for notice, (document, clauses) in self.sources.notices().items()},  # type: ignore[dict-item]
                     "questions": {question: entry for question, (_, _, entry) in sources.questions().items()}}
        policies = self.policies(self.sources)
        self.known = figure_names(policies)
        self.cases = [worked for worked in all_cases() if worked.data["policy"] in self.names]
        self.before: dict[str, list[Problem]] = {}  # what a rule finds in the part of the data that the bench holds
        self.before = {rule: self.problems(self.sources, rule) for rule in (*FAST, *SLOW)}
        self.cited = {id(worked): supported(policies, worked, answer(policies, worked)) for worked in self.cases}

    def policies(self, sources: SourceSet) -> PolicySet:
        """The policies of the bench, compiled."""
        return PolicySet({**self.data, "policies": {name: compile_policy(sources, name) for name in self.names}})

    def changed(self, mutation: Mutation) -> SourceSet:
        """The sources with one value of the policy changed; what was worked out about other files is kept."""
        found = copy(self.sources)
        document = mutation.applied(self.document)
        found.documents = {**self.sources.documents, document.name: document}
        found.found = {key: value for key, value in self.sources.found.items() if key != ("entries", document.name)}
        return found

    def caught_by(self, mutation: Mutation) -> str | None:
        """The first check that notices a change: a rule of the gate, or the cases; None for a survivor."""
        sources = self.changed(mutation)
        for name in FAST:
            if self.problems(sources, name):
                return f"gate: {name}"
        try:
            policies = self.policies(sources)
            for worked in self.cases:
                found = answer(policies, worked)
                if found is None or not agrees(worked, found, self.known):
                    return "cases: figures"
                if not self.cited[id(worked)] <= supported(policies, worked, found):
                    return "cases: clauses"
            for worked in self.cases if mutation.decides else ():
                if worked.data.get("alternatives") and (outcome := run(policies, worked, self.known)) and (outcome.missing or outcome.differences):
                    return "cases: alternatives"
        except Exception:  # noqa: BLE001 - an engine that stops on the change has noticed it
            return "engine stops"
        asked = SLOW if mutation.decides else [name for name in SLOW if name != "every-day"]
        return next((f"gate: {name}" for name in asked if self.problems(sources, name)), None)

    def problems(self, sources: SourceSet, name: str) -> list[Problem]:
        """What one rule finds; a rule that cannot go on has noticed something."""
        rule = self.rules[name]
        if name == "schema":
            return list(rule.schema_check.check(sources.documents[self.document.name]))
        try:
            return [problem for problem in rule.check(sources) if problem not in self.before.get(name, ())]
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            return [Problem(name, self.document.name, 1, 1, str(error), str(error))]


@cache
def all_cases() -> tuple[Worked, ...]:
    """Every worked case of the real places."""
    return tuple(worked for folder in CASES for path in sorted(folder.glob("*.json")) for worked in read_cases(path))


@cache
def bench(name: str) -> Bench:
    """The bench of a policy, made once in each process."""
    sources = SourceSet.read(DATA)
    return Bench(sources, name)


def answer(policies: PolicySet, worked: Worked) -> Assessment | None:
    """What the engine says of a case under the default readings; None where the case cannot be read any more."""
    try:
        policy = regional(policies, policies.policy(worked.data["policy"]), worked.data.get("region"))
        return evaluate(policy, Case.parse(worked.data["input"], policy))
    except CaseError:
        return None


def agrees(worked: Worked, found: Assessment, known: set[str]) -> bool:
    """Whether every figure is what the case expects."""
    figures = found.figures
    return all(figure in known and same(figure, expected, figures.get(figure, (None,))[0]) for figure, expected in worked.data["expect"].items()) and not beside(worked.data, found)


def supported(policies: PolicySet, worked: Worked, found: Assessment | None) -> set[str]:
    """The passages that a case quotes and that the clauses cited by its answer hold, whole or in part."""
    if found is None:
        return set()
    quotes = [policies.clause(clause)["quote"] for step in found.tree.walk() for clause in step.clauses]
    told = [worked.data.get("quote"), *worked.data.get("more_quotes", [])]
    return {text for text in told if isinstance(text, str) and any(overlap(text, quote) for quote in quotes)}


def overlap(text: str, quote: str) -> bool:
    """Whether a passage lies in a quote, or holds it."""
    text = "".join(text.split())
    return text in quote or quote in text


def judged(task: tuple[str, list[Mutation]]) -> list[tuple[Mutation, str | None]]:
    """What notices each of some changes to one policy."""
    name, chosen = task
    on = bench(name)
    return [(mutation, on.caught_by(mutation)) for mutation in chosen]


def every(sources: SourceSet, only: str | None = None) -> list[tuple[str, Mutation]]:
    """Every change to every policy, with the policy's identifier."""
    return [(name, mutation) for name, document in sources.policies().items() if only in (None, name) for mutation in mutations(sources, document)]


def batches(found: list[tuple[str, Mutation]], size: int = 40) -> list[tuple[str, list[Mutation]]]:
    """The changes in batches of one policy each, so that two processes share the work evenly."""
    by_policy: dict[str, list[Mutation]] = {}
    for name, mutation in found:
        by_policy.setdefault(name, []).append(mutation)
    return [(name, chosen[at : at + size]) for name, chosen in by_policy.items() for at in range(0, len(chosen), size)]


def judge(found: list[tuple[str, Mutation]], processes: int) -> list[tuple[Mutation, str | None]]:
    """What notices each change, worked out in several processes."""
    tasks = batches(found)
    if processes < 2 or len(tasks) < 2:
        return [result for task in tasks for result in judged(task)]
    with ProcessPoolExecutor(processes) as pool:
        return [result for results in pool.map(judged, tasks) for result in results]


def failing(names: list[str]) -> list[Worked]:
    """The cases of some policies that do not come out as they are."""
    found = []
    for name in names:
        on = bench(name)
        policies = on.policies(on.sources)
        found += [worked for worked in on.cases if (result := answer(policies, worked)) is None or not agrees(worked, result, on.known)]
    return found


# What is listed of survivors without a reason: those that want a case first, then those that want a second look.
HEADINGS = {
    "figure": ("金额、数字、日期——为每处写一个个案：", "Amounts, numbers, dates: write a case for each:"),
    "condition": ("条件、对象、时段、选项——为每处写一个个案，两边结果本来就一样的不用写：", "Conditions, groups, periods, choices: write a case for each, unless both sides come to the same:"),
    "reference": ("条款、资金、部门——对照通知再看一眼；登记（seal）以后改错了会报告：", "Clauses, funds, bodies: look at each once more with the notice; once sealed, a slip is reported:"),
}


def heading(mutation: Mutation) -> str:
    """Under which heading a survivor is listed."""
    if mutation.kind in ("number", "date"):
        return "figure"
    aside = {"clauses", "clause_alias", "fund", "identified_by", "bodies", "channels", "questions", "certainty"}
    return "reference" if aside & {part for part in mutation.path if isinstance(part, str)} else "condition"


class Reason(NamedTuple):
    """Why some changes may survive: the line of the register, the label as written there, its pattern, and the reason in English."""

    line: int
    told: str
    pattern: re.Pattern
    why: str

    def covers(self, label: str) -> bool:
        """Whether a change is one of those meant: the pattern fits the whole label."""
        return self.pattern.fullmatch(label) is not None


def register(path: Path) -> list[Reason]:
    """The written reasons. An entry lists changes by their labels, in which * stands for any words and | for a choice in brackets."""
    document = load(path.name, path.read_text(encoding="utf-8") if path.exists() else "survivors: []\n")
    return [Reason(document.at(("survivors", number, "changes", index))[0], label, pattern(label), entry["why"]["en"])
            for number, entry in enumerate(document.data["survivors"]) for index, label in enumerate(entry["changes"])]  # type: ignore[index, call-overload]


def pattern(label: str) -> re.Pattern:
    """A label of the register as a pattern: * any words, (a|b) a choice, everything else as it stands."""
    parts = re.split(r"(\*|\([^()]*\|[^()]*\))", label)
    return re.compile("".join(".*" if part == "*" else f"(?:{'|'.join(re.escape(choice) for choice in part[1:-1].split('|'))})" if part.startswith("(") and "|" in part else re.escape(part) for part in parts))


def report(sources: SourceSet, results: list[tuple[Mutation, str | None]], whole: bool, lang: str) -> int:
    """Prints the counts and the survivors; returns how many things are wrong with the register."""
    zh = lang == "zh"
    for check, count in sorted(Counter(caught or ("存活" if zh else "survived") for _, caught in results).items(), key=lambda pair: -pair[1]):
        print(f"{count:6d}  {check}")
    reasons = register(DATA / REGISTER)
    survivors = {mutation.label(sources.documents[mutation.file]): mutation for mutation, caught in results if caught is None}
    wrong = 0
    open_ones = [(label, mutation) for label, mutation in survivors.items() if not any(reason.covers(label) for reason in reasons)]
    for kind, titles in HEADINGS.items():
        listed = [(label, mutation) for label, mutation in open_ones if heading(mutation) == kind]
        if listed:
            print(titles[0 if zh else 1])
        for label, mutation in listed:
            line, column = sources.documents[mutation.file].at(mutation.path)
            wrong += 1
            print(f"{mutation.file}:{line}:{column}: {'没有检查发现，也没有写理由' if zh else 'survives, and no reason is written'}: {label.partition(': ')[2]}")
    for reason in reasons if whole else ():
        if not any(reason.covers(label) for label in survivors):
            wrong += 1
            print(f"{REGISTER}:{reason.line}: {'写了理由，但已没有这样的存活，请删除' if zh else 'has a reason, but nothing of the kind survives; delete it'}: {reason.told}")
    return wrong


def main(arguments: list[str] | None = None) -> int:
    """Runs the changes and returns 1 when a survivor has no reason or a reason no survivor."""
    parser = argparse.ArgumentParser(prog="python -m scripts.mutate_data", formatter_class=argparse.RawDescriptionHelpFormatter, description=f"逐个改错政策里的数字、日期、选项和引用，看哪项检查能发现。\n\n{__doc__}")
    parser.add_argument("--sample", type=int, help="only so many changes, chosen at random 只抽查几处")
    parser.add_argument("--seed", type=int, default=0, help="which random sample 抽样的种子")
    parser.add_argument("--only", help="one policy (place-year) 只改一项政策")
    parser.add_argument("--processes", type=int, default=2, help="how many processes 进程数")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the messages 消息的语言")
    told = parser.parse_args(arguments)
    sources = SourceSet.read(DATA)
    found = every(sources, told.only)
    if not found:
        parser.error(f"没有这项政策 / no such policy: {told.only}")
    if told.sample is not None and told.sample < len(found):
        found = [found[index] for index in sorted(random.Random(told.seed).sample(range(len(found)), told.sample))]
    if broken := failing(sorted({name for name, _ in found})):
        print("\n".join(f"{worked.path}:{worked.line}: {worked.id}" for worked in broken))
        print(f"有{len(broken)}个个案现在就不对，改错什么它们都会“发现”。先用 scripts.check_cases 改好再来。" if told.lang == "zh"
              else f"{len(broken)} cases fail as the data are, and would notice every change. Put them right with scripts.check_cases first.")
        return 2
    began = time.monotonic()
    results = judge(found, told.processes)
    wrong = report(sources, results, told.sample is None and told.only is None, told.lang)
    alive = sum(caught is None for _, caught in results)
    seconds = time.monotonic() - began
    if told.lang == "zh":
        print(f"改了{len(results)}处，{len(results) - alive}处被发现，{alive}处存活，其中{alive - (wrong if told.only or told.sample else 0)}处在 {REGISTER} 里写有理由；要看的{wrong}处；{seconds:.0f}秒")
    else:
        print(f"{len(results)} changes, {len(results) - alive} noticed, {alive} survived, {alive - (wrong if told.only or told.sample else 0)} of them with a reason in {REGISTER}; {wrong} to look at; {seconds:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
