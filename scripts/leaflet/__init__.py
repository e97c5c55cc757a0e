"""The leaflet (明白纸): one A4 page for each place, year and language, as a page of the site and as a PDF.

The content is made once, from the engine, and set by the same style sheets; a Chromium prints the PDF where one is found,
and where none is, the page on the site prints the same sheet.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import jinja2
from markupsafe import Markup

from calc import Policy
from scripts.render.site import LANGS, Page, Site

from .content import Leaflet
from .fit import size_of
from .qr import qr_svg

HERE = Path(__file__).parent
STYLES = [HERE.parents[1] / "docs" / "stylesheets" / name for name in ("leaflet.css", "leaflet-print.css")]
FOLDER = "leaflets"  # below the site's root: leaflets/<policy>.<lang>.pdf
TAGS = {"zh": "zh-Hans", "en": "en"}


def environment() -> jinja2.Environment:
    """The templates of this package; "{#" begins a heading's id in Markdown and so is no comment."""
    return jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, comment_start_string="{%#", comment_end_string="#%}",
                              trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)


def body(site: Site, policy: Policy, lang: str, site_url: str | None) -> tuple[Leaflet, Markup]:
    """A leaflet and its HTML; with the address of the site there is a QR code, without it the path in words."""
    return site.once(("leaflet", policy.id, lang, site_url), lambda: _body(site, policy, lang, site_url))


def _body(site: Site, policy: Policy, lang: str, site_url: str | None) -> tuple[Leaflet, Markup]:
    leaflet = Leaflet(site, policy, lang)
    address = leaflet.address(site_url) if site_url else ""
    html = environment().get_template("leaflet.html").render(
        leaflet=leaflet, half=round(2 * size_of(leaflet, bool(site_url))), tag=TAGS[lang], address=address, qr=Markup(qr_svg(address)) if address else "")
    return leaflet, Markup(html)


def write_sheets(site: Site, folder: Path, site_url: str | None = None) -> list[Path]:
    """The sheets to print, as HTML files that need nothing but the style sheets beside them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for style in STYLES:
        shutil.copyfile(style, folder / style.name)
    made = []
    for policy in site.all_policies:
        for lang in LANGS:
            leaflet, html = body(site, policy, lang, site_url)
            path = folder / f"{policy.id}.{lang}.html"
            path.write_text(environment().get_template("sheet.html").render(leaflet=leaflet, body=html, tag=TAGS[lang]), "utf-8", newline="")
            made.append(path)
    return made


def pages(site: Site, lang: str, site_url: str | None = None, printed: bool = False) -> Iterator[Page]:
    """The leaflets as pages of the site: <place>/<year>/leaflet/; each links its PDF where those are printed."""
    for policy in site.all_policies:
        leaflet, html = body(site, policy, lang, site_url)
        name = f"{policy.id}.{lang}.pdf"
        up = "../" * (leaflet.path.count("/") + (lang == "en"))
        pdf = f"{up}{FOLDER}/{name}" if printed else ""
        title = f"{leaflet.title}：明白纸" if lang == "zh" else f"{site.place_name(policy, lang, True)} {policy.year}: leaflet on one A4 page"
        text = environment().get_template("page.md").render(leaflet=leaflet, body=html, title=title, pdf=pdf)
        yield Page(leaflet.path + "index.md", text)
    yield index(site, lang, site_url, printed)


def index(site: Site, lang: str, site_url: str | None, printed: bool) -> Page:
    """All leaflets on one page, in both languages where PDFs were made."""
    up = "" if lang == "zh" else f"../../{FOLDER}/"
    entries = []
    for policy in site.all_policies:
        leaflet, _ = body(site, policy, lang, site_url)
        files = [(f"PDF {word}", f"{up}{policy.id}.{one}.pdf") for one, word in (("zh", "中文" if lang == "zh" else "Chinese"), ("en", "English")) if printed]
        entries.append({"title": leaflet.title, "page": f"../{leaflet.path}", "files": files})
    return Page(f"{FOLDER}/index.md", environment().get_template("index.md").render(entries=entries, zh=lang == "zh"))
