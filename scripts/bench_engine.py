"""How fast the engine is: assessments a second with and without alternatives, questions, roster rows, and memory.

python -m scripts.bench_engine [--seconds 2] [--rows 20000] [--policies FILE]

Each time is the best of many, rosters are processor time of this process; beside them stands a yardstick (a million turns of an empty loop), because the same
machine is slower when others use it.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from calc import Case, Policy, PolicySet, assess, questions
from calc.cli.cases import regional
from calc.engine import evaluate
from calc.explain import explain
from calc.roster import Roster
from calc.roster_text import Printer
from scripts.case_runner import read_cases
from scripts.check_cases import ROOT, load_policies


def worked_cases(policies: PolicySet) -> list[tuple[Policy, Case]]:
    """The worked cases of the tests, parsed."""
    found = []
    for path in sorted((ROOT / "tests" / "cases").glob("*.json")):
        for worked in read_cases(path):
            policy = regional(policies, policies.policy(worked.data["policy"]), worked.data.get("region"))
            found.append((policy, Case.parse(worked.data["input"], policy)))
    return found


def seconds_each(work: Callable[[Policy, Case], object], cases: list[tuple[Policy, Case]], seconds: float) -> float:
    """Seconds of one call: of each case the best of as many rounds as fit the time, averaged over the cases."""
    best, end = [float("inf")] * len(cases), time.process_time() + seconds
    while best[0] == float("inf") or time.process_time() < end:
        for place, (policy, case) in enumerate(cases):
            start = time.perf_counter()
            work(policy, case)
            best[place] = min(best[place], time.perf_counter() - start)
    return sum(best) / len(cases)


def yardstick() -> float:
    """Processor seconds of a million turns of an empty loop, the best of ten."""
    best = float("inf")
    for _ in range(10):
        start = time.process_time()
        for _ in range(1_000_000):
            pass
        best = min(best, time.process_time() - start)
    return best


def roster_rows(policies: PolicySet, policy: Policy, count: int) -> list[dict[str, str]]:
    """An invented roster of a place: every group in turn, ages and payment days spread over the year."""
    groups = [name[0] for name in policy.data.get("group_names", {}).values()] + ["", "无"]
    first = date(policy.year - 1, 9, 1)
    return [{"姓名": f"第{number}人", "身份": groups[number % len(groups)], "档次": str(policy.tiers[number % len(policy.tiers)]) if policy.tiers else "",
             "缴费日期": (first + timedelta(number * 7 % 330)).isoformat(), "出生日期": (first - timedelta(number * 37 % 30000)).isoformat(), "断保年数": ["0", "1", "", "3"][number % 4]} for number in range(count)]


def roster_seconds(policies: PolicySet, policy: Policy, count: int) -> float:
    """Processor seconds of a whole roster, from cells to cells."""
    rows = roster_rows(policies, policy, count)
    sheet, printer = Roster(policies, list(rows[0]), {"policy": policy.id}), Printer(policies, "zh")
    start = time.process_time()
    for number, row in enumerate(rows, 1):
        printer.cells(sheet.row(number, row))
    return time.process_time() - start


def main(arguments: list[str] | None = None) -> int:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench_engine", description=f"{__doc__.splitlines()[0]} 量一量计算引擎有多快。")
    parser.add_argument("--seconds", type=float, default=2, help="time for each measurement 每项量多久")
    parser.add_argument("--rows", type=int, default=20000, help="rows of the roster 名单的行数")
    parser.add_argument("--policies", type=Path, help="compiled policies, instead of compiling the data 编译好的政策数据")
    told = parser.parse_args(arguments)
    tracemalloc.start()
    policies = load_policies(told.policies, ROOT / "policy_data")
    before = tracemalloc.get_traced_memory()[0]
    cases = worked_cases(policies)
    for policy, case in cases:
        assess(policy, case)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"Python {sys.version.split()[0]}, {len(cases)} worked cases; yardstick {yardstick() * 1000:.0f} ms")
    for name, work in (("evaluate (one answer)", evaluate), ("assess (with alternatives)", assess), ("questions", questions),
                       ("explain (one language, given the answer)", None)):
        if work is None:
            answers = {id(case): assess(policy, case) for policy, case in cases}
            each = seconds_each(lambda policy, case: explain(policies, answers[id(case)], "zh"), cases, told.seconds)  # noqa: B023 - called at once
        else:
            each = seconds_each(work, cases, told.seconds)
        print(f"{name}: {each * 1e6:.0f} µs, {1 / each:.0f} a second")
    print(f"memory: {before / 1e6:.1f} MB data and vocabulary, {held / 1e6:.1f} MB with all policies used, {peak / 1e6:.1f} MB at most")
    for policy in {policy.id: policy for policy, _ in cases}.values():
        spent = roster_seconds(policies, policy, told.rows)
        print(f"roster of {told.rows} rows, {policy.id}: {spent:.1f} s, {told.rows / spent:.0f} rows a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
