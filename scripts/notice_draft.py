"""A first draft of a notice's file from its full text: identity, fingerprint, and a clause for each sentence and row, those probably not needed commented out."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from .data import fingerprints
from .notice_roles import judged, judged_row
from .notice_tables import Row
from .notice_text import ANNEX, HEAD_LINES, ISSUER, LEVELS, NUMBER, SIGNED, TITLE, Place, blocks, body, is_address, is_bare_heading, is_numbered, is_signature, issuers, sentences

NEXT_STEP = ("补英文译文；用不到的条款删掉，注释掉的句子（# - {…}）看一眼，用得着的删掉“# ” / "
             "translate the clauses; delete those nothing needs, look through the sentences commented out")
_ORDINALS = "一二三四五六七八九十"
_STOPS = re.compile(r"[，。；：:;]")
# A first sentence that only names what the next is about: 新生儿。
_SUBJECT = re.compile(r"(?!.*(?:全额|减半|就高|除外))[^。；：:\d不免应须可按由为予已]{2,16}。")


class DraftError(ValueError):
    """What is asked for cannot be drafted: the cause and the next step, in Chinese and in English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.zh, self.en = zh, en


@dataclass
class Clause:
    """One sentence or row of a notice: its place in the document's own numbering, and its words without white space.

    live: whether it is probably needed; the others are written commented out. headings: those above it. table: that of a row.
    cells: those of a row, where the quote alone does not tell them apart.
    """

    id: str
    label: str
    quote: str
    role: str
    live: bool = True
    headings: tuple[str, ...] = ()
    table: str = ""
    cells: tuple[str, ...] = ()


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
    top = lines[:HEAD_LINES]
    title = TITLE.search("".join(top))
    if not told.title_zh and title is None:
        raise DraftError("从全文里找不到标题（关于……的通知）。请用 --title-zh 写明。", "No title (关于…的通知) was found in the text. Give it with --title-zh.")
    told.title_zh = told.title_zh or title.group()  # type: ignore[union-attr]
    if told.number is None:
        told.number = next((line for line in top if NUMBER.fullmatch(line)), None)
    if not told.issuers:
        last = max((at for at, line in enumerate(lines) if SIGNED.match(line)), default=len(lines))
        told.issuers = list(dict.fromkeys(bodies(text, max(last - 15, 0), last) or bodies(text, 0, 15)))
    if not told.issuers and (before := next((match for line in top if (match := re.match(rf"({ISSUER.pattern.removesuffix(chr(92) + 'Z')})关于", line))), None)):
        told.issuers = [before.group(1)]
    if not told.issuers:
        raise DraftError("从全文里找不到发文单位。请用 --issuer 写明（几个单位就写几次）。", "No issuing body was found in the text. Give it with --issuer, once for each.")
    if told.issued is None:
        dated = [match for line in lines if (match := SIGNED.match(line))]
        told.issued = f"{dated[-1][1]}-{int(dated[-1][2]):02d}-{int(dated[-1][3]):02d}" if dated else "not_stated"
    told.issuers_en += [""] * (len(told.issuers) - len(told.issuers_en))
    return told


def bodies(text: str, start: int | None, end: int | None) -> list[str]:
    """The issuing bodies that stand alone on some of the lines, one or several on a line."""
    return [name for line in [line for line in text.splitlines() if line.strip()][start:end] for name in issuers(line)]


def clauses(text: str, groups: list[str]) -> list[Clause]:
    """A draft clause for each sentence of a notice and each row of its tables, in their order; live where it is probably needed."""
    drafting = Drafting(groups)
    found = list(blocks(body(text)))
    for block, following in zip(found, [*found[1:], None], strict=True):
        if isinstance(block, list):
            drafting.table(block)
        else:
            drafting.paragraph(block, following)
    return lettered(drafting.found)


class Drafting:
    """Reads the parts of a notice one after the other and keeps where it is: the place in the numbering, the list that an intro opened."""

    def __init__(self, groups: list[str]) -> None:
        self.groups = groups
        self.found: list[Clause] = []
        self.place = Place()
        self.intro: tuple[int, Clause] | None = None  # the sentence that ends in a colon, and how deep it stands
        self.tables: Counter[str] = Counter()
        self.ended = False  # whether the paragraph before ended in a full stop

    def paragraph(self, text: str, following: str | list[Row] | None) -> None:
        """A heading, the signature, an annex, or sentences."""
        if is_signature(text):
            if self.found:  # a date above everything ends nothing
                self.place.enter_annex(self.place.headings[0] if self.place.annex else "", "", *(("annex", "附件") if self.place.annex else ("end", "文末")))
            self.found.append(Clause("sign", "落款", fingerprints.plain(text), "display"))
            return
        if self.place.depth < 0 and is_address(text):
            return
        if (annex := ANNEX.match(text)) and self.found:
            title = not _STOPS.search(text[annex.end():])
            self.place.enter_annex(text if title else "", annex.group(1) or "")
            self.intro = None
            if title:
                return
        rest = self.place.read(text)
        numbered = rest != text
        if self.intro and (self.place.depth <= self.intro[0] if numbered else self.ended):
            self.intro = None
        self.ended = text.endswith("。")
        if opens(self.place, rest, numbered, following):
            used = bool(self.found) and self.found[-1].headings == self.headings
            self.place.head(text, more=not (numbered or used or self.place.annex))
        else:
            self.sentences(rest, numbered, following)

    def sentences(self, text: str, numbered: bool, following: str | list[Row] | None) -> None:
        """The sentences of a paragraph; those of a list count as much as the sentence that opens it, and one over a table tells what it is."""
        parts = sentences(text)
        if numbered and len(parts) > 1 and _SUBJECT.fullmatch(parts[0]):
            if is_numbered(parts[1]):
                self.place.head(self.place.marks[self.place.depth] + parts.pop(0))
            else:
                parts[:2] = ["".join(parts[:2])]
        for index, part in enumerate(parts):
            sentence = self.place.read(part, first=2)
            role, live = judged(sentence, self.groups, " ".join(self.place.headings))
            if self.intro and self.intro[1].live and role != "admin":
                role, live = ("compute" if "compute" in (role, self.intro[1].role) else role), True
            elif self.intro and live:
                self.intro[1].live = True
            live = live or (isinstance(following, list) and index == len(parts) - 1)
            self.found.append(Clause(self.place.id, self.place.label, sentence, role, live, self.headings))
        if parts and parts[-1][-1] in ":：" and self.place.depth >= 0 and role != "admin":
            self.intro = (self.place.depth, self.found[-1])

    def table(self, rows: list[Row]) -> None:
        """A clause for each row: 表一 第3行; 附件 第1行 where an annex is a table and nothing else."""
        alone = bool(self.place.annex) and not any(self.place.numbers)
        at = self.place.annex if alone else self.place.id
        self.tables[at] += 1
        self.tables["表"] += not alone
        again = str(self.tables[at]) if self.tables[at] > 1 else ""
        base = at if alone and not again else f"{at}.table{again}"
        named = "" if alone and not again else f"表{_ORDINALS[(self.tables[at] if alone else self.tables['表']) - 1 :][:1]}"
        over = " ".join([*self.place.headings, *(row.quote for row in rows if row.kind in ("title", "head"))])
        count, seen = Counter(row.kind for row in rows), Counter[str]()
        for row in rows:
            seen[row.kind] += 1
            part = str(seen["row"]) if row.kind == "row" else row.kind + (f".{seen[row.kind]}" if count[row.kind] > 1 else "")
            words = {"row": f"第{seen['row']}行", "title": "标题" if alone else "表题", "head": "表头", "total": "合计"}[row.kind]
            label = " ".join(filter(None, (self.place.annex_mark, named, words)))
            self.found.append(Clause(f"{base}.{part}", label, row.quote, judged_row(row, over), True, self.headings, base, row.apart))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings over the place, from the outermost."""
        return tuple(filter(None, self.place.headings))


def opens(place: Place, text: str, numbered: bool, following: str | list[Row] | None) -> bool:
    """Whether a short paragraph without stops is the heading of what follows, and not an item beside it."""
    if not text or _STOPS.search(text) or len(text) > 40 or following is None or not isinstance(following, list) and is_signature(following):
        return False
    if isinstance(following, list) or (numbered and place.depth == 0):
        return True
    return (numbered or is_bare_heading(text)) and not any(level.match(following) for level in LEVELS[: place.depth + 1 if numbered else 0])


def lettered(found: list[Clause]) -> list[Clause]:
    """The clauses with a letter behind the number of each place that has several."""
    count = Counter(clause.id for clause in found)
    at: Counter[str] = Counter()
    for clause in found:
        here = clause.id
        clause.id += letters(at[here]) if count[here] > 1 else ""
        at[here] += 1
    return found


def letters(index: int) -> str:
    """a, b … z, aa, ab …"""
    return (letters(index // 26 - 1) if index >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[index % 26]


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def notice_yaml(told: Identity, text: str, found: list[Clause]) -> str:
    """The file of a notice, as a draft."""
    plain = fingerprints.plain(text)
    listed = lambda values: "[" + ", ".join(quoted(value) for value in values) + "]"  # noqa: E731 - one use, one line
    lines = [
        "# yaml-language-server: $schema=../schema/notice.schema.json",
        "# 草稿：全文每一句、表格每一行都在下面。补上英文译文（en）；用不到的整条删除；一条里有几个规定的，拆成几条；role 不对的改正。",
        "# 以“# - {”开头的，看来用不到：逐条看一眼，用得着的删掉“# ”就是一条；其余的最后都删掉。",
        "# A draft with every sentence and every row. Translate each clause (en), delete those nothing needs, split those that hold several rules, correct the role.",
        "# Lines that begin with “# - {” are probably not needed: look at each; without its “# ” it is a clause. Delete the rest in the end.",
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
    above: tuple[str, ...] = ()
    for clause in found:
        lines += [f"  # {heading}" for heading in clause.headings if heading not in above]
        above = clause.headings
        lines += clause_yaml(clause)
    return "\n".join(lines) + "\n"


def clause_yaml(clause: Clause) -> list[str]:
    """The lines of a clause; on one line, commented out, where it is probably not needed."""
    if not clause.live:
        return [f'  # - {{id: {quoted(clause.id)}, label: {quoted(clause.label)}, role: {clause.role}, quote: {quoted(clause.quote)}, en: ""}}']
    cells = [f"    row: [{', '.join(map(quoted, clause.cells))}]"] if clause.cells else []
    return [f"  - id: {quoted(clause.id)}", f"    label: {quoted(clause.label)}", f"    role: {clause.role}", f"    quote: {quoted(clause.quote)}", *cells, '    en: ""']
