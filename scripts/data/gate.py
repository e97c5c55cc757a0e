"""The gate: every rule of scripts/data/rules over a source set; a rule is a module with `name`, `description` and `check`."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from . import rules
from .problem import Problem
from .sources import SourceSet


def all_rules() -> dict[str, ModuleType]:
    """Every rule by its name; the folder is the register."""
    found = [importlib.import_module(f"{rules.__name__}.{entry.name}") for entry in pkgutil.iter_modules(rules.__path__)]
    return {rule.name: rule for rule in sorted(found, key=lambda rule: rule.name)}


def load_problems(sources: SourceSet) -> list[Problem]:
    """What must be right before the data can be compiled: the syntax, and the rules marked `load`."""
    return check(sources, [rule for rule in all_rules().values() if getattr(rule, "load", False)])


def check(sources: SourceSet, chosen: list[ModuleType] | None = None) -> list[Problem]:
    """All problems of a source set in the order of its files.

    Every rule runs even when others find something, so that all is told at once; a rule that cannot go on because the data
    have lost their shape says what it found until then, as the rule that saw the shape has named the cause. With a file that
    cannot be read at all, only the rules marked `alone` (they judge a file by itself) run: to the others its whole content
    would be missing, and hundreds of consequences would hide the cause.
    """
    wanted = list(all_rules().values()) if chosen is None else chosen
    problems = list(sources.problems)
    missing = {problem.file for problem in problems} - {document.name for document in (*sources.documents.values(), *sources.shared.values()) if document.data is not None}
    if missing:
        wanted = [rule for rule in wanted if getattr(rule, "alone", False)]
    stopped: Exception | None = None
    for rule in sorted(wanted, key=lambda rule: not getattr(rule, "load", False)):
        found = iter(rule.check(sources))
        while True:
            try:
                problems.append(next(found))
            except StopIteration:
                break
            except Exception as error:  # noqa: BLE001 - whatever stops a rule, what was found until then is told
                stopped = error
                break
    if stopped is not None and not problems:
        raise stopped
    return sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.column, problem.rule, problem.en))
