"""The numbers and dates that stand in a sentence, in Chinese and in English, in one form that can be compared."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

# What a number counts, by the word behind it. A number without a known word is "bare".
UNITS = {
    "元": "yuan", "%": "percent", "天": "days", "日": "days", "个月": "months", "年": "years", "周岁": "age", "岁": "age", "级": "grade", "档": "tier",
    "人": "count", "名": "count", "号": "document",
}
# The 91st day is the one after 90 days: either number may stand in a rule.
_ORDINAL = re.compile(r"第(\d+)(天|日|个月|年)")
# 6:4 is 60% and 40%; 三分之一 is 1/3.
_RATIO = re.compile(r"(?<![\d:])(\d{1,2}):(\d{1,2})(?![\d:])")
_FRACTION = re.compile(r"([一二两三四五六七八九十]+)分之([一二两三四五六七八九十]+)")
# Words that stand for a figure; a rule may use it, and no translation needs to repeat it.
WORDS = {"减半|半价|半额|折半|一半": ("percent", "50"), "次年|翌年|下一年|第二年": ("years", "1")}
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN = "零〇一二两三四五六七八九十百千"
_JOIN = r"(?:[、,，/~\-–—―−至到和或]|及其?|以及)"
_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"(?:万元|亿元|个月|周岁|元|%|天|日|年|岁|级|档|人|名|号)"
_RUN = re.compile(rf"{_NUMBER}{_UNIT}?(?:{_JOIN}{_NUMBER}{_UNIT}?)*")
_HAN_RUN = re.compile(rf"[{_HAN}]+(?:{_JOIN}[{_HAN}]+)*(个月|周岁|元|天|日|年|岁|级|档)")
_DATE = re.compile(r"(?:(\d{4})年度?)?(\d{1,2})月(?:(\d{1,2})日|(底))?|(\d{4})-(\d{2})-(\d{2})|(\d{4})年")
_MONTH_RANGE = re.compile(rf"(\d{{1,2}})(?:月?{_JOIN})(\d{{1,2}})月(?!\d{{1,2}}日)")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_MONTH = "|".join(MONTHS)
_EN_DATE = re.compile(rf"(?:(\d{{1,2}}) )?\b({_MONTH})\b(?: (\d{{1,2}})(?!\d),?)?(?: (\d{{4}}))?")
_OF_MONTH = re.compile(r"(?:次|下|下个|当)月(\d{1,2})日")  # the day of a month that is not named: no length of time
_NEXT_TO = re.compile(r"[上前下](?=一年)一|[上前下](?=一个?月)一")  # the year before, the month after: no length of time
_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass
class Figures:
    """What a sentence holds: plain numbers, numbers with what they count, dates, and words for numbers.

    atoms: each written number, months as ("month", 9). typed: (kind, number). dates: (year or None, month, day or None).
    words: numbers written in Chinese characters, and those of them that count something (`counted`). ordinal: the 91st day as
    ("days", 90), what has passed before it. fractions: shares such as 1/3.
    """

    atoms: set = field(default_factory=set)
    typed: set = field(default_factory=set)
    dates: set = field(default_factory=set)
    words: set = field(default_factory=set)
    counted: set = field(default_factory=set)
    ordinal: set = field(default_factory=set)
    fractions: set = field(default_factory=set)

    def has_number(self, value: str, kind: str | None = None) -> bool:
        """Whether the number stands in the sentence; with a kind, whether it counts that, or is bare."""
        if kind is None:
            return value in self.atoms or value in self.words
        kinds = ("years", "age") if kind == "years" else (kind,)  # until the first birthday is 未满1周岁
        return any((one, value) in self.typed or (one, value) in self.ordinal for one in kinds) or ("bare", value) in self.typed

    def has_date(self, day: str) -> bool:
        """Whether a full date stands in the sentences; a day without its year (7月1日) counts where one of them names the year."""
        year, month, number = int(day[:4]), int(day[5:7]), int(day[8:])
        return (year, month, number) in self.dates or ((None, month, number) in self.dates and day[:4] in self.atoms)

    def __or__(self, other: Figures) -> Figures:
        return Figures(self.atoms | other.atoms, self.typed | other.typed, self.dates | other.dates, self.words | other.words, self.counted | other.counted, self.ordinal | other.ordinal, self.fractions | other.fractions)


def full_dates(figures: Figures) -> list[str]:
    """The dates with year, month and day, in order."""
    return sorted(f"{day[0]}-{day[1]:02d}-{day[2]:02d}" for day in figures.dates if day[0] and day[2])


def normal(number: str) -> str:
    """A number without needless zeros: 0400 → 400, 12.50 → 12.5."""
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + ("." + part if part else "")


@lru_cache(maxsize=4096)
def chinese(text: str) -> Figures:
    """The figures of a Chinese sentence; a date without its year takes the year named before it, or of the date it leads to."""
    text = unicodedata.normalize("NFKC", _COMMA.sub("", text))
    found = Figures()
    for day in _OF_MONTH.findall(text):
        found.atoms.add(normal(day))
    rest = _dates(_OF_MONTH.sub(" ", text), found)
    for run in _RUN.finditer(rest):
        _numbers(run.group(), found)
    found.ordinal |= {(UNITS[unit], str(int(number) - 1)) for number, unit in _ORDINAL.findall(rest)}
    for first, second in _RATIO.findall(rest):
        whole = int(first) + int(second)
        found.typed |= {("percent", normal(f"{100 * int(part) / whole:.2f}")) for part in (first, second)} if whole else set()
    found.fractions |= {f"{_han(part)[-1]}/{_han(of)[-1]}" for of, part in _FRACTION.findall(rest)}
    for run in re.finditer(rf"[{_HAN}]+", rest):
        found.words |= {str(value) for value in _han(run.group())}
    for run in _HAN_RUN.finditer(_NEXT_TO.sub(" ", rest)):
        kind = UNITS[run.group(1)]
        for part in re.findall(rf"[{_HAN}]+", run.group()[: -len(run.group(1))]):
            values = [_DIGITS[letter] for letter in part] if kind in ("grade", "tier") and all(letter in _DIGITS for letter in part) else _han(part)[-1:]
            found.typed |= {(kind, str(value)) for value in values}
            found.counted |= {str(value) for value in values}
    found.typed |= {pair for pattern, pair in WORDS.items() if re.search(pattern, text)}
    for part in re.findall(rf"百分之([{_HAN}]+)", rest):
        found.typed |= {("percent", str(value)) for value in _han(part)[-1:]}
    return found


def _dates(text: str, found: Figures) -> str:
    """Notes the dates of a Chinese text and returns it with each replaced by a blank."""
    for match in _MONTH_RANGE.finditer(text):
        found.atoms |= {("month", int(match.group(1))), ("month", int(match.group(2)))}
        found.dates |= {(None, int(match.group(1)), None), (None, int(match.group(2)), None)}
    text = _MONTH_RANGE.sub(lambda match: f"{match.group(2)}月", text)  # both are noted: the first is a month, and no bare number
    year, waiting, out, position = None, [], [], 0
    for match in _DATE.finditer(text):
        between = text[position : match.start()]
        out.append(between)
        position = match.end()
        told, month, day, end, iso_year, iso_month, iso_day, alone = match.groups()
        if match.group(0).endswith("年") and alone is None and month is None:
            continue
        if alone or told or iso_year:
            year = int(alone or told or iso_year)
            found.atoms.add(str(year))
        if alone:
            found.typed.add(("year", alone))
            # "2025年" may also be a length of time only in texts that no notice has; it is a year.
            out.append(" ")
            continue
        month, day = int(month or iso_month), int(day or iso_day) if (day or iso_day) else None
        unclear = not (told or iso_year) and re.search(r"(?:当年|次年|每年|上年)$", between) is not None
        of = None if unclear else year
        found.atoms.add(("month", month))
        if day is not None:
            found.atoms.add(str(day))
        for number in waiting if of and re.fullmatch(rf"\s*{_JOIN}\s*", between) else []:
            found.dates.add((of, *number))
        waiting = [(month, day)] if of is None else []
        found.dates.add((of, month, day))
        if of and not 1 <= month <= 12:
            of = None
        if end and 1 <= month <= 12:  # the last day of a month; of February without a year, either
            found.dates |= {(of, month, calendar.monthrange(leap, month)[1]) for leap in ((of,) if of else (2023, 2024))}
        out.append(" ")
    out.append(text[position:])
    if re.search("年底|年末", text):
        found.dates.add((None, 12, 31))
    return "".join(out)


def _numbers(run: str, found: Figures) -> None:
    """Notes the numbers of a run such as 1-2级 or 1、2级: a number without a unit takes the one that follows it."""
    pairs = re.findall(rf"({_NUMBER})({_UNIT}?)", run)
    kind = None
    for number, unit in reversed(pairs):
        kind = {"万元": "yuan", "亿元": "yuan"}.get(unit) or UNITS.get(unit) or kind
        scale = {"万元": 10000, "亿元": 100000000}.get(unit)
        # 8万元 is 80000 yuan in the rules and in the translation.
        value = normal(str(round(float(number) * scale)) if scale else number)
        found.atoms.add(value)
        found.typed.add((kind or "bare", value))


def _han(text: str) -> list[int]:
    """The values a run of Chinese numerals may have: each character, and the whole read as a number."""
    values = [_DIGITS[letter] for letter in text if letter in _DIGITS]
    total, current = 0, 0
    for letter in text:
        if letter in _DIGITS:
            current = _DIGITS[letter]
        else:
            total += (current or 1) * _TENS[letter]
            current = 0
    return [*values, total + current]


@lru_cache(maxsize=4096)
def english(text: str) -> Figures:
    """The figures of an English sentence; months are words."""
    text = _COMMA.sub("", unicodedata.normalize("NFKC", text))
    found = Figures()
    for match in re.finditer(r"(\d{4})-(\d{2})-(\d{2})", text):
        found.dates.add(tuple(int(part) for part in match.groups()))
        found.atoms |= {match.group(1), ("month", int(match.group(2))), str(int(match.group(3)))}
    text = re.sub(r"\d{4}-\d{2}-\d{2}", " ", text)
    for match in _EN_DATE.finditer(text):
        before, name, after, year = match.groups()
        month, day = MONTHS.index(name) + 1, before or after
        found.atoms.add(("month", month))
        found.dates.add((int(year) if year else None, month, int(day) if day else None))
    for number in re.findall(_NUMBER, text):
        found.atoms.add(normal(number))
    for kind, pattern in (("yuan", rf"({_NUMBER}) yuan"), ("percent", rf"({_NUMBER}) ?(?:%|per cent)"), ("days", rf"({_NUMBER})[- ]days?\b"), ("months", rf"({_NUMBER})[- ]months?\b")):
        found.typed |= {(kind, normal(number)) for number in re.findall(pattern, text)}
    return found


def worded(clause: dict) -> str:
    """The words of a clause, with the cells of a table row kept apart, so that 400 and 0 beside each other are not 4000."""
    row = clause.get("row")
    return "｜".join(row) if isinstance(row, list) and all(isinstance(cell, str) for cell in row) else str(clause.get("quote", ""))


def cells(run: str, translation: str) -> list[str] | None:
    """A run of digits that is a table row without its lines (40040030030040), split as its translation lists the numbers.

    None when no consecutive numbers of the translation make up the run.
    """
    numbers = [normal(number) for number in re.findall(_NUMBER, _COMMA.sub("", translation))]
    for start in range(len(numbers)):
        joined = ""
        for end in range(start, len(numbers)):
            joined += numbers[end]
            if joined == run and end > start:
                return numbers[start : end + 1]
            if len(joined) >= len(run):
                break
    return None


def quoted(clause: dict) -> Figures:
    """The figures of a clause: those of its quote, with rows that ran together split by their cells, or as the translation splits them."""
    found, translation = chinese(worded(clause)), str(clause.get("en", ""))
    split = Figures()
    for atom in found.atoms:
        if isinstance(atom, str) and len(atom) > 4 and atom.isdigit():
            split.typed |= {("bare", cell) for cell in cells(atom, translation) or []}
    split.atoms = {value for _, value in split.typed}
    return found | split
