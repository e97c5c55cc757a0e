"""YAML is read as plain text values with the place of each, so that none of YAML's guesses can change a value.

Only integers without a leading zero, true, false and null are not text; dates, yes/no, octal numbers and decimals stay as typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from .problem import Problem

_INTEGER = re.compile(r"(0|-?[1-9][0-9]*)\Z")
_WORDS = {"true": True, "false": False, "null": None}
_Fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Path = tuple


@dataclass
class Document:
    """One YAML file: its plain data, and where each value and each key stands (line and column, from 1)."""

    name: str
    text: str
    data: object = None
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _lines: list[str] | None = None

    def line(self, number: int) -> str:
        """A line of the file by its number."""
        if self._lines is None:
            self._lines = self.text.splitlines()
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def at(self, path: Path, key: bool = False) -> tuple[int, int]:
        """Where a value (or the key it belongs to) stands; a path that does not exist stands where its nearest parent does."""
        path = tuple(path)
        while True:
            found = (self.keys.get(path) or self.values.get(path)) if key else (self.values.get(path) or self.keys.get(path))
            if found:
                return found
            if not path:
                return 1, 1
            path = path[:-1]

    def problem(self, rule: str, path: Path, zh: str, en: str, key: bool = False, offset: int = 0) -> Problem:
        """A problem at a value of this document (or at its key, or some characters into the value)."""
        line, column = self.at(path, key)
        return Problem(rule, self.name, line, column + offset, zh, en, self.line(line))


def load(name: str, text: str) -> Document:
    """A document from the text of a file; what is wrong with the text is in its `problems`, and its data is then None."""
    document = Document(name, text.removeprefix("\ufeff"))
    for number, line in enumerate(document.text.splitlines(), 1):
        if "\t" in line:
            column = line.index("\t") + 1
            document.problems.append(Problem(
                "yaml", name, number, column,
                "这里有制表符（Tab）。YAML 用空格缩进，编辑器可能按 Tab 键时插入了制表符。请改成空格（每级2个）。",
                "There is a tab character. YAML is indented with spaces; an editor may have inserted the tab. Replace it by spaces (two a level).", line))
    if document.problems:
        return document
    try:
        _Builder(document, _events(document.text)).build()
    except yaml.MarkedYAMLError as error:
        document.problems.append(_syntax(document, error))
    except yaml.reader.ReaderError as error:
        before = document.text[: error.position]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        document.problems.append(Problem(
            "yaml", name, line, column, "这里有一个 YAML 不允许的控制字符，可能是从别处复制时带进来的。请删除它。",
            "There is a control character that YAML does not allow, perhaps copied from elsewhere. Delete it.", document.line(line)))
    if document.problems:
        document.data = None
    return document


def _events(text: str) -> list:
    """The parser's events; when the fast parser refuses the text, the other one is asked, as it explains errors better."""
    if _Fast is not yaml.SafeLoader:
        try:
            return list(yaml.parse(text, _Fast))
        except yaml.YAMLError:
            pass
    return list(yaml.parse(text, yaml.SafeLoader))


class _Builder:
    """Plain data out of parser events, noting the place of each value and refusing what the data do not use."""

    def __init__(self, document: Document, events: list) -> None:
        self.document, self.events, self.position = document, events, 0

    def next(self) -> yaml.Event:
        event = self.events[self.position]
        self.position += 1
        return event

    def build(self) -> None:
        documents = 0
        while self.position < len(self.events):
            event = self.next()
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(event, "一个文件里有两份文档（多了一行 ---）。请删除这一行，或分成两个文件。",
                                "The file holds two documents (a line --- too many). Delete that line or make two files.")
            elif isinstance(event, yaml.NodeEvent):
                found = self.value(event, ())
                if documents == 1:
                    self.document.data = found
        if documents == 0:
            self.document.problems.append(Problem("yaml", self.document.name, 1, 1, "文件是空的。请写入内容，或删除这个文件。",
                                                  "The file is empty. Write its content or delete the file."))

    def refuse(self, event: yaml.Event, zh: str, en: str) -> None:
        line, column = _place(event)
        self.document.problems.append(Problem("yaml", self.document.name, line, column, zh, en, self.document.line(line)))

    def value(self, event: yaml.Event, path: Path) -> object:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, f"这里引用了别处的内容（*{event.anchor}）。本数据不用 YAML 的锚点和引用；每个值都要写全。如果只是文字，请加引号。",
                        f"This refers to another place (*{event.anchor}). Anchors and aliases are not used here; write the value out. If it is meant as text, quote it.")
            return None
        if event.anchor is not None:
            self.refuse(event, f"这里定义了锚点（&{event.anchor}）。本数据不用锚点；请删除它。如果只是文字，请加引号。",
                        f"This defines an anchor (&{event.anchor}). Anchors are not used here; delete it. If it is meant as text, quote it.")
        if event.tag is not None:
            self.refuse(event, f"这里写了类型标记（{event.tag}）。本数据不用标记；请删除它。如果只是文字，请加引号。",
                        f"This has a type tag ({event.tag}). Tags are not used here; delete it. If it is meant as text, quote it.")
        place = _place(event)
        self.document.values[path] = place
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list = []
            while not isinstance(following := self.next(), yaml.SequenceEndEvent):
                items.append(self.value(following, (*path, len(items))))
            return items
        return self.mapping(path)

    def mapping(self, path: Path) -> dict:
        found: dict = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(event, "名称（冒号前面的部分）要是简单的文字。可能漏了引号，或把 { [ 写在了名称的位置。",
                            "A key (the part before the colon) must be plain text. A quote may be missing, or { [ stands where a key should be.")
                self.value(event, (*path, "?"))
                self.value(self.next(), (*path, "?"))
                continue
            key, place = event.value, _place(event)
            if event.anchor is not None or event.tag is not None or key == "<<":
                self.refuse(event, "名称前面不能有锚点、标记或合并符（<<）。请删除。", "A key may not carry an anchor, a tag or a merge sign (<<). Delete it.")
            if key in found:
                first = self.document.keys[*path, key][0]
                self.refuse(event, f"“{key}”在这一层写了两次（第一次在第{first}行）。后一个会盖掉前一个。请删除或改名其中一个。",
                            f"“{key}” stands twice at this level (first on line {first}); the second would overwrite the first. Delete or rename one of them.")
                self.value(self.next(), (*path, key))
                continue
            self.document.keys[*path, key] = place
            found[key] = self.value(self.next(), (*path, key))
        return found

    def scalar(self, event: yaml.ScalarEvent, path: Path) -> object:
        text = event.value
        if event.style:
            return text
        if text == "":
            line, column = self.document.keys.get(path) or _place(event)
            name = path[-1] if path and isinstance(path[-1], str) else ""
            self.document.problems.append(Problem(
                "yaml", self.document.name, line, column, f"“{name}”后面没有内容。可能是忘了写，或下面几行缩进不对。请补上；确实为空就整行删除。",
                f"Nothing follows “{name}”. It may have been forgotten, or the lines below are indented wrongly. Fill it in, or delete the line.", self.document.line(line)))
            return None
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _INTEGER.match(text) else text


def _place(event: yaml.Event) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


# What the parser says → what is likely wrong, in words of this project. The first entry found in the parser's message counts.
_CAUSES = (
    ("mapping values are not allowed", "一行里多了一个“: ”（英文冒号加空格），或者上一行缩进不对。文字里有英文冒号时，整段加双引号。",
     "There is one “: ” (colon and space) too many on the line, or the line above is indented wrongly. Put text that holds a colon into double quotes."),
    ("could not find expected ':'", "名称后面缺少英文冒号加空格（“: ”），可能用了中文冒号“：”，或上面一行漏了引号。",
     "A colon and a space (“: ”) are missing after the key; a full-width colon may have been typed, or a quote is missing above."),
    ("expected <block end>", "缩进不对，或引号后面还有文字。同一层的各行要从同一列开始；整段文字要放在一对引号里。",
     "The indentation is wrong, or text follows a closing quote. Lines of one level begin in one column; quotes must enclose the whole text."),
    ("found unexpected end of stream", "引号没有结束。请补上后一个引号。", "A quote is never closed. Add the closing quote."),
    ("expected ',' or", "花括号或方括号里缺少逗号，或里面的文字含有逗号、冒号、括号而没有加引号。",
     "A comma is missing inside { } or [ ], or the text inside holds a comma, colon or bracket and is not quoted."),
    ("found unknown escape character", "双引号里的反斜杠（\\）有特殊含义。请写成两个反斜杠，或改用单引号。",
     "A backslash (\\) has a meaning inside double quotes. Write two, or use single quotes."),
    ("cannot start any token", "这个字符不能放在值的开头（例如 % @ `）。请给整段文字加双引号。",
     "A value cannot begin with this character (such as % @ `). Put the whole text into double quotes."),
    ("found undefined alias", "以 * 开头的文字会被当作引用。请加双引号。", "Text that begins with * is taken for a reference. Quote it."),
    ("expected alphabetic or numeric", "以 & 或 * 开头的文字有特殊含义。请加双引号。", "Text that begins with & or * has a meaning. Quote it."),
    ("did not find expected", "缩进、括号或引号不对。请看这一行和上一行。", "Indentation, brackets or quotes are wrong. Look at this line and the one above."),
)


def _syntax(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    """A syntax error in the words of this project, with the place where the parser stopped."""
    mark = error.problem_mark or error.context_mark
    said = f"{error.context or ''} {error.problem or ''}"
    zh, en = next(((zh, en) for part, zh, en in _CAUSES if part in said), ("请看这一行和上一行的缩进、冒号、引号。", "Look at the indentation, colons and quotes of this line and the one above."))
    line = mark.line + 1 if mark else 1
    # The parser stops at the end of the file when a quote is never closed, and after a key without its colon: the place where
    # these began helps more.
    if error.context_mark is not None and ("end of stream" in said or "expected ':'" in said):
        mark, line = error.context_mark, error.context_mark.line + 1
    if line > len(document.text.splitlines()):
        line = max(1, len(document.text.splitlines()))
    return Problem("yaml", document.name, line, mark.column + 1 if mark else 1, f"YAML 写法不对，读不下去。{zh}", f"This is not valid YAML and cannot be read further. {en}", document.line(line))
