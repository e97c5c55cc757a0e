"""The questions residents ask of a place, answered with figures from the engine and the clauses the answers rest on."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from calc import Policy

from scripts.data.yaml_source import load

from .cases import followers
from .site import ROOT, day

if TYPE_CHECKING:
    from .place_money import PlacePage

FOLDER = ROOT / "policy_data" / "questions_asked"
PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")


class Asked(NamedTuple):
    """One question with its answer as HTML."""

    id: str
    question: str
    answer: Markup
    not_stated: bool


def entries(place: PlacePage) -> list[Asked]:
    """The questions of a place; an area that follows its region has the region's, with its own figures."""
    site, policy = place.site, place.policy
    held = site.once(("asked",), lambda: site.compiled.get("questions_asked") or read())
    found = held.get(policy.id) or held.get(site.rules_id(policy)) or []
    # The region's own page has no figures of its own for assistance; those of its areas are all the same.
    counted = (followers(site, policy) or [policy])[0]
    return [Asked(f"asked-{entry['id']}", entry["q"][place.lang], answer(place, counted, entry), bool(entry.get("not_stated"))) for entry in found]


def read() -> dict[str, list[dict]]:
    """The questions as the data folder holds them: they are texts for pages, not rules, so the engine's file does without them."""
    found = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        document = load(f"{FOLDER.name}/{file.name}", file.read_text("utf-8"))
        if document.problems or not isinstance(document.data, dict):
            raise ValueError("\n".join(problem.text("en") for problem in document.problems) or file.name)
        found[document.data["policy"]] = document.data["asked"]
    return found


def answer(place: PlacePage, policy: Policy, entry: dict) -> Markup:
    """An answer with its figures filled in, its sources, the open questions it touches, and a link to the calculator."""
    case = told(entry.get("case", {}))
    more = {name: {**case, **told(facts)} for name, facts in entry.get("more", {}).items()}
    parts, at, text = [], 0, entry["a"][place.lang]
    for match in PLACEHOLDER.finditer(text):
        parts += [escape(text[at:match.start()]), filled(place, policy, case, more, match[1])]
        at = match.end()
    parts.append(escape(text[at:]))
    body = Markup("").join(parts)
    sources = place.site.cite([reference for clause in entry.get("clauses", []) for reference in references(place, clause)], place.lang, place.path)
    doubts = place.figures.questions(entry.get("questions", []))
    lead = place.t("没有写清的：", "Unclear: ")
    return Markup("<p>{} {}</p>{}{}").format(
        body, sources, Markup("<p><small>{}{}</small></p>").format(lead, doubts) if doubts else "",
        Markup("<p>{}</p>").format(place.calculator(case, policy=policy)) if case else "")


def told(case: dict) -> dict:
    """A case as the engine reads it; a question that does not name groups is asked for somebody without any."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in case.items()}


def filled(place: PlacePage, policy: Policy, case: dict, more: dict[str, dict], name: str) -> Markup:
    """What a placeholder stands for: a fact of the case, or a figure of it or of one of its variations."""
    variation, _, figure = name.rpartition(".")
    facts = more[variation] if variation else case
    if figure == "pay_date" or figure in place.site.policies.facts:
        value = facts[figure]
        return escape(day(value, place.lang) if isinstance(value, str) else str(value))
    return place.figures.span(policy, facts, figure)


def references(place: PlacePage, clause: str) -> list[str]:
    """The full references a clause of a question stands for, in the words of this place's policy."""
    if "/" in clause:
        return [clause]
    policy = place.policy
    notice = policy.data["notices"][0]
    if clause in place.site.policies.notices[notice]["clauses"]:
        return [f"{notice}/{clause}"]
    # A region's short name for the rows of its annex: an area has one of them, the region's own page all.
    return [reference for area in followers(place.site, policy) or [policy] for reference in area.data.get("follows", {}).get("clauses", [])]
