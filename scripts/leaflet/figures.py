"""Figures for paper: no link to follow, so other readings are said in words, and only where the notice contradicts itself."""

from __future__ import annotations

from markupsafe import Markup

from calc import Policy
from scripts.render.figures import Figure, Figures, Other, text_of

# Where a narrow cell may break "not stated": between its words and nowhere else.
SILENT = {"zh": ("通知没有写", "通知<wbr>没有写")}


class PlainFigures(Figures):
    """Figures for paper: other readings are said, not linked."""

    def inner(self, policy: Policy, found: Figure, sources: bool, others: bool, told: list[str], words: tuple[str, str]) -> Markup:
        """A figure; where the notice is silent its readings are left to the page: they would only be guesses beside nothing."""
        text = super().inner(policy, found, sources, others and found.value is not None, told, words)
        plain, broken = SILENT.get(self.lang, ("", ""))
        return Markup(str(text).replace(plain, broken)) if plain and found.value is None else text

    def readings(self, name: str, others: list[Other]) -> Markup:
        """The figures under other readings, in words alone."""
        shown = list(dict.fromkeys(text_of(name, other.value, other.state, self.lang) for other in others))
        words = ("、" if self.zh else ", ").join(shown)
        return Markup('<span class="others">{}</span>').format(f"或{words}" if self.zh else f"or {words}")
