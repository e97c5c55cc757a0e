"""The parts of a built page that can be found: each heading that has an anchor, and each entry of a register."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

HEADINGS = ("h1", "h2", "h3", "h4")
VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
# Elements inside a line; all others part the words before them from those behind.
INLINE = ("a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup", "wbr")
# What is no text of the page: links to sources and to headings, marks, and what only helps to get about.
LEFT_OUT_TAGS = ("script", "style", "svg", "nav", "template", "button", "noscript")
LEFT_OUT = ("headerlink", "src", "severity", "role", "no-print", "hash", "uses")
# Elements that are entries of their own, named by the first heading or summary inside. The sentences that a question quotes are
# found at their notice.
ENTRIES = ("question", "clause-entry", "asked")
WITHOUT_QUOTES = "question"


class Section(NamedTuple):
    """A part of a page: its anchor ("" for the page itself), its heading, its text."""

    anchor: str
    title: str
    text: str


def sections(html: str, tag: str) -> list[Section]:
    """The parts of a page in the language `tag`, without what stands in another language."""
    reader = _Reader(tag)
    reader.feed(html)
    reader.close()
    return [Section(anchor, squeezed(title), squeezed(text)) for anchor, title, text in reader.found]


def squeezed(parts: list[str]) -> str:
    """The pieces as one line."""
    return " ".join("".join(parts).split())


class _Reader(HTMLParser):
    """Collects titles and texts between <article> and its end."""

    def __init__(self, tag: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tag = tag
        self.found: list[tuple[str, list[str], list[str]]] = []
        self.stack: list[str] = []
        self.inside = False
        self.left_out = 0  # the depth at which something left out began
        self.heading = 0   # the depth at which a title began
        self.entry: list[tuple[int, int, str]] = []  # depth of an entry, the part that goes on behind it, and its kind
        self.at = -1       # the part that text goes to

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "article":
            self.inside = True
        if not self.inside:
            return
        if tag not in INLINE:
            self._say(" ")
        if tag in VOID:
            return
        self.stack.append(tag)
        if not self.left_out and self._foreign(tag, told):
            self.left_out = len(self.stack)
        if self.left_out:
            return
        kind = (told.get("class") or "").split(" ")[0]
        if kind in ENTRIES and told.get("id"):
            self.entry.append((len(self.stack), self.at, kind))
            self._begin(told["id"] or "")
        elif tag in HEADINGS and told.get("id"):
            self._begin("" if not self.found else told["id"] or "")
            self.heading = len(self.stack)
        elif self.entry and tag in (*HEADINGS, "summary") and not self.found[self.at][1]:
            self.heading = len(self.stack)

    def handle_endtag(self, tag: str) -> None:
        if not self.inside or tag in VOID:
            return
        if tag not in INLINE:
            self._say(" ")
        depth = len(self.stack)
        if self.left_out == depth:
            self.left_out = 0
        if self.heading == depth:
            self.heading = 0
        if self.entry and self.entry[-1][0] == depth:
            self.at = self.entry.pop()[1]
        self.stack.pop()
        self.inside = bool(self.stack)

    def handle_data(self, data: str) -> None:
        if self.inside and not self.left_out:
            self._say(data)

    def _begin(self, anchor: str) -> None:
        self.found.append((anchor, [], []))
        self.at = len(self.found) - 1

    def _say(self, text: str) -> None:
        if self.at >= 0 and not self.left_out:
            self.found[self.at][1 if self.heading else 2].append(text)

    def _foreign(self, tag: str, told: dict[str, str | None]) -> bool:
        """Whether an element is no text of this page: hidden, for getting about, or in the other language."""
        other = told.get("lang") not in (None, self.tag)
        quoted = tag == "blockquote" and bool(self.entry) and self.entry[-1][2] == WITHOUT_QUOTES
        return quoted or other or tag in LEFT_OUT_TAGS or "hidden" in told or bool(set(LEFT_OUT) & set((told.get("class") or "").split()))
