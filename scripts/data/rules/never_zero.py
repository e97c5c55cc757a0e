"""Nothing is ever zero because it was missing: a figure of nothing rests on words that say so, or is declared as an inference."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..evidence import policy_entries
from ..problem import Problem
from ..sources import SourceSet
from ..walk import walk

name = "never-zero"
description = {
    "zh": "零和“没有”不能代替“不知道”：写成没有的，原文要有相应的话（0元、不缴纳、不设、无法……），否则要标明是推断并指向未定问题。",
    "en": "Nothing and zero never stand for unknown: the quote says so (0 yuan, not paid, no wait …), or the entry is declared as inferred with its open question.",
}
WORDS = re.compile(r"(?<!\d)0元|不缴|不需|无需|免|不设|无法|零|不收|没有|不再|不给予|不予|不资助|不享受|除.+外")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each nothing without its words."""
    known = sources.notices()
    for document in sources.of("policies"):
        for entry in policy_entries(sources, document):
            if entry.path[0] not in ("premiums", "waiting"):
                continue
            quotes = [known[clause.partition("/")[0]][1][clause.partition("/")[2]][1].get("quote", "") for clause in entry.clauses if clause.partition("/")[2] in known.get(clause.partition("/")[0], (None, {}))[1]]
            chain = [entry.data, entry.parent or {}]
            inferred = any(data.get("certainty") == "inferred" for data in chain) and any(data.get("questions") or data.get("under") or data.get("note") for data in chain)
            if entry.path[-1] == "nobody" and not any(WORDS.search(quote) for quote in quotes):
                yield document.problem(name, entry.path, "这里写了不资助任何人，但所引原文没有这样说。原文没有提到资助的，不要写 nobody，在 not_stated 里说明。",
                                       "This says that nobody is assisted, but no quote cited says so. Where the notice is silent, leave nobody out and say so under not_stated.", key=True)
            for path, value in walk(entry.data):
                if "amounts" in path or "when" in path or not path:
                    continue
                nothing = (path[-1] in ("none", "exempt") and value is True) or (any(part in ("yuan", "monthly") for part in path) and value == 0 and not isinstance(value, bool))
                reading = "by_reading" in entry.data or "under" in entry.data or len(path) > 1
                if nothing and not inferred and not reading and not any(WORDS.search(quote) for quote in quotes) and str(value) not in entry.declared:
                    yield document.problem(name, (*entry.path, *path), "这里写成了“没有”或0，但所引原文没有这样说。不知道的要写 not_stated: true；确实是推断的，写 certainty: inferred，并写 note 或 questions。",
                                           "This says none or 0, but no quote cited says so. Write not_stated: true for what is unknown; if it is inferred, write certainty: inferred with a note or a question.")
