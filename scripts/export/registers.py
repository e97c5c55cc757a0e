"""The rows that are texts and names: notices, clauses, open questions, groups, places and residents' deadlines."""

from __future__ import annotations

from collections.abc import Iterator

from calc.clause_labels import clause_label
from scripts.render.backlinks import uses
from scripts.render.site import Site

from .rows import identity, insured


def stated(value: object, column: str) -> dict:
    """A text of a notice in two columns: nothing and not_stated where the notice does not have it."""
    missing = value in (None, "", "not_stated")
    return {column: None if missing else value, f"{column}_state": "not_stated" if missing else "known"}


def notices(site: Site) -> Iterator[dict]:
    """The notices: identity, and the fingerprint of the text they were read from."""
    for notice in site.policies.notices.values():
        yield {
            "notice": notice["id"], "title_zh": notice["title"]["zh"], "title_en": notice["title"]["en"], **stated(notice.get("number"), "number"),
            "issuers_zh": notice["issuers"], "issuers_en": notice["issuers_en"], **stated(notice["issued"], "issued"),
            "places": notice["places"], "years": [str(year) for year in notice["years"]], "clauses": len(notice["clauses"]),
            "text_length": notice["text_length"], "text_sha256": notice["text_sha256"], "page": f"notices/{notice['id']}/",
        }


def clauses(site: Site) -> Iterator[dict]:
    """The quoted clauses with their translation and the policies that rest on them."""
    resting = uses(site.all_policies)
    for notice in site.policies.notices.values():
        for clause in notice["clauses"].values():
            reference = f"{notice['id']}/{clause['id']}"
            plain = clause.get("plain", {})
            yield {
                "clause": reference, "notice": notice["id"], "label": clause.get("label", clause["id"]), "label_en": clause_label(clause.get("label", clause["id"]), "en"), "role": clause["role"], "quote": clause["quote"],
                "translation": clause["en"], "plain_zh": plain.get("zh"), "plain_en": plain.get("en"),
                "policies": list(dict.fromkeys(use.policy.id for use in resting.get(reference, []))) or None, "page": site.clause_path(reference),
            }


def questions(site: Site) -> Iterator[dict]:
    """The open questions, one row for each reading."""
    for question in site.policies.questions.values():
        concerned = [policy.id for policy in site.all_policies if question["id"] in policy.data.get("questions", [])]
        for reading in question["readings"]:
            yield {
                "question": question["id"], "topic_zh": question["topic"]["zh"], "topic_en": question["topic"]["en"], "severity": question["severity"],
                "reading": reading["id"], "reading_zh": reading["zh"], "reading_en": reading["en"], "taken": reading["id"] == question["default"],
                "why_zh": question["why"]["zh"], "why_en": question["why"]["en"], "tell_zh": question["tell"]["zh"], "tell_en": question["tell"]["en"],
                "evidence": question.get("evidence") or None, "policies": concerned or None, "page": f"questions/#{question['id']}",
            }


def groups(site: Site) -> Iterator[dict]:
    """The groups, one row for each rule set that names them, with the names the notice uses; one row without a rule set where none does."""
    own = [policy for policy in site.all_policies if "follows" not in policy.data]
    for group in site.policies.vocabulary.groups.values():
        naming = [(policy, policy.data["group_names"][group["id"]]) for policy in own if group["id"] in policy.data.get("group_names", {})]
        for policy, names in naming or [(None, None)]:
            plain = group.get("plain", {})
            yield {
                "group": group["id"], "name_zh": group["name"]["zh"], "name_en": group["name"]["en"], "plain_zh": plain.get("zh"), "plain_en": plain.get("en"),
                "aliases": group.get("names") or None, "rules": policy.id if policy else None, "names_in_notice": names, "page": f"glossary/#group-{group['id']}",
            }


def places(site: Site) -> Iterator[dict]:
    """The places and years of the data, and whose rules each follows."""
    entries = site.policies.vocabulary.places
    with_people = {policy.id for policy in insured(site)}
    for policy in site.all_policies:
        entry = entries[policy.place]
        parent = entries[entry["parent"]]["name"] if "parent" in entry else entry.get("parent_name", {})
        yield {
            **identity(site, policy), "code": entry["code"], "level": entry["level"], "name_zh": entry["name"]["zh"], "name_en": entry["name"]["en"],
            "within_zh": parent.get("zh"), "within_en": parent.get("en"), "rules": site.rules_id(policy), "overview": policy.id not in with_people,
            "notices": policy.data["notices"], "page": site.place_path(policy),
        }


def deadlines(site: Site) -> Iterator[dict]:
    """The last days that concern residents; agencies' targets are not among them."""
    for policy in site.all_policies:
        for entry in policy.data.get("deadlines", []):
            note = entry.get("note", {})
            yield {
                **identity(site, policy), "date": entry["date"], "for_zh": entry["for"]["zh"], "for_en": entry["for"]["en"], "text_zh": entry["text"]["zh"], "text_en": entry["text"]["en"],
                "note_zh": note.get("zh"), "note_en": note.get("en"), "inferred": bool(entry.get("inferred_values")), "clauses": entry["clauses"],
            }
