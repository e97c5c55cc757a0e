"""An identifier stands once in its list, and a name of a group means one group."""

from __future__ import annotations

from collections.abc import Iterable

from ..problem import Problem
from ..sources import SourceSet
from ..walk import walk
from ..yaml_source import Document

name = "duplicate-ids"
alone = True
load = True
description = {
    "zh": "同一列表里编号不重复；通知、问题、行政区划代码不重复；一个名称只指一类资助对象。",
    "en": "An identifier stands once in its list; notices, questions and place codes are unique; a name means one group.",
}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Every second use of an identifier, a code or a name."""
    for document in sources.documents.values():
        for path, value in walk(document.data):
            if isinstance(value, list):
                yield from in_list(document, path, value)
    yield from across(sources)
    yield from group_names(sources)


def in_list(document: Document, path: tuple, entries: list) -> Iterable[Problem]:
    """Identifiers that a list has twice."""
    seen: dict[object, int] = {}
    for index, entry in enumerate(entries):
        identifier = entry.get("id") if isinstance(entry, dict) else None
        if identifier is None:
            continue
        if identifier in seen:
            first = document.at((*path, seen[identifier], "id"))[0]
            yield twice(document, (*path, index, "id"), "编号", "identifier", str(identifier), first)
        else:
            seen[identifier] = index


def twice(document: Document, path: tuple, zh: str, en: str, told: str, first: object) -> Problem:
    """The message for a second use."""
    return document.problem(name, path, f"{zh}“{told}”已经用过（{_where(first, 'zh')}）。可能是复制后没有改。请换一个，或删除重复的一条。",
                            f"The {en} “{told}” is already taken ({_where(first, 'en')}); the entry may have been copied. Choose another, or delete the second entry.")


def _where(first: object, lang: str) -> str:
    if isinstance(first, int):
        return f"第{first}行" if lang == "zh" else f"line {first}"
    return str(first)


def across(sources: SourceSet) -> Iterable[Problem]:
    """Identifiers of notices and questions that two files share, and codes that two places share."""
    for kind, key in (("notices", "id"), ("questions", None)):
        seen: dict[str, Document] = {}
        for document in sources.of(kind):
            data: dict = document.data  # type: ignore[assignment]
            found = [((key,), data.get(key))] if key else [(("questions", index, "id"), entry.get("id")) for index, entry in enumerate(data.get("questions", [])) if isinstance(entry, dict)]
            for path, identifier in found:
                if not isinstance(identifier, str):
                    continue
                if identifier in seen and seen[identifier] is not document:
                    yield twice(document, path, "编号", "identifier", identifier, seen[identifier].name)
                seen.setdefault(identifier, document)
    places = sources.vocabulary("places")
    if places is not None:
        codes: dict[str, int] = {}
        for index, entry in enumerate(places.data["places"]):  # type: ignore[index]
            code = entry.get("code") if isinstance(entry, dict) else None
            if code in codes:
                yield twice(places, ("places", index, "code"), "代码", "code", code, places.at(("places", codes[code], "code"))[0])
            elif code is not None:
                codes[code] = index


def group_names(sources: SourceSet) -> Iterable[Problem]:
    """Names that would mean two groups: in the vocabulary, and in one policy."""
    vocabulary = sources.vocabulary("groups")
    if vocabulary is not None:
        seen: dict[str, tuple] = {}
        for index, entry in enumerate(vocabulary.data["groups"]):  # type: ignore[index]
            if not isinstance(entry, dict):
                continue
            names = [(("groups", index, "name", "zh"), (entry.get("name") or {}).get("zh"))] + [(("groups", index, "names", number), value) for number, value in enumerate(entry.get("names", []))]
            for path, value in names:
                if value in seen and seen[value][1] != path[1]:
                    yield twice(vocabulary, path, "名称", "name", value, vocabulary.at(seen[value])[0])
                seen.setdefault(value, path)
    for document in sources.of("policies"):
        own: dict[str, tuple] = {}
        for group, names in (document.data.get("group_names") or {}).items():  # type: ignore[union-attr]
            for index, value in enumerate(names if isinstance(names, list) else []):
                path = ("group_names", group, index)
                if value in own:
                    yield twice(document, path, "名称", "name", value, document.at(own[value])[0])
                own.setdefault(value, path)
