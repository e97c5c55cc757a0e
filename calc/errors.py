"""Errors a reader can act on: the field, the likely cause and what is allowed, in Chinese and in English."""

from __future__ import annotations


class CaseError(ValueError):
    """A case cannot be assessed as told.

    field: the name of the offending fact. zh, en: what is wrong, the likely cause and the next step.
    allowed: the values that would be accepted, where they can be listed. Nothing is guessed in its place.
    given: the word as told; of many allowed values the most like it are listed, and how many there are is said.
    """

    def __init__(self, field: str, zh: str, en: str, allowed: list | None = None, code: str = "invalid", given: str | None = None) -> None:
        super().__init__(f"{field}: {zh} / {en}")
        self.field, self.zh, self.en, self.code = field, zh, en, code
        known = list(dict.fromkeys(allowed or []))
        self.of, self.allowed = len(known), known if given is None else near(given, known)

    def message(self, lang: str = "zh") -> str:
        """The message in one language, with the allowed values where they can be listed."""
        text = self.zh if lang == "zh" else self.en
        if not self.allowed:
            return text
        values = [value if isinstance(value, str) else str(value) for value in self.allowed]
        some = self.of > len(values)
        if lang == "zh":
            return text + (f"可填的有{self.of}个，最像的是：" if some else "可填：") + "、".join(values)
        return text + (f" Allowed: {self.of} values, most like it: " if some else " Allowed: ") + ", ".join(values)

    def to_json(self) -> dict:
        """The error as plain data for other programs."""
        return {"code": self.code, "field": self.field, "zh": self.message("zh"), "en": self.message("en"), "allowed": self.allowed}


def near(word: str, known: list[str]) -> list[str]:
    """Up to eight known names, those most like the given word first (shared characters count)."""
    letters = set(word.lower())
    ranked = sorted(known, key=lambda name: -len(letters & set(name.lower())) / (len(letters | set(name.lower())) or 1))
    return ranked[:8]


class PolicyError(ValueError):
    """The compiled policies contradict themselves; the data gate should have refused them."""
