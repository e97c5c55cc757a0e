"""Every figure of a compute clause is used by a rule that cites it, or follows from those that are: a lost condition shows as a figure nobody uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..evidence import KIND_NAMES, Entry, policy_entries
from ..figures import Figures, chinese, quoted
from ..inherit import base_of
from ..problem import Problem
from ..resolve import neighbour
from ..sources import SourceSet
from ..walk import SECTIONS, listed, walk
from ..yaml_source import Document

name = "figure-used"
description = {
    "zh": "计算用条款里的每个金额、比例、档次、等级、年龄、天数、月数、日期都用上了（或能由用上的算出）；条件漏写时，会有用不上的数字。",
    "en": "Every figure of a compute clause is used by a rule citing it or recomputed from those used; a lost condition leaves a figure unused.",
}
KINDS = ("yuan", "percent", "tier", "age", "days", "months")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each figure of a clause that the rules citing it leave out."""
    known = sources.notices()
    for document in sources.of("policies"):
        found, base = policy_entries(sources, document), base_of(sources, document.data)  # type: ignore[arg-type]
        around = found + (policy_entries(sources, base) if base is not None else [])
        everywhere = {(claim.kind, claim.value) for entry in around for claim in entry.claims()} | {("date", value) for entry in around for value in entry.declared}
        prices = {claim.value for entry in around if entry.path[2:3] in (("contribution",), ("fiscal_subsidy",)) for claim in entry.claims() if claim.kind == "yuan"}
        citing: dict[str, list[Entry]] = {}
        for entry in around:
            if entry.path[0] not in SECTIONS and entry.path[0] not in ("warnings", "enrolment_targets"):
                for clause in entry.clauses:
                    citing.setdefault(clause, []).append(entry)
        for clause, users in citing.items():
            if not any(entry in found for entry in users):
                continue  # the policy followed answers for it
            notice, _, short = clause.partition("/")
            data = known.get(notice, (None, {}))[1].get(short, (0, {}))[1]
            if data.get("role") == "compute" and isinstance(data.get("quote"), str) and str(data.get("en") or "").strip():
                yield from unused(document, clause, _without_floor(data), users, everywhere, prices)


def _without_floor(clause: dict) -> Figures:
    """The figures of a clause; “not below 0 yuan” says what holds of every price."""
    figures = quoted(clause)
    return replace(figures, typed=figures.typed - {("yuan", "0")}) if "不低于0元" in str(clause["quote"]) else figures


def unused(document: Document, clause: str, figures: Figures, users: list[Entry], everywhere: set, prices: set[str]) -> Iterable[Problem]:
    """The figures of one clause that nothing accounts for."""
    claims = {(claim.kind, claim.value) for entry in users for claim in entry.claims()}
    stated = {value for _, value in claims} | {value for entry in users for value in entry.declared}
    values = stated | {value for entry in users for value in in_words(document, entry)}
    amounts = {value for kind, value in claims if kind == "yuan"}
    forms = {form for entry in users for form in ("full", "exempt", "none") if form in entry.data}
    tiers = {value for kind, value in figures.typed if kind == "tier"}
    all_tiers = tiers == {str(tier["id"]) for tier in document.data.get("tiers", [])} and not tiers & stated  # type: ignore[union-attr]
    left = [(kind, value) for kind, value in sorted(figures.typed) if kind in KINDS and value not in values and not (kind == "tier" and all_tiers)
            and not accounted(kind, value, amounts, forms, prices, everywhere) and not passed(kind, value, figures, stated) and not rest(kind, value, claims)]
    left += [("date", day) for day in sorted(f"{date[0]}-{date[1]:02d}-{date[2]:02d}" for date in figures.dates if date[0] and date[2]) if not any(("date", near) in everywhere for near in (day, neighbour(day, -1), neighbour(day, 1))) and not told_of(day, users)]
    for kind, value in left:
        entry = next((user for user in users if any(part in user.data for part in ("when", "yuan", "amounts", "from", "to"))), users[0])
        unit_zh, unit_en = KIND_NAMES.get(kind, ("", ""))
        yield document.problem(name, entry.path, f"条款 {clause} 里有“{value}{unit_zh}”，但引用它的规则都没有用到。可能漏写了条件、档次或金额。请对照原文补上；确实与计算无关的，把那半句拆成另一条，role 写 display。",
                               f"The clause {clause} holds “{value}{' ' if unit_en else ''}{unit_en}”, but no rule citing it uses that. A condition, tier or amount may be missing. Compare with the original; words that nothing is worked out from become a clause of their own with role: display.")


def told_of(day: str, users: list[Entry]) -> bool:
    """Whether the text or note of a rule says something of a date with which nothing is computed (by when money is given back)."""
    return any(chinese(text["zh"]).has_date(day) for entry in users for key in ("text", "note") if isinstance(text := entry.data.get(key), dict) and isinstance(text.get("zh"), str))


def in_words(document: Document, entry: Entry) -> set[str]:
    """The figures that an entry uses without computing with them: in its text or note, by the month, the sum of its parts, the unit it rounds to, the tier it refers to."""
    told = [entry.data.get(key) for key in ("text", "note")]  # a note explains a figure that is worked out otherwise (from the 4th month: 3 months on)
    found = {value for text in told if isinstance(text, dict) and isinstance(text.get("zh"), str) for _, value in chinese(text["zh"]).typed}
    for path, value in walk(entry.data):
        if path and (path[-1] in ("monthly", "pro_rata") or (path[-1] == "snap" and value in ("month_start", "next_month"))):
            found.add("1")  # each month; the 1st of a month
    for data in [entry.data, *entry.data.get("amounts", []), *(part for amount in [entry.data, *entry.data.get("amounts", [])] for part in amount.get("parts", []))]:
        parts = [part.get("yuan") for part in data.get("parts", [])]
        if parts and all(isinstance(part, int) for part in parts):
            found.add(str(sum(parts)))
        operands = [operand for key in ("of", "same_as", "sum", "pro_rata", "less", "at_most", "but_at_least") for operand in listed(data.get(key))]
        found |= {tier for operand in operands for tier in tiers_of(document, str(operand))}
        if isinstance(data.get("round"), dict):
            found |= {"yuan": {"1"}, "ten_yuan": {"10"}}.get(data["round"].get("to"), {"0.1", "1"})
    return found


def tiers_of(document: Document, operand: str) -> set[str]:
    """The tiers that an operand names, itself or by the rule of contribution it refers to."""
    kind, _, name = operand.partition(":")
    if kind == "tier":
        return {name}
    premiums = document.data.get("premiums", []) if kind == "price" else []  # type: ignore[union-attr]
    named = [rule.get("when", {}).get("tier") for premium in premiums for rule in premium.get("contribution", []) if rule.get("id") == name]
    return {str(tier) for told in named for tier in listed(told) if tier is not None}


def passed(kind: str, value: str, figures: Figures, stated: set[str]) -> bool:
    """Whether a figure is that of the 91st day, and what passes before it (90 days) is used."""
    before = str(int(value) - 1) if value.isdigit() else value
    return (kind, before) in figures.ordinal and before in stated


def rest(kind: str, value: str, claims: set) -> bool:
    """Whether a percentage is what the shares used leave of the whole (60% and 25%: 15% are one's own)."""
    shares = [float(share) for of, share in claims if of == "percent"]
    return kind == "percent" and any(abs(100 - part - float(value)) < 0.005 for part in (*shares, sum(shares)))


def accounted(kind: str, value: str, amounts: set[str], forms: set[str], prices: set[str], everywhere: set) -> bool:
    """Whether a figure follows from those used: what is left of a price, a price and another together, a share of it, nothing after full assistance, a length used elsewhere."""
    if kind == "yuan":
        remainders = {str(int(price) - int(amount)) for price in prices for amount in amounts if price.isdigit() and amount.isdigit()}
        together = {str(int(price) + int(amount)) for price in prices for amount in amounts if price.isdigit() and amount.isdigit()}
        return value in remainders | together or value in prices or (value == "0" and bool(forms))
    if kind == "percent":
        return any(int(price) * float(value) == int(amount) * 100 for price in prices for amount in amounts if price.isdigit() and amount.isdigit())
    return kind in ("days", "months", "age") and (kind, value) in everywhere
