"""Whatever is not stated says so with an open question or a reason, and every question that a policy uses is listed by it."""

from __future__ import annotations

from collections.abc import Iterable

from ..inherit import whole
from ..problem import Problem
from ..sources import SourceSet
from ..walk import entries, walk

name = "silence-declared"
description = {
    "zh": "没有写明的，都指向一个未定问题或写明理由；用到的未定问题都列在政策的 questions 里，并且有已写明的依据。",
    "en": "Whatever is not stated names an open question or a reason; every question that a policy uses is in its list.",
}
MARKS = ("not_stated", "to_be_announced")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each silence without a reason and each question that is not listed."""
    for document in sources.of("policies"):
        data: dict = document.data  # type: ignore[assignment]
        for path, entry in entries(data):
            if path[0] in ("not_stated", "scope", "steps") or "amounts" in path:
                continue
            silent = [inner for inner, value in walk(entry) if silence(inner, value)]
            if silent and not reason(entry):
                yield document.problem(name, (*path, *silent[0]), "这里写的是“没有写明”，但没有指向未定问题，也没有说明。请用 questions 指向登记的问题，或写 note。",
                                       "This is declared as not stated, but names no open question and gives no reason. Name the question under questions, or add a note.")
        listed = set(whole(sources, data).get("questions", []))
        for path, value in walk(data):
            if path == ("questions",) or not path:
                continue
            for question in used(path, value):
                if question not in listed:
                    yield document.problem(name, path, f"用到了问题“{question}”，但政策末尾的 questions 没有列它，页面上就看不到。请补上。",
                                           f"The question “{question}” is used here, but is not in the policy's list of questions and would not be shown. Add it there.")


def silence(path: tuple, value: object) -> bool:
    """Whether a value declares a silence."""
    return bool(path) and ((path[-1] in MARKS and value is True) or (path[-1] == "status" and value == "not_specified") or (path[-1] == "earned" and value is None))


def reason(entry: dict) -> bool:
    """Whether an entry says why: a question, a note, a reading, or that it is an inference."""
    return any(entry.get(key) for key in ("questions", "note", "under")) or any(path and path[-1] == "by_reading" for path, _ in walk(entry)) or any(amount.get("questions") for amount in entry.get("amounts", []))


def used(path: tuple, value: object) -> list[str]:
    """The questions that a value names."""
    if path[-1] == "questions" and isinstance(value, list):
        return [question for question in value if isinstance(question, str)]
    if path[-1] == "under" and isinstance(value, str):
        return [value.partition(".")[0]]
    return [value] if path[-1] == "by_reading" and isinstance(value, str) else []
