"""The table of a file: which row holds the names of the columns, and which of the rows below are no people (totals, signatures, notes)."""

from __future__ import annotations

from .case import plain_name
from .errors import CaseError
from .roster_words import BEYOND, NO_PERSON, NOTE_WORDS, TOTAL_MARKS, TOTAL_UNITS, TOTAL_WORDS

HEAD_ROWS = 20  # the names of the columns stand within so many rows
PLACE = {"policy", "place", "year"}
PREFIX = 12  # letters before a word for a total, such as the name of a village


def header_key(header: str) -> str:
    """A column's name for look-up: no white space, no mark of a required column, no hint in brackets at its end."""
    key = plain_name(header).strip("*:：'﻿").replace("_", "")
    return key[:key.index("(")] if key.endswith(")") and key.index("(") > 0 else key


def find_head(tables: list[list[list[str]]], names: dict[str, str]) -> tuple[int, int] | None:
    """Table and row of the names of the columns: the row with most fields recognised, however the file was divided into cells.

    A note that mentions columns is none: no row below it is divided as it is, or it holds much besides. names: header key → field.
    Where nothing is recognised, the first row with more than one filled cell; None without any.
    """
    best, found = None, None
    for table, rows in enumerate(tables):
        counts = [sum(1 for cell in cells if cell.strip()) for cells in rows[:HEAD_ROWS]]
        for at, cells in enumerate(rows[:HEAD_ROWS]):
            filled = [header_key(cell) for cell in cells if cell.strip()]
            if filled:
                known = len({names[key] for key in filled if key in names})
                followed = any(count >= min(len(filled), 2) for count in counts[at + 1:])
                rank = (known if followed else 0, known, known / len(filled) if known else min(len(filled), 2), -at, len(filled), -table)
                if best is None or rank > best:
                    best, found = rank, (table, at)
    return found


def headers_of(cells: list[str]) -> list[str]:
    """The names of the columns in a row: up to the last one that has a name, made different from each other."""
    names = [cell.strip().lstrip("\ufeff") for cell in cells]
    while names and not names[-1]:
        names.pop()
    return unique(names)


def unique(headers: list[str]) -> list[str]:
    """Headers made different from each other; a column without a name is called by its letter's number."""
    found: list[str] = []
    taken: set[str] = set()
    for number, header in enumerate(headers, 1):
        name, copy = header or f"({number})", 2
        while name in taken:
            name, copy = f"{header} ({copy})", copy + 1
        found.append(name)
        taken.add(name)
    return found


def extra_headers(headers: list[str], width: int, lang: str) -> list[str]:
    """Names for the cells beyond the last column of a table that is `width` cells wide, so that what is saved keeps them."""
    return unique([*headers, *[BEYOND[lang]] * max(0, width - len(headers))])[len(headers):]


def is_beyond(header: str) -> bool:
    """Whether a column of a saved result holds cells that had no column."""
    return header.partition(" (")[0] in BEYOND.values()


def too_wide(have: int, want: int, left_over: list[str]) -> CaseError:
    """The error of a row with something beyond the last column: which cell belongs where cannot be known."""
    some = "、".join(f"“{cell.strip()}”" for cell in left_over if cell.strip())
    return CaseError("row", f"这一行有{have}格，表头只有{want}格，多出{some}：多半是某一格里有分隔符而没有加引号，把一格分成了两格。请合回一格；那一列要是有用，请写上列名。",
                     f"This row has {have} cells, the header only {want}; {some} is left over: most likely a separator inside a cell, without quotes, has split it. Join the cells; if the column is meant, give it a name.", code="row_length")


def no_person(cells: list[str], headers: list[str], used: dict[str, int]) -> str | None:
    """Why a row is not a person's: "total", "note", "header" or "nothing"; None for a person's row.

    used: field → place of its column.
    """
    told = {field: text for field, place in used.items() if place < len(cells) and (text := cells[place].strip())}
    alone = all(field == "name" or _is_number(text) for field, text in told.items())
    starts = {plain_name(text) for text in (next((cell for cell in cells if cell.strip()), ""), told.get("name", ""))}
    if any(_is_total(text, alone) for text in starts):
        return "total"
    if any(_is_note(text, alone) for text in starts):
        return "note"
    if len(told) > 1 and all(text == headers[used[field]] for field, text in told.items()):
        return "header"
    personal = used.keys() - PLACE or used.keys()  # a place filled in beforehand makes no person
    return None if told.keys() & personal else "nothing"


def reason(code: str) -> dict:
    """Why a row was left out, in both languages."""
    return {"code": code, **NO_PERSON[code]}


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").rstrip("人元").isdigit()


def _is_total(text: str, alone: bool) -> bool:
    """Whether a cell says that its row is a total; with a name before the word (双江村小计) only where the row tells nothing of a person."""
    for word in TOTAL_WORDS:
        before, found, after = text.partition(word)
        if found and after.strip(TOTAL_MARKS + "：") in TOTAL_UNITS and (not before or (alone and len(before) <= PREFIX)):
            return True
    return False


def _is_note(text: str, alone: bool) -> bool:
    """Whether a cell begins a note or a signature."""
    for word, strict in NOTE_WORDS:
        if text.startswith(word):
            after = text[len(word):]
            if not strict or after.startswith((":", "：")) or (alone and not after):
                return True
    return False
