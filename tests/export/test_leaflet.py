"""The leaflets: every figure the engine's, everyone who pays less named, the same in both languages, one A4 page in print."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
import segno

from calc import Case, assess
from calc.assessment import CONFLICTING
from scripts import browser
from scripts.leaflet import FOLDER, STYLE, body, pages, write_sheets
from scripts.leaflet.content import Leaflet
from scripts.leaflet.fit import SIZES
from scripts.leaflet.pdf import PrintError, print_sheets, settled
from scripts.leaflet.qr import qr_svg
from scripts.render.figures import figure, text_of
from scripts.render.site import LANGS, Site, day
from tests.calc.compiled import ROOT, policies
from tests.export.conftest import SITE_URL

SPAN = re.compile(r'<span class="fig" data-policy="([^"]+)" data-case="([^"]+)" data-figure="([^"]+)"><span class="v[^"]*">([^<]*)</span>')
ADVICE = "pdftotext, pdfinfo and pdftoppm are needed: sudo apt-get install poppler-utils"


def leaflets(site: Site, url: str | None = None) -> list[tuple[Leaflet, str]]:
    """Every leaflet with its HTML, Chinese before English."""
    return [body(site, policy, lang, url) for policy in site.all_policies for lang in LANGS]


def spans(html: str) -> list[tuple[str, dict, str, str]]:
    """The figures of a leaflet: policy, case, name and text."""
    return [(policy, json.loads(unescape(case)), name, unescape(text)) for policy, case, name, text in SPAN.findall(html)]


def test_every_figure_is_the_engines(site: Site) -> None:
    held, compared = policies(), 0
    for leaflet, html in leaflets(site):
        assert html.count('class="fig"') == len(spans(html)) >= 2
        for identifier, case, name, text in spans(html):
            policy = held.policy(identifier)
            if name == "period_last":
                found = assess(policy, Case.parse(case, policy)).tree
                value, state = next(step.data["last"] for step in found.walk() if step.kind == "period"), "known"
            else:
                value, state = assess(policy, Case.parse(case, policy)).figures[name]
            assert text == text_of(name, value, state, leaflet.lang, figure(site, policy, case, name).at_least), (leaflet.title, name, case)
            compared += 1
    assert compared > 300


def test_figures_are_the_same_in_both_languages(site: Site) -> None:
    found = leaflets(site)
    for (_, zh), (_, en) in zip(found[::2], found[1::2], strict=True):
        assert [entry[:3] for entry in spans(zh)] == [entry[:3] for entry in spans(en)]


def test_everybody_who_pays_less_is_in_the_table(site: Site) -> None:
    """Each group is in a row with what it pays at every tier, or pays the full price under every reading."""
    for policy in site.all_policies:
        leaflet = Leaflet(site, policy, "zh")
        if leaflet.areas:
            assert len(leaflet.rows()) == len(leaflet.areas)
            continue
        rows = leaflet.rows()
        for line in leaflet.place.lines:
            for group in line.groups:
                name = site.group_name(policy, group, "zh")
                for place, tier in enumerate(leaflet.place.tiers):
                    case = {**leaflet.place.base(tier), "categories": [group], **dict(line.facts)}
                    value, state = assess(policy, Case.parse(case, policy)).figures["total_pays"]
                    full = assess(policy, Case.parse(leaflet.place.base(tier), policy)).figures["total_pays"][0]
                    if value != full:
                        text = text_of("total_pays", value, state, "zh")
                        assert [row for row in rows if name in row.who and row.cells[place].striptags().startswith(text)], (policy.id, name, text)


def test_other_readings_stand_beside_the_figure(site: Site) -> None:
    """Where two readings give two amounts or two last days, the sheet has both."""
    doubtful = 0
    for leaflet, html in leaflets(site):
        for identifier, case, name, text in spans(html):
            found = figure(site, site.policies.policy(identifier), case, name)
            others = [other for other in found.others if other.readings]
            assert found.state != CONFLICTING or others
            for other in others:
                assert text_of(name, other.value, other.state, leaflet.lang) in re.sub(r"<[^>]+>", "", html.split(text, 1)[1])
                doubtful += 1
    assert doubtful


def test_sheet_has_title_notice_date_warnings_and_path_or_code(site: Site) -> None:
    for leaflet, html in [*leaflets(site), *leaflets(site, SITE_URL)]:
        text = unescape(re.sub(r"<[^>]+>", "", html))
        assert len(re.findall(r"<h1 ", html)) == 1 and leaflet.title in text
        assert day(site.date, leaflet.lang) in text
        assert len(leaflet.warnings()) == 3 and all(warning in text for warning in leaflet.warnings())
        for name in leaflet.policy.data["notices"]:
            notice = site.policies.notices[name]
            assert notice["title"][leaflet.lang] in text and notice.get("number", "") in text
            if notice["issued"][:1].isdigit():
                assert day(notice["issued"], leaflet.lang) in text
        with_code = "<svg" in html
        address = f"{SITE_URL}{'en/' if leaflet.lang == 'en' else ''}{leaflet.policy.place}/{leaflet.policy.year}/"
        assert with_code == (f'aria-label="{leaflet.t("二维码：", "QR code: ")}{address}"' in html) != (leaflet.place_words() in text)


def test_sheet_needs_nothing_and_links_nothing(site: Site, tmp_path: Path) -> None:
    """No address of this machine can reach a PDF, and no script or style stands in the sheet."""
    for sheet in write_sheets(site, tmp_path / "sheets", SITE_URL):
        text = sheet.read_text("utf-8")
        assert not re.search(r"<a |<script|<style|\sstyle=|\ssrc=", text)
        assert re.findall(r'href="([^"]+)"', text) == [STYLE.name]


def test_sizes_of_the_style_sheet_are_those_to_choose_from() -> None:
    style = STYLE.read_text("utf-8")
    assert re.findall(r"\.leaflet-(\d+) \{\n    font-size: ([\d.]+)pt", style) == [(str(round(2 * size)), f"{size:g}") for size in SIZES]


def test_pages_link_the_pdf_only_where_it_is_printed(site: Site) -> None:
    """With a browser every leaflet's page links its own PDF and the list links all; without one nothing does."""
    names = [f"{policy.id}.{lang}.pdf" for policy in site.all_policies for lang in LANGS]
    for lang in LANGS:
        *found, listed = pages(site, lang, None, True)
        assert listed.path == f"{FOLDER}/index.md"
        up = "" if lang == "zh" else f"../../{FOLDER}/"
        assert re.findall(r'href="([^"]+\.pdf)"', listed.text) == [up + name for name in names]
        assert [page.path for page in found] == [f"{one.place}/{one.year}/leaflet/index.md" for one in site.all_policies]
        back = "../../../" if lang == "zh" else "../../../../"
        assert all(f'href="{back}{FOLDER}/{policy.id}.{lang}.pdf"' in page.text for policy, page in zip(site.all_policies, found, strict=True))
        assert not any(".pdf" in page.text for page in pages(site, lang))
    assert all("打印" in page.text for page in pages(site, "zh"))


def test_code_holds_the_address() -> None:
    """The squares drawn are those of the standard's encoder for the address, with a margin of two."""
    address = SITE_URL + "some-place/2030/"
    made = segno.make(address, error="m", micro=False)
    assert qr_svg(address).count("<path") == 2 and f'viewBox="0 0 {made.symbol_size(border=2)[0]} {made.symbol_size(border=2)[1]}"' in qr_svg(address)
    assert qr_svg(address) == qr_svg(address) != qr_svg(address + "x")


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
    for path in print_sheets(again, printed / "again", browser.require(), site.date):
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
