"""Sheets into PDFs: one headless Chromium prints them all; what varies from run to run is made the same afterwards."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from scripts.browser import started

from .fit import limits

DATE = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")
SHEET = re.compile(rb"/Type /Page\b")
NODE = re.compile(rb"\(node(\d{8})\)")
# The list in which a reader finds a node by its name; the standard wants it sorted, with its first and last name before it.
LEAF = re.compile(rb"/Limits \[\(node\d{8}\) \(node\d{8}\)\]\n/Names \[([^\]]*)\]")
ENTRY = re.compile(rb"(\(node\d{8}\)) \d+ 0 R")
# The page inside the margins of docs/stylesheets/leaflet-print.css in CSS pixels, with a hair to spare.
WIDTH, HEIGHT = 725, 1066
# Sets the largest of the sizes at which the sheet fits into its height; run in the page by the browser's own tools, no script of the page's.
LARGEST = """(sizes) => {
  const sheet = document.querySelector(".leaflet");
  const rest = [...sheet.classList].filter((name) => !/^leaflet-\\d+$/.test(name));
  sheet.style.minHeight = "0";
  for (const [size, height] of sizes) {
    sheet.className = [...rest, "leaflet-" + size].join(" ");
    if (sheet.getBoundingClientRect().height <= height) break;
  }
  sheet.style.minHeight = "";
  return parseFloat(getComputedStyle(sheet).fontSize) * 0.75;
}"""
MARK = "D:{}000000+00'00'"


class PrintError(Exception):
    """The browser did not print; the message says what it said."""


class Printed(NamedTuple):
    """A leaflet as PDF, and the size of its running text in points."""

    path: Path
    points: float


def print_sheets(sheets: list[Path], out: Path, browser: str, date: str) -> list[Printed]:
    """Print each sheet (<policy>.<lang>.html) to out/<policy>.<lang>.pdf as one A4 page; `date` (YYYY-MM-DD) is written as the day of making."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    with started(path=browser) as chromium:
        page = chromium.new_page(java_script_enabled=False, offline=True, viewport={"width": WIDTH, "height": HEIGHT})
        page.emulate_media(media="print")
        for sheet in sheets:
            page.goto(sheet.resolve().as_uri())
            points = page.evaluate(LARGEST, [[round(2 * size), height] for size, height in limits(sheet.stem.rpartition(".")[2], HEIGHT)])
            data, scale = one_page(page, sheet.stem)
            target = out / f"{sheet.stem}.pdf"
            target.write_bytes(settled(data, date))
            made.append(Printed(target, round(points * scale, 1)))
    return made


def one_page(page: Page, name: str) -> tuple[bytes, float]:
    """The page printed on one sheet, and at which scale; should printing break lines otherwise than measuring did, a little smaller."""
    for hundredths in range(100, 69, -3):
        data = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, scale=hundredths / 100)
        if len(SHEET.findall(data)) == 1:
            return data, hundredths / 100
    raise PrintError(f"{name} 一页放不下 / does not fit on one page")


def settled(data: bytes, date: str) -> bytes:
    """A PDF without its moment of making and with its nodes numbered as they come; every length stays, so every offset holds.

    The browser gives table cells numbers in whatever order it happened to lay them out.

    >>> settled(b"/CreationDate (D:20250102030405+00'00') (node00000017)", "2024-11-27")
    b"/CreationDate (D:20241127000000+00'00') (node00000001)"
    """
    moment = MARK.format(date.replace("-", "")).encode()
    numbers: dict[bytes, bytes] = {}

    def dated(match: re.Match) -> bytes:
        new = b"/" + match[1] + b" (" + moment + b")"
        if len(new) != len(match[0]):
            raise PrintError(f"a date of an unexpected form: {match[0]!r}")
        return new

    def numbered(match: re.Match) -> bytes:
        return b"(node%s)" % numbers.setdefault(match[1], b"%08d" % (len(numbers) + 1))

    def sorted_leaf(match: re.Match) -> bytes:
        entries = sorted(match[0] for match in ENTRY.finditer(match[1]))
        names = [ENTRY.match(entry)[1] for entry in entries]
        new = b"/Limits [%s %s]\n/Names [%s]" % (names[0], names[-1], b" ".join(entries))
        if len(new) != len(match[0]):
            raise PrintError(f"a list of names of an unexpected form: {match[0]!r}")
        return new

    data = NODE.sub(numbered, DATE.sub(dated, data))
    if len(LEAF.findall(data)) != data.count(b"/Names ["):
        raise PrintError("a list of names of an unexpected form")
    if len(LEAF.findall(data)) > 1:
        raise PrintError("more cells than one list of names holds: sort them over all lists")
    return LEAF.sub(sorted_leaf, data)
