"""Which parts of a condition do not hold for a case, in words."""

from __future__ import annotations

from ..conditions import compile_condition
from ..dates import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..context import Context
    from .view import View


def failing(view: View, context: Context, condition: dict) -> list[str]:
    """What the condition asks for and the case does not meet; unknown facts are no failure."""
    found = []
    for part, value in condition.items():
        if compile_condition({part: value})(context) is not False:
            continue
        if part == "all":
            found += [text for inner in value for text in failing(view, context, inner)]
        elif part == "facts":
            found += [need(view, context, "facts", {name: wanted}) for name, wanted in value.items() if compile_condition({"facts": {name: wanted}})(context) is False]
        else:
            found.append(need(view, context, part, value))
    return list(dict.fromkeys(found))


def whole(view: View, context: Context, condition: dict) -> str:
    """A whole condition in words."""
    return view.words.both([need(view, context, part, value) for part, value in condition.items()])


def need(view: View, context: Context, part: str, value: object) -> str:
    """One part of a condition in words."""
    words = view.words
    if part == "any":
        return words.either(list(dict.fromkeys(whole(view, context, inner) for inner in value)))  # type: ignore[attr-defined]
    if part == "all":
        return words.both([whole(view, context, inner) for inner in value])  # type: ignore[attr-defined]
    if part == "not":
        return words.part("need.not", text=whole(view, context, value))  # type: ignore[arg-type]
    if part == "person":
        return words.part("need.person", values=words.either([words.inner(words.of(view.policies.vocabulary.persons[kind]["name"])) for kind in _list(value)]))
    if part == "groups":
        return words.part("need.groups", values=words.either([_inner_group(view, group) for group in _list(value)]))
    if part == "not_groups":
        held = [group for group in _list(value) if group in context.groups] or _list(value)
        return words.part("need.not_groups", values=words.both([_inner_group(view, group) for group in held]))
    if part == "tier":
        return words.part("need.tier", values=words.either([words.inner(view.tier_name(tier)) for tier in _list(value)]))
    if part == "period":
        return words.part("need.period", values=words.either([words.inner(view.period_name(period)) for period in _list(value)]))
    if part == "age":
        low, high = value.get("min"), value.get("max")  # type: ignore[attr-defined]
        name = "both" if low is not None and high is not None else "min" if low is not None else "max"
        return words.part("need.age." + name, **{edge: number for edge, number in (("min", low), ("max", high)) if number is not None})
    if part == "born":
        return _dates(view, view.fact_label("birth_date"), value)  # type: ignore[arg-type]
    if part == "paid":
        return _dates(view, words.part("event.payment"), value)  # type: ignore[arg-type]
    if part == "facts":
        return words.both([_fact(view, name, wanted) for name, wanted in value.items()])  # type: ignore[attr-defined]
    if part == "assisted":
        return words.part("need.assisted" if value else "need.not_assisted")
    if part == "area":
        return words.part("need.area")
    return words.part("need.other")


def _list(value: object) -> list:
    return value if isinstance(value, list) else [value]


def _inner_group(view: View, group: str) -> str:
    return view.words.inner(view.group_name(group))


def _dates(view: View, label: str, value: dict) -> str:
    words = view.words
    edges = {name: words.day(parse(value[edge])) for name, edge in (("first", "from"), ("last", "to")) if isinstance(value.get(edge), str)}
    if not edges:
        return words.part("need.date.other", label=label)
    name = "span.both" if len(edges) == 2 else "span.from" if "first" in edges else "span.to"
    return words.part("need.date", label=label, span=words.part(name, **edges))


def _fact(view: View, name: str, wanted: object) -> str:
    words, label = view.words, view.fact_label(name)
    if isinstance(wanted, bool):
        return words.part("need.true" if wanted else "need.false", label=label)
    if isinstance(wanted, dict):
        if "from" in wanted or "to" in wanted:
            return _dates(view, label, wanted)
        low, high = wanted.get("min"), wanted.get("max")
        edge = "range" if low is not None and high is not None else "min" if low is not None else "max"
        own = f"need.{edge}.{name}"
        return words.part(own if words.has(own) else "need." + edge, label=label, **{key: number for key, number in (("min", low), ("max", high)) if number is not None})
    return words.part("need.value", label=label, values=words.either([view.fact_value(name, value) for value in _list(wanted)]))
