"""Rules of its own that an area lays over the policy it follows: which replace, which stand before, which are added."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .sources import SourceSet
    from .yaml_source import Document

HEAD = frozenset(("place", "year", "follows"))
# Decision lists, of which the first rule that applies counts: one's own stand before those followed.
FIRST = frozenset(("periods", "contribution", "payable", "fiscal_subsidy", "limits", "otherwise", "coverage", "waiting", "incentives", "warnings"))
# Lists in which each entry stands for itself, and registers of texts: one's own stand behind those followed.
BEHIND = frozenset(("tiers", "facts", "add_ons", "premiums", "rows", "scope", "steps", "deadlines", "agency_targets", "not_stated", "questions"))
# What holds rules rather than being one: laid over part by part. Anything else is replaced as a whole, with its evidence.
PARTS = frozenset(("premiums", "assistance"))


def takes_all(data: dict) -> bool:
    """Whether a policy takes over another as it is, without a rule of its own."""
    return "follows" in data and not own_part(data) and "without" not in data["follows"]


def own_part(data: dict) -> dict:
    """The sections that a following policy writes itself; empty when it takes the other over as it is."""
    return {key: value for key, value in data.items() if key not in HEAD}


def base_of(sources: SourceSet, data: dict) -> Document | None:
    """The file of the policy that another follows; None where it follows none, or one that is not there or itself follows."""
    follows = data.get("follows")
    found = sources.policies().get(str(follows.get("policy"))) if isinstance(follows, dict) else None
    return found if found is not None and isinstance(found.data, dict) and "follows" not in found.data and found.data.get("notices") else None


def whole(sources: SourceSet, data: dict) -> dict:
    """A policy's file with what it follows: everything that its rules may name."""
    base = base_of(sources, data)
    return data if base is None else laid_over(without(base.data, data["follows"].get("without", [])), own_part(data))


def first_notice(sources: SourceSet, data: dict) -> str | None:
    """The notice that short clause references of a policy's file mean: the first of its own, else of the policy it follows."""
    base = base_of(sources, data)
    listed = data.get("notices") or (base.data["notices"] if base is not None else None)  # type: ignore[index]
    return listed[0] if listed else None


def laid_over(base: dict, own: dict) -> dict:
    """A policy (or a premium, or its assistance) with the sections of another laid over it.

    An entry with the `id` of one followed takes its place; other rules stand before those followed (FIRST) or behind (BEHIND); the
    notices of its own come first; names of groups are added.
    """
    found = dict(base)
    for key, value in own.items():
        under = base.get(key)
        if under is None:
            found[key] = value
        elif key == "notices":
            found[key] = [*value, *(entry for entry in under if entry not in value)]
        elif key == "group_names":
            found[key] = {**under, **{group: list(dict.fromkeys([*value[group], *under.get(group, [])])) for group in value}}
        elif key in FIRST or key in BEHIND:
            found[key] = entries_over(under, value, key)
        else:
            found[key] = laid_over(under, value) if key in PARTS else value
    return found


def entries_over(base: list, own: list, key: str) -> list:
    """The entries of a list with one's own: those of the same `id` in their places, the others before or behind."""
    replaced = {entry["id"]: entry for entry in own if isinstance(entry, dict) and "id" in entry}
    known = {entry["id"] for entry in base if isinstance(entry, dict) and "id" in entry}
    kept = []
    for entry in base:
        mine = replaced.get(entry.get("id")) if isinstance(entry, dict) else None
        kept.append(entry if mine is None else laid_over(entry, mine) if key in PARTS else mine)
    new = [entry for entry in own if not (isinstance(entry, dict) and entry.get("id") in known) and entry not in base]
    return new + kept if key in FIRST else kept + new


def without(data: dict, paths: list[str]) -> dict:
    """A policy without the entries or sections named (periods/late, premiums/basic/payable, steps), which must exist."""
    for path in paths:
        data = _without(data, path.split("/"))
    return data


def _without(value: object, path: list[str]) -> object:
    head, rest = path[0], path[1:]
    if isinstance(value, list):
        return [entry if entry.get("id") != head else _without(entry, rest) for entry in value if entry.get("id") != head or rest]
    if not rest:
        return {key: inner for key, inner in value.items() if key != head}  # type: ignore[attr-defined]
    return {key: _without(inner, rest) if key == head else inner for key, inner in value.items()}  # type: ignore[attr-defined]


def found_at(value: object, path: list[str]) -> bool:
    """Whether a path leads to an entry or a section."""
    if not path:
        return True
    if isinstance(value, list):
        return any(isinstance(entry, dict) and entry.get("id") == path[0] and found_at(entry, path[1:]) for entry in value)
    return isinstance(value, dict) and path[0] in value and found_at(value[path[0]], path[1:])
