"""No file holds a character that cannot be seen: it makes equal words differ, and no reader can find it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..problem import Problem
from ..sources import SourceSet

name = "invisible"
alone = True
description = {
    "zh": "文件里没有看不见的字符（零宽空格、不换行空格、方向符等）。",
    "en": "No file holds an invisible character such as a zero-width or non-breaking space or a direction mark.",
}
_INVISIBLE = re.compile("[\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufe00-\ufe0f\ufeff\uffa0]")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each such character, but for a mark at the very beginning of a file."""
    for file, text in sources.files.items():
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
            for match in _INVISIBLE.finditer(line):
                shown = f"U+{ord(match.group()):04X} {unicodedata.name(match.group(), '')}".strip()
                yield Problem(name, file, number, match.start() + 1, f"这里有一个看不见的字符（{shown}）。多半是从网页或 Word 里一起复制来的。请删掉它，需要空格的打一个普通空格。",
                              f"There is an invisible character here ({shown}), most likely copied along from a web page or a Word file. Delete it; where a space is meant, type an ordinary one.", line)
