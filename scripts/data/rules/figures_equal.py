"""Numbers and dates are the same in the Chinese quote, its translation and the plain wordings, and in both languages of every text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..figures import Figures, cells, chinese, english, worded
from ..problem import Problem
from ..sources import SourceSet
from ..walk import walk
from ..yaml_source import Document

name = "figures-equal"
alone = True
description = {
    "zh": "原文、英文译文和大白话里的数字、日期、金额一致；每段文字的中英文数字一致。",
    "en": "Figures are equal in the quote, its translation and the plain wordings, and in both languages of every text.",
}
_YUAN, _YUAN_EN, _THOUSANDS = re.compile(r"(\d+(?:\.\d+)?)元"), re.compile(r"(\d+(?:\.\d+)?) yuan"), re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each text whose figures differ from those of its counterpart."""
    for document in sources.documents.values():
        for path, value in walk(document.data):
            if not isinstance(value, dict):
                continue
            if isinstance(value.get("quote"), str):
                yield from clause(document, path, value)
            elif isinstance(value.get("zh"), str) and isinstance(value.get("en"), str) and value["en"].strip():
                yield from pair(document, (*path, "en"), value["zh"], value["en"], False)


def clause(document: Document, path: tuple, value: dict) -> Iterable[Problem]:
    """The figures of a clause: translation against quote, plain wordings against both."""
    quote, en = worded(value), value.get("en")
    if not isinstance(en, str) or not en.strip():
        return
    yield from pair(document, (*path, "en"), quote, en, True)
    plain = value.get("plain")
    zh = plain.get("zh") if isinstance(plain, dict) else None
    if isinstance(zh, str):
        told, held = chinese(zh), chinese(quote)
        split = {cell for atom in held.atoms if isinstance(atom, str) and atom.isdigit() for cell in cells(atom, en) or []}
        for atom in ordered(told.atoms - held.atoms - held.words - split):
            yield document.problem(name, (*path, "plain", "zh"), f"大白话里的“{show(atom, 'zh')}”原文没有。可能写错了。请与原文（quote）一致。",
                                   f"The plain wording has “{show(atom, 'en')}”, which the quote does not. It may be mistyped. Make it agree with the quote.")
        for kind, number in sorted((told.typed & {pair for pair in told.typed if pair[0] in ("yuan", "percent")}) - held.typed):
            if ("bare", number) not in held.typed and number not in split and number in held.atoms:
                yield document.problem(name, (*path, "plain", "zh"), f"大白话里的“{number}{'元' if kind == 'yuan' else '%'}”，原文里这个数不是金额或比例。请核对。", f"In the plain wording {number} is an amount or a share; in the quote it is not. Check it.")


def pair(document: Document, path: tuple, zh: str, en: str, quote: bool) -> Iterable[Problem]:
    """A Chinese and an English text that must hold the same figures."""
    left, right = chinese(zh), english(en)
    for atom in ordered(missing_in_english(left, right, en)):
        yield document.problem(name, path, f"英文里缺少中文的“{show(atom, 'zh')}”。可能漏译或写错了。请与中文一致。", f"The Chinese has “{show(atom, 'en')}”, the English does not. It may be left out or mistyped. Make them agree.")
    if quote:
        for number in sorted(left.counted - right.atoms - left.atoms):
            yield document.problem(name, path, f"原文里用汉字写的数“{number}”，英文里没有。译文里请写成阿拉伯数字。", f"The quote has the number {number} in Chinese characters, the English does not. Write it as a digit.")
    for atom in ordered(extra_in_english(left, right, zh, en)):
        yield document.problem(name, path, f"英文里的“{show(atom, 'en')}”中文没有。可能写错了数字。请与中文一致。", f"The English has “{show(atom, 'en')}”, the Chinese does not. A digit may be mistyped. Make them agree.")
    if sorted(there := _YUAN.findall(plain(zh))) == sorted(here := _YUAN_EN.findall(plain(en))) and there != here:
        yield document.problem(name, path, f"金额的次序不一样：中文是{'、'.join(there)}，英文是{'、'.join(here)}。可能两个数写颠倒了。请核对；确实没错的，把英文改成中文的次序。",
                               f"The amounts stand in another order: {', '.join(there)} in Chinese, {', '.join(here)} in English. Two may be swapped. Check; if all is right, put the English into the order of the Chinese.")
    for day, zh_years, en_years in dates_differ(left, right):
        yield document.problem(name, path, f"{day[0]}月{day[1]}日的年份不一样：中文是{'、'.join(zh_years)}，英文是{'、'.join(en_years)}。请核对。",
                               f"{day[1]} {_MONTHS[day[0]]} has another year in Chinese ({', '.join(zh_years)}) than in English ({', '.join(en_years)}). Check it.")


def plain(text: str) -> str:
    """A text in which equal figures look alike: half-width, thousands without a comma."""
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", text))


def missing_in_english(left: Figures, right: Figures, en: str) -> set:
    """Figures of the Chinese that the English lacks; a table row that ran together counts as its cells in order."""
    return {atom for atom in left.atoms - right.atoms if not (isinstance(atom, str) and atom.isdigit() and len(atom) > 4 and cells(atom, en))}


def extra_in_english(left: Figures, right: Figures, zh: str, en: str) -> set:
    """Figures of the English that the Chinese lacks, in digits or in characters; the month of May may be a verb."""
    split = {cell for atom in left.atoms if isinstance(atom, str) and atom.isdigit() for cell in cells(atom, en) or []}
    extra = right.atoms - left.atoms - left.words - split
    return extra - {("month", 5)} if not any(day[2] for day in right.dates if day[1] == 5) else extra


def dates_differ(left: Figures, right: Figures) -> list[tuple]:
    """Days that have one year in Chinese and another in English."""
    found = []
    for month, day in sorted({date[1:] for date in left.dates & right.dates | left.dates | right.dates if date[2]}):
        zh, en = ({str(date[0]) for date in side.dates if date[1:] == (month, day) and date[0]} for side in (left, right))
        if zh and en and not en <= zh:
            found.append(((month, day), sorted(zh), sorted(en)))
    return found


def ordered(atoms: set) -> list:
    """Figures in a fixed order."""
    return sorted(atoms, key=str)


def show(atom: object, lang: str) -> str:
    """A figure as a reader writes it."""
    if isinstance(atom, tuple):
        return f"{atom[1]}月" if lang == "zh" else (_MONTHS[atom[1]] if 1 <= atom[1] <= 12 else str(atom[1]))
    return str(atom)
