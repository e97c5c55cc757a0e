"""The built site: the files of data lie where the pages say, the leaflets print on one page, and the pages say what they are."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from scripts import browser as chromium
from scripts.export import FOLDER
from scripts.leaflet import FOLDER as LEAFLETS
from scripts.render.site import LANGS, Site
from tests.export.test_leaflet import leaflets
from tests.export.test_leaflet_print import check_pdf
from tests.site.elements import read

PAGE = re.compile(rb"/Type /Page\b")


def policies(site_dir: Path) -> list[dict]:
    """The places and years that the site's index lists."""
    return json.loads((site_dir / FOLDER / "index.json").read_text("utf-8"))["policies"]


def test_the_index_tells_the_truth_about_the_site(site_dir: Path) -> None:
    listed = json.loads((site_dir / FOLDER / "index.json").read_text("utf-8"))
    assert len(listed["policies"]) > 10
    for entry in listed["files"]:
        data = (site_dir / FOLDER / entry["path"]).read_bytes()
        assert (len(data), "sha256:" + hashlib.sha256(data).hexdigest()) == (entry["bytes"], entry["hash"])


def test_the_days_are_called_what_they_are(site_dir: Path, site: Site) -> None:
    """The date is that of the latest notice; the pages last changed when the data was last compared with the notices."""
    index = json.loads((site_dir / FOLDER / "index.json").read_text("utf-8"))
    checked = [notice["checked"] for notice in site.policies.notices.values()]
    assert index["date"] == max(notice["issued"] for notice in site.policies.notices.values() if notice["issued"] != "not_stated")
    assert index["checked"] == min(checked) > index["date"]
    for prefix in ("", "en/"):
        assert set(re.findall(r"<lastmod>(.*?)</lastmod>", (site_dir / prefix / "sitemap.xml").read_text("utf-8"))) == {index["checked"]}


def test_every_place_has_its_leaflets_and_links_them(site_dir: Path) -> None:
    printed = (site_dir / LEAFLETS).is_dir()
    for policy in policies(site_dir):
        for prefix, lang in (("", "zh"), ("en/", "en")):
            path = f"{prefix}{policy['place']}/{policy['year']}/"
            place = read(site_dir / path / "index.html")
            assert [link for link in place.all("a") if link.attributes.get("href") == "leaflet/"], path
            leaflet = read(site_dir / path / "leaflet" / "index.html")
            pdfs = [link.attributes["href"] for link in leaflet.all("a") if link.attributes.get("href", "").endswith(".pdf")]
            assert len(pdfs) == printed
            for pdf in pdfs:
                data = (site_dir / path / "leaflet" / pdf).resolve().read_bytes()
                assert data.startswith(b"%PDF") and len(PAGE.findall(data)) == 1 and pdf.endswith(f"{policy['policy']}.{lang}.pdf")


def test_pages_say_in_microdata_what_they_are(site_dir: Path) -> None:
    for prefix in ("", "en/"):
        kinds = [element.attributes["itemtype"] for element in read(site_dir / prefix / "data" / "index.html").elements if "itemtype" in element.attributes]
        assert kinds[0] == "https://schema.org/Dataset" and "https://schema.org/DataDownload" in kinds
        for policy in policies(site_dir):
            place = read(site_dir / prefix / policy["place"] / str(policy["year"]) / "index.html")
            assert [element.attributes["itemtype"] for element in place.elements if "itemtype" in element.attributes] == ["https://schema.org/GovernmentService"]
            properties = {element.attributes["itemprop"]: element.attributes.get("content") or element.attributes.get("href") for element in place.elements if "itemprop" in element.attributes}
            assert set(properties) == {"name", "description", "areaServed", "url"} and all(properties.values())


def test_every_printed_leaflet_holds_the_figures(site_dir: Path, site: Site) -> None:
    """Each PDF of the built site is one A4 page whose text has the engine's figures; a build with a browser has them all."""
    made = sorted(path.stem for path in (site_dir / LEAFLETS).glob("*.pdf"))
    wanted = sorted(f"{policy.id}.{lang}" for policy in site.all_policies for lang in LANGS)
    assert made == (wanted if chromium.find() else made)
    for leaflet, html in leaflets(site):
        pdf = site_dir / LEAFLETS / f"{leaflet.policy.id}.{leaflet.lang}.pdf"
        if pdf.stem in made:
            check_pdf(pdf, leaflet, html)


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_leaflet_pages_print_on_one_page(site_dir: Path, visit, prefix: str) -> None:
    """The page of the site, printed as a reader would, is the sheet and nothing else."""
    visitor = visit(viewport={"width": 1000, "height": 900}, color_scheme="dark")
    own = [policy for policy in policies(site_dir) if json.loads((site_dir / FOLDER / policy["path"]).read_text("utf-8"))["rules"] == policy["policy"]]
    for policy in [*own, policies(site_dir)[2]]:  # areas that share rules differ in their name alone
        page = visitor.open(f"{prefix}{policy['place']}/{policy['year']}/leaflet/")
        assert len(PAGE.findall(page.pdf(prefer_css_page_size=True))) == 1, policy["policy"]
    assert not visitor.problems, "\n".join(visitor.problems[:20])
