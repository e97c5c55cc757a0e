"""Conditions of rules on pages: in words, and as facts of a case that fulfils them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from calc import Policy
from calc.case import ANCHORS
from calc.dates import parse, plus_days

from .cases import condition_text

if TYPE_CHECKING:
    from .place_page import PlacePage


def witness(policy: Policy, when: dict, moment: date) -> dict:
    """Facts that fulfil a condition on a day of payment: the first of its alternatives, the least of its counts, an event on the day before."""
    found: dict = {}
    for part, value in when.items():
        if part == "all":
            for inner in value:
                found |= witness(policy, inner, moment)
        elif part == "any":
            found |= witness(policy, value[0], moment)
        elif part == "facts":
            found |= {name: least(wanted) for name, wanted in value.items()}
        elif part == "within":
            found[ANCHORS.get(value["of"], value["of"])] = plus_days(moment, -1).isoformat()
        elif part == "assisted" and value:
            found["categories"] = [next(iter(policy.data["group_names"]))]
        elif part in PLAIN:
            found[PLAIN[part]] = [first(value)] if part == "groups" else least(value)
    return found


PLAIN = {"person": "person", "groups": "categories", "age": "age", "born": "birth_date", "tier": "tier"}


def first(value: object) -> object:
    """The first of several values, or the one there is."""
    return value[0] if isinstance(value, list) else value


def least(wanted: object) -> object:
    """A value that a condition allows: the lower bound of a range, else the upper one."""
    if isinstance(wanted, dict):
        return next((wanted[bound] for bound in ("min", "from", "max", "to") if bound in wanted), None)
    return first(wanted)


def counts(expression: object) -> list[str]:
    """The facts that count in an amount: it is so much for each."""
    if isinstance(expression, list):
        return [name for part in expression for name in counts(part)]
    if not isinstance(expression, dict):
        return []
    times = expression.get("times")
    named = [times] if isinstance(times, str) else [times["fact"]] if times else []
    return named + [name for part, value in expression.items() if part not in ("times", "when") for name in counts(value)]


def words(place: PlacePage, when: dict) -> str:
    """A condition in words, as far as it is about the person: 外出务工；退役日期起3个月内."""
    found = [text for part, value in when.items() if (text := one(place, part, value))]
    return place.t("，", ", ").join(found)


def one(place: PlacePage, part: str, value: object) -> str:
    """One part of a condition in words; nothing for what a reader sees elsewhere (days of payment, periods)."""
    if part in ("all", "any"):
        inner = dict.fromkeys(text for entry in value if (text := words(place, entry)))  # type: ignore[attr-defined]
        return (place.t("或", " or ") if part == "any" else place.t("，", ", ")).join(inner)
    if part == "facts":
        return place.t("，", ", ").join(fact(place, name, wanted) for name, wanted in value.items())  # type: ignore[attr-defined]
    if part == "within":
        return event(place, value)  # type: ignore[arg-type]
    if part in ("age", "born"):
        return fact(place, PLAIN[part], value)
    if part == "person":
        return place.t("、", ", ").join(place.person_name(name) for name in (value if isinstance(value, list) else [value]))
    if part == "groups":
        return place.t("、", ", ").join(place.site.group_name(place.policy, name, place.lang) for name in (value if isinstance(value, list) else [value]))
    return place.t("资助对象", "assisted groups") if part == "assisted" and value else ""


def fact(place: PlacePage, name: str, wanted: object) -> str:
    """What is asked of a fact: 外出务工; 断保年数：1及以上."""
    entry = place.policy.facts.get(name)
    if entry is None:
        return ""
    if wanted is True and "said" not in entry:
        return entry["label"][place.lang]
    if not isinstance(wanted, dict):
        return place.t("或", " or ").join(condition_text(place.policy, bounds(name, one, one), place.lang) for one in (wanted if isinstance(wanted, list) else [wanted]))
    low, high = (day_or(next((wanted[bound] for bound in names if bound in wanted), None)) for names in (("min", "from"), ("max", "to")))
    return condition_text(place.policy, bounds(name, low, high), place.lang) if low is not None or high is not None else ""


def bounds(name: str, low: object, high: object) -> dict:
    """A range of a fact as condition_text reads it."""
    return {"fact": name, "from": low, "to": high, "open_below": low is None, "open_above": high is None}


def day_or(value: object) -> object:
    """A day of the calendar as a date, anything else as it is."""
    return parse(value) if isinstance(value, str) and value[:4].isdigit() else value


def event(place: PlacePage, value: dict) -> str:
    """So many days or months from an event: 退役日期起3个月内."""
    entry = place.policy.facts.get(ANCHORS.get(value["of"], value["of"]))
    if entry is None or not isinstance(value.get("months", value.get("days")), int):
        return ""
    label, number = entry["label"][place.lang], value.get("months", value.get("days"))
    unit = place.t("个月", "month" if number == 1 else "months") if "months" in value else place.t("天", "day" if number == 1 else "days")
    return place.t(f"{label}起{number}{unit}内", f"within {number} {unit} of the {label}")


__all__ = ["counts", "witness", "words"]
