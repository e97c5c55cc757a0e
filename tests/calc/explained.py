"""Explanations for tests: every worked case explained in both languages, and what a reader can find in them."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache

from calc import Case, assess
from calc.explain import explain
from tests.calc.compiled import ROOT, compiled, policies

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DAYS = {
    "zh": re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"),
    "en": re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})"),
}
YUAN = {"zh": re.compile(r"(\d+(?:\.\d+)?)元"), "en": re.compile(r"(\d+(?:\.\d+)?) yuan")}


@cache
def cases() -> list[dict]:
    """The worked cases, in the order of their files."""
    return [case for path in sorted((ROOT / "tests" / "cases").glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))]


def both(policy: str, told: dict, readings: dict | None = None) -> dict[str, dict]:
    """A case explained in both languages."""
    rules = policies().policy(policy)
    result = assess(rules, Case.parse(told, rules), readings)
    return {lang: explain(policies(), result, lang) for lang in ("zh", "en")}


def policy_of(case: dict) -> str:
    """The policy that a worked case is about."""
    return policies().find(case["region"], case["policy"].rpartition("-")[2]).id if case.get("region") else case["policy"]


# Parts that hold codes for programs, or the notice's words.
CODES = {"place", "lang", "policy", "value", "id", "kind", "state", "code", "unit", "who", "premium", "name", "question", "reading", "group", "fact", "date", "others", "held", "clauses"}


def texts(data: object, key: str = "") -> list[tuple[str, str]]:
    """Every text of an explanation that is ours (not a citation's), with the name it stands under."""
    if isinstance(data, dict):
        return [found for name, value in data.items() if name not in CODES for found in texts(value, name)]
    if isinstance(data, list):
        return [found for value in data for found in texts(value, key)]
    return [(key, data)] if isinstance(data, str) else []


def days(text: str, lang: str) -> Counter:
    """The full dates in a text, as (year, month, day)."""
    return Counter((int(found["year"]), int(found["month"]) if lang == "zh" else MONTHS.index(found["month"]) + 1, int(found["day"])) for found in DAYS[lang].finditer(text))


def amounts(text: str, lang: str) -> Counter:
    """The amounts in yuan in a text."""
    return Counter(YUAN[lang].findall(text))


@cache
def data_texts(lang: str) -> list[str]:
    """Every text of the data that holds a digit, the longest first."""
    found = set()

    def collect(value: object) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("zh"), str) and isinstance(value.get("en"), str) and re.search(r"\d", value["zh"]):
                found.add(value[lang])
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect(compiled())
    return sorted(found, key=len, reverse=True)


def without_data(text: str, lang: str) -> str:
    """A text without what it takes word for word from the data."""
    for known in data_texts(lang):
        text = text.replace(known, "")
    return text


def citations(data: object) -> list[str]:
    """Every clause cited, in order."""
    if isinstance(data, dict):
        return ([data["ref"]] if "ref" in data else []) + [found for value in data.values() for found in citations(value)]
    return [found for value in data for found in citations(value)] if isinstance(data, list) else []
