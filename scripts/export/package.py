"""The descriptor of the tables (Frictionless Data Package) and the index of all files, each with its size and SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path

from calc import __version__
from scripts.render.site import LANGS, Site

from .fields import Field
from .tables import TABLES, Table, header

VERSION = 1
TYPES = {".json": "application/json", ".csv": "text/csv", ".ics": "text/calendar", ".atom": "application/atom+xml"}


def datapackage(site: Site, folder: Path) -> dict:
    """The descriptor: every table and its variants with fields, keys, size and hash."""
    return {
        "profile": "tabular-data-package", "name": "canbao", "title": "参保明白纸 · Canbao", "version": f"{VERSION}.0.0", "created": f"{site.checked or site.date}T00:00:00Z",
        "description": "China's resident basic medical insurance by place and year: prices, assistance, periods, waits and the sentences they rest on. "
                       "城乡居民基本医疗保险的规则：标准、资助、缴费时间、等待期和所依据的原文。",
        "keywords": ["medical insurance", "China", "城乡居民基本医疗保险"], "data_hash": site.compiled["data_hash"],
        "sources": [{"title": f"{notice['title']['zh']} {notice.get('number') or ''}".strip(), "path": f"../../notices/{notice['id']}/"} for notice in site.policies.notices.values()],
        "resources": [resource(table, lang, folder) for lang in (None, "zh", "en") for table in TABLES],
    }


def resource(table: Table, lang: str | None, folder: Path) -> dict:
    """One CSV file with its fields."""
    path = f"{table.name}.csv" if lang is None else f"{lang}/{table.name}.csv"
    schema: dict = {"fields": [described(column, lang) for column in table.fields], "missingValues": [""]}
    columns = {column.name: column for column in table.fields}
    if table.key and all(columns[name].required for name in table.key):  # a key may hold nothing empty
        schema["primaryKey"] = [header(columns[name], lang) for name in table.key]
    if lang is None and "policy" in columns and table.name != "places":
        schema["foreignKeys"] = [{"fields": "policy", "reference": {"resource": "places", "fields": "policy"}}]
    return {
        "profile": "tabular-data-resource", "name": table.name if lang is None else f"{table.name}-{lang}", "path": path,
        "title": table.title[lang] if lang else f"{table.title['zh']} · {table.title['en']}", "description": table.about[lang] if lang else f"{table.about['zh']} {table.about['en']}",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}, **facts(folder / path), "schema": schema,
    }


def described(column: Field, lang: str | None) -> dict:
    """A column: name, type, titles, notes, and for programs what its values fulfil."""
    if lang is not None:
        note = column.note_zh if lang == "zh" else column.note_en
        # In words for people: codes are names, tiers have theirs, yes and no are written out.
        kind = column.type if column.kind in ("yuan", "integer", "year", "date") else "string"
        return {"name": header(column, lang), "type": kind, **({"description": note} if note else {})}
    found = {"name": column.name, "type": column.type, "title": f"{column.zh} · {column.en}"}
    if column.note_zh:
        found["description"] = f"{column.note_zh} · {column.note_en}"
    return {**found, **({"constraints": column.constraints()} if column.constraints() else {})}


def facts(path: Path) -> dict:
    """A file's size and hash."""
    data = path.read_bytes()
    return {"bytes": len(data), "hash": "sha256:" + hashlib.sha256(data).hexdigest()}


def index(site: Site, folder: Path) -> dict:
    """Everything below the folder, with versions; the one file to read first."""
    listed = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "index.json")
    return {
        "$schema": "schema/index.schema.json", "version": VERSION, "engine": __version__, "data_hash": site.compiled["data_hash"], "date": site.date, "checked": site.checked or None,
        "policies": [{"policy": policy.id, "place": policy.place, "year": policy.year, "path": f"{policy.id}.json",
                      "calendars": {lang: path for lang in LANGS if (folder / (path := f"ics/{policy.id}.{lang}.ics")).is_file()}} for policy in site.all_policies],
        "files": [{"path": path.relative_to(folder).as_posix(), "type": TYPES[path.suffix], **facts(path)} for path in listed],
    }
