"""The compiled policies: every clause reference full, inherited policies written out, one JSON for the engine."""

from __future__ import annotations

from .sources import VOCABULARY, SourceSet

SCHEMA_VERSION = 1


def compile_all(sources: SourceSet) -> dict:
    """The whole compiled data of a source set that has passed the load rules."""
    policies = {name: compile_policy(sources, name) for name in sorted(sources.policies(), key=lambda name: order(sources, name))}
    return {
        "schema": SCHEMA_VERSION,
        "data_hash": sources.hash(),
        "vocabulary": {name: document.data[name] for name in VOCABULARY if (document := sources.vocabulary(name)) is not None},  # type: ignore[index]
        "notices": {name: {**document.data, "clauses": {clause: entry for clause, (_, entry) in clauses.items()}} for name, (document, clauses) in sources.notices().items()},  # type: ignore[dict-item]
        "questions": {name: entry for name, (_, _, entry) in sources.questions().items()},
        "policies": policies,
    }


def order(sources: SourceSet, name: str) -> tuple:
    """Policies stand in the order of the places in the vocabulary, then by year."""
    data: dict = sources.policies()[name].data  # type: ignore[assignment]
    places = list(sources.entries("places"))
    return places.index(data["place"]) if data["place"] in places else len(places), data["place"], data["year"]


def compile_policy(sources: SourceSet, name: str) -> dict:
    """One policy with its identifier; one that follows another is that policy with its own place and clauses."""
    data: dict = sources.policies()[name].data  # type: ignore[assignment]
    follows = data.get("follows")
    if follows:
        base: dict = sources.policies()[follows["policy"]].data  # type: ignore[assignment]
        merged = {**base, **data, "notices": base["notices"]}
        aliases = follows.get("clauses", {})
    else:
        merged, aliases = dict(data), data.get("clause_alias", {})
    merged.pop("clause_alias", None)
    merged.pop("follows", None)
    notice = merged["notices"][0]
    found = {"id": name, "place": merged.pop("place"), "year": merged.pop("year")}
    if follows:
        found["follows"] = {"policy": follows["policy"], "clauses": [full(clause, notice) for clause in listed(aliases.values())]}
    return {**found, **expand(merged, aliases, notice)}


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
    """A value of a policy with every list of clauses, at any depth, made full."""
    if isinstance(value, dict):
        return {key: references(inner, aliases, notice) if key == "clauses" and isinstance(inner, list) else expand(inner, aliases, notice) for key, inner in value.items()}
    if isinstance(value, list):
        return [expand(inner, aliases, notice) for inner in value]
    return value
