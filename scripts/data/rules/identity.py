"""A notice's date and years agree with its own words, and a policy is of a place and year that its notices are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..drafts import unconfirmed
from ..figures import chinese
from ..inherit import first_notice, whole
from ..problem import Problem
from ..resolve import references
from ..sources import SourceSet
from ..yaml_source import Document

name = "identity"
description = {
    "zh": "通知的日期和年度与它自己的文字一致：发文日期在条款（如落款）里，或年份与文号一致；参保年度在标题或条款里；政策的地方和年度在它的通知里，沿用附表的地方用自己的那一行。",
    "en": "A notice's date of issue stands in a clause (such as its closing line) or agrees with the year of its number; its years stand in its title or clauses. A policy is of a place and year of its notices; an area that follows an annex has its own row.",
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
    confirmed = [document for document in sources.of("policies") if not any(unconfirmed(document))]  # a copy still says what it was copied from
    for document in confirmed:
        yield from policy(sources, document)
    yield from rows(sources, confirmed)


def policy(sources: SourceSet, document: Document) -> Iterator[Problem]:
    """A policy of a year or a place that none of its notices is about."""
    data: dict = document.data  # type: ignore[assignment]
    known = [sources.notices()[notice][0].data for notice in whole(sources, data).get("notices", []) if notice in sources.notices()]
    for key, listed in (("year", "years"), ("place", "places")):
        told = {value for notice in known for value in notice.get(listed) or []}  # type: ignore[union-attr]
        own = lineage(sources, str(data.get("place"))) if key == "place" else {data.get("year")}
        if known and not own & told:
            shown = "、".join(map(str, sorted(told)))
            yield document.problem(name, (key,), f"所依据的通知（{listed}）里没有“{data.get(key)}”，只有：{shown}。可能是复制了别的文件没有改。请改正，或把它写进通知的 {listed}。",
                                   f"The notices relied on have no “{data.get(key)}” under {listed}, only {', '.join(map(str, sorted(told)))}. The file may have been copied. Correct it, or add it to the notice.")


def lineage(sources: SourceSet, place: str) -> set[str]:
    """A place and those it belongs to: a region's notice is also about its areas."""
    found: set[str] = set()
    while place not in found:
        found.add(place)
        place = str(sources.entries("places").get(place, {}).get("parent", place))
    return found


def rows(sources: SourceSet, documents: list[Document]) -> Iterator[Problem]:
    """An area whose row of the annex names another area, or is another's."""
    taken: dict[str, str] = {}
    for document in documents:
        data: dict = document.data  # type: ignore[assignment]
        follows, notice = data.get("follows"), first_notice(sources, {"follows": data.get("follows")})
        place = sources.entries("places").get(str(data.get("place")), {})
        names = [text for text in (*place.get("name", {}).values(), *place.get("short", {}).values(), *place.get("notice_names", [])) if text]
        for key, real in (follows.get("clauses", {}) if isinstance(follows, dict) and notice else {}).items():
            for full in references([real] if isinstance(real, str) else real, {}, notice):  # type: ignore[arg-type]
                of, _, short = full.partition("/")
                quote = str(sources.notices().get(of, (None, {}))[1].get(short, (0, {}))[1].get("quote", ""))
                if quote and not any(text in quote for text in names):
                    yield document.problem(name, ("follows", "clauses", key), f"{full} 的原文“{quote[:24]}”里没有“{'、'.join(names[:2])}”。可能写成了别处的一行。请改正；通知里的叫法不同的，写进 places.yaml 的 notice_names。",
                                           f"The words of {full} (“{quote[:24]}”) do not name “{', '.join(names[:2])}”; the row may be another place's. Correct it; a name the notice uses goes under notice_names in places.yaml.")
                elif taken.setdefault(full, document.name) != document.name:
                    yield document.problem(name, ("follows", "clauses", key), f"{full} 已经是 {taken[full]} 的一行。可能复制后没有改。请改正。", f"{full} is already the row of {taken[full]}; the file may have been copied. Correct it.")
