"""The words of an explanation in one language: templates by name, and how amounts, dates and counts are written."""

from __future__ import annotations

from ..money import yuan_text
from . import en, zh

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

TABLES = {"zh": zh, "en": en}


class Words:
    """One language: every text comes from its table, every figure is written by one of its methods.

    Both tables have the same names and the same placeholders, so that an explanation says the same figures in both languages.
    """

    def __init__(self, lang: str) -> None:
        self.lang, self.table = lang, TABLES[lang]

    def __call__(self, name: str, /, **values: object) -> str:
        """The sentence of that name with its placeholders filled, beginning with a capital where the language has them."""
        text = self.table.TEXTS[name].format(**values)
        return text[:1].upper() + text[1:]

    def part(self, name: str, /, **values: object) -> str:
        """A text that stands inside a sentence, as it is."""
        return self.table.TEXTS[name].format(**values)

    def has(self, name: str) -> bool:
        """Whether there is a text of that name."""
        return name in self.table.TEXTS

    def of(self, entry: dict) -> str:
        """The text of the data in this language."""
        return entry[self.lang]

    def inner(self, text: str) -> str:
        """A name as it stands inside a sentence (no capital unless it is an abbreviation)."""
        return text[:1].lower() + text[1:] if text[1:2].islower() else text

    def money(self, fen: int) -> str:
        """An amount in yuan."""
        return self.part("money", yuan=yuan_text(fen))

    def day(self, day: date) -> str:
        """A day of the calendar."""
        return self.table.day(day)

    def count(self, number: int, unit: str) -> str:
        """A number of days, months or years."""
        return self.part(unit + (".one" if number == 1 else ""), number=number)

    def both(self, items: list[str]) -> str:
        """A list in which everything holds."""
        return self.table.join(items, "and")

    def either(self, items: list[str]) -> str:
        """A list in which one thing holds."""
        return self.table.join(items, "or")

    def parts(self, items: list[str]) -> str:
        """The parts of a sum."""
        return self.table.join(items, "parts")

    def series(self, items: list[str]) -> str:
        """A list of clauses, one after another."""
        return self.table.TEXTS["series"].join(items)

    def run(self, sentences: list[str]) -> str:
        """Several sentences as one text."""
        return self.table.TEXTS["run"].join(sentence for sentence in sentences if sentence)
