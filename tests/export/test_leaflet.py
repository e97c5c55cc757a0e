"""The leaflets: every figure the engine's, everyone who pays less named, the same in both languages."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
import segno

from calc import Case, assess
from calc.assessment import CONFLICTING
from scripts.leaflet import FOLDER, STYLES, body, pages, write_sheets
from scripts.leaflet.content import Leaflet
from scripts.leaflet.fit import SIZES
from scripts.leaflet.qr import qr_svg
from scripts.leaflet.rows import Table
from scripts.render.figures import figure, text_of
from scripts.render.place_money import PlacePage
from scripts.render.site import LANGS, Site, day
from tests.calc.compiled import policies
from tests.export.conftest import SITE_URL

SPAN = re.compile(r'<span class="fig" data-policy="([^"]+)" data-case="([^"]+)" data-figure="([^"]+)"><span class="v[^"]*">((?:[^<]|<wbr>)*)</span>')


def leaflets(site: Site, url: str | None = None) -> list[tuple[Leaflet, str]]:
    """Every leaflet with its HTML, Chinese before English."""
    return [body(site, policy, lang, url) for policy in site.all_policies for lang in LANGS]


def spans(html: str) -> list[tuple[str, dict, str, str]]:
    """The figures of a leaflet: policy, case, name and text."""
    return [(policy, json.loads(unescape(case)), name, unescape(text.replace("<wbr>", ""))) for policy, case, name, text in SPAN.findall(html)]


def test_every_figure_is_the_engines(site: Site) -> None:
    held, compared = policies(), 0
    for leaflet, html in leaflets(site):
        assert html.count('class="fig"') == len(spans(html)) >= 2
        for identifier, case, name, text in spans(html):
            policy = held.policy(identifier)
            if name == "period_last":
                found = assess(policy, Case.parse(case, policy)).tree
                value, state = next(step.data["last"] for step in found.walk() if step.kind == "period"), "known"
            elif name == "wait":
                figures = assess(policy, Case.parse(case, policy)).figures
                value, state = (figures["waiting_days"][0], figures["waiting_months"][0]), "known"
            else:
                value, state = assess(policy, Case.parse(case, policy)).figures[name]
            assert text == text_of(name, value, state, leaflet.lang, figure(site, policy, case, name).at_least), (leaflet.title, name, case)
            compared += 1
    assert compared > 200


def test_figures_are_the_same_in_both_languages(site: Site) -> None:
    found = leaflets(site)
    for (_, zh), (_, en) in zip(found[::2], found[1::2], strict=True):
        assert [entry[:3] for entry in spans(zh)] == [entry[:3] for entry in spans(en)]


def test_everybody_who_pays_less_is_in_the_table(site: Site) -> None:
    """Each group is in a row with what it pays at every tier, or pays the full price under every reading."""
    for policy in site.all_policies:
        table = Leaflet(site, policy, "zh").table
        assert not table.by_area
        for area in table.areas or [table.place]:
            check_rows(site, table, area)


def check_rows(site: Site, table: Table, place: PlacePage) -> None:
    """Every group of a policy (or of each area that a region's table stands for) is in the row with its figures."""
    for line in place.lines:
        for group in line.groups:
            assert table.name(group) in place.policy.data["group_names"][group]
            for column, tier in enumerate(place.tiers):
                case = {**place.base(tier), "categories": [group], **dict(line.facts)}
                value, state = assess(place.policy, Case.parse(case, place.policy)).figures["total_pays"]
                full = assess(place.policy, Case.parse(place.base(tier), place.policy)).figures["total_pays"][0]
                if value != full:
                    text = text_of("total_pays", value, state, "zh")
                    rows = [row for row in table.rows() if re.search(rf"(^|、){re.escape(table.name(group))}($|、|（)", row.who)]
                    assert [row for row in rows if row.cells[min(column, len(row.cells) - 1)].striptags().startswith(text)], (place.policy.id, group, text)


def test_rows_stand_by_amount_and_no_two_pay_the_same(site: Site) -> None:
    """The least first, what is not known last; whoever pays the same stands in one row."""
    for policy in site.all_policies:
        for lang in LANGS:
            table = Leaflet(site, policy, lang).table
            shown = [[cell.striptags().split("元")[0].split(" ")[0] for cell in row.cells] for row in table.rows()]
            found = [tuple(int(figure) if figure.isdigit() else 9999 for figure in (figures * len(table.columns()))[: len(table.columns())]) for figures in shown]
            assert found == sorted(found) and len(set(found)) == len(found) >= 2, (policy.id, found)


def test_areas_that_differ_have_rows_of_their_own(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one area pays otherwise, the table goes by area, those alike in one row."""
    region = next(policy for policy in site.all_policies if Leaflet(site, policy, "zh").table.areas)
    areas = Leaflet(site, region, "zh").table.areas
    key, odd = Table.area_key, areas[3].policy.id
    monkeypatch.setattr(Table, "area_key", lambda self, area: (*key(self, area), area.policy.id == odd))
    table = Leaflet(site, region, "zh").table
    assert table.by_area and not table.same_everywhere()
    assert [row.who.count("、") + 1 for row in table.rows()] == [len(areas) - 1, 1] and all(len(row.cells) == len(table.columns()) for row in table.rows())


def test_other_readings_stand_beside_the_figure(site: Site) -> None:
    """Where two readings give two amounts or two last days, the sheet has both; where the notice is silent, it says only that."""
    doubtful = 0
    for leaflet, html in leaflets(site):
        for identifier, case, name, text in spans(html):
            found = figure(site, site.policies.policy(identifier), case, name)
            others = [other for other in found.others if other.readings]
            assert found.state != CONFLICTING or (others and found.value is not None)
            for other in others if found.value is not None else ():
                assert text_of(name, other.value, other.state, leaflet.lang) in re.sub(r"<[^>]+>", "", html.split(text, 1)[1])
                doubtful += 1
    assert doubtful


def test_sheet_has_title_notice_date_warnings_and_path_or_code(site: Site) -> None:
    for leaflet, html in [*leaflets(site), *leaflets(site, SITE_URL)]:
        text = unescape(re.sub(r"<[^>]+>", "", html))
        assert len(re.findall(r"<h1 ", html)) == 1 and leaflet.title in text
        assert len(leaflet.warnings()) == 3 and all(warning in text for warning in leaflet.warnings())
        for name in leaflet.policy.data["notices"]:
            notice = site.policies.notices[name]
            assert notice["title"][leaflet.lang] in text and notice.get("number", "") in text
            assert (day(notice["issued"], leaflet.lang) if notice["issued"][:1].isdigit() else leaflet.t("印发日期没有写", "date of issue not stated")) in text
            assert leaflet.t("最近核对：", "Last checked: ") + day(notice["checked"], leaflet.lang) in text
            # The date of another notice, were it the newest of all, says nothing here.
            assert notice["issued"] == site.date or day(site.date, leaflet.lang) not in text
        with_code = "<svg" in html
        address = f"{SITE_URL}{'en/' if leaflet.lang == 'en' else ''}{leaflet.policy.place}/{leaflet.policy.year}/"
        assert with_code == (f'aria-label="{leaflet.t("二维码：", "QR code: ")}{address}"' in html) == (address in text) != (leaflet.place_words("") in text)
        # Without an address there is no use in half of one.
        assert with_code or not re.search(r"[a-z-]+/\d{4}/", text)


def test_sheet_needs_nothing_and_links_nothing(site: Site, tmp_path: Path) -> None:
    """No address of this machine can reach a PDF, and no script or style stands in the sheet."""
    for sheet in write_sheets(site, tmp_path / "sheets", SITE_URL):
        text = sheet.read_text("utf-8")
        assert not re.search(r"<a |<script|<style|\sstyle=|\ssrc=", text)
        assert re.findall(r'href="([^"]+)"', text) == [style.name for style in STYLES]


def test_sizes_of_the_style_sheet_are_those_to_choose_from() -> None:
    style = STYLES[-1].read_text("utf-8")
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
