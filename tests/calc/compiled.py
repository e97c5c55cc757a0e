"""The policies for tests, compiled once per process from the data itself, so that no stale build product is tested."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from calc import PolicySet
from scripts.data.resolve import compile_all
from scripts.data.sources import SourceSet

ROOT = Path(__file__).resolve().parents[2]


@cache
def compiled() -> dict:
    """The compiled data as plain JSON data; not to be changed by a test."""
    return compile_all(SourceSet.read(ROOT / "policy_data"))


@cache
def policies() -> PolicySet:
    """The compiled policies; they keep no state between assessments."""
    return PolicySet(compiled())
