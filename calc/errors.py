"""Errors a reader can act on: the field, the likely cause and what is allowed, in Chinese and in English."""

from __future__ import annotations


class CaseError(ValueError):
    """A case cannot be assessed as told.

    field: the name of the offending fact. zh, en: what is wrong, the likely cause and the next step.
    allowed: the values that would be accepted, where they can be listed; one with a name in each language is the pair (zh, en),
    and each message has its own. Nothing is guessed in its place.
    given: the word as told; of many allowed values those really like it are listed, or a few examples where none is, and how
    many there are is said.
    """

    def __init__(self, field: str, zh: str, en: str, allowed: list | None = None, code: str = "invalid", given: str | None = None) -> None:
        super().__init__(f"{field}: {zh} / {en}")
        self.field, self.zh, self.en, self.code = field, zh, en, code
        known = list(dict.fromkeys(allowed or []))
        self._known, self.alike = known, near(given, known) if given is not None and len(known) > MOST else []
        self._listed = known if given is None else self.alike or known[:MOST]
        self.allowed = _in_words(self._listed, True, str_only=False)

    def message(self, lang: str = "zh") -> str:
        """The message in one language, with the allowed values where they can be listed."""
        zh = lang == "zh"
        text = self.zh if zh else self.en
        if not self._listed:
            return text
        values, of = _in_words(self._listed, zh), len(_in_words(self._known, zh))
        some = of > len(values)
        if zh:
            return text + (f"可填的有{of}个，{'相近的是' if self.alike else '例如'}：" if some else "可填：") + "、".join(values)
        return text + (f" Allowed: {of} values, {'like it' if self.alike else 'such as'}: " if some else " Allowed: ") + ("; " if any("," in value for value in values) else ", ").join(values)

    def to_json(self) -> dict:
        """The error as plain data for other programs."""
        return {"code": self.code, "field": self.field, "zh": self.message("zh"), "en": self.message("en"), "allowed": self.allowed}


def _in_words(values: list, zh: bool, str_only: bool = True) -> list:
    """Allowed values in one language, each once: different names in one language may be the same in the other."""
    named = [value[0 if zh else 1] if isinstance(value, tuple) else value for value in values]
    return list(dict.fromkeys(_shown(value, zh) for value in named) if str_only else dict.fromkeys(named))


def _shown(value: object, zh: bool) -> str:
    """An allowed value in words: yes and no are no program's True and False."""
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    return str(value)


MOST = 8  # so many values are listed whole
LIKE = 0.5  # of the pairs of letters of the shorter word, so many must stand in the other one
LIKE_LATIN = 0.6  # of its runs of three, where both are in Latin letters, of which any two words share some pairs


def near(word: str, known: list) -> list:
    """Up to eight known names, or pairs of names, that are really like the given word, the likest first; none where nothing is.

    >>> near("青竹区", ["青竹县", "白沙地区"]), near("北山", ["南河", "青竹县"])
    (['青竹县'], [])
    """
    ranked = sorted((-max(likeness(word, str(one)) for one in (name if isinstance(name, tuple) else (name,))), place) for place, name in enumerate(known))
    return [known[place] for score, place in ranked if score][:MOST]


def likeness(word: str, name: str) -> float:
    """The share of the shorter word's pairs (in Latin letters: runs of three) of neighbouring letters that the other word has as well; 0 where it is too small."""
    latin = word.isascii() and name.isascii()
    size = 3 if latin else 2
    one, two = ({letters[at:at + size] for at in range(len(letters) - size + 1)} for letters in (word.lower(), name.lower()))
    share = len(one & two) / (min(len(one), len(two)) or 1)
    return share if share >= (LIKE_LATIN if latin else LIKE) else 0


class PolicyError(ValueError):
    """The compiled policies contradict themselves; the data gate should have refused them."""
