"""Small data trees for tests: the fixtures of each rule, and trees written on the spot."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.data.sources import SourceSet

FIXTURES = Path(__file__).parent / "fixtures"
_MARK = re.compile(r"#\^ (\d+)")


def fixture(rule: str, kind: str) -> SourceSet:
    """The good or the bad fixture of a rule."""
    return SourceSet.read(FIXTURES / rule / kind)


def expected(rule: str) -> list[tuple[str, int, int]]:
    """Where the bad fixture of a rule says, in comments “#^ column”, that a problem is to be found."""
    found = []
    root = FIXTURES / rule / "bad"
    for path in sorted(root.rglob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found += [(path.relative_to(root).as_posix(), number, int(column)) for column in _MARK.findall(line)]
    return sorted(found)


def tree(files: dict[str, str]) -> SourceSet:
    """A source set of the given files."""
    return SourceSet(Path("tree"), files)
