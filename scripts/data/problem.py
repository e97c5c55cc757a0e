"""A problem in the data says where it is, what is wrong, the likely cause and the next step, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Problem:
    """One finding of a rule at one place of a file.

    file is relative to the folder checked, line and column count from 1. zh and en each hold what is wrong, the likely cause
    and the next step. excerpt is the line of the file; the renderings put a caret under the column.
    """

    rule: str
    file: str
    line: int
    column: int
    zh: str
    en: str
    excerpt: str = ""

    def below(self, folder: str) -> Problem:
        """The same problem as seen from the folder above."""
        return replace(self, file=f"{folder}/{self.file}")

    def message(self, lang: str = "zh") -> str:
        """The message in one language, without the place."""
        return self.zh if lang == "zh" else self.en

    def caret(self) -> str:
        """The excerpt with a caret under the column; characters that fill two cells push the caret twice."""
        if not self.excerpt.strip():
            return ""
        before = self.excerpt[: self.column - 1]
        pad = "".join("\t" if letter == "\t" else "  " if _wide(letter) else " " for letter in before)
        return f"{self.excerpt}\n{pad}^"

    def text(self, lang: str = "zh") -> str:
        """The problem as a person at a terminal reads it."""
        head = f"{self.file}:{self.line}:{self.column}: [{self.rule}] {self.message(lang)}"
        shown = self.caret()
        return head + ("\n    " + shown.replace("\n", "\n    ") if shown else "")


def _wide(letter: str) -> bool:
    import unicodedata

    return unicodedata.east_asian_width(letter) in "WF"
