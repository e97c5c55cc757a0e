"""Read a built page as its elements, for checks that need no browser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from tests.visiting import page_paths

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """One start tag with what stands inside it."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""


@dataclass
class Document:
    """All elements of a page in order."""

    elements: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """The elements of these tags."""
        return [element for element in self.elements if element.tag in tags]

    def ids(self) -> list[str]:
        """The ids in order, repeated ones repeated."""
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        self.document.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read(path: Path) -> Document:
    """The elements of the page in this file."""
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader.document


def shapes(site_dir: Path, lang: str) -> list[str]:
    """The pages of a language, of those that differ by words alone (areas under the same rules) one."""
    found = {}
    for path in page_paths(site_dir, lang):
        elements = read(site_dir / path / "index.html").elements
        # The menu marks the page one is on; what stands before the content is the same everywhere else.
        start = next((place for place, element in enumerate(elements) if element.tag == "article"), 0)
        found.setdefault(tuple((e.tag, e.attributes.get("class", ""), *e.attributes) for e in elements[start:]), path)
    return list(found.values())


def kinds(site_dir: Path, lang: str) -> list[str]:
    """A few pages that together show every kind of element (tag and class) that any page of the language has."""
    left = {}
    for path in page_paths(site_dir, lang):
        elements = read(site_dir / path / "index.html").elements
        left[path] = {(e.tag, name) for e in elements for name in ["", *e.attributes.get("class", "").split()]}
    chosen, seen = [], set()
    while left:
        best = max(left, key=lambda path: len(left[path] - seen))
        if not left[best] - seen:
            break
        seen |= left.pop(best)
        chosen.append(best)
    return chosen
