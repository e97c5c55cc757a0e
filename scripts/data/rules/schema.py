"""Every file follows its closed schema: no unknown key, no missing one, every value of its type."""

from __future__ import annotations

from collections.abc import Iterable

from .. import schema_check
from ..problem import Problem
from ..sources import SourceSet

name = schema_check.RULE
alone = True
load = True
description = {"zh": "文件符合格式：没有未知的项，不缺项，值的类型正确。", "en": "Files follow their closed schema: no unknown key, none missing, every value of its type."}


def check(sources: SourceSet) -> Iterable[Problem]:
    """Every violation of every file."""
    for document in sources.documents.values():
        yield from schema_check.check(document)
