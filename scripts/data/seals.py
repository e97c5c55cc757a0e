"""A seal holds, for each value of a file, a fingerprint of its key and one of itself, as they were when the file was last compared with its notice.

A change shows as a fingerprint that is not known, a deleted value as one that is missing, each with its neighbours, and so with
its line. No value can be read from a seal: the data stay the only place where a figure is typed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from .yaml_source import Document

Path = tuple
KEY, VALUE = 2, 4  # bytes; together eight characters of Base64


@dataclass(frozen=True)
class Leaf:
    """One value at the end of a path: its key in words (list numbers left out), and its fingerprint."""

    path: Path
    key: str
    token: str


@dataclass(frozen=True)
class Change:
    """One difference between a file and its seal: kind is changed, deleted, added or new (a whole entry); path is where it shows, key what it is about."""

    kind: str
    path: Path
    key: str


def leaves(value: object, path: Path = (), key: str = "", begins: str = "") -> Iterator[Leaf]:
    """Every value of plain data in the order of its file; an empty list or mapping is a value.

    begins: a hyphen for each item of a list that begins with this value, as it stands in the file; so two items made one are noticed.
    """
    if isinstance(value, dict) and value:
        for number, (name, inner) in enumerate(value.items()):
            yield from leaves(inner, (*path, name), f"{key}.{name}" if key else str(name), begins if number == 0 else "")
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index), f"{key}[]", (begins if index == 0 else "") + "-")
    else:
        yield Leaf(path, key, token(key, value, begins))


def token(key: str, value: object, begins: str = "") -> str:
    """The fingerprint of a value under its key."""
    told = hashlib.sha256(f"{begins}{key}={type(value).__name__}:{value}".encode()).digest()[:VALUE]
    return base64.b64encode(named(key) + told).decode()


def named(key: str) -> bytes:
    """The fingerprint of a key."""
    return hashlib.sha256(key.encode()).digest()[:KEY]


def encode(document: Document) -> str:
    """The seal of a file: one line for each of its entries, so that a difference between two seals shows which entry was compared anew."""
    lines = [f"# Fingerprints of the values of {document.name} as last compared with the notice; written by python -m scripts.seal."]
    entry: Path | None = None
    for leaf in leaves(document.data):
        if leaf.path[:2] != entry:
            entry = leaf.path[:2]
            lines.append(f"{label(document.data, entry)}:")
        lines[-1] += f" {leaf.token}"
    return "\n".join([*lines, closing([leaf.token for leaf in leaves(document.data)])]) + "\n"


def closing(tokens: list[str]) -> str:
    """The last line of a seal, by which a line lost from it shows."""
    return f"# {len(tokens)} values: {digest(' '.join(tokens))}"


def digest(text: str) -> str:
    """The hash of a seal."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def register(seals: dict[str, str]) -> str:
    """The list of sealed files, by which a seal that is gone shows; each with the hash of its seal."""
    lines = [f"{name} {digest(text)}" for name, text in sorted(seals.items())]
    return "# The files that have a seal, each with the hash of it; written by python -m scripts.seal.\n" + "".join(f"{line}\n" for line in lines)


def registered(text: str) -> dict[str, str]:
    """The files of a register with the hashes of their seals."""
    return dict(line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#") and " " in line)


def label(data: object, entry: Path) -> str:
    """The name of an entry in its seal: its section, and its identifier or number."""
    section = data[entry[0]] if isinstance(data, dict) else None
    inner = section[entry[1]] if len(entry) > 1 and isinstance(section, (dict, list)) else None
    last = inner.get("id", entry[1] + 1) if isinstance(inner, dict) and isinstance(entry[1], int) else entry[-1] + 1 if isinstance(entry[-1], int) else entry[-1]
    return f"{entry[0]}/{last}" if len(entry) > 1 else str(entry[0])


def decode(text: str) -> list[str]:
    """The fingerprints of a seal in order; ValueError where a line is not one of a seal."""
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            tokens = line.rpartition(": ")[2].split()
            if any(len(base64.b64decode(told, validate=True)) != KEY + VALUE for told in tokens):
                raise ValueError(line)
            found += tokens
    if text.splitlines()[-1:] != [closing(found)]:
        raise ValueError("closing line")
    return found


def key_of(told: str) -> bytes:
    """The key's part of a fingerprint."""
    return base64.b64decode(told)[:KEY]


def changes(sealed: list[str], document: Document) -> list[Change]:
    """What differs from the seal, in the order of the file; an entry that is new as a whole is one addition."""
    now = list(leaves(document.data))
    tokens = [leaf.token for leaf in now]
    if tokens == sealed:
        return []
    known: set[Path] = set()
    blocks = []
    for kind, low, high, start, end in SequenceMatcher(None, sealed, tokens, autojunk=False).get_opcodes():
        if kind == "equal":
            known |= {leaf.path[:2] for leaf in now[start:end]}
        else:
            blocks.append((sealed[low:high], now[start:end], start))
    return [change for old, new, start in blocks for change in differences(old, new, now, start, known)]


def differences(old: list[str], new: list[Leaf], now: list[Leaf], start: int, known: set[Path]) -> Iterator[Change]:
    """The changes of one stretch: values under the same key are changed ones, what is left over is deleted or added."""
    keys, fresh = [key_of(told) for told in old], [named(leaf.key) for leaf in new]
    gone, added, last = [], [], start - 1
    for kind, low, high, first, end in SequenceMatcher(None, keys, fresh, autojunk=False).get_opcodes():
        if kind == "equal":
            for leaf in new[first:end]:
                yield Change("changed", leaf.path, leaf.key)
            last = start + end - 1
        else:
            added += new[first:end]
            if low < high:
                gone.append((keys[low], (now[last].path if 0 <= last < len(now) else ()), end > first and new[first].path))
    for key, path, instead in gone:
        yield Change("deleted", instead or path, key.hex())
    fresh_entries = {leaf.path[:2] for leaf in new} - known
    told: set[Path] = set()
    for leaf in added:
        whole = leaf.path[:2] in fresh_entries
        where = leaf.path[:2] if whole else leaf.path[:-1]
        if (whole or not gone) and where not in told:
            told.add(where)
            yield Change("new" if whole else "added", where if whole else leaf.path, leaf.key)
