"""CSV files as people have them: found out by looking (encoding, separator), read row by row, and written safe for spreadsheets."""

from __future__ import annotations

from .errors import CaseError
from .roster_table import HEAD_ROWS, find_head, headers_of, too_wide
from .roster_text import safe_cell

SEPARATORS = {",": "comma", "\t": "tab", ";": "semicolon", "，": "wide", "|": "bar"}
FOREIGN = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xd8\xff", b"\x89PNG")  # workbooks, older documents, PDF, pictures
LONGEST_CELL = 100  # lines a quoted cell may run over; a quote left open would otherwise swallow the rest of the file


class Record:
    """One row of a file: its cells and the line it begins on, or what makes it unreadable and at which column."""

    __slots__ = ("cells", "column", "error", "line")

    def __init__(self, line: int, cells: list[str], error: CaseError | None = None, column: int = 1) -> None:
        self.line, self.cells, self.error, self.column = line, cells, error, column


class Table:
    """A file read: how it was read, the headers and the rows below them."""

    def __init__(self, encoding: str, separator: str, headers: list[str], header_line: int, records: list[Record]) -> None:
        self.encoding, self.separator, self.headers, self.header_line, self.records = encoding, separator, headers, header_line, records

    def rows(self) -> list[tuple[int, Record]]:
        """The rows by number (the first below the headers is 1); rows with nothing in them are left out but keep their number."""
        return [(number, record) for number, record in enumerate(self.records, 1) if record.error is not None or any(cell.strip() for cell in record.cells)]


def unreadable(zh: str, en: str) -> CaseError:
    """The error of a row that cannot be read."""
    return CaseError("row", zh, en, code="unreadable_row")


def decode(data: bytes) -> tuple[str, list[str | Record]]:
    """The encoding found and the lines of a file; a line that does not decode is a Record with its error and column.

    A byte order mark decides; else UTF-8 or GB18030, whichever more of the lines with other than ASCII letters are.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            data = data[len(mark):]
            break
    else:
        encoding = "utf-8"
        if not _decodes(data, encoding):
            foreign = [line for line in data.split(b"\n") if not line.isascii()]
            if sum(_decodes(line, "utf-8") for line in foreign) * 2 < len(foreign):
                encoding = "gb18030"
    if encoding.startswith("utf-16"):
        return encoding, list(_lines(data.decode(encoding, "replace")))
    try:
        return encoding, list(_lines(data.decode(encoding)))
    except UnicodeDecodeError:
        pass
    found: list[str | Record] = []
    for number, line in enumerate(data.replace(b"\r\n", b"\n").split(b"\n"), 1):
        try:
            found.append(line.decode(encoding))
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode(encoding, "replace")) + 1
            found.append(Record(number, [line.decode(encoding, "replace")], unreadable(f"这一行有读不出来的字（不是 {encoding.upper()} 编码）。请在表格软件里另存为“CSV UTF-8”。",
                                                       f"This row has bytes that are not {encoding.upper()}. Save the file as “CSV UTF-8” in the spreadsheet."), column))
    return encoding, found


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_table(data: bytes, separator: str | None = None, names: dict[str, str] | None = None) -> Table:
    """A CSV file's headers and rows; raises CaseError when there are none.

    The separator is the one by which the row of the headers shows most known names (header key → field), unless given or named in
    a first line such as sep=; — where no name is known, the one that splits that row into most cells.
    """
    if data.startswith(FOREIGN) or data[:300].lstrip().lower().startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise _not_csv()
    encoding, lines = decode(data)
    at = 0
    while at < len(lines) and isinstance(lines[at], str) and not lines[at].strip():  # type: ignore[union-attr]
        at += 1
    if at < len(lines) and isinstance(lines[at], str) and lines[at].strip('" ').lower().startswith("sep=") and len(lines[at].strip('" ')) == 5:  # type: ignore[union-attr]
        separator = separator or lines[at].strip('" ')[4]  # type: ignore[union-attr]
        at += 1
    if at >= len(lines):
        raise CaseError("file", "文件是空的。第一行应当是列名，下面每行一个人。", "The file is empty. The first row must hold the names of the columns, and each row below one person.", code="empty_file")
    first = lines[at]
    if isinstance(first, Record):
        raise _no_header(first)
    if "\0" in first:
        raise _not_csv()
    offered = [separator] if separator else list(SEPARATORS)
    begun = [parse(lines[:at + HEAD_ROWS * LONGEST_CELL], mark, at)[:HEAD_ROWS] for mark in offered]
    found = find_head([[[] if record.error else record.cells for record in records] for records in begun], names or {})
    table, head = found or (0, 0)
    header = begun[table][head]
    damaged = header if header.error is not None else begun[table][0]
    if damaged.error is not None:
        raise _no_header(damaged)
    headers = headers_of(header.cells)
    records = parse(lines, offered[table], at)[head + 1:]
    for record in records:
        if record.error is None and len(record.cells) != len(headers) and any(cell.strip() for cell in record.cells):
            _wrong_length(record, len(headers))
    while records and records[-1].error is None and not any(cell.strip() for cell in records[-1].cells):
        records.pop()
    return Table(encoding, offered[table], headers, header.line, records)


def _not_csv() -> CaseError:
    return CaseError("file", "这不是 CSV 文件，可能是 XLSX 或别的文件。请在表格软件里另存为“CSV UTF-8”。", "This is not a CSV file; it may be XLSX or something else. Save it as “CSV UTF-8” in the spreadsheet.", code="not_csv")


def _no_header(record: Record) -> CaseError:
    return CaseError("file", f"第{record.line}行第{record.column}列：{record.error.zh}", f"Line {record.line}, column {record.column}: {record.error.en}", code="unreadable_row")  # type: ignore[union-attr]


def _wrong_length(record: Record, want: int) -> None:
    """A row with more or fewer cells than there are columns: which cell belongs where cannot be known."""
    have = len(record.cells)
    if have > want and not any(cell.strip() for cell in record.cells[want:]):
        record.cells = record.cells[:want]  # empty cells at the end say nothing
        return
    record.column = sum(len(cell) + 1 for cell in record.cells[:want]) + (0 if have < want else 1)
    record.error = too_wide(have, want, record.cells[want:]) if have > want else CaseError(
        "row", f"这一行只有{have}格，表头有{want}格：多半是漏了分隔符。", f"This row has {have} cells, the header has {want}: most likely a separator is missing.", code="row_length")


def parse(lines: list[str | Record], separator: str, start: int = 0) -> list[Record]:
    """The records of a file from a line on; after an unreadable one reading goes on with the next line."""
    found, at = [], start
    while at < len(lines):
        line = lines[at]
        if isinstance(line, Record):
            found.append(line)
            at += 1
        elif '"' not in line:
            found.append(Record(at + 1, line.split(separator)))
            at += 1
        else:
            record, used = _quoted(lines, at, separator)
            found.append(record)
            at += used
    return found


def _quoted(lines: list[str | Record], at: int, separator: str) -> tuple[Record, int]:
    """A record with quoted cells, and how many lines it runs over."""
    cells: list[str] = []
    text, used, place = str(lines[at]), 1, 0
    while True:
        if text[place:place + 1] != '"':
            end = text.find(separator, place)
            cells.append(text[place:] if end < 0 else text[place:end])
            if end < 0:
                return Record(at + 1, cells), used
            place = end + 1
            continue
        opened, cell, place = (used, place), "", place + 1
        while True:
            end = text.find('"', place)
            if end < 0:
                following = lines[at + used] if at + used < len(lines) else None
                if not isinstance(following, str) or used - opened[0] >= LONGEST_CELL:
                    return _broken(lines, at + opened[0], opened[1], "引号没有配对：这一格以 \" 开头，却没有结尾的 \"。", "A quote is not closed: this cell begins with \" and has no closing \"."), 1
                cell, text, used, place = cell + text[place:] + "\n", following, used + 1, 0
                continue
            cell += text[place:end]
            place = end + 1
            if text[place:place + 1] != '"':
                break
            cell, place = cell + '"', place + 1
        if place < len(text) and text[place] != separator:
            if used > opened[0]:  # it closed on a later line by that line's own opening quote
                return _broken(lines, at + opened[0], opened[1], "引号没有配对：这一格以 \" 开头，却没有结尾的 \"。", "A quote is not closed: this cell begins with \" and has no closing \"."), 1
            return _broken(lines, at + used, place, "引号后面应当是分隔符。格内要写引号时，请写两个（\"\"）。", "After a closing quote a separator must follow. Write a quote inside a cell twice (\"\")."), 1
        cells.append(cell)
        if place >= len(text):
            return Record(at + 1, cells), used
        place += 1
        if place == len(text):
            cells.append("")
            return Record(at + 1, cells), used


def _broken(lines: list[str | Record], line: int, place: int, zh: str, en: str) -> Record:
    return Record(line, [str(lines[line - 1])], unreadable(zh, en), place + 1)


def write_row(cells: list[str], separator: str = ",") -> str:
    """One line of CSV, every cell safe for a spreadsheet and quoted where it must be."""
    written = []
    for cell in cells:
        cell = safe_cell(cell)
        quoted = any(mark in cell for mark in (separator, '"', "\n", "\r", ";", "\t")) or cell != cell.strip()
        written.append('"' + cell.replace('"', '""') + '"' if quoted else cell)
    return separator.join(written) + "\r\n"


def write_table(rows: list[list[str]], separator: str = ",") -> bytes:
    """A CSV file that spreadsheets open with the right letters (UTF-8 with a byte order mark)."""
    return ("\ufeff" + "".join(write_row(cells, separator) for cells in rows)).encode("utf-8")
