"""A figure is used for what its quote says of it: an amount of assistance is not what the person pays, a tier's amount stands with that tier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..evidence import Claim, Entry, policy_entries
from ..figures import worded
from ..problem import Problem
from ..sources import SourceSet
from ..walk import listed
from ..yaml_source import Document

name = "figure-meant"
description = {
    "zh": "数字用在它所说的地方：资助的金额不能是原文里个人交的那个数；某一档的金额，原文里要和那一档写在一起。",
    "en": "A figure is used for what its quote says of it: assistance is not the amount the person pays, and the amount of a tier stands with that tier.",
}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)元")
_OWN = re.compile(r"(?:个人缴费|个人缴纳|个人承担|个人自付|个人自缴|自己缴|自缴)(?:标准|部分|金额)?(?:为|是|：|:)?(\d+(?:\.\d+)?)元")
_OWN_EN = re.compile(r"(\d+(?:\.\d+)?) yuan (?:is |are )?(?:to be )?paid by the (?:person|individual)")
_TIER = re.compile(r"([一二三四1-4](?:[、,，和及/]?[一二三四1-4])*)档")
_TIERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# Beside the amount itself: bounds, what is taken off and what is referred to.
_ASIDE = {"at_most", "but_at_least", "less", "sum", "of"}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each amount that its quotes say of something else."""
    for document in sources.of("policies"):
        for entry in policy_entries(sources, document):
            if entry.path[0] == "premiums":
                clauses = [clause for reference in entry.clauses if (clause := clause_of(sources, reference))]
                amounts = [claim for claim in entry.claims() if claim.kind == "yuan" and not _ASIDE & set(claim.path) and not ("amounts" in claim.path and "amounts" not in entry.path)]
                if "rows" in entry.path:
                    yield from own_payment(document, amounts, clauses)
                yield from other_tier(document, entry, amounts, clauses)


def clause_of(sources: SourceSet, reference: str) -> dict:
    """A clause by its full reference; empty where there is none."""
    notice, _, short = reference.partition("/")
    return sources.notices().get(notice, (None, {}))[1].get(short, (0, {}))[1]


def own_payment(document: Document, amounts: list[Claim], clauses: list[dict]) -> Iterator[Problem]:
    """Assistance that is the figure the quotes give for what the person pays."""
    own = [number for clause in clauses for number in {*_OWN.findall(str(clause.get("quote", ""))), *_OWN_EN.findall(str(clause.get("en", "")))}]
    written = [number for clause in clauses for number in re.findall(r"\d+(?:\.\d+)?", worded(clause))]
    for claim in amounts:
        if claim.value in own and written.count(claim.value) <= own.count(claim.value):
            yield document.problem(name, claim.path, f"所引原文里，{claim.value}元是个人交的数，这里写成了资助的数。可能抄错了一栏。请对照原文改正；个人交多少用 full 加 less 写。",
                                   f"In the quotes {claim.value} yuan is what the person pays, here it is the assistance; another column may have been copied. Compare with the notice; what the person pays is written as full with less.")


def other_tier(document: Document, entry: Entry, amounts: list[Claim], clauses: list[dict]) -> Iterator[Problem]:
    """An amount for one tier that the quotes give for another."""
    told = entry.data.get("when", {}).get("tier")
    if told is None:
        return
    wanted = set(listed(told))
    for claim in amounts:
        found = [tiers for clause in clauses for number, tiers in beside_tiers(worded(clause)) if number == claim.value]
        if found and all(tiers and not tiers & wanted for tiers in found):
            shown = "、".join(str(tier) for tier in sorted(set().union(*found)))
            yield document.problem(name, claim.path, f"所引原文里，{claim.value}元是{shown}档的，这里写的是{'、'.join(map(str, sorted(wanted)))}档。可能抄错了。请对照原文改正。",
                                   f"In the quotes {claim.value} yuan belongs to tier {shown}, here to tier {', '.join(map(str, sorted(wanted)))}; it may have been copied wrongly. Compare with the notice.")


def beside_tiers(text: str) -> Iterator[tuple[str, set[int]]]:
    """The amounts of a text, each with the tiers named last before it in the same sentence."""
    for sentence in re.split(r"[。；;｜]", text):
        named: list[tuple[int, set[int]]] = [(match.end(), {_TIERS[letter] for letter in match.group(1) if letter in _TIERS}) for match in _TIER.finditer(sentence)]
        for match in _NUMBER.finditer(sentence):
            before = [tiers for end, tiers in named if end <= match.start()]
            yield match.group(1), before[-1] if before else set()
