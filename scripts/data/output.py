"""Problems for people (text), for GitHub (annotations) and for other programs (SARIF 2.1.0)."""

from __future__ import annotations

import json
from types import ModuleType

from .problem import Problem


def text(problems: list[Problem], lang: str) -> str:
    """One paragraph a problem, with the excerpt and a caret."""
    return "\n".join(problem.text(lang) for problem in problems)


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
