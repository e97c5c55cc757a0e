"""A notice's text taken apart: its body without head and signature, the paragraphs and tables, and where in its numbering each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .data import fingerprints
from .notice_tables import Row, tables_at

_HAN = "一二三四五六七八九十"
_NUMERAL = rf"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:之[{_HAN}])?"
# How notices number their parts, from the outermost level to the innermost. 一、二级 is no number, and 1.2026年 no decimal.
LEVELS = (
    re.compile(rf"({_NUMERAL})、(?![{_HAN}]{{1,2}}[级档类])"), re.compile(rf"[（(]({_NUMERAL})[）)]、?"),
    re.compile(r"(\d{1,2})[.．、](?:(?!\d)|(?=20\d\d年))"), re.compile(r"[（(](\d{1,2})[）)]、?"),
)
ANNEX = re.compile(r"附(?:件|表)\s*(\d*)\s*[:：]?|附[:：]")
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[（(]\d{4}[〕\]）)]第?\d+号")
SIGNED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日\Z")
ISSUER = re.compile(r"[\u4e00-\u9fff()（）]{3,40}(?:局|委员会|人民政府|政府办公室|办公室|厅|联合会|联)(?:[（(][\u4e00-\u9fff]+局[）)])?\Z")
# The last word of a title; what it is the notice of may be the name of another document, in 《》 or before 的.
TITLE = re.compile(r"关于(?:《[^》]{1,80}》|[^《》\s]){2,120}?(?:通知|公告|通告|方案|办法|意见)(?!》|的)")
HEAD_LINES = 25
_SENTENCE = re.compile(r"(?:（[^（）]*）|“[^“”]*”|[^。；;!！?？])+[。；;!！?？]?")
_ADDRESSED = re.compile(r"(?!.*(?:根据|按照|为了|为做好|为进一步|为贯彻|现将|现就|通知|意见|如下))[^。]*各[^。]*[:：]\Z")
_OPEN = re.compile(r"[，、至自于在为和与及或的由按第]\Z")  # a line that ends so goes on in the next


@dataclass
class Place:
    """Where one stands in the numbering of a document: the numbers and marks of the levels, the annex, the headings above."""

    numbers: list[str] = field(default_factory=lambda: [""] * len(LEVELS))
    marks: list[str] = field(default_factory=lambda: [""] * len(LEVELS))
    headings: list[str] = field(default_factory=lambda: [""] * len(LEVELS))
    annex: str = ""
    annex_mark: str = ""

    def read(self, text: str, first: int = 0) -> str:
        """Takes the marks of the levels (from the first told) off the beginning of a text and returns what is left."""
        for level in range(first, len(LEVELS)):
            if match := LEVELS[level].match(text):
                for kept, value in ((self.numbers, number(match.group(1))), (self.marks, match.group().rstrip(".．、").replace("(", "（").replace(")", "）")), (self.headings, "")):
                    kept[level:] = [value, *[""] * (len(LEVELS) - level - 1)]
                text = text[match.end():].lstrip()
        return text

    def head(self, text: str, more: bool = False) -> None:
        """Notes a heading: it stands over what follows until the next of its level; or the rest of one that a line ended."""
        level = max(self.depth, 0)
        self.headings[level:] = [(self.headings[level] if more else "") + fingerprints.plain(text), *[""] * (len(LEVELS) - level - 1)]

    def enter_annex(self, heading: str, number: str, name: str = "annex", mark: str = "附件") -> None:
        """An annex begins, or what stands below the signature: it has a numbering of its own."""
        number = "" if number == "1" else number
        self.numbers, self.marks, self.headings = ([""] * len(LEVELS) for _ in range(3))
        self.annex, self.annex_mark = name + number, mark + number
        self.head(heading)

    @property
    def id(self) -> str:
        """The identifier: 2.1, annex.3, 0 before the first number."""
        at = ".".join(filter(None, self.numbers))
        return ".".join(filter(None, (self.annex, at or ("text" if self.annex else "0"))))

    @property
    def label(self) -> str:
        """The place as people write it: 二（一）1, 二、1, 附件 一."""
        text = ""
        for mark in filter(None, self.marks):
            text += ("、" if text and text[-1] in _HAN and mark[0].isdigit() else "") + mark
        return " ".join(filter(None, (self.annex_mark, text))) or "开头"

    @property
    def depth(self) -> int:
        """The innermost level that has a number; -1 before the first."""
        return max((level for level in range(len(LEVELS)) if self.numbers[level]), default=-1)


def number(text: str) -> str:
    """A number of the document's numbering in digits; 四之一 is 4-1."""
    if text.isdigit():
        return text
    if "之" in text:
        return "-".join(map(number, text.split("之")))
    tens, ten, ones = text.partition("十")
    value = lambda letters: _HAN.index(letters) + 1 if letters else 0  # noqa: E731 - one use, three letters
    return str((value(tens) or 1) * 10 + value(ones)) if ten else str(value(tens))


def body(text: str) -> list[str]:
    """The lines of a notice without its title and what stands above, its number, and the names signed above its date."""
    lines = text.splitlines()
    full = [at for at, line in enumerate(lines) if line.strip()]
    for count in range(1, min(HEAD_LINES, len(full)) + 1):
        head = fingerprints.plain("".join(lines[: full[count - 1] + 1]))
        if "。" in head:
            break
        if re.search(TITLE.pattern + r"(?:（[^）]*）)?\Z", head):
            lines = lines[full[count - 1] + 1 :]
            break
    while lines and (not lines[0].strip() or NUMBER.fullmatch(fingerprints.plain(lines[0]))):
        lines.pop(0)
    signed = next((at for at in reversed(range(len(lines))) if is_signature(lines[at])), 0)
    first = signed
    while first and (not lines[first - 1].strip() or issuers(lines[first - 1])):
        first -= 1
    return lines[:first] + lines[signed:]


def issuers(line: str) -> list[str]:
    """The issuing bodies that stand alone on a line, one or several; none when there is anything else."""
    parts = line.split()
    if all(ISSUER.fullmatch(part) for part in parts):
        return parts
    return ["".join(parts)] if ISSUER.fullmatch("".join(parts)) else []


def blocks(lines: list[str]) -> Iterator[str | list[Row]]:
    """The paragraphs and the tables of some lines, in their order."""
    text: list[str] = []
    at = 0
    while at < len(lines):
        tables, end = tables_at(lines, at) if lines[at].strip() else ([], at)
        if tables:
            yield from paragraphs(text)
            yield from tables
            text, at = [], end
        else:
            text.append(lines[at])
            at += 1
    yield from paragraphs(text)


def paragraphs(lines: list[str]) -> Iterator[str]:
    """The paragraphs of some lines: lines broken in the middle of a sentence are joined, a heading stands alone."""
    current = ""
    for at, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        starts = is_numbered(text) and not current.endswith("第") or is_signature(text) and not _OPEN.search(current) or ANNEX.match(text) is not None
        ends = is_heading(current) or is_signature(current) or re.search(r"[。；！？:：]\Z", current) is not None
        if current and (starts or ends) and not re.match(r"[，。；、：）]", text):
            yield current
            current = ""
        current += text
        if current == text and is_bare_heading(text) and at + 1 < len(lines) and not lines[at + 1].strip():
            yield current
            current = ""
    if current:
        yield current


def is_numbered(text: str) -> bool:
    """Whether a text begins with a number of the document's own numbering."""
    return any(level.match(text) for level in LEVELS)


def is_heading(text: str) -> bool:
    """Whether a paragraph is the heading of a numbered part: short, no sentence, and not the first line of one."""
    return any(level.match(text) for level in LEVELS[:2]) and len(text) <= 30 and not re.search(r"[，。；：、]|\d(?:元|万元|%|日)", text[3:]) and not _OPEN.search(text)


def is_signature(text: str) -> bool:
    """Whether a line is a date alone."""
    return SIGNED.match(fingerprints.plain(text)) is not None


def is_bare_heading(text: str) -> bool:
    """Whether a line with an empty one behind it is a heading without a number."""
    return len(text) <= 12 and re.fullmatch(r"[\u4e00-\u9fff]+", text) is not None


def is_address(text: str) -> bool:
    """Whether a paragraph only names those to whom the notice goes: 各区（县）医保局："""
    return _ADDRESSED.match(fingerprints.plain(text)) is not None


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph without white space; what stands in brackets or quotation marks is not parted."""
    return [plain for match in _SENTENCE.finditer(paragraph) if (plain := fingerprints.plain(match.group()))]
