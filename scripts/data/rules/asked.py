"""The questions residents ask name what exists, and their answers have the same placeholders in both languages and no figure outside their clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..evidence import held
from ..figures import chinese, full_dates
from ..inherit import whole
from ..problem import Problem
from ..resolve import references
from ..sources import SourceSet
from ..walk import nearest
from ..yaml_source import Document

name = "asked"
description = {
    "zh": "居民常问的回答：引用的政策、条款、问题、事实、类别都存在；中英文的{名称}一样；直接写出的数字和日期在所引条款或情形里。",
    "en": "Answers to residents name policies, clauses, questions, facts and groups that exist, have the same {names} in both languages, and give no figure that is not in their clauses or case.",
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
FACTS = {"pay_date", "person", "categories", "tier", "addons"}
FIGURES = {"status", "standard", "subsidy", "pays", "addons_pays", "total_pays", "coverage_start", "coverage_end", "waiting_days", "waiting_months", "incentive"}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each answer with something that does not exist, or with figures of its own."""
    for document in sources.of("questions_asked"):
        data: dict = document.data  # type: ignore[assignment]
        policy = sources.policies().get(str(data.get("policy")))
        if policy is None:
            known = list(sources.policies())
            yield document.problem(name, ("policy",), f"没有政策“{data.get('policy')}”。{nearest(str(data.get('policy')), known, 'zh')}请改正。", f"There is no policy “{data.get('policy')}”. {nearest(str(data.get('policy')), known, 'en')} Correct it.")
            continue
        for index, entry in enumerate(data.get("asked", [])):
            yield from in_entry(sources, document, ("asked", index), entry, whole(sources, policy.data))  # type: ignore[arg-type]


def in_entry(sources: SourceSet, document: Document, path: tuple, entry: dict, policy: dict) -> Iterator[Problem]:
    """What one question names, and the figures of its answer."""
    notice, alias = policy["notices"][0], policy.get("clause_alias", {})
    for index, told in enumerate(entry.get("clauses", [])):
        for full in references([told], alias, notice):
            of, _, short = full.partition("/")
            known = list(sources.notices().get(of, (None, {}))[1])
            if short not in known:
                yield absent(document, (*path, "clauses", index), "条款", "clause", told, known)
    for index, told in enumerate(entry.get("questions", [])):
        if told not in sources.questions():
            yield absent(document, (*path, "questions", index), "未定问题", "open question", told, list(sources.questions()))
    yield from cases(sources, document, path, entry, policy)
    yield from placeholders(sources, document, path, entry, policy)
    allowed = figures_of(sources, entry, references(entry.get("clauses", []), alias, notice)) | {str(policy.get("year"))}
    for key in ("q", "a"):
        text = _PLACEHOLDER.sub(" ", str((entry.get(key) or {}).get("zh", "")))
        # A question may name any day; it is the answer that states.
        for atom in sorted(chinese(text).atoms - allowed, key=str) if key == "a" and entry.get("clauses") else ():
            shown = f"{atom[1]}月" if isinstance(atom, tuple) else atom
            yield document.problem(name, (*path, key, "zh"), f"回答里的“{shown}”不在所引条款的原文里，也不在情形里。可能写错了，或少引了条款。金额请用{{名称}}让引擎填写；请核对。",
                                   f"The answer has “{shown}”, which is neither in the clauses cited nor in the case. It may be mistyped, or a clause missing. Let the engine fill in amounts as {{name}}; check it.")


    told = {str(value) for case in (entry.get("case", {}), *entry.get("more", {}).values()) for value in case.values()}
    figures = held(sources, references(entry.get("clauses", []), alias, notice))
    for day in full_dates(chinese(_PLACEHOLDER.sub(" ", str((entry.get("a") or {}).get("zh", ""))))) if entry.get("clauses") else ():
        if not figures.has_date(day) and day not in told:
            yield document.problem(name, (*path, "a", "zh"), f"回答里的日期“{day}”不在所引条款的原文里，也不在情形里。可能写错了，或少引了条款。请核对。",
                                   f"The date {day} of the answer is neither in the clauses cited nor in the case. It may be mistyped, or a clause missing. Check it.")


def cases(sources: SourceSet, document: Document, path: tuple, entry: dict, policy: dict) -> Iterator[Problem]:
    """The facts and groups of the case and its variations."""
    facts = FACTS | set(sources.entries("facts")) | {fact["id"] for fact in policy.get("facts", [])}
    groups = {text for told in policy.get("group_names", {}).values() for text in told}
    groups |= {text for group, told in sources.entries("groups").items() for text in (group, told["name"]["zh"], *told.get("names", []))}
    more = entry.get("more", {})
    for where, case in ((("case",), entry.get("case", {})), *((("more", key), value) for key, value in more.items())):
        for fact, value in case.items():
            if fact not in facts:
                yield absent(document, (*path, *where, fact), "事实", "fact", fact, sorted(facts), key=True)
            if fact == "person" and value not in sources.entries("persons"):
                yield absent(document, (*path, *where, fact), "人员类型", "kind of person", value, list(sources.entries("persons")))
            if fact == "tier" and value not in [tier["id"] for tier in policy.get("tiers", [])]:
                yield absent(document, (*path, *where, fact), "档次", "tier", value, [tier["id"] for tier in policy.get("tiers", [])])
            for index, group in enumerate(value if fact == "categories" else []):
                if group not in groups:
                    yield absent(document, (*path, *where, fact, index), "资助对象", "group", group, sorted(groups))


def placeholders(sources: SourceSet, document: Document, path: tuple, entry: dict, policy: dict) -> Iterator[Problem]:
    """The names in braces: the same in both languages, each a figure or a fact of the case, and those shown among them."""
    answer, case, more = entry.get("a") or {}, entry.get("case", {}), entry.get("more", {})
    found = {lang: _PLACEHOLDER.findall(str(answer.get(lang, ""))) for lang in ("zh", "en")}
    if sorted(set(found["zh"])) != sorted(set(found["en"])):
        differ = ", ".join(sorted(set(found["zh"]) ^ set(found["en"])))
        yield document.problem(name, (*path, "a", "en"), f"中英文里的{{名称}}不一样：{differ}。可能漏写或拼错了。请写成一样的。", f"The languages have different {{names}}: {differ}. One may be left out or misspelt. Make them agree.")
    premiums = [premium["id"] for premium in policy.get("premiums", [])[1:]]
    figures = FIGURES | {f"{premium}_{figure}" for premium in premiums for figure in ("standard", "subsidy", "pays")}
    for told in dict.fromkeys(found["zh"] + found["en"]):
        variation, _, figure = told.rpartition(".")
        facts = {**case, **more.get(variation, {})}
        if (variation and variation not in more) or (figure not in figures and figure not in facts):
            lang = "zh" if told in found["zh"] else "en"
            yield absent(document, (*path, "a", lang), "数字或事实", "figure or fact", told, sorted({*figures, *facts, *more}))
    shown = {told.rpartition(".")[2] for told in found["zh"]}
    for index, told in enumerate(entry.get("show", [])):
        if told not in shown:
            yield document.problem(name, (*path, "show", index), f"show 里有“{told}”，回答里没有 {{{told}}}。请写进回答，或从 show 里删除。", f"“{told}” is under show, but the answer has no {{{told}}}. Put it in, or take it from show.")
    for told in sorted(shown & figures - set(entry.get("show", []))):
        yield document.problem(name, (*path, "a", "zh"), f"回答里有{{{told}}}，show 里没有“{told}”。可能拼错了，或漏写在 show 里。请补上。", f"The answer has {{{told}}}, which is not under show. It may be misspelt or missing there. Add it.")


def figures_of(sources: SourceSet, entry: dict, clauses: list[str]) -> set:
    """The figures that an answer may give: those of its clauses and of its case."""
    figures = held(sources, clauses)
    allowed = figures.atoms | figures.words | {value for _, value in figures.typed} | {str(day[0]) for day in figures.dates if day[0]}
    for case in (entry.get("case", {}), *entry.get("more", {}).values()):
        for value in case.values():
            allowed |= {str(value)} | chinese(str(value)).atoms
    return allowed


def absent(document: Document, path: tuple, zh: str, en: str, told: object, known: list, key: bool = False) -> Problem:
    """The message for a name that leads nowhere."""
    words = [str(word) for word in known]
    return document.problem(name, path, f"没有“{told}”这个{zh}，可能拼错了。{nearest(str(told), words, 'zh')}请改正。", f"There is no {en} “{told}”; it may be misspelt. {nearest(str(told), words, 'en')} Correct it.", key=key)
