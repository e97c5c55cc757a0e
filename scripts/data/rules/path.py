"""A file stands where its content says: policies/<place>/<year>.yaml, notices/<id>.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from ..problem import Problem
from ..sources import SourceSet

name = "path"
load = True
description = {
    "zh": "文件的位置与内容一致：policies/地方/年度.yaml，notices/编号.yaml。",
    "en": "A file stands where its content says: policies/<place>/<year>.yaml, notices/<id>.yaml.",
}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each file whose name and content disagree."""
    for document in sources.of("policies"):
        parts = PurePosixPath(document.name).with_suffix("").parts[1:]
        for index, field in enumerate(("place", "year")):
            told = str(document.data.get(field))  # type: ignore[union-attr]
            if len(parts) != 2 or parts[index] != told:
                expected = f"policies/{document.data.get('place')}/{document.data.get('year')}.yaml"  # type: ignore[union-attr]
                yield document.problem(name, (field,), f"文件在 {document.name}，但里面写的是 {field}: {told}。可能是复制了别的文件没有改。请改这一项，或把文件移到 {expected}。",
                                       f"The file is {document.name}, but says {field}: {told}. It may have been copied. Correct the value, or move the file to {expected}.")
    for document in sources.of("notices"):
        if PurePosixPath(document.name).stem != document.data.get("id"):  # type: ignore[union-attr]
            told = document.data.get("id")  # type: ignore[union-attr]
            yield document.problem(name, ("id",), f"文件名是 {document.name}，但里面写的是 id: {told}。请改这一项，或把文件改名为 notices/{told}.yaml。",
                                   f"The file is {document.name}, but says id: {told}. Correct the value, or rename the file to notices/{told}.yaml.")
