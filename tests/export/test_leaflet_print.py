"""The leaflets in print: one A4 page each, black on white, legible from two metres, with a code that leads to the page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest
import zxingcpp

from scripts import browser
from scripts.leaflet import write_sheets
from scripts.leaflet import __main__ as command
from scripts.leaflet.content import Leaflet
from scripts.leaflet.fit import READABLE, size_of
from scripts.leaflet.pdf import Printed, PrintError, print_sheets, settled
from scripts.left_out import no_address
from scripts.render.site import LANGS, Site
from tests.calc.compiled import ROOT
from tests.export.conftest import SITE_URL
from tests.export.test_leaflet import leaflets, spans

ADVICE = "pdftotext, pdfinfo and pdftoppm are needed: sudo apt-get install poppler-utils"
KEY = 30.0  # points: price and last day


@pytest.fixture(scope="module")
def printed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All leaflets as PDF, printed once."""
    place = tmp_path_factory.mktemp("printed")
    print_sheets(write_sheets(site, place / "sheets", SITE_URL), place / "pdf", browser.require(), site.date)
    return place


def test_print(printed: Path, site: Site) -> None:
    """Each PDF is one A4 page, black and white, with the engine's figures in its text; printing again gives the same bytes."""
    assert all(shutil.which(tool) for tool in ("pdftotext", "pdfinfo", "pdftoppm")), ADVICE
    for leaflet, html in leaflets(site, SITE_URL):
        check_pdf(printed / "pdf" / f"{leaflet.policy.id}.{leaflet.lang}.pdf", leaflet, html)
    for name in (f"{site.all_policies[-1].id}.zh", f"{site.all_policies[1].id}.en"):
        assert coloured(printed / "pdf" / f"{name}.pdf") == 0
    again = [printed / "sheets" / f"{site.all_policies[place].id}.{lang}.html" for place, lang in ((-1, "zh"), (1, "en"))]
    for path, _ in print_sheets(again, printed / "again", browser.require(), site.date):
        assert path.read_bytes() == (printed / "pdf" / path.name).read_bytes(), path.name


def check_pdf(pdf: Path, leaflet: Leaflet, html: str) -> None:
    """One A4 page under the leaflet's title, with every figure and every notice's number in its text."""
    site, facts = leaflet.site, output("pdfinfo", pdf)
    assert re.search(r"Pages: +1\n", facts) and "(A4)" in facts, pdf.name
    assert re.search(rf"Title: +{re.escape(leaflet.title)}\n", facts)
    text = bare(output("pdftotext", "-raw", pdf, "-"))
    for _, _, _, shown in spans(html):
        assert bare(shown) in text, (pdf.name, shown)
    for notice in (site.policies.notices[name] for name in leaflet.policy.data["notices"]):
        assert bare(notice.get("number", "")) in text


def output(*command: object) -> str:
    """What a command prints."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, encoding="utf-8").stdout


def bare(text: str) -> str:
    """A text without white space; some fonts give a character by its compatible twin."""
    return re.sub(r"\s+", "", text)


def coloured(pdf: Path) -> int:
    """How many of a page's dots are not grey."""
    data = subprocess.run(["pdftoppm", "-r", "40", str(pdf)], check=True, capture_output=True).stdout
    dots = data[re.match(rb"P6\s+\d+ \d+\s+\d+\s", data).end():]
    return sum(dots[place] != dots[place + 1] or dots[place] != dots[place + 2] for place in range(0, len(dots) - 2, 3))


def test_moment_and_numbers_of_a_pdf_are_settled_in_place() -> None:
    one = b"/CreationDate (D:20250102030405+00'00') /ModDate (D:20250102030405+00'00') (node00000017) (node00000023) (node00000017)"
    one += b"<</Limits [(node00000017) (node00000023)]\n/Names [(node00000017) 1 0 R (node00000023) 2 0 R]>>"
    two = b"/CreationDate (D:20260708091011+00'00') /ModDate (D:20260708091011+00'00') (node00000107) (node00000101) (node00000107)"
    two += b"<</Limits [(node00000101) (node00000107)]\n/Names [(node00000101) 2 0 R (node00000107) 1 0 R]>>"
    assert b"[(node00000001) 1 0 R (node00000002) 2 0 R]" in settled(two, "2030-01-02")
    assert settled(one, "2030-01-02") == settled(two, "2030-01-02") and len(settled(one, "2030-01-02")) == len(one)
    assert b"D:20300102000000+00'00'" in settled(one, "2030-01-02")
    with pytest.raises(PrintError):
        settled(b"/CreationDate (D:2025)", "2030-01-02")


def test_without_a_browser_the_command_says_so(tmp_path: Path) -> None:
    environment = {"CANBAO_CHROMIUM": str(tmp_path / "none"), "PATH": "/nowhere"}
    done = subprocess.run([sys.executable, "-m", "scripts.leaflet", "--out", str(tmp_path / "out")], cwd=ROOT, env=environment, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and "No Chromium was found" in done.stdout and not (tmp_path / "out").exists(), done.stderr


class Glyph(NamedTuple):
    """One character drawn on a page: its size in points, and how far down it stands."""

    size: float
    down: float


def glyphs(pdf: Path) -> list[Glyph]:
    """Every character drawn in a PDF as Chromium writes it: sizes and places by the page's own transformations."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf.read_bytes(), re.DOTALL):
        try:
            drawn = zlib.decompress(stream)
        except zlib.error:
            continue
        scale, offset, size, down, kept = 1.0, 0.0, 0.0, 0.0, []
        for words in (line.split() for line in drawn.split(b"\n") if b" Tf" in drawn):
            if words == [b"q"]:
                kept.append((scale, offset))
            elif words == [b"Q"]:
                scale, offset = kept.pop()
            elif words[-1:] == [b"cm"]:
                scale, offset = scale * float(words[3]), offset + scale * float(words[5])
            elif words[-1:] == [b"Tf"]:
                size = float(words[-2])
            elif words[-1:] == [b"Tm"]:
                down = float(words[-2])
            elif words[-1:] == [b"Tj"]:
                found.append(Glyph(abs(size * scale), -(offset + scale * down)))
    return found


def test_everything_above_the_footer_is_legible_from_two_metres(printed: Path, site: Site) -> None:
    """20 pt in Chinese and 18 in English at least, 30 for price and last day; what is smaller is the footer at the very foot."""
    for leaflet, _ in leaflets(site, SITE_URL):
        name = f"{leaflet.policy.id}.{leaflet.lang}"
        drawn = glyphs(printed / "pdf" / f"{name}.pdf")
        body = [glyph for glyph in drawn if glyph.size >= READABLE[leaflet.lang] - 0.05]
        footer = [glyph for glyph in drawn if glyph not in body]
        assert len(body) > 150 and max(glyph.down for glyph in body) < min(glyph.down for glyph in footer), name
        texts = [*leaflet.sources(), leaflet.fine_print, leaflet.place_words(leaflet.address(SITE_URL))]
        assert len(footer) <= len("".join(texts)), name
        wanted = [big.text for big in (*leaflet.prices(), leaflet.last_day())]
        assert sum(glyph.size >= KEY for glyph in body) >= len(re.sub(r"\s", "", "".join(wanted))), name


def test_the_page_of_the_site_prints_as_large(site: Site) -> None:
    """The size that is estimated for the site's own page is legible too, with the code and without."""
    for leaflet, _ in leaflets(site):
        for with_code in (True, False):
            assert size_of(leaflet, with_code) >= READABLE[leaflet.lang], (leaflet.title, with_code)


def test_the_printed_code_leads_to_the_page(printed: Path, site: Site) -> None:
    """An independent reader finds the address of the place's page in the printed sheet, in grey."""
    for policy in (site.all_policies[0], site.all_policies[-1]):
        for lang in LANGS:
            data = subprocess.run(["pdftoppm", "-r", "100", "-gray", str(printed / "pdf" / f"{policy.id}.{lang}.pdf")], check=True, capture_output=True).stdout
            head = re.match(rb"P5\s+(\d+) (\d+)\s+\d+\s", data)
            [code] = zxingcpp.read_barcodes(memoryview(data[head.end():]).cast("B", shape=[int(head[2]), int(head[1])]))
            assert code.text == Leaflet(site, policy, lang).address(SITE_URL)


def test_a_sheet_that_must_shrink_is_named(capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever builds hears which sheet cannot be read from two metres, and that without an address there is no code."""
    made = [Printed(tmp_path / "a-2030.zh.pdf", 19.5), Printed(tmp_path / "a-2030.en.pdf", 18.0)]
    for one in made:
        one.path.write_bytes(b"")
    monkeypatch.setattr(command, "write_sheets", lambda *_: [])
    monkeypatch.setattr("scripts.leaflet.pdf.print_sheets", lambda *_: made)
    monkeypatch.setattr(browser, "find", lambda: "browser")
    assert command.main(["--out", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "a-2030.zh 19.5 pt" in said and "a-2030.en" not in said and "\n".join(no_address()) in said
    assert command.main(["--out", str(tmp_path), "--site-url", SITE_URL]) == 0
    assert "SITE_URL=" not in capsys.readouterr().out
