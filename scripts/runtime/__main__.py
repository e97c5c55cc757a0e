"""`python -m scripts.runtime build` makes the runtime, `bench` measures it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .errors import RuntimeBuildError

LIMIT_MB = 4.0
LIMIT_RATIO = 2.0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.runtime", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--calc", type=Path, default=Path("calc"), help="folder of the engine's package (default: calc)")
    common.add_argument("--policies", type=Path, default=Path("build/policies.json"), help="compiled policies (default: build/policies.json)")
    common.add_argument("--out", type=Path, default=Path("build/runtime"), help="where the runtime is written (default: build/runtime)")
    common.add_argument("--cache", type=Path, default=Path("build/cache"), help="downloads and compressed files (default: build/cache)")
    common.add_argument("--requests", type=Path, help="JSON list of warm-up requests (default: what the engine's browser.samples() returns)")
    commands.add_parser("build", parents=[common], help="make the runtime")
    bench = commands.add_parser("bench", parents=[common], help="measure the runtime against Pyodide as shipped, in the same run")
    bench.add_argument("--rounds", type=int, default=5, help="starts of each kind (default: 5)")
    bench.add_argument("--throttle", type=int, default=1, metavar="N", help="a processor N times slower (default: 1)")
    bench.add_argument("--request", type=json.loads, help="the request that is timed, as JSON (default: the first sample)")
    bench.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """The exit status is 1 when the runtime cannot be made or a bound does not hold."""
    options = _parser().parse_args(arguments)
    try:
        from .build import Job, build

        requests = json.loads(options.requests.read_text(encoding="utf-8")) if options.requests else None
        job = Job(options.calc, options.policies, options.out, options.cache, requests)
        if options.command == "build":
            build(job)
            return 0
        from .bench import bench

        manifest = build(job, say=lambda line: print(line, file=sys.stderr))
        figures = bench(job, manifest, options.rounds, options.throttle, options.request)
        print(json.dumps(figures.as_dict(), indent=1) if options.json else figures.as_text(LIMIT_MB, LIMIT_RATIO))
        return 0 if figures.holds(LIMIT_MB, LIMIT_RATIO) else 1
    except RuntimeBuildError as error:
        print(f"scripts.runtime: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
