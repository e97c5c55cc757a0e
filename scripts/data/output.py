"""Problems for people (text), for GitHub (annotations) and for other programs (SARIF 2.1.0)."""

from __future__ import annotations

import json
from collections import Counter
from types import ModuleType

from .problem import Problem


FIRST = ("yaml", "schema", "path", "duplicate-ids")  # what the others may be consequences of
MOST = 6  # of one rule in one file, when there are many problems in all


def text(problems: list[Problem], lang: str, everything: bool = True) -> str:
    """One paragraph a problem, with the excerpt and a caret.

    One slip, such as a misspelt key of a notice, may have hundreds of consequences: unless `everything` is asked for, of many
    problems those that may be the cause come first, and of each rule in each file the first few.
    """
    if everything or len(problems) <= 40:
        return "\n".join(problem.text(lang) for problem in problems)
    parts, seen, left = [], Counter(), Counter()
    for problem in sorted(problems, key=lambda problem: problem.rule not in FIRST):
        key = (problem.file, problem.rule)
        seen[key] += 1
        if seen[key] <= MOST or problem.rule == "unconfirmed":
            parts.append(problem.text(lang))
        else:
            left[key] += 1
    parts += [f"{file}: [{rule}] 还有{count}处同类的。先改好前面的，再看还剩多少；要全部列出，加 --all。" if lang == "zh" else f"{file}: [{rule}] {count} more of this kind. Correct those above first and look again; --all prints every one."
              for (file, rule), count in left.items()]
    return "\n".join(parts)


def github(problems: list[Problem], lang: str, folder: str) -> str:
    """GitHub's workflow commands, which mark the lines of a change."""
    return "\n".join(
        f"::error file={_property(f'{folder}/{problem.file}')},line={problem.line},col={problem.column},title={_property(problem.rule)}::{_data(problem.message(lang))}"
        for problem in problems)


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def sarif(problems: list[Problem], lang: str, folder: str, rules: dict[str, ModuleType]) -> str:
    """A SARIF log with every rule and every problem."""
    described = {"yaml": {"zh": "文件能读。", "en": "Files can be read."}, **{name: rule.description for name, rule in rules.items()}}
    names = list(described)
    return json.dumps({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "scripts.check", "rules": [{"id": name, "shortDescription": {"text": described[name][lang]}} for name in names]}},
            "columnKind": "unicodeCodePoints",
            "results": [{
                "ruleId": problem.rule, "ruleIndex": names.index(problem.rule), "level": "error", "message": {"text": problem.message(lang)},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": f"{folder}/{problem.file}"}, "region": {"startLine": problem.line, "startColumn": problem.column}}}],
            } for problem in problems],
        }],
    }, ensure_ascii=False, indent=1)


RENDERINGS = {"text": text, "github": github, "sarif": sarif}
