"""Pages are tidied as they leave MkDocs: no space at line ends, no empty lines, and the theme's few slips of HTML mended.

What stands in <pre>, <textarea> or <script> is left as it is.
"""

from __future__ import annotations

import re
from pathlib import Path

KEPT = re.compile(r"(<(pre|textarea|script)\b.*?</\2>)", re.DOTALL)
BLANKS = re.compile(r"[ \t]*\n\s*\n|[ \t]+\n")
SLIPS = (
    (re.compile(r"<!doctype html>"), "<!DOCTYPE html>"),
    # A checkbox has nothing to complete; an empty tabindex is no number.
    (re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"'), r"\1"),
    (re.compile(r' tabindex=""'), ' tabindex="0"'),
)


def tidy(html: str) -> str:
    """A page without needless space and with the theme's slips mended."""
    parts = KEPT.split(html)
    # The pattern has two groups: text, kept element, its name, text …
    for place in range(0, len(parts), 3):
        text = BLANKS.sub("\n", parts[place])
        for slip, mended in SLIPS:
            text = slip.sub(mended, text)
        parts[place] = text
    return "".join(part for place, part in enumerate(parts) if place % 3 != 2).strip() + "\n"


def tidy_tree(root: Path) -> int:
    """Tidies every page below a folder; returns how many."""
    files = sorted(root.rglob("*.html"))
    for file in files:
        file.write_text(tidy(file.read_text("utf-8")), encoding="utf-8", newline="")
    return len(files)
