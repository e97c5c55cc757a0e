"""Every built page, read as a file: nothing inline, links that lead somewhere, the same page in both languages."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from scripts import csp
from scripts.left_out import LOCAL_URL
from tests.visiting import LANGUAGES, page_paths, whole_pages
from tests.site.elements import Document, read

ORIGIN = "http://site.test/"


@cache
def document(path: Path) -> Document:
    return read(path)


def files(site: Path) -> list[Path]:
    """All pages, those for what is not found included."""
    return sorted(site.rglob("*.html"))


def test_no_inline_script_or_style(site_dir: Path) -> None:
    problems = []
    for file in files(site_dir):
        for element in document(file).elements:
            where = f"{file.relative_to(site_dir)}:{element.line} <{element.tag}>"
            if element.tag == "style" or (element.tag == "script" and "src" not in element.attributes):
                problems.append(where)
            for name, value in element.attributes.items():
                if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                    problems.append(f"{where} {name}={value[:40]!r}")
    assert not problems, "\n".join(problems[:40])


def test_nothing_is_loaded_from_another_host(site_dir: Path) -> None:
    problems = []
    for file in files(site_dir):
        for element in document(file).elements:
            loads = [element.attributes.get("src", ""), element.attributes.get("srcset", "")]
            if element.tag == "link" and element.attributes.get("rel") != "canonical":
                loads.append(element.attributes.get("href", ""))
            problems += [f"{file.name}: {url}" for url in loads if re.match(r"(?:[a-z]+:)?//", url)]
    for file in site_dir.rglob("*.css"):
        problems += [f"{file.name}: {url}" for url in re.findall(r"(?:url\(|@import )[\"']?((?:https?:)?//[^\"')]+)", file.read_text("utf-8"))]
    assert not problems, "\n".join(problems[:40])


def test_every_page_carries_the_policy(site_dir: Path) -> None:
    for file in files(site_dir):
        policies = [m.attributes["content"] for m in document(file).all("meta") if m.attributes.get("http-equiv") == "Content-Security-Policy"]
        assert policies == [csp.META], file


def test_language_title_and_description(site_dir: Path) -> None:
    for lang, tag in (("zh", "zh-Hans"), ("en", "en")):
        for path in page_paths(site_dir, lang):
            page = document(site_dir / path / "index.html")
            assert page.all("html")[0].attributes["lang"] == tag, path
            assert page.all("title")[0].text.strip(), path
            described = [m for m in page.all("meta") if m.attributes.get("name") == "description"]
            assert described and described[0].attributes["content"].strip(), path
            assert len(page.all("h1")) == 1, path


def test_both_languages_have_the_same_pages_and_anchors(site_dir: Path) -> None:
    zh, en = (page_paths(site_dir, lang) for lang in LANGUAGES)
    assert ["en/" + path for path in zh] == en
    for path in zh:
        ids = [
            [i for i in document(site_dir / prefix / path / "index.html").ids() if not i.startswith("__")]
            for prefix in ("", "en")
        ]
        assert ids[0] == ids[1], path


def test_ids_are_unique_and_written_by_hand(site_dir: Path) -> None:
    for file in files(site_dir):
        ids = document(file).ids()
        assert len(ids) == len(set(ids)), (file, [i for i in ids if ids.count(i) > 1])
        assert not [i for i in ids if re.fullmatch(r"_\d*", i)], f"{file}: a heading without an explicit id"


def test_no_broken_link_or_anchor(site_dir: Path) -> None:
    problems = []
    for file in files(site_dir):
        if file.name == "404.html":
            base = ORIGIN  # its links are absolute
        else:
            base = ORIGIN + file.relative_to(site_dir).parent.as_posix() + "/"
        for element in document(file).elements:
            for name in ("href", "src"):
                target = element.attributes.get(name)
                if target is None or element.attributes.get("rel") == "canonical":
                    continue
                url = urljoin(base, target)
                if not url.startswith(ORIGIN):
                    continue
                reason = broken(site_dir, file, url)
                if reason:
                    problems.append(f"{file.relative_to(site_dir)}:{element.line} {target}: {reason}")
    assert not problems, f"{len(problems)} broken\n" + "\n".join(problems[:40])


def broken(site: Path, page: Path, url: str) -> str:
    """Why the address leads nowhere, or nothing."""
    parts = urlsplit(url)
    path = site / unquote(parts.path).lstrip("/")
    if path.is_dir():
        if not parts.path.endswith("/"):
            return "needs a closing slash"
        path /= "index.html"
    if not path.is_file():
        return "no such file"
    anchor = unquote(parts.fragment)
    # The theme puts the header's switches on every page under these names.
    # A case for the calculator stands where other pages have an anchor; test_calculator_link reads those.
    case = path.parent.name == "calculator" and anchor.startswith("v1.")
    named = anchor and not anchor.startswith("__") and "=" not in anchor and not case
    return "no such anchor" if named and path.suffix == ".html" and anchor not in document(path).ids() else ""


def test_tables_are_marked_up(site_dir: Path) -> None:
    """A table has a class of the style sheet and header cells; a scrolling one is named and focusable."""
    problems = []
    for file in files(site_dir):
        for table in document(file).all("table"):
            if not {"data", "cards"} & set(table.attributes.get("class", "").split()):
                problems.append(f"{file.relative_to(site_dir)}:{table.line} table without class data or cards")
        for region in document(file).all("div", "section"):
            if "scroll" in region.attributes.get("class", "").split():
                has = region.attributes
                if region.tag != "section" or has.get("tabindex") != "0" or not (has.get("aria-labelledby") or has.get("aria-label")):
                    problems.append(f"{file.relative_to(site_dir)}:{region.line} .scroll that is no section, without tabindex or without name")
    assert not problems, "\n".join(problems[:40])


def test_sitemaps_pair_the_languages(site_dir: Path) -> None:
    for lang in LANGUAGES:
        text = (site_dir / ("en" if lang == "en" else "") / "sitemap.xml").read_text("utf-8")
        root = re.search(r'hreflang="x-default" href="([^"]*)"', text).group(1)
        entries = re.findall(r"<url>(.*?)</url>", text, re.DOTALL)
        found = []
        for entry in entries:
            place = re.search(r"<loc>(.*?)</loc>", entry).group(1)
            links = dict(re.findall(r'hreflang="([^"]+)" href="([^"]+)"', entry))
            assert set(links) == {"zh-Hans", "en", "x-default"}
            assert place == links["zh-Hans" if lang == "zh" else "en"]
            assert links["x-default"] == links["zh-Hans"]
            assert re.search(r"<lastmod>\d{4}-\d\d-\d\d</lastmod>", entry)
            found.append(place)
            for url in links.values():
                assert (site_dir / urlsplit(url).path.lstrip("/") / "index.html").is_file() or root != LOCAL_URL
        assert len(found) == len(set(found)) == len(page_paths(site_dir, lang))


def test_every_page_is_within_three_steps_of_home(site_dir: Path) -> None:
    """Following links of the pages' own text and of the menu, from the home page of each language."""
    for lang in LANGUAGES:
        home = "en/" if lang == "en" else ""
        distance, todo = {home: 0}, [home]
        while todo:
            path = todo.pop(0)
            for link in document(site_dir / path / "index.html").all("a"):
                target = urlsplit(urljoin(ORIGIN + path, link.attributes.get("href", "")))
                where = unquote(target.path).lstrip("/")
                if target.netloc == urlsplit(ORIGIN).netloc and where not in distance and (site_dir / where / "index.html").is_file() and where.startswith(home):
                    distance[where] = distance[path] + 1
                    todo.append(where)
        far = {path: distance.get(path) for path in whole_pages(site_dir, lang) if distance.get(path, 9) > 3}
        assert not far, far


@pytest.mark.parametrize("lang", LANGUAGES)
def test_deploy_page_states_the_policy_that_is_tested(site_dir: Path, lang: str) -> None:
    page = document(site_dir / ("en" if lang == "en" else "") / "deploy" / "index.html")
    text = page.all("article")[0].text
    assert text.count(csp.META) >= 4 and text.count("; frame-ancestors 'none'") >= 4


def test_pages_are_light(site_dir: Path) -> None:
    """What a phone downloads for one page with an empty cache stays under 150 KB, before the calculator's runtime."""
    heavy = []
    for file in files(site_dir):
        if file.name != "index.html":
            continue
        page = document(file)
        loaded = {file}
        for element in page.elements:
            url = element.attributes.get("src") or (
                element.attributes.get("href") if element.tag == "link" and element.attributes.get("rel") in ("stylesheet", "icon") else None
            )
            if url and not url.startswith("data:"):
                loaded.add((file.parent / url).resolve())
        total = sum(on_the_wire(one) for one in loaded)
        if total > 150_000:
            heavy.append(f"{file.relative_to(site_dir)}: {total} bytes")
    assert not heavy, "\n".join(heavy)


def test_pages_are_tidy(site_dir: Path) -> None:
    """No page prints its own front matter, and what the checker of HTML asks of the whole file holds."""
    for file in files(site_dir):
        text = file.read_text("utf-8")
        assert text.startswith("<!DOCTYPE html>\n") and text.endswith("</html>\n"), file
        assert not re.search(r"<p>title: |<hr", text), f"{file}: front matter on the page"
        outside = re.sub(r"<(pre|textarea|script)\b.*?</\1>", "x", text, flags=re.DOTALL)
        assert not re.search(r"[ \t]$|\n\s*\n", outside, re.MULTILINE), file
        title = document(file).all("title")[0].text
        assert len(title) <= 70, (file, title)


def on_the_wire(file: Path) -> int:
    """The bytes a server sends for a file to a browser that takes brotli."""
    compressed = file.with_name(file.name + ".br")
    return (compressed if compressed.is_file() else file).stat().st_size
