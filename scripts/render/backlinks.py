"""What rests on each clause: every rule and text of every policy that cites it."""

from __future__ import annotations

from typing import NamedTuple

from calc import Policy

# The section of a place's page on which each part of a policy is shown.
SECTIONS = {
    "periods": "periods", "premiums": "price", "assistance": "assistance", "waiting": "missed-years", "coverage": "coverage", "add_ons": "add-ons",
    "incentives": "incentives", "scope": "scope", "steps": "steps", "deadlines": "periods", "agency_targets": "agency-targets",
    "enrolment_targets": "enrolment-targets", "warnings": "warnings",
}
NAMES = {
    "periods": ("缴费时间", "payment periods"), "premiums": ("交多少", "price"), "assistance": ("资助", "assistance"), "waiting": ("待遇等待期", "waiting period"),
    "coverage": ("待遇享受期", "coverage"), "add_ons": ("自愿保险", "voluntary insurance"), "incentives": ("连续参保奖励", "incentives"), "scope": ("谁可以参保", "who may enrol"),
    "steps": ("怎么办", "how to pay"), "deadlines": ("截止日期", "deadlines"), "agency_targets": ("部门工作目标", "offices’ targets"), "enrolment_targets": ("参保人数目标", "enrolment targets"),
    "warnings": ("提醒", "warnings"),
}


class Use(NamedTuple):
    """One use of a clause: the policy, the part of it, and the anchor of that part on the place's page."""

    policy: Policy
    part: str
    anchor: str

    def name(self, lang: str) -> str:
        """The part's name for readers."""
        return NAMES[self.part][0 if lang == "zh" else 1]


def uses(policies: list[Policy]) -> dict[str, list[Use]]:
    """Clause reference → its uses, each policy and part once, in the order of the policies."""
    found: dict[str, dict[tuple[str, str], Use]] = {}
    for policy in policies:
        for part in NAMES:
            if part in policy.data:
                for reference in cited(policy.data[part], part):
                    found.setdefault(reference[0], {}).setdefault((policy.id, reference[1]), Use(policy, reference[1], SECTIONS[reference[1]]))
    return {reference: list(entries.values()) for reference, entries in found.items()}


def cited(value: object, part: str) -> list[tuple[str, str]]:
    """Every clause cited below a value, with the part it belongs to (assistance is a part of its own inside a premium)."""
    found: list[tuple[str, str]] = []
    if isinstance(value, dict):
        found += [(reference, part) for reference in value.get("clauses", [])]
        for key, inner in value.items():
            found += cited(inner, "assistance" if key == "assistance" else part)
    elif isinstance(value, list):
        for inner in value:
            found += cited(inner, part)
    return found
