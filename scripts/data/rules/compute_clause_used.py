"""Every clause with the role compute is cited by some rule of a policy that rests on its notice."""

from __future__ import annotations

from collections.abc import Iterable

from ..problem import Problem
from ..resolve import compile_policy
from ..sources import SourceSet
from ..walk import walk

name = "compute-clause-used"
description = {"zh": "每个用于计算（compute）的条款都被某条规则引用。", "en": "Every clause with the role compute is cited by some rule."}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each compute clause that no rule rests on."""
    cited: set[str] = set()
    broken: set[str] = set()
    for identifier, policy in sources.policies().items():
        try:
            found = compile_policy(sources, identifier)
        except (AttributeError, KeyError, TypeError, IndexError):
            data = policy.data if isinstance(policy.data, dict) else {}
            broken |= set(data.get("notices") or [])
            continue
        for path, value in walk(found):
            if path[-1:] == ("clauses",) and isinstance(value, list):
                cited |= {clause for clause in value if isinstance(clause, str)}
    for notice, (document, clauses) in sources.notices().items():
        if notice in broken:
            continue
        for clause, (index, entry) in clauses.items():
            if entry.get("role") == "compute" and str(entry.get("en") or "").strip() and f"{notice}/{clause}" not in cited:
                yield document.problem(name, ("clauses", index, "id"), f"条款“{clause}”是计算用的（compute），但没有规则引用它。可能漏写了规则或漏引了条款；不用于计算的，把 role 改成 display 或 admin。",
                                       f"The clause “{clause}” has the role compute, but no rule cites it. A rule or a citation may be missing; if it is not computed, set its role to display or admin.")
