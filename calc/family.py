"""Several people in one case: who they are to each other, and what all of them pay together."""

from __future__ import annotations

from .assessment import CONFLICTING, least_certain
from .case import Case
from .errors import CaseError
from .explain.summary import least
from .explain.view import View
from .money import NOT_TOLD
from .readings import check_readings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .assessment import Assessment
    from .policy import Policy, PolicySet
    from .texts import Words

MOST_PEOPLE = 12
# A closed list, so that neither a link nor a receipt can carry a name.
RELATIONS = ("self", "spouse", "father", "mother", "grandfather", "grandmother", "son", "daughter", "grandson", "granddaughter", "other")


class Member:
    """One person of a case: relation (one of RELATIONS, or None where it was not said), the policy, the case, the readings chosen."""

    __slots__ = ("case", "policy", "readings", "relation")

    def __init__(self, policy: Policy, case: Case, readings: dict[str, str], relation: str | None = None) -> None:
        self.policy, self.case, self.readings, self.relation = policy, case, readings, relation


def members(policies: PolicySet, people: object) -> list[Member]:
    """The people of a case, each told as {"policy", "case"} and perhaps "readings" and "relation".

    Raises CaseError, which among several people names the one it is about.
    """
    if not isinstance(people, list) or not 1 <= len(people) <= MOST_PEOPLE:
        raise CaseError("people", f"要写成1到{MOST_PEOPLE}个人的列表。", f"The people must be a list of 1 to {MOST_PEOPLE}.")
    found = []
    for number, told in enumerate(people, 1):
        try:
            found.append(_member(policies, told))
        except CaseError as error:
            if len(people) > 1:
                error.zh, error.en = f"第{number}个人：{error.zh}", f"Person {number}: {error.en}"
            raise
    return found


def _member(policies: PolicySet, told: object) -> Member:
    if not isinstance(told, dict):
        raise CaseError("people", "每个人要写成“名称: 值”的对象。", "A person must be an object of names and values.")
    relation = told.get("relation")
    if relation is not None and relation not in RELATIONS:
        raise CaseError("relation", f"没有“{relation}”这种关系。", f"There is no relation “{relation}”.", list(RELATIONS), "unknown_relation")
    policy = policies.policy(str(told.get("policy")))
    return Member(policy, Case.parse(told.get("case"), policy), check_readings(policies, told.get("readings")), relation)  # type: ignore[arg-type]


def family_total(policies: PolicySet, answers: list[Assessment | None]) -> dict:
    """What all pay together; None stands for somebody who cannot be answered yet.

    value: fen, None as soon as one amount is not known; state: the least certain of all; at_least: fen that are certain, each
    unknown amount at the least that it can be; unknown: whose amount is not known, as a number of people.
    """
    known = [answer.tree for answer in answers if answer is not None and answer.tree.value is not None]
    open_ = [answer for answer in answers if answer is None or answer.tree.value is None]
    states = [NOT_TOLD if answer is None else answer.tree.state for answer in open_] or [tree.state for tree in known]
    sum_: int = sum(tree.value for tree in known)  # type: ignore[misc]
    floor = sum(least(View(policies, answer, "zh")) for answer in open_ if answer is not None)
    return {"value": None if open_ else sum_, "state": least_certain(states), "at_least": sum_ + floor, "unknown": len(open_)}


def total_text(words: Words, answers: list[Assessment | None], total: dict) -> str:
    """The total of all as a sentence, and what it takes for granted."""
    count = len(answers)
    if total["value"] is None:
        told = words("family.at_least", count=count, total=words.money(total["at_least"]), unknown=total["unknown"])
    else:
        told = words("family.total", count=count, total=words.money(total["value"]))
    if any(answer is not None and answer.tree.value is not None and answer.tree.state == CONFLICTING for answer in answers):
        told = words.run([told, words("family.open")])
    untold = sum(answer is not None and answer.case.groups is None for answer in answers)  # type: ignore[attr-defined]
    return words.run([told, words("family.untold", count=untold) if untold else ""])
