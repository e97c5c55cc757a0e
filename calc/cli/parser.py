"""Options in two languages: the help, and the messages about options that cannot be understood."""

from __future__ import annotations

import argparse
import re

from ..errors import CaseError

WORDS = {
    "zh": {"usage": "用法：", "options": "选项", "arguments": "参数", "help": "显示这份帮助"},
    "en": {"usage": "usage: ", "options": "options", "arguments": "arguments", "help": "show this help"},
}

# argparse says these in English only; each is matched and said again.
MESSAGES = [
    (r"unrecognized arguments: (.*)", "没有这样的选项：{0}。用 --help 看全部选项。"),
    (r"argument (.*): expected one argument", "{0} 后面要有一个值。"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", "{0} 不能是 {1}，可用：{2}。"),
    (r"the following arguments are required: (.*)", "还缺：{0}。用 --help 看怎么写。"),
    (r"argument (.*): ignored explicit argument (.*)", "{0} 后面不能有值（{1}）。"),
]


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with the word for "usage" in the reader's language."""

    lang = "zh"

    def add_usage(self, usage, actions, groups, prefix=None):  # noqa: ANN001, ANN201 - as in argparse
        """The usage line, with its word in the reader's language."""
        super().add_usage(usage, actions, groups, WORDS[self.lang]["usage"])


class EnglishFormatter(Formatter):
    """The same in English."""

    lang = "en"


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are in one language; errors are raised, not printed."""

    def __init__(self, lang: str = "zh", **options: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=Formatter if lang == "zh" else EnglishFormatter, **options)  # type: ignore[arg-type]
        self.lang = lang
        self._positionals.title, self._optionals.title = WORDS[lang]["arguments"], WORDS[lang]["options"]
        self.add_argument("-h", "--help", action="help", help=WORDS[lang]["help"])

    def add(self, *names: str, zh: str, en: str, **options: object) -> None:
        """Adds an option with its help in both languages."""
        self.add_argument(*names, help=zh if self.lang == "zh" else en, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> None:  # type: ignore[override]
        """Raises what argparse would print, in both languages."""
        for pattern, text in MESSAGES:
            found = re.fullmatch(pattern, message)
            if found:
                raise CaseError("options", text.format(*found.groups()), message[0].upper() + message[1:] + ". See --help.", code="usage")
        raise CaseError("options", f"选项有误：{message}。用 --help 看怎么写。", message[0].upper() + message[1:] + ". See --help.", code="usage")
