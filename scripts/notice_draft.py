"""A first draft of a notice's file from its full text: identity, fingerprint, and one clause for each sentence that may matter."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .data import fingerprints
from .data.figures import chinese

_HAN = "一二三四五六七八九十"
# How notices number their parts, from the outermost level to the innermost.
LEVELS = (
    re.compile(rf"([{_HAN}]{{1,3}})、"), re.compile(rf"[（(]([{_HAN}]{{1,3}})[）)]、?"),
    re.compile(r"(\d{1,2})[.．、](?!\d)"), re.compile(r"[（(](\d{1,2})[）)]、?"),
)
ANNEX = re.compile(r"附(?:件|表)?\s*\d*\s*[:：]?")
_ROW = re.compile(r"(\d{1,3})[\s\t]+(?=\D)")
_SENTENCE = re.compile(r"[^。；;!！?？]+[。；;!！?？]?")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[（(]\d{4}[〕\]）)]第?\d+号")
_TITLE = re.compile(r"关于\S{4,80}?(?:通知|公告|通告|方案|办法|意见)")
_SIGNED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日\Z")
_ISSUER = re.compile(r"[\u4e00-\u9fff()（）]{3,40}(?:局|委员会|人民政府|政府办公室|办公室|厅|联合会|联)\Z")
_RULE = re.compile("就高|全额|减半|不享受|最高标准|重复享受|多重|多项|等待期|免缴|不予资助|次年|次月")
KINDS = {"yuan", "percent", "days", "months", "years", "age", "grade", "tier"}


class DraftError(ValueError):
    """What is asked for cannot be drafted: the cause and the next step, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh, self.en = zh, en


@dataclass
class Clause:
    """One sentence of a notice: its place in the document's own numbering, and its words without white space."""

    id: str
    label: str
    quote: str
    role: str


@dataclass
class Identity:
    """What a notice is: title, number, issuers, date of issue; found in its text where not told."""

    id: str
    places: list[str]
    years: list[int]
    title_zh: str = ""
    title_en: str = ""
    number: str | None = None
    issuers: list[str] = field(default_factory=list)
    issuers_en: list[str] = field(default_factory=list)
    issued: str | None = None


def read_text(path: Path) -> str:
    """The full text of a notice; raises DraftError when it cannot be read or is too short to be one."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DraftError(f"打不开通知全文 {path}：{error.strerror}。请检查路径。", f"The text of the notice, {path}, cannot be opened: {error.strerror}. Check the path.") from None
    except UnicodeDecodeError:
        raise DraftError(f"{path} 不是 UTF-8 编码。请用记事本等另存为 UTF-8 的纯文本。", f"{path} is not UTF-8. Save it as plain text in UTF-8.") from None
    if len(fingerprints.plain(text)) < 40:
        raise DraftError(f"{path} 几乎是空的。请把通知全文（网页、PDF 或 Word 里的全部文字）粘贴进去。", f"{path} is almost empty. Paste the whole text of the notice into it.")
    return text


def completed(told: Identity, text: str) -> Identity:
    """The identity with what was not told read off the text; raises DraftError when there is no title or no issuer to be found."""
    lines = [fingerprints.plain(line) for line in text.splitlines() if line.strip()]
    head = "".join(lines[:25])
    title = _TITLE.search(head)
    if not told.title_zh and title is None:
        raise DraftError("从全文里找不到标题（关于……的通知）。请用 --title-zh 写明。", "No title (关于…的通知) was found in the text. Give it with --title-zh.")
    told.title_zh = told.title_zh or title.group()  # type: ignore[union-attr]
    if told.number is None:
        told.number = next((line for line in lines[:25] if _NUMBER.fullmatch(line)), None)
    if not told.issuers:
        told.issuers = list(dict.fromkeys(bodies(text, -15, None) or bodies(text, 0, 15)))
    if not told.issuers and (before := next((match for line in lines[:25] if (match := re.match(rf"({_ISSUER.pattern.removesuffix(chr(92) + 'Z')})关于", line))), None)):
        told.issuers = [before.group(1)]
    if not told.issuers:
        raise DraftError("从全文里找不到发文单位。请用 --issuer 写明（几个单位就写几次）。", "No issuing body was found in the text. Give it with --issuer, once for each.")
    if told.issued is None:
        dated = [match for line in lines if (match := _SIGNED.match(line))]
        told.issued = f"{dated[-1][1]}-{int(dated[-1][2]):02d}-{int(dated[-1][3]):02d}" if dated else "not_stated"
    told.issuers_en += [""] * (len(told.issuers) - len(told.issuers_en))
    return told


def bodies(text: str, start: int | None, end: int | None) -> list[str]:
    """The issuing bodies that stand alone on some of the lines, one or several on a line."""
    found = []
    for line in [line for line in text.splitlines() if line.strip()][start:end]:
        parts = line.split()
        for part in parts if all(_ISSUER.fullmatch(part) for part in parts) else ["".join(parts)]:
            if _ISSUER.fullmatch(part):
                found.append(part)
    return found


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text: lines broken in the middle of a sentence joined, each row of a table on its own."""
    current, row = "", 0
    for line in text.splitlines():
        plain = line.strip()
        if not plain:
            continue
        bare = not re.search(r"[，。；：、,;:]", plain)
        if bare and plain.split()[0] == str(row + 1) and (not current or not re.search(r"[，、,]\Z", current)):
            starts, row = True, row + 1
        else:
            starts = "\t" in line.strip() or _SIGNED.match(fingerprints.plain(plain)) is not None or any(level.match(plain) for level in LEVELS) or ANNEX.match(plain) is not None
        heading = any(level.match(current) for level in LEVELS[:2]) and len(current) <= 30 and not re.search(r"[，。；：、]", current[3:])
        if current and (starts or heading or re.search(r"[。；！？:：]\Z", current)):
            yield current
            current = ""
        current += (" " if current and row else "") + plain
    if current:
        yield current


def clauses(text: str, groups: list[str]) -> list[Clause]:
    """One draft clause for each sentence that holds a figure, a date or the name of a group."""
    found: list[tuple[str, str, str, str]] = []
    numbers: list[str | None] = [None] * len(LEVELS)
    labels: list[str] = [""] * len(LEVELS)
    annex = False
    for paragraph in paragraphs(text):
        rest = paragraph
        if _SIGNED.match(fingerprints.plain(rest)):
            found.append(("sign", "落款", fingerprints.plain(rest), "display"))
            continue
        if ANNEX.match(rest) and found:
            annex, numbers, labels = True, [None] * len(LEVELS), [""] * len(LEVELS)
        for level, pattern in enumerate(LEVELS):
            match = pattern.match(rest)
            if match:
                numbers[level:] = [number(match.group(1)), *[None] * (len(LEVELS) - level - 1)]
                labels[level:] = [match.group().rstrip(".．、"), *[""] * (len(LEVELS) - level - 1)]
                rest = rest[match.end():]
        if annex and (match := _ROW.match(rest)):
            numbers, labels = [match.group(1), *[None] * (len(LEVELS) - 1)], [f"第{match.group(1)}行", *[""] * (len(LEVELS) - 1)]
        at = ".".join(part for part in numbers if part) or ("head" if annex else "0")
        here = f"annex.{at}" if annex else at
        label = "附件 " + "".join(labels) if annex else joined(labels) or "开头"
        found += [(here, label.strip(), sentence, role) for sentence in sentences(rest) if (role := role_of(sentence, groups))]
    return lettered(found)


def lettered(found: list[tuple[str, str, str, str]]) -> list[Clause]:
    """The clauses with a letter behind the number of each place that has several."""
    count = Counter(here for here, *_ in found)
    at: Counter[str] = Counter()
    clauses = []
    for here, label, sentence, role in found:
        clauses.append(Clause(here + (letters(at[here]) if count[here] > 1 else ""), label, sentence, role))
        at[here] += 1
    return clauses


def joined(labels: list[str]) -> str:
    """The label of a place in the document as people write it: 二（一）1, 二、1."""
    text = ""
    for label in filter(None, labels):
        text += ("、" if text and text[-1] in _HAN and label[0].isdigit() else "") + label
    return text


def number(text: str) -> str:
    """A number of the document's numbering in digits."""
    if text.isdigit():
        return text
    tens, ten, ones = text.partition("十")
    value = lambda letters: _HAN.index(letters) + 1 if letters else 0  # noqa: E731 - one use, three letters
    return str((value(tens) or 1) * 10 + value(ones)) if ten else str(value(tens))


def letters(index: int) -> str:
    """a, b … z, aa, ab …"""
    return (letters(index // 26 - 1) if index >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[index % 26]


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph without white space."""
    return [plain for match in _SENTENCE.finditer(paragraph) if (plain := fingerprints.plain(match.group()))]


def role_of(sentence: str, groups: list[str]) -> str | None:
    """compute for what a rule may rest on, display for what only names a group or assistance; None for a sentence with neither."""
    figures = chinese(sentence)
    named = any(name in sentence for name in groups)
    day = any(date[2] for date in figures.dates) or any(isinstance(atom, tuple) for atom in figures.atoms)
    row = re.match(r"\d{1,3}[\u4e00-\u9fff]+[\d.]{2,}\Z", sentence) is not None
    if any(kind in KINDS for kind, _ in figures.typed) or day or row or (named and "资助" in sentence) or _RULE.search(sentence):
        return "compute"
    return "display" if (named or "资助" in sentence) and sentence[-1] in "。；;" else None


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def notice_yaml(told: Identity, text: str, found: list[Clause]) -> str:
    """The file of a notice, as a draft."""
    plain = fingerprints.plain(text)
    listed = lambda values: "[" + ", ".join(quoted(value) for value in values) + "]"  # noqa: E731 - one use, one line
    lines = [
        "# yaml-language-server: $schema=../schema/notice.schema.json",
        "# 草稿：由全文生成。每一条补上英文译文（en）；用不到的整条删除；一条里有几个规定的，拆成几条；role 不对的改正。",
        "# A draft made from the full text. Translate each clause (en), delete those nothing needs, split those that hold several rules, correct the role.",
        f"id: {told.id}",
        "title:",
        f"  zh: {quoted(told.title_zh)}",
        f"  en: {quoted(told.title_en)}",
        *([f"number: {quoted(told.number)}"] if told.number else []),
        f"issuers: {listed(told.issuers)}",
        f"issuers_en: {listed(told.issuers_en)}",
        f"issued: {told.issued}",
        f"places: [{', '.join(told.places)}]",
        f"years: [{', '.join(map(str, told.years))}]",
        f"text_sha256: {hashlib.sha256(plain.encode()).hexdigest()}",
        f"text_length: {len(plain)}",
        "clauses:",
    ]
    for clause in found:
        lines += [f"  - id: {quoted(clause.id)}", f"    label: {quoted(clause.label)}", f"    role: {clause.role}", f"    quote: {quoted(clause.quote)}", '    en: ""']
    return "\n".join(lines) + "\n"
