"""The tables in a notice's text as it was pasted: cells between tabs or bars, a cell on each line, or rows run together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .data import fingerprints

# What stands in a cell of figures: a number with its unit, a dash, or the word used where there is no number.
VALUE = re.compile(r"(?:\d[\d,]*(?:\.\d+)?(?:万?元|[%％]|人|户|个月|天|日)?(?:[/／]人?[·.]?[人年月])*|[—–－-]+|[/／]|全额|定额|免缴|不资助|不予资助)")
TOTAL = re.compile("合计|总计|小计")
_SENTENCE = re.compile(r"[，。；：;:!?！？]")
_BAR = re.compile(r"[|｜]")
_UNIT = re.compile(r"(?<=\d)\s+(?=[年月日元%％个级档周岁人天万])|(?<=[年月])\s+(?=\d)")
# The number of a paragraph; 一、二级 and 1、2级 begin a name.
_MARK = re.compile(r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]{1,2}[级档类])|[（(][一二三四五六七八九十\d]{1,3}[）)]、?|\d{1,2}[.．、](?!\d)")
_RUN = re.compile(r"(\d{0,3}[\u4e00-\u9fff（）()、]{2,})((?:\d+(?:\.\d+)?(?:元|%)|—){2,}|\d{2,})")
_CELL = re.compile(r"[^\S\n]*\t")


@dataclass
class Row:
    """One row of a table: its cells, its words as the text has them without white space, and what it is (title, head, row, total)."""

    cells: list[str]
    quote: str
    kind: str = "row"

    @property
    def figures(self) -> int:
        """How many cells hold a number and nothing else."""
        return sum(1 for cell in self.cells if is_value(cell) and re.search(r"\d", cell))

    @property
    def valued(self) -> bool:
        """Whether any cell holds a figure, or what stands for one."""
        return any(map(is_value, self.cells))

    @property
    def apart(self) -> tuple[str, ...]:
        """The cells as a clause lists them, which together are the quote; none where there is one, or where bars are part of the quote."""
        full = tuple(plain for cell in self.cells if (plain := fingerprints.plain(cell)))
        return full if len(full) > 1 and "".join(full) == self.quote else ()


def row(cells: list[str]) -> Row:
    """A row whose words are those of its cells."""
    return Row(cells, fingerprints.plain("".join(cells)))


def is_value(cell: str) -> bool:
    """Whether a cell holds a figure alone."""
    return VALUE.fullmatch(fingerprints.plain(cell)) is not None


def tables_at(lines: list[str], index: int) -> tuple[list[list[Row]], int]:
    """The tables that begin at a line (one below the other makes several), and the line behind them; none and the same line where none begins."""
    for reader in (between_marks, below_tabs, below_each_other, run_together):
        rows, end = reader(lines, index)
        if rows:
            return [kinds(table) for table in several(rows)], end
    return [], index


def following(lines: list[str], index: int, read: Callable[[str], Row | None]) -> tuple[list[Row], int]:
    """The rows that the lines from here on make, up to the first that is none; blank lines do not count."""
    rows, end = [], index
    for at in range(index, len(lines)):
        if lines[at].strip():
            found = read(lines[at])
            if found is None:
                break
            rows.append(found)
            end = at + 1
    return rows, end


def between_marks(lines: list[str], index: int) -> tuple[list[Row], int]:
    """Rows that are lines, their cells between tabs or bars; words without any figure are no table."""
    rows, end = following(lines, index, marked_line)
    return (rows, end) if any(entry.valued or re.search(r"\d", entry.quote) for entry in rows) else ([], index)


def marked_line(line: str) -> Row | None:
    """The row of a line with bars, or with tabs inside; None for a paragraph, also one whose number a tab follows."""
    text = line.strip()
    bars = _BAR.search(text) is not None and "。" not in text
    cells = [" ".join(cell.split()) for cell in (_BAR.split(text.strip("|｜")) if bars else text.split("\t"))]
    full = [cell for cell in cells if cell]
    paragraph = len(full) == 2 and (_MARK.fullmatch(full[0]) or full[1].endswith(("。", "；")))
    return None if len(full) < 2 or paragraph else Row(cells, fingerprints.plain(text))


def below_tabs(lines: list[str], index: int) -> tuple[list[Row], int]:
    """A table as web pages paste it: each cell on a line that begins with a tab, an empty line behind each row.

    A cell broken in two goes on, without a tab, behind an empty line.
    """
    rows: list[list[str]] = [[]]
    end = index
    for at in range(index, len(lines)):
        line, text = lines[at], " ".join(lines[at].split())
        if not text and "\t" not in line:
            rows += [[]] if rows[-1] else []
        elif _CELL.match(line) and not _MARK.match(text) and not re.search(r"[。；]\Z", text):
            rows[-1].append(text)
            end = at + 1
        elif len(rows) > 1 and not rows[-1] and not _SENTENCE.search(text) and at + 1 < len(lines) and _CELL.match(lines[at + 1]):
            rows.pop()
            rows[-1][-1] += text
            end = at + 1
        else:
            break
    found = [row(cells) for cells in rows if any(cells)]
    return (found, end) if sum(entry.figures for entry in found) >= 2 else ([], index)


def below_each_other(lines: list[str], index: int) -> tuple[list[Row], int]:
    """A table with a cell on each line and nothing that tells its rows apart but a running number, or figures in the same columns."""
    cells, places = [], []
    for at in range(index, len(lines)):
        text = " ".join(lines[at].split())
        if text and (_SENTENCE.search(text) or _MARK.match(text) or len(text) > 40 or "\t" in lines[at].strip()):
            break
        if text:
            cells.append(text)
            places.append(at)
    if len(cells) < 6 or row(cells).figures < 2 or is_value(cells[0]) and cells[0] != "1":
        return [], index
    rows = by_number(cells) or by_columns(cells)
    return ([row(part) for part in rows], places[sum(map(len, rows)) - 1] + 1) if rows else ([], index)


def by_number(cells: list[str]) -> list[list[str]]:
    """Rows that begin with 1, 2, 3 …, behind one of headings; none where the numbers do not stand equally far apart."""
    first = cells.index("1") if "1" in cells else len(cells)
    width = next((at - first for at in range(first + 2, len(cells)) if cells[at] == "2"), 0)
    if not width:
        return []
    rows = [cells[:first]] if first else []
    at = first
    while cells[at : at + 1] == [str((at - first) // width + 1)]:
        rows.append(cells[at : at + width])
        at += width
    if at < len(cells) and TOTAL.fullmatch(cells[at]):
        rows.append(cells[at : at + width])
    return rows


def by_columns(cells: list[str]) -> list[list[str]]:
    """The rows of the width that makes most of them: first one of headings, then each a name and figures."""
    best: list[list[str]] = []
    for width in range(2, 9):
        rows = [] if any(map(is_value, cells[:width])) else [cells[:width]]
        for at in range(width, len(cells) - width + 1, width):
            part = cells[at : at + width]
            if not rows or is_value(part[0]) or not row(part).figures:
                break
            rows.append(part)
        if len(rows) > 2 and len(rows) * width > sum(map(len, best)):
            best = rows
    return best


def run_together(lines: list[str], index: int) -> tuple[list[Row], int]:
    """Rows whose cells only blanks part, or nothing: two at least, or one with several figures or a running number; a line of headings may stand above."""
    rows, end = following(lines, index, spaced)
    if len(rows) > 1 or rows and (rows[0].figures > 1 or rows[0].cells[0].isdigit()):
        return rows, end
    words = lines[index].split()
    if len(words) < 2 or rows or _SENTENCE.search(lines[index]) or re.search(r"\d", lines[index]):
        return [], index
    rows, end = following(lines, index + 1, spaced)
    return ([row(words), *rows], end) if len(rows) > 1 else ([], index)


def spaced(line: str) -> Row | None:
    """A row without tabs: a name, then figures; None for anything that may be part of a sentence."""
    text = _UNIT.sub("", line.strip())
    if _SENTENCE.search(re.sub(r"(?<=\d)[,:](?=\d)", "", text)) or len(text) > 80 or _MARK.match(text):
        return None
    cells = text.split()
    if len(cells) == 1:
        run = _RUN.fullmatch(text)
        return None if run is None else Row([run.group(1), *(re.findall(r"\d+(?:\.\d+)?(?:元|%)|—", run.group(2)) or [run.group(2)])], text)
    serial = re.fullmatch(r"\d{1,3}", cells[0]) is not None and len(cells) > 2 and not is_value(cells[1])
    return row(cells) if serial or not is_value(cells[0]) and row(cells[1:]).figures else None


def several(rows: list[Row]) -> Iterator[list[Row]]:
    """Tables that follow one another with nothing between: the first heading comes again."""
    head = next((entry for entry in rows if sum(map(bool, entry.cells)) > 1), rows[0])
    table: list[Row] = []
    for entry in rows:
        if any(before.figures for before in table) and entry.cells[0] and entry.cells[0] == head.cells[0] and not entry.valued:
            yield table
            table = []
        table.append(entry)
    yield table


def kinds(rows: list[Row]) -> list[Row]:
    """The rows of a table, told apart: over the first with a figure stand a title (alone in its row) and headings; a row of lines is left out."""
    found: list[Row] = []
    for entry in rows:
        full = [cell for cell in entry.cells if cell.strip("-: ")]
        body = any(before.kind == "row" for before in found) or entry.valued or _RUN.fullmatch(entry.quote) is not None
        if not full:
            continue
        if not body and len(full) == 1 and all(before.kind == "title" for before in found):
            title = found.pop() if found else Row([], "")
            found.append(Row([*title.cells, *entry.cells], title.quote + entry.quote, "title"))
        else:
            entry.kind = "total" if TOTAL.fullmatch(fingerprints.plain(full[0])) else "row" if body else "head"
            found.append(entry)
    return found
