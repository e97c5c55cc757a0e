"""A notice's date and years agree with its own words: the date of issue with its closing line or number, the years with its title or clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..figures import chinese
from ..problem import Problem
from ..sources import SourceSet

name = "identity"
description = {
    "zh": "通知的日期和年度与它自己的文字一致：发文日期在条款（如落款）里，或年份与文号一致；参保年度在标题或条款里。",
    "en": "A notice's date of issue stands in a clause (such as its closing line) or agrees with the year of its number; its years stand in its title or clauses.",
}

_CLOSING = re.compile(r"\D{0,60}\d{4}年\d{1,2}月\d{1,2}日")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each date of issue and each year that the notice's own words do not bear out."""
    for document, clauses in sources.notices().values():
        data: dict = document.data  # type: ignore[assignment]
        quotes = [str(entry.get("quote", "")) for _, entry in clauses.values()]
        issued = str(data.get("issued", ""))
        numbered = re.search(r"[〔\[（(](\d{4})[〕\]）)]", str(data.get("number", "")))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", issued):
            said = any(chinese(quote).has_date(issued) for quote in quotes)
            if numbered and numbered.group(1) != issued[:4]:
                yield document.problem(name, ("issued",), f"发文日期是{issued[:4]}年，文号的年份却是{numbered.group(1)}。可能有一处写错了。请对照原文改正。",
                                       f"The date of issue is in {issued[:4]}, the number says {numbered.group(1)}. One may be mistyped. Compare with the notice.")
            elif not said and not numbered:
                yield document.problem(name, ("issued",), f"发文日期“{issued}”不在任何条款的原文里，文号里也没有年份，无从核对。可能写错了。请把落款那一行写成一个条款（role: display）。",
                                       f"The date of issue {issued} stands in no clause, and no number gives its year. It may be mistyped. Quote the closing line as a clause (role: display).")
            elif not said and any(_CLOSING.fullmatch(quote) for quote in quotes):
                yield document.problem(name, ("issued",), f"落款的日期不是“{issued}”。可能有一处写错了。请对照原文改正。", f"The closing line does not say {issued}. One may be mistyped. Compare with the notice.")
        title = str((data.get("title") or {}).get("zh", ""))
        text = title if re.search(r"20\d\d年", title) else "\n".join(quotes)
        for index, year in enumerate(data.get("years") or []):
            if f"{year}年" not in text:
                yield document.problem(name, ("years", index), f"标题和条款里都没有“{year}年”。年度可能写错了。请对照标题改正。", f"Neither the title nor a clause names the year {year}. It may be mistyped. Compare with the title.")
