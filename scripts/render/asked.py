"""The questions residents ask of a place, answered with figures from the engine and the clauses the answers rest on."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from calc import Policy

from scripts.data.yaml_source import load

from .cases import followers
from .figures import Figure
from .site import ROOT, day
from .words import REFUSED, text_of

if TYPE_CHECKING:
    from .place_page import PlacePage

FOLDER = ROOT / "policy_data" / "questions_asked"
WHOLE = {"waiting_days": "wait", "waiting_months": "wait"}  # a wait in days may by another reading be one in months
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
    found = [place.figures.value(policy, facts, WHOLE.get(name, name)) for match in PLACEHOLDER.finditer(text) for facts, name in [asked_for(case, more, match[1])] if not told_fact(policy, name)]
    sources = place.figures.cite([reference for clause in entry.get("clauses", []) for reference in references(place, clause)])
    return Markup("<p>{} {}</p>{}{}").format(
        body, sources, doubts(place, entry, found), Markup("<p>{}</p>").format(place.calculator(case, policy=policy)) if case else "")


def doubts(place: PlacePage, entry: dict, found: list[Figure]) -> Markup:
    """What is unclear of an answer, after its sentence: the open questions by topic, then what its figures would be by another reading."""
    topics = [*entry.get("questions", []), *(question for figure in found for other in figure.others for question, _ in other.readings)]
    if not topics:
        return Markup("")
    others = {}
    for figure in found:
        readings = [other for other in figure.others if other.readings and other.state != REFUSED]
        if readings:
            others[text_of(figure.name, figure.value, figure.state, place.lang, figure.at_least)] = place.figures.readings(figure.name, readings)
    listed = Markup(place.t("；", "; ")).join(Markup("{}{}{}").format(text, place.t("，", ", "), readings) for text, readings in others.items())
    return Markup("<p><small>{}{}{}</small></p>").format(place.t("没有写清的：", "Unclear: "), place.figures.questions(topics), Markup(place.t("。{}。", ". {}.")).format(listed) if listed else "")


def told(case: dict) -> dict:
    """A case as the engine reads it; a question that does not name groups is asked for somebody without any."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in case.items()}


def filled(place: PlacePage, policy: Policy, case: dict, more: dict[str, dict], name: str) -> Markup:
    """What a placeholder stands for: a fact of the case, or a figure of it or of one of its variations."""
    facts, figure = asked_for(case, more, name)
    if told_fact(policy, figure):
        value = facts[figure]
        return escape(day(value, place.lang) if isinstance(value, str) else str(value))
    return place.figures.span(policy, facts, figure, others=False)


def asked_for(case: dict, more: dict[str, dict], name: str) -> tuple[dict, str]:
    """The case a placeholder asks about, the answer's own or a variation of it, and the name of the fact or figure."""
    variation, _, figure = name.rpartition(".")
    return more[variation] if variation else case, figure


def told_fact(policy: Policy, name: str) -> bool:
    """Whether a placeholder stands for a fact of its case and not for a figure."""
    return name == "pay_date" or name in policy.facts


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
