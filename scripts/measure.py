"""Measure the built site against its bounds: a first visit to each place's page, the runtime, inline script and style.

    python -m scripts.measure [--dir site] [--all-pages] [--top 10]

Bytes are those of a real browser with an empty cache on the site's own server with brotli: page, styles, scripts and
images, headers included. Ends with an error when a bound does not hold.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import threading
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import browser
from scripts.serve import SiteServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE_BOUND = 150_000
RUNTIME_BOUND = 4_000_000
PLACE = re.compile(r"(?:en/)?[a-z-]+/\d{4}/")
PHONE = {"width": 360, "height": 740}


def page_paths(site: Path, everything: bool = False) -> list[str]:
    """The addresses of the places' pages, or of all pages, relative to the site."""
    found = (file.relative_to(site).parent.as_posix() + "/" for file in sorted(site.rglob("index.html")))
    return ["" if path == "./" else path for path in found if everything or PLACE.fullmatch(path)]


def first_visit(chromium: Browser, url: str) -> tuple[int, int]:
    """Bytes received and answers counted when a page is opened with an empty cache."""
    context = chromium.new_context(viewport=PHONE)
    try:
        page = context.new_page()
        talk = context.new_cdp_session(page)
        talk.send("Network.enable")
        received: list[float] = []
        talk.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.goto(url, wait_until="networkidle")
        return round(sum(received)), len(received)
    finally:
        context.close()


def runtime_size(site: Path) -> int | None:
    """The bytes of runtime, engine and data as sent with brotli, or None where the site was built without them."""
    manifest = site / "assets" / "runtime" / "manifest.json"
    if not manifest.is_file():
        return None
    files = json.loads(manifest.read_text("utf-8"))["files"]
    return sum(min(entry["size"], entry.get("br", entry)["size"]) for entry in files.values())


class _Inline(HTMLParser):
    """Counts scripts without an address, styles on the page and handlers in attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.count += tag == "style" or (tag == "script" and "src" not in given)
        self.count += sum(name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:") for name, value in attrs)


def inline_pages(site: Path) -> tuple[list[str], int]:
    """The pages with inline script or style, and how many pages were read."""
    files = sorted(site.rglob("*.html"))
    found = []
    for file in files:
        reader = _Inline()
        reader.feed(file.read_text("utf-8"))
        if reader.count:
            found.append(file.relative_to(site).as_posix())
    return found, len(files)


def visits(site: Path, paths: list[str]) -> list[tuple[int, int, str]]:
    """Bytes, answers and address of a first visit to each page, the heaviest first."""
    server = SiteServer(site, 0, verbose=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with browser.started() as chromium:
            return sorted(((*first_visit(chromium, server.url + path), path) for path in paths), reverse=True)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main(arguments: list[str] | None = None) -> int:
    """Print each figure beside its bound."""
    parser = argparse.ArgumentParser(prog="python -m scripts.measure", description=__doc__.splitlines()[0])
    parser.add_argument("--dir", type=Path, default=Path("site"), help="the built site (default: site)")
    parser.add_argument("--all-pages", action="store_true", help="every page, not the places' alone")
    parser.add_argument("--top", type=int, default=10, help="how many of the heaviest pages to print (default: 10)")
    options = parser.parse_args(arguments)
    if not (options.dir / "index.html").is_file():
        print(f"{options.dir}: no site here yet; run make build first. / 这里还没有网站，请先运行 make build。", file=sys.stderr)
        return 2
    site = options.dir.resolve()
    measured = visits(site, page_paths(site, options.all_pages))
    kind = "pages" if options.all_pages else "places' pages (both languages)"
    print(f"First visit, empty cache, brotli, {PHONE['width']} px: {len(measured)} {kind}; bound {PAGE_BOUND:,} bytes")
    for size, answers, path in measured[: options.top]:
        print(f"{size:>12,} bytes  {size / PAGE_BOUND:5.0%} of the bound  {answers:>3} files  /{path}")
    print(f"{measured[-1][0]:>12,} bytes  {measured[-1][0] / PAGE_BOUND:5.0%} of the bound  {measured[-1][1]:>3} files  /{measured[-1][2]}  (lightest)")
    runtime = runtime_size(site)
    print("Runtime, engine and data: " + (f"{runtime:,} bytes with brotli, {runtime / RUNTIME_BOUND:.0%} of {RUNTIME_BOUND:,}" if runtime is not None else "not in this site (built with --no-runtime)"))
    inline, pages = inline_pages(site)
    print(f"Pages with inline script or style: {len(inline)} of {pages}; bound 0")
    for path in inline[: options.top]:
        print(f"  {path}")
    return 0 if measured[0][0] < PAGE_BOUND and (runtime or 0) < RUNTIME_BOUND and not inline else 1


if __name__ == "__main__":
    raise SystemExit(main())
