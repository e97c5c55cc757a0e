"""Every quote occurs in its notice: in the full text where given, and always in the committed fingerprint."""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Iterable

from .. import fingerprints
from ..problem import Problem
from ..sources import SourceSet
from ..yaml_source import Document

name = "quote-in-notice"
alone = True
description = {
    "zh": "引文一字不差地出现在通知里：有全文时对全文，没有全文时对指纹。",
    "en": "Every quote occurs word for word in its notice: in the full text where given, always in the fingerprint.",
}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each quote that its notice does not hold, at the character where it departs."""
    for identifier, (document, clauses) in sources.notices().items():
        text = sources.notice_texts.get(identifier)
        known = None
        stored = sources.fingerprints.get(identifier)
        if stored is None:
            yield document.problem(name, ("id",), f"没有指纹文件 notices/{identifier}.fingerprint，引文无法核对。请运行 python -m scripts.fingerprint 全文.txt {identifier}。",
                                   f"There is no fingerprint notices/{identifier}.fingerprint, so quotes cannot be checked. Run python -m scripts.fingerprint TEXT.txt {identifier}.")
        else:
            try:
                known = fingerprints.decode(stored)
            except (binascii.Error, ValueError):
                yield document.problem(name, ("id",), f"指纹文件 notices/{identifier}.fingerprint 已损坏。请重新生成。", f"The fingerprint notices/{identifier}.fingerprint is damaged. Write it again.")
        if text is not None:
            yield from whole(document, identifier, text, known)
        for index, clause in clauses.values():
            quote = clause.get("quote")
            if not isinstance(quote, str):
                continue
            yield from cut(document, ("clauses", index, "row"), quote, clause.get("row"))
            if text is not None:
                at = departure(quote, text) if quote not in text else None
            else:
                at = fingerprints.first_difference(quote, known) if known is not None and len(quote) >= fingerprints.SHORT else None
            if at is not None:
                yield document.problem(name, ("clauses", index, "quote"), *message(quote, at), offset=offset(document, ("clauses", index, "quote"), quote, at))


def whole(document: Document, identifier: str, text: str, known: frozenset[bytes] | None) -> Iterable[Problem]:
    """What the notice's file and its fingerprint say of the whole text."""
    data: dict = document.data  # type: ignore[assignment]
    for field, found in (("text_sha256", hashlib.sha256(text.encode()).hexdigest()), ("text_length", len(text))):
        if data.get(field) != found:
            yield document.problem(name, (field,), f"与全文不符：应为 {found}。全文可能换了版本，或这里抄错了。", f"This does not agree with the full text, which gives {found}. The text may be another version, or the value mistyped.")
    if known is not None and known != fingerprints.decode(fingerprints.encode(text).encode()):
        yield document.problem(name, ("id",), f"指纹与全文不符。请运行 python -m scripts.fingerprint 全文.txt {identifier} 重新生成。",
                               f"The fingerprint does not agree with the full text. Run python -m scripts.fingerprint TEXT.txt {identifier} again.")


def cut(document: Document, path: tuple, quote: str, row: object) -> Iterable[Problem]:
    """What is wrong with a quote cut into the cells of a table row: together they are the quote."""
    if not isinstance(row, list):
        return
    start = 0
    for number, cell in enumerate(row):
        if not quote.startswith(str(cell), start):
            yield document.problem(name, (*path, number), f"第{number + 1}格“{cell}”和 quote 对不上，那里是“{quote[start : start + 12]}”。各格连起来要和 quote 一字不差。",
                                   f"Cell {number + 1} “{cell}” does not agree with the quote, which goes on “{quote[start : start + 12]}”. Make the cells together equal the quote.")
            return
        start += len(str(cell))
    if start < len(quote):
        yield document.problem(name, (*path, len(row) - 1), f"各格到这里为止，quote 后面还有“{quote[start:]}”。请补上。", f"The cells end here, but the quote goes on “{quote[start:]}”. Add what is missing.")


def departure(quote: str, text: str) -> int:
    """How far the beginning of a quote is found in a text."""
    low, high = 0, len(quote)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if quote[:middle] in text else (low, middle - 1)
    return min(low, len(quote) - 1)


def message(quote: str, at: int) -> tuple[str, str]:
    """What to say of a quote that departs at a character."""
    shown = quote[max(0, at - 6) : at] + "【" + quote[at] + "】" + quote[at + 1 : at + 7]
    return (f"通知里没有这段话，从这里起不一样：…{shown}…。可能抄错了字，或把不相连的两句接在一起。请照原文改正，一字不差。",
            f"The notice does not hold these words; they depart here: …{shown}…. A character may be mistyped, or two separate sentences joined. Copy the original exactly.")


def offset(document: Document, path: tuple, quote: str, at: int) -> int:
    """How many columns after the start of the value the departing character stands, where the value is on one line."""
    line, column = document.at(path)
    rest = document.line(line)[column - 1 :]
    start = rest.find(quote[: at + 1])
    return start + at if start >= 0 else 0
