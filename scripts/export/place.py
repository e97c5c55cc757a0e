"""One JSON file for each place and year: who, which notices, every table's rows of this policy, questions and silences."""

from __future__ import annotations

import json
from datetime import date

from calc import Policy
from scripts.render.cases import followers
from scripts.render.site import Site

from . import registers, rows
from .fields import Field
from .tables import TABLES

VERSION = 1
# The tables about one policy's figures, by the name of their rows in the file.
FIGURES = {"assistance": rows.assistance, "periods": rows.periods, "newborns": rows.newborns, "waits": rows.waits}


def place_json(site: Site, policy: Policy) -> dict:
    """All that the data hold about one place and year, with figures as the engine gives them."""
    entry = site.policies.vocabulary.places[policy.place]
    listed = next(row for row in registers.places(site) if row["policy"] == policy.id)
    return {
        "$schema": "schema/place.schema.json", "version": VERSION, "data_hash": site.compiled["data_hash"], **rows.identity(site, policy), "code": entry["code"], "level": entry["level"],
        "name": entry["name"], "within": {"zh": listed["within_zh"], "en": listed["within_en"]} if listed["within_zh"] else None,
        "rules": listed["rules"], "areas": [other.id for other in followers(site, policy)], "pages": {"zh": listed["page"], "en": "en/" + listed["page"]},
        "notices": [notice(row) for row in registers.notices(site) if row["notice"] in policy.data["notices"]],
        "tiers": [{"id": tier["id"], "name": tier["name"]} for tier in policy.data.get("tiers", [])],
        "premiums": [{"id": premium["id"], "name": premium["name"]} for premium in policy.data["premiums"]],
        "groups": [{"id": group, "name": site.policies.vocabulary.groups[group]["name"], "names_in_notice": names} for group, names in policy.data.get("group_names", {}).items()],
        **{name: [plain(columns(name), row) for row in make(site, [policy])] for name, make in FIGURES.items()},
        "deadlines": [texts(row) for row in registers.deadlines(site) if row["policy"] == policy.id],
        "warnings": [{"id": warning["id"], "text": warning["text"], "clauses": warning["clauses"]} for warning in policy.data.get("warnings", [])],
        "not_stated": [{"text": silence["text"], "clauses": silence.get("clauses", []), "questions": silence.get("questions", [])} for silence in policy.data.get("not_stated", [])],
        "questions": [question(site.policies.questions[name]) for name in policy.data.get("questions", [])],
    }


def columns(name: str) -> list[Field]:
    """The columns of a table."""
    return next(table.fields for table in TABLES if table.name == name)


def plain(fields: list[Field], row: dict) -> dict:
    """A row as JSON: a figure is an object of value and state; the columns that name the policy are left out, as are empty ones that are no figures."""
    found: dict = {}
    names = {column.name for column in fields}
    for column in fields:
        name, value = column.name, row[column.name]
        state = f"{name.removesuffix('_yuan')}_state"
        if name in ("policy", "place", "year") or name.endswith("_state"):
            continue
        if state in names and (value is not None or row[state] is not None):
            found[name] = {"value": written(column, value), "state": row[state]}
        elif state not in names and value is not None:
            found[name] = written(column, value)
    return found


def written(column: Field, value: object) -> object:
    """A value as JSON: yuan as a number, days as ISO dates, cases as objects."""
    if column.kind == "yuan" and isinstance(value, int):
        return value // 100 if value % 100 == 0 else value / 100
    if column.kind == "json" and isinstance(value, str):
        return json.loads(value)
    return value.isoformat() if isinstance(value, date) else value


def notice(row: dict) -> dict:
    """A notice's identity; what the notice does not have is null."""
    return {"id": row["notice"], "title": {"zh": row["title_zh"], "en": row["title_en"]}, "number": row["number"], "issued": row["issued"],
            "issuers": {"zh": row["issuers_zh"], "en": row["issuers_en"]}, "page": row["page"]}


def texts(row: dict) -> dict:
    """A residents' deadline with its texts by language."""
    found = {"date": row["date"], "for": {"zh": row["for_zh"], "en": row["for_en"]}, "text": {"zh": row["text_zh"], "en": row["text_en"]}, "inferred": row["inferred"], "clauses": row["clauses"]}
    return {**found, "note": {"zh": row["note_zh"], "en": row["note_en"]}} if row["note_zh"] else found


def question(data: dict) -> dict:
    """An open question: topic, readings and the one taken."""
    return {"id": data["id"], "topic": data["topic"], "taken": data["default"], "readings": [{"id": reading["id"], "zh": reading["zh"], "en": reading["en"]} for reading in data["readings"]]}
