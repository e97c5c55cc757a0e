"""What a clause is called for readers: by the notice's own numbering, written in English as English readers write such numbers."""

from __future__ import annotations

import re

_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
# The words around the numbers, longest first.
_WORDS = (
    (re.compile(r"[（(]末段[）)]"), ", last para."), (re.compile(r"[、 ]*第(\d+)段"), r", para. \1"), (re.compile(r"第(\d+)行"), r"row \1"), (re.compile(r"附件(\d*)"), r"Annex \1"),
    (re.compile("特殊缴费"), "Special payment"), (re.compile("缴费标准"), "Rates"), (re.compile("主送机关"), "addressees"),
    (re.compile("表头"), "head"), (re.compile("表题"), "title"), (re.compile("标题"), "title"), (re.compile("合计"), "total"), (re.compile("落款"), "closing line"),
    (re.compile("序言|前言|开头"), "opening"), (re.compile("文首"), "heading"),
)


def clause_label(label: str, lang: str) -> str:
    """The label of a clause in a language; a word that is not known stays as it is.

    Sections (二、) have Roman numbers, their parts (（一）) numbers in brackets, and points plain ones after a full stop.

    >>> clause_label("附件 第3行", "en"), clause_label("表一 表头", "en"), clause_label("二、（一）2", "en"), clause_label("二、2第2段", "en"), clause_label("落款", "zh")
    ('Annex row 3', 'Table 1 head', 'II(1)2', 'II.2, para. 2', '落款')
    """
    if lang == "zh":
        return label
    label = re.sub("表([一二三四五六七八九十])", lambda found: f"Table {_NUMERALS[found[1]]} ", label)
    for pattern, words in _WORDS:
        label = pattern.sub(words, label)
    label = re.sub("[（(]([一二三四五六七八九十])[）)]", lambda found: f"({_NUMERALS[found[1]]})", label)
    label = re.sub(r"[（(](\d+)[）)]", r"(\1)", label)
    label = re.sub("[一二三四五六七八九十]", lambda found: _ROMAN[_NUMERALS[found[0]] - 1], label)
    label = re.sub(r"、(?=\d)", ".", label).replace("、", "")
    return " ".join(label.split())
