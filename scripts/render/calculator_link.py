"""The address part after “#” that opens the calculator with a case filled in, as docs/assets/calculator/link.js reads it.

    v1.POLICY&d=20241105&k=newborn&t=1&g=orphan.relapsed&birth_date=20241001

Keys in this order: d date of payment, k kind of person (left out: resident), t tier, g groups and a add-ons (identifiers joined
by “.”; 0 = none told), then further facts by name in alphabetical order. Values: YYYYMMDD, whole numbers, y or n, identifiers.
"""

from __future__ import annotations

from datetime import date

from calc import Case, Policy

VERSION = 1


def encode(policy: Policy, told: dict) -> str:
    """The fragment (without “#”) for one person; raises CaseError where the engine would refuse the case."""
    case = Case.parse(told, policy)
    parts = [policy.id, f"d={case.pay_date:%Y%m%d}"]
    if case.person != "resident":
        parts.append(f"k={case.person}")
    if case.tier is not None:
        parts.append(f"t={case.tier}")
    if case.groups is not None:
        parts.append("g=" + (".".join(sorted(case.groups)) or "0"))
    if case.add_ons:
        parts.append("a=" + ".".join(sorted(case.add_ons)))
    parts += [f"{name}={_value(case.facts[name])}" for name in sorted(case.facts)]
    return f"v{VERSION}." + "&".join(parts)


def address(policy: Policy, told: dict, up: str = "") -> str:
    """The link to the calculator with the case; `up` leads from the linking page to its language's root (“../../”)."""
    return f"{up}calculator/#{encode(policy, told)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "y" if value else "n"
    return f"{value:%Y%m%d}" if isinstance(value, date) else str(value)
