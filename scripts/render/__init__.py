"""Render the policy data into bilingual pages: real Markdown/HTML files that MkDocs then builds.

Each module of this package named in MODULES makes one family of pages; every figure they print comes from `calc`.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

from .site import LANGS, Site

# One module a family of pages; each has pages(site, lang) -> iterable of Page, and nav(site, lang) -> entries or nothing.
MODULES = ("home", "places", "compare", "calculator", "notices", "registers", "reference")


def render_all(out: Path, site: Site | None = None) -> None:
    """Write all generated pages to out/zh and out/en and the navigation to nav.json beside out; only what changed is written."""
    site = site or Site.load()
    nav: dict = {"date": site.date, "checked": site.checked}
    for lang in LANGS:
        nav[lang] = []
        for name in MODULES:
            module = importlib.import_module(f"scripts.render.{name}")
            for page in module.pages(site, lang):
                write(out / lang / page.path, page.text)
            if hasattr(module, "nav"):
                nav[lang] += module.nav(site, lang)
            nav[lang] += site.fixed_nav(lang, name)
    write(out.parent / "nav.json", json.dumps(nav, ensure_ascii=False, indent=1))


def write(path: Path, text: str) -> None:
    """Write a file unless it holds the same text already, so that a rebuild touches only what changed."""
    if path.exists() and path.read_text("utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
