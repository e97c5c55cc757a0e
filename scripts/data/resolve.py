"""The compiled policies: every clause reference full, inherited policies written out, one JSON for the engine."""

from __future__ import annotations

from datetime import date, timedelta

from .drafts import Drafts
from .inherit import laid_over, own_part, takes_all, without
from .sources import VOCABULARY, SourceSet

SCHEMA_VERSION = 1


def compile_all(sources: SourceSet, drafts: bool = False) -> dict:
    """The whole compiled data of a source set that has passed the load rules.

    Policies with anything not yet confirmed are left out, with the notices, questions and places that only they use; `drafts`
    includes them, each marked {"draft": true}, for a preview that nobody takes for facts.
    """
    found = Drafts.of(sources)
    names = sorted((name for name in sources.policies() if drafts or name not in found.policies), key=lambda name: order(sources, name))
    policies = {name: compile_policy(sources, name) for name in names}
    for name in found.policies & set(policies):
        policies[name]["draft"] = True
    left = Drafts() if drafts else found
    return {
        "schema": SCHEMA_VERSION,
        "data_hash": sources.hash(),
        "vocabulary": {part: [entry for entry in document.data[part] if part != "places" or entry.get("id") not in left.places]  # type: ignore[index]
                       for part in VOCABULARY if (document := sources.vocabulary(part)) is not None},
        "notices": {name: {**document.data, "clauses": {clause: entry for clause, (_, entry) in clauses.items()}} for name, (document, clauses) in sources.notices().items() if name not in left.notices},  # type: ignore[dict-item]
        "questions": {name: entry for name, (_, _, entry) in sources.questions().items() if name not in left.questions},
        "policies": policies,
    }


def order(sources: SourceSet, name: str) -> tuple:
    """Policies stand in the order of the places in the vocabulary, then by year."""
    data: dict = sources.policies()[name].data  # type: ignore[assignment]
    places = list(sources.entries("places"))
    return places.index(data["place"]) if data["place"] in places else len(places), data["place"], data["year"]


def compile_policy(sources: SourceSet, name: str) -> dict:
    """One policy with its identifier; one that follows another is that policy with its own place, clauses and rules.

    follows: the policy taken over as it is. based_on: the policy taken over with rules of its own laid over it (see inherit).
    """
    data: dict = sources.policies()[name].data  # type: ignore[assignment]
    found = {"id": name, "place": data["place"], "year": data["year"]}
    follows = data.get("follows")
    if not follows:
        return {**found, **expanded(data, data.get("clause_alias", {}))}
    base: dict = sources.policies()[follows["policy"]].data  # type: ignore[assignment]
    aliases, notice, own = follows.get("clauses", {}), base["notices"][0], own_part(data)
    told = {"policy": follows["policy"], "clauses": [full(clause, notice) for clause in listed(aliases.values())]}
    taken = without(expanded(base, aliases), follows.get("without", []))
    if takes_all(data):
        return {**found, "follows": told, **taken}
    return {**found, "based_on": told, **laid_over(taken, expanded({"notices": base["notices"], **own}, own.get("clause_alias", {})))}


def expanded(data: dict, aliases: dict) -> dict:
    """The sections of a policy's file with everything in its full form."""
    found = {key: value for key, value in data.items() if key not in ("place", "year", "clause_alias", "follows")}
    if isinstance(found.get("age_on"), dict):
        day = found["age_on"]["day"]
        found["age_on"] = {**(day if isinstance(day, dict) else {"date": day}), "clauses": found["age_on"]["clauses"]}
    return expand(found, aliases, found["notices"][0])  # type: ignore[return-value]


def listed(values: object) -> list[str]:
    """Clause references of an alias map, flattened: each value is one reference or a list."""
    return [clause for value in values for clause in (value if isinstance(value, list) else [value])]  # type: ignore[attr-defined]


def full(clause: str, notice: str) -> str:
    """A clause reference with its notice; a short one belongs to the first notice of its policy."""
    return clause if "/" in clause else f"{notice}/{clause}"


def references(clauses: list[str], aliases: dict, notice: str) -> list[str]:
    """The full references of a list of clauses, aliases replaced, each once."""
    replaced = [real for clause in clauses for real in listed([aliases.get(clause, clause)])]
    return list(dict.fromkeys(full(clause, notice) for clause in replaced))


def expand(value: object, aliases: dict, notice: str) -> object:
    """A value of a policy with every list of clauses, at any depth, made full, and the shorter forms of the data written out."""
    if isinstance(value, dict):
        value = {key: closed(inner) if key == "when" and isinstance(inner, dict) else inner for key, inner in value.items()}
        if isinstance(value.get("nobody"), dict):  # "nobody is assisted" is a limit that always holds
            value = {**{key: inner for key, inner in value.items() if key != "nobody"}, "limits": [{"id": "nobody", "none": True, **value["nobody"]}]}
        return {key: references(inner, aliases, notice) if key == "clauses" and isinstance(inner, list) else expand(inner, aliases, notice) for key, inner in value.items()}
    if isinstance(value, list):
        return [expand(inner, aliases, notice) for inner in value]
    return value


def closed(condition: dict) -> dict:
    """A condition whose ranges are all written with their ends included: below 18 is max 17, before 1 September is to 31 August."""
    found = {}
    for part, value in condition.items():
        if part in ("age", "born", "paid") and isinstance(value, dict):
            value = ends(value)
        elif part == "facts" and isinstance(value, dict):
            value = {fact: ends(wanted) if isinstance(wanted, dict) else wanted for fact, wanted in value.items()}
        elif part in ("all", "any") and isinstance(value, list):
            value = [closed(inner) if isinstance(inner, dict) else inner for inner in value]
        elif part == "not" and isinstance(value, dict):
            value = closed(value)
        found[part] = value
    return found


def ends(span: dict) -> dict:
    """A range with both ends included."""
    found = {key: value for key, value in span.items() if key not in ("above", "below", "after", "before")}
    if "above" in span:
        found["min"] = max(span["above"] + 1, found.get("min", 0))
    if "below" in span:
        found["max"] = min(span["below"] - 1, found.get("max", span["below"]))
    if "after" in span:
        found["from"] = max(neighbour(span["after"], 1), found.get("from", ""))
    if "before" in span:
        found["to"] = min(neighbour(span["before"], -1), found.get("to", "9999"))
    return found


def neighbour(day: str, step: int) -> str:
    """The day before or after a day."""
    return (date.fromisoformat(day) + timedelta(step)).isoformat()
