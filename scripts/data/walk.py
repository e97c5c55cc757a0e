"""Walking plain data: every value with its path, and the lists of rules of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

Path = tuple

# Where the lists of rules stand in a policy, and the keys in an assistance part that hold lists of rules.
RULE_LISTS = ("periods", "coverage", "waiting", "incentives", "warnings", "add_ons")
SECTIONS = ("scope", "steps", "deadlines", "agency_targets", "not_stated")


def walk(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every value below (and the value itself) with its path, parents first."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, (*path, index))


def entries(policy: dict) -> Iterator[tuple[Path, dict]]:
    """Every entry of a policy that carries clauses of its own, with its path; the entries inside an assistance row come after it."""
    if isinstance(policy.get("age_on"), dict):
        yield ("age_on",), policy["age_on"]
    for name in RULE_LISTS + SECTIONS:
        for index, entry in enumerate(policy.get(name, [])):
            yield (name, index), entry
    for number, premium in enumerate(policy.get("premiums", [])):
        here = ("premiums", number)
        for name in ("contribution", "payable", "fiscal_subsidy"):
            for index, entry in enumerate(premium.get(name, [])):
                yield (*here, name, index), entry
        assistance = premium.get("assistance", {})
        here = (*here, "assistance")
        if isinstance(assistance.get("nobody"), dict):
            yield (*here, "nobody"), assistance["nobody"]
        for name in ("limits", "rows", "otherwise"):
            for index, entry in enumerate(assistance.get(name, [])):
                yield (*here, name, index), entry
                for inner, amount in enumerate(entry.get("amounts", [])):
                    yield (*here, name, index, "amounts", inner), amount
        if "combining" in assistance:
            yield (*here, "combining"), assistance["combining"]
    targets = policy.get("enrolment_targets", {})
    for index, entry in enumerate(targets.get("rows", [])):
        yield ("enrolment_targets", "rows", index), entry
    if "total" in targets:
        yield ("enrolment_targets", "total"), targets["total"]


def conditions(value: object, path: Path = ()) -> Iterator[tuple[Path, dict]]:
    """Every condition below a value, also those inside all, any and not, with its path."""
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from conditions(inner, (*path, index))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "when" and isinstance(inner, dict):
                yield from _nested(inner, (*path, key))
            else:
                yield from conditions(inner, (*path, key))


def _nested(condition: dict, path: Path) -> Iterator[tuple[Path, dict]]:
    yield path, condition
    for part in ("all", "any"):
        for index, inner in enumerate(condition.get(part, [])):
            yield from _nested(inner, (*path, part, index))
    if "not" in condition:
        yield from _nested(condition["not"], (*path, "not"))


def listed(value: object) -> list:
    """A value that may be one thing or a list, as a list."""
    return value if isinstance(value, list) else [value]


def item_path(path: Path, value: object, index: int) -> Path:
    """The path of an entry of a value that may be one thing or a list."""
    return (*path, index) if isinstance(value, list) else path


def nearest(word: str, known: list[str], lang: str) -> str:
    """A hint naming the most similar known name, or some of those that exist."""
    near = get_close_matches(word, known, 3, 0.6)
    if near:
        return f"可能想写：{'、'.join(near)}。" if lang == "zh" else f"Perhaps: {', '.join(near)}."
    shown = known[:12]
    if not shown:
        return "目前一个都没有。" if lang == "zh" else "There is none yet."
    more = "…" if len(known) > len(shown) else ""
    return f"已有：{'、'.join(shown)}{more}。" if lang == "zh" else f"There are: {', '.join(shown)}{more}."
