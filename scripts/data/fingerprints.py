"""A fingerprint of a notice detects a changed or invented quote without holding the text: hashes of all its 8-character pieces."""

from __future__ import annotations

import base64
import hashlib

LENGTH = 8
BYTES = 3


def plain(text: str) -> str:
    """A text without any white space, as quotes are compared."""
    return "".join(text.split())


def pieces(text: str) -> list[str]:
    """All pieces of eight characters, each one character further on."""
    return [text[start : start + LENGTH] for start in range(len(text) - LENGTH + 1)]


def digest(piece: str) -> bytes:
    """The hash of one piece: 24 bits, enough that a wrong piece passes once in thousands."""
    return hashlib.sha256(piece.encode()).digest()[:BYTES]


def encode(text: str) -> str:
    """The fingerprint of a text: its hashes sorted, each once, in Base64 lines."""
    joined = b"".join(sorted({digest(piece) for piece in pieces(plain(text))}))
    return base64.encodebytes(joined).decode("ascii")


def decode(stored: bytes) -> frozenset[bytes]:
    """The hashes of a stored fingerprint."""
    joined = base64.b64decode(stored)
    return frozenset(joined[start : start + BYTES] for start in range(0, len(joined), BYTES))


def first_difference(quote: str, known: frozenset[bytes]) -> int | None:
    """Where a quote leaves its notice: the index of the character that differs; None when every piece is known.

    A single wrong character spoils the eight pieces that hold it; the run of spoilt pieces tells which one it is.
    """
    wrong = [index for index, piece in enumerate(pieces(quote)) if digest(piece) not in known]
    if not wrong:
        return None
    if wrong[0] > 0:
        return wrong[0] + LENGTH - 1
    last = 0
    while last + 1 < len(wrong) and wrong[last + 1] == wrong[last] + 1:
        last += 1
    whole = wrong[last] == len(quote) - LENGTH
    return 0 if whole else wrong[last]
