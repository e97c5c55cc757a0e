"""A fingerprint of a notice detects a changed or invented quote without holding the text: hashes of all its pieces of three lengths.

Pieces of eight characters tell at which character a quote departs; those of twenty-four, that two passages which share a few
words were not joined; those of four, what is shorter than eight.
"""

from __future__ import annotations

import base64
import hashlib

LENGTH, LONG, SHORT = 8, 24, 4
BYTES = 3


def plain(text: str) -> str:
    """A text without any white space, as quotes are compared."""
    return "".join(text.split())


def pieces(text: str, length: int = LENGTH) -> list[str]:
    """All pieces of a length, each one character further on."""
    return [text[start : start + length] for start in range(len(text) - length + 1)]


def digest(piece: str) -> bytes:
    """The hash of one piece: 24 bits, enough that a wrong piece passes once in thousands."""
    return hashlib.sha256(piece.encode()).digest()[:BYTES]


def encode(text: str) -> str:
    """The fingerprint of a text: its hashes sorted, each once, in Base64 lines."""
    joined = b"".join(sorted({digest(piece) for length in (SHORT, LENGTH, LONG) for piece in pieces(plain(text), length)}))
    return base64.encodebytes(joined).decode("ascii")


def decode(stored: bytes) -> frozenset[bytes]:
    """The hashes of a stored fingerprint."""
    joined = base64.b64decode(stored)
    return frozenset(joined[start : start + BYTES] for start in range(0, len(joined), BYTES))


def first_difference(quote: str, known: frozenset[bytes]) -> int | None:
    """Where a quote leaves its notice: the index of the character that differs; None when every piece is known."""
    for length in (LENGTH, LONG) if len(quote) >= LENGTH else (min(SHORT, len(quote)),):
        at = _departure(quote, known, length)
        if at is not None:
            return at
    return None


def _departure(quote: str, known: frozenset[bytes], length: int) -> int | None:
    """Where the pieces of one length depart; a single wrong character spoils all that hold it, and the run of them tells which it is."""
    wrong = [index for index, piece in enumerate(pieces(quote, length)) if digest(piece) not in known]
    if not wrong:
        return None
    if wrong[0] > 0:
        return wrong[0] + length - 1
    last = 0
    while last + 1 < len(wrong) and wrong[last + 1] == wrong[last] + 1:
        last += 1
    whole = wrong[last] == len(quote) - length
    return 0 if whole else wrong[last]
