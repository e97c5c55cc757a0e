"""Whatever has been copied or drafted and not yet compared with its notice is listed as a thing to do."""

from __future__ import annotations

from collections.abc import Iterable

from ..drafts import unconfirmed
from ..problem import Problem
from ..sources import SourceSet

name = "unconfirmed"
description = {
    "zh": "标着 unconfirmed 的内容还没有对照原文核实；核实以前不会出现在网页上。",
    "en": "What is marked unconfirmed has not been compared with the notice; until it has, no page shows it.",
}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each entry still to be confirmed."""
    for document in sources.of("policies"):
        for path in unconfirmed(document):
            entry = document.data
            for part in path:
                entry = entry[part]  # type: ignore[index]
            label = entry.get("id") or next((str(part) for part in reversed(path) if isinstance(part, str)), "")  # type: ignore[union-attr]
            yield document.problem(name, (*path, "unconfirmed"), f"待核实：“{label}”。对照通知原文改好数字、日期和条款后，删除这一行 unconfirmed；核实以前不会发布。",
                                   f"To confirm: “{label}”. Compare its figures, dates and clauses with the notice, then delete this line; until then it is not published.", key=True)
