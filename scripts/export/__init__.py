"""Data for others: static JSON, CSV, a data package, calendars and a feed, all below data/v1/ and all from the engine.

    python -m scripts.export [OUT] [--site-url https://…/]

The same data give the same bytes. What is not known is an empty cell beside a column that says why, never 0.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from scripts.compile import encode
from scripts.render.site import LANGS, Site

from .calendars import calendar
from .feed import feed
from .package import datapackage, index
from .place import place_json
from .tables import TABLES, Writer, csv_text

FOLDER = "data/v1"
ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = (ROOT / "calc" / "schemas", Path(__file__).parent / "schemas")


def export_all(site: Site, out: Path, site_url: str | None = None) -> int:
    """Write everything below out/data/v1/ anew; returns how many files. Without a site URL the links in calendars and feeds are relative."""
    folder = out / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    write(folder / "policies.json", encode(site.compiled))
    for policy in site.all_policies:
        write(folder / f"{policy.id}.json", pretty(place_json(site, policy)))
        for lang in LANGS if policy.data.get("deadlines") else ():  # a calendar without an event is none
            write(folder / "ics" / f"{policy.id}.{lang}.ics", calendar(site, policy, lang, site_url))
    for table in TABLES:
        found = list(table.rows(site))
        for lang in (None, *LANGS):
            write(folder / (lang or "") / f"{table.name}.csv", csv_text(table, found, Writer(site, lang)))
    for lang in LANGS:
        write(folder / f"changes.{lang}.atom", feed(site, lang, site_url))
    for source in sorted(path for place in SCHEMAS for path in place.glob("*.json")):
        write(folder / "schema" / source.name, source.read_text("utf-8"))
    for source in sorted((ROOT / "policy_data" / "schema").glob("*.json")):  # those of the data as typed, for editors
        write(folder / "schema" / "source" / source.name, source.read_text("utf-8"))
    write(folder / "datapackage.json", pretty(datapackage(site, folder)))
    write(folder / "index.json", pretty(index(site, folder)))
    return sum(1 for path in folder.rglob("*") if path.is_file())


def pretty(data: dict) -> str:
    """JSON that people can read and diff: one space of indent, Chinese unescaped."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write(path: Path, text: str) -> None:
    """Write a file byte for byte, with no translation of line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
