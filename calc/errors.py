"""Errors a reader can act on: the field, the likely cause and what is allowed, in Chinese and in English."""

from __future__ import annotations


class CaseError(ValueError):
    """A case cannot be assessed as told.

    field: the name of the offending fact. zh, en: what is wrong, the likely cause and the next step.
    allowed: the values that would be accepted, where they can be listed. Nothing is guessed in its place.
    """

    def __init__(self, field: str, zh: str, en: str, allowed: list | None = None, code: str = "invalid") -> None:
        super().__init__(f"{field}: {zh} / {en}")
        self.field, self.zh, self.en, self.allowed, self.code = field, zh, en, allowed or [], code

    def message(self, lang: str = "zh") -> str:
        """The message in one language, with the allowed values where they can be listed."""
        text = self.zh if lang == "zh" else self.en
        if not self.allowed:
            return text
        values = [value if isinstance(value, str) else str(value) for value in self.allowed]
        return text + ("可填：" + "、".join(values) if lang == "zh" else " Allowed: " + ", ".join(values))

    def to_json(self) -> dict:
        """The error as plain data for other programs."""
        return {"code": self.code, "field": self.field, "zh": self.message("zh"), "en": self.message("en"), "allowed": self.allowed}


class PolicyError(ValueError):
    """The compiled policies contradict themselves; the data gate should have refused them."""
