"""The index of the search: one file for each language, fetched when somebody begins to search and read by javascripts/search.js.

It holds the parts of the pages (address, heading, text) and sets of words that mean the same, each with the parts they lead to.
Nothing is worked out beforehand: so little text is searched faster than an index of it would be loaded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

import yaml

from scripts.render.site import Site

from .sections import Section, sections
from .words import PLACE, SUBJECT, TEXT, all_words

FILE = "search/search_index.json"  # the theme asks for this name
# Longer texts are cut: what somebody looks for stands in a heading, among the words, or near a beginning.
LONGEST = 1000
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def write_index(made: Path, docs: Path, site: Site, lang: str, tag: str) -> Path:
    """Write the index of the pages in `made`, which came from the sources in `docs`."""
    parts = list(read_parts(made, docs, site, tag))
    number = {part["at"]: place for place, part in enumerate(parts)}
    sets = all_words(site, lang, [*number, *taken_over(parts)])
    for place, entry in enumerate(sets):
        for address, weight in entry.at.items():
            if address in number:  # what is taken over has the words of what it is like
                parts[number[address]].setdefault("sets", []).append([place, weight])
    # The theme passes "docs" on to the search as it is, and wants a "config" beside it.
    kinds = {kind: [place for place, entry in enumerate(sets) if entry.kind == kind] for kind in (PLACE, SUBJECT, TEXT)}
    found = {"config": {}, "docs": {"parts": parts, "sets": [entry.words for entry in sets], "kinds": kinds}}
    path = made / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")), "utf-8")
    return path


class Page(NamedTuple):
    """A page to be found: its address, its description, its parts (itself first), and how much it matters."""

    address: str
    description: str
    parts: list[Section]
    boost: dict[str, float]


def read_pages(made: Path, docs: Path, tag: str) -> dict[str, Page]:
    """The pages to be found by their addresses. A page's source says under `search` whether it is one, how much it matters (`boost`),
    and whether its sections are worth finding."""
    found = {}
    for source in sorted(docs.rglob("*.md")):
        told = front_matter(source).get("search") or {}
        if not told.get("exclude"):
            address = page_address(source.relative_to(docs))
            html = (made / address / "index.html").read_text("utf-8")
            read = html if told.get("sections", True) else html.partition("<h2 ")[0]
            found[address] = Page(address, description(html), sections(read, tag), {"boost": told["boost"]} if "boost" in told else {})
    return found


def read_parts(made: Path, docs: Path, site: Site, tag: str) -> Iterator[dict]:
    """The parts of every page, the page itself first."""
    pages = read_pages(made, docs, tag)
    followed = {site.place_path(policy): site.place_path(site.policies.policy(site.rules_id(policy))) for policy in site.all_policies}
    for address, page in pages.items():
        own, *rest = page.parts
        first = {"at": address, "title": own.title, "text": f"{page.description} {own.text}"[:LONGEST].strip(), **page.boost}
        other = followed.get(address, address)
        if other != address and headings(pages[other].parts) == headings(page.parts):
            yield {**first, "like": other}  # its sections are those of the page it follows, and are not written out again
            continue
        yield first
        for section in rest:
            yield {"at": f"{address}#{section.anchor}", "title": section.title, "text": section.text[:LONGEST], **page.boost}


def headings(found: list[Section]) -> list[tuple[str, str]]:
    """The sections of a page by anchor and heading, without the page's own."""
    return [(section.anchor, section.title) for section in found[1:]]


def taken_over(parts: list[dict]) -> list[str]:
    """The addresses of sections that a page has in common with the one it follows."""
    own = {part["at"] for part in parts}
    return [part["at"] + address.removeprefix(part["like"]) for part in parts if "like" in part for address in own if address.startswith(part["like"] + "#")]


def page_address(source: Path) -> str:
    """The address that MkDocs gives a page."""
    folder = source.parent if source.name == "index.md" else source.with_suffix("")
    return "" if folder == Path() else f"{folder.as_posix()}/"


def front_matter(source: Path) -> dict:
    """What a page's source says of itself."""
    match = FRONT_MATTER.match(source.read_text("utf-8"))
    return (yaml.safe_load(match[1]) or {}) if match else {}


def description(html: str) -> str:
    """The page's description, as search engines show it."""
    match = DESCRIPTION.search(html)
    return unescape(match[1]) if match else ""


__all__ = ["write_index"]
