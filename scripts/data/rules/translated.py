"""Every text stands in Chinese and in English, each in its own script."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..problem import Problem
from ..sources import SourceSet
from ..walk import walk

name = "translated"
alone = True
description = {
    "zh": "每段文字都有中文和英文；英文里的汉字只出现在引号、括号里，或后面带括号解释。",
    "en": "Every text is in Chinese and in English; Chinese characters in English stand only in quotation marks or brackets, or are followed by a gloss in brackets.",
}
_HAN = re.compile(r"[\u3400-\u9fff]")
_PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b|待译|待补")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|“[^”]*”|‘[^’]*’|\"[^\"]*\"|《[^》]*》|〔[^〕]*〕|「[^」]*」")
_GLOSSED = re.compile(r"[\u3400-\u9fff“”、，]+(?=\s*[(\[])")


def check(sources: SourceSet) -> Iterable[Problem]:
    """Each text that is missing in a language, or not in it."""
    for document in sources.documents.values():
        for path, value in walk(document.data):
            if not isinstance(value, dict):
                continue
            for key in ("en", "quote") if "quote" in value else ("zh", "en") if "zh" in value or "en" in value else ():
                text = value.get(key)
                if not isinstance(text, str) or not text.strip():
                    if "quote" in value and isinstance(text, str):
                        yield document.problem(name, (*path, key), f"条款“{value.get('id', '')}”还没有译成英文。请在 en 里写上译文，数字、日期与原文相同；用不着的条款整条删除。",
                                               f"The clause “{value.get('id', '')}” is not translated yet. Write its translation in en with the same figures and dates, or delete a clause that nothing needs.")
                    elif "quote" not in value:
                        yield document.problem(name, (*path, key), f"缺少{'英文' if key == 'en' else '中文'}。请补上。", f"The {'English' if key == 'en' else 'Chinese'} text is missing. Add it.")
                elif _PLACEHOLDER.search(text):
                    yield document.problem(name, (*path, key), f"这里还写着“{_PLACEHOLDER.search(text).group()}”，没有写完。请补上。", f"This still says “{_PLACEHOLDER.search(text).group()}”. Write the text.")  # type: ignore[union-attr]
                elif key == "en" and _HAN.search(left := stripped(text)):
                    shown = _HAN.search(left).group()  # type: ignore[union-attr]
                    yield document.problem(name, (*path, key), f"英文里有汉字“{shown}”，没有放在引号或括号里。可能漏译了，或中英文写反了。请翻译，或放进括号。",
                                           f"The English text holds the character “{shown}” outside quotation marks and brackets. It may be untranslated, or the languages swapped. Translate it, or put it into brackets.")
                elif key != "en" and not _HAN.search(text) and re.search(r"[A-Za-z]{4,}", text):
                    yield document.problem(name, (*path, key), "中文里没有汉字，可能中英文写反了。请用中文填写。", "The Chinese text holds no Chinese characters; the languages may be swapped. Write it in Chinese.")
        data = document.data
        for index, told in enumerate(data.get("issuers_en") or [] if isinstance(data, dict) else []):
            if not str(told or "").strip():
                yield document.problem(name, ("issuers_en", index), f"发文单位“{data['issuers'][index]}”还没有英文名。请补上。" if index < len(data.get("issuers") or []) else "这个发文单位是空的。请补上或删除。",
                                       "The name of this issuing body is not translated yet. Add it.")
        if isinstance(data, dict) and isinstance(data.get("issuers"), list) and isinstance(data.get("issuers_en"), list) and len(data["issuers"]) != len(data["issuers_en"]):
            yield document.problem(name, ("issuers_en",), f"issuers 有{len(data['issuers'])}个单位，issuers_en 有{len(data['issuers_en'])}个，没有一一对应。请补齐。",
                                   f"issuers names {len(data['issuers'])} bodies and issuers_en {len(data['issuers_en'])}. Make them correspond one for one.")


def stripped(text: str) -> str:
    """An English text without what may hold Chinese: quotations, brackets, and names followed by a gloss in brackets."""
    text = _GLOSSED.sub("", text)
    before = None
    while before != text:
        before, text = text, _ASIDE.sub("", text)
    return text
