"""What the calculator's form shows before the engine has loaded: places, kinds of person, groups and facts, as one small file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from calc import Policy
from calc.policy import place_names

from .site import Page

if TYPE_CHECKING:
    from .site import Site

# Beside the calculator's scripts, which read it by that name.
PATH = "assets/calculator/places.json"
SCHEMA = 2
FACT = ("type", "label", "question", "answers", "why", "help", "values", "min", "max")
# Stands in a page written by hand, one level below its language's root.
MARK = "<!-- the tables of every place -->"


def pages(site: Site, lang: str) -> Iterator[Page]:
    """The catalogue, the same for both languages."""
    yield Page(PATH, json.dumps(catalogue(site), ensure_ascii=False, separators=(",", ":")) + "\n")


def catalogue(site: Site) -> dict:
    """Everything the form needs to ask for a place, a day, a kind of person, groups, tier and add-ons, and to show facts told."""
    vocabulary = site.policies.vocabulary
    policies = site.all_policies
    followed = {policy.data["follows"]["policy"] for policy in policies if "follows" in policy.data}
    # A region whose areas follow it is offered last: nearly everybody lives in one of the areas.
    policies = sorted(policies, key=lambda policy: policy.id in followed)
    used = {group for policy in policies for group in policy.data.get("group_names", {})}
    return {
        "schema": SCHEMA,
        "date": site.date,
        "hash": site.compiled.get("data_hash", ""),
        "policies": [_policy(site, policy) for policy in policies],
        "notices": {name: _notice(notice) for name, notice in site.policies.notices.items()},
        "groups": {name: _words(entry, "name", "plain") for name, entry in vocabulary.groups.items() if name in used},
        "persons": [{"id": name, **_words(entry, "name", "plain"), "requires": entry.get("requires", [])} for name, entry in vocabulary.persons.items()],
        "facts": [{"id": name, **_words(entry, *FACT)} for name, entry in vocabulary.facts.items()],
    }


def with_tables(text: str, lang: str, docs: Path) -> str:
    """A page written by hand with the links to the tables of every place where it asks for them: for readers without JavaScript."""
    if MARK not in text:
        return text
    entries = json.loads((docs / PATH).read_text("utf-8"))["policies"]
    links = "".join(f'<li><a href="../{entry["place"]}/{entry["year"]}/">{entry["names"][lang]} {entry["year"]}</a></li>' for entry in entries)
    return text.replace(MARK, f"<ul>{links}</ul>")


def _words(entry: dict, *names: str) -> dict:
    return {name: entry[name] for name in names if name in entry}


def _policy(site: Site, policy: Policy) -> dict:
    places = site.policies.vocabulary.places
    entry = places[policy.place]
    parent = places.get(entry.get("parent", ""))
    names = {lang: f"{parent['short'][lang] if parent and 'short' in parent else parent['name'][lang] if parent else ''}" for lang in ("zh", "en")}
    return {
        "policy": policy.id,
        "place": policy.place,
        "year": policy.year,
        "notices": policy.data["notices"],
        "names": entry["name"],
        "note": {lang: " · ".join(part for part in (names[lang], entry["code"]) if part) for lang in ("zh", "en")},
        "within": _within(places, entry),
        "search": sorted({str(name).lower() for name in place_names(entry)}),
        "tiers": [_words(tier, "id", "name") for tier in policy.data.get("tiers", [])],
        "groups": [{"id": group, "names": named} for group, named in policy.data.get("group_names", {}).items()],
        "add_ons": [_words(add_on, "id", "name", "yuan", "choice") for add_on in policy.data.get("add_ons", [])],
        # What is asked in this place alone; another place's fact of the same name is another fact.
        "facts": [_words(entry, "id", *FACT) for entry in policy.data.get("facts", [])],
        "window": _window(policy),
    }


def _notice(notice: dict) -> dict:
    """What a notice is called: its title, its number where it has one, its day of issue or null where it states none."""
    return {**_words(notice, "title", "number"), "issued": None if notice["issued"] == "not_stated" else str(notice["issued"])}


def _within(places: dict, entry: dict) -> list[str]:
    """The names and spellings of all that a place lies in, by which its places are found too."""
    found = [*entry.get("parent_name", {}).values()]
    parent = places.get(entry.get("parent", ""))
    while parent:
        found += [*parent["name"].values(), *parent.get("short", {}).values(), *parent.get("search", []), *parent.get("parent_name", {}).values()]
        parent = places.get(parent.get("parent", ""))
    return list(dict.fromkeys(found))


def _window(policy: Policy) -> dict:
    """The fixed days of the enrolment window that is open to everybody, where the notice gives them."""
    found: dict = {}
    for rule in policy.periods:
        if rule.data.get("status") == "open" and "when" not in rule.data and rule.under is None:
            for edge in ("from", "to"):
                value = rule.data.get(edge)
                if isinstance(value, dict) and "by_reading" in value:
                    read = [value[key] for key in value if len(key) == 1]
                    value = value[policy.reading_default(value["by_reading"])]
                    # Another day by another reading is offered with it, so that neither passes for certain.
                    others = sorted({day for day in read if isinstance(day, str) and day != value})
                    if others and isinstance(value, str):
                        found[f"{edge}_others"] = others
                if isinstance(value, str):
                    found[edge] = value
            break
    return found
