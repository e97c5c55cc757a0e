"""The full product, for hand and for nights: `python -m tests.oracle.full [--every N] [--jobs N] [POLICY …]`.

Every day × kind of person × tier × group and pair of groups × missed years, and newborns of every age named, under all
eighteen place-years: some ten million comparisons. `--every N` takes each Nth case only.
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice

from tests.oracle.compare import Comparison, place_years
from tests.oracle.space import PARTS, everything, ordinary


def run(policy_id, area, part, first, every):
    """One slice of one place-year: how many were compared, how many differ, and the first differences as text."""
    cases = everything(policy_id) if part == "everything" else ordinary(policy_id, part)
    comparison = Comparison(policy_id, area).check_all(islice(cases, first, None, every))
    return comparison.count, len(comparison.differences), comparison.report()


def main(arguments=None):
    """Compares, prints how many comparisons were made and every kind of difference, and fails when there is one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("policies", nargs="*", help="policies of the worked cases; all when none is named")
    parser.add_argument("--every", type=int, default=1, help="take each Nth case")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes")
    parser.add_argument("--ordinary", action="store_true", help="only what the test command compares")
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    total = wrong = 0
    with ProcessPoolExecutor(chosen.jobs) as pool:
        jobs = []
        for policy_id, area in place_years():
            if chosen.policies and policy_id not in chosen.policies:
                continue
            for part in PARTS if chosen.ordinary else ("everything",):
                for first in range(chosen.jobs):
                    jobs.append(pool.submit(run, policy_id, area, part, first * chosen.every, chosen.every * chosen.jobs))
        for job in jobs:
            count, differ, report = job.result()
            total, wrong = total + count, wrong + differ
            if differ:
                print(report, flush=True)
    print(f"{total} comparisons, {wrong} differences, {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
