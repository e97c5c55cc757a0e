"""The command line of the calculator: `python -m calc COMMAND`.

Exit codes: 0 everything was answered; 1 some rows of a stream or roster were bad (the others were answered), or a receipt does
not hold; 2 what was asked could not be understood (the message names the field, the likely cause and what is allowed).
"""

from __future__ import annotations

import sys

from ..errors import CaseError
from . import commands
from .parser import Parser

DESCRIPTION = {
    "zh": """城乡居民基本医疗保险计算器：交多少钱、谁来出、什么时候交、从哪天起能报销。

命令：
  assess     算一个人、一串个案（JSON lines）或一份名单（CSV）
  questions  还要知道哪些情况才能算准
  places     有哪些地方和年度的数据
  verify     重新计算一份凭证，看结果对不对

每个命令都可以加 --help。English: python -m calc --lang en --help""",
    "en": """Calculator of China's resident basic medical insurance: how much one pays, who pays the rest, by when, and from when one is covered.

Commands:
  assess     one person, a stream of cases (JSON lines) or a roster (CSV)
  questions  which further facts would change the answer
  places     the places and years there are data for
  verify     recompute a receipt and compare

Each command takes --help. 中文：python -m calc --help""",
}

ENDING = {
    "zh": "退出码：0 全部算出；1 有些行有错（其余照算），或凭证不符；2 写法有误，没有算。",
    "en": "Exit codes: 0 all answered; 1 some rows bad (the others answered), or a receipt does not hold; 2 not understood, nothing answered.",
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns the exit code; whatever is wrong with it is said on standard error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    lang = language(given)
    try:
        told = parsed(given, lang)
        return told.run(told)
    except CaseError as error:
        print((f"错误（{error.field}）：" if lang == "zh" else f"Error ({error.field}): ") + error.message(lang), file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output has closed it
        sys.stderr.close()
        return 1


def language(arguments: list[str]) -> str:
    """The language asked for, found before everything else so that even errors are in it."""
    for place, word in enumerate(arguments):
        value = word[7:] if word.startswith("--lang=") else arguments[place + 1] if word == "--lang" and place + 1 < len(arguments) else None
        if value in ("zh", "en"):
            return value
        if value is not None:
            raise SystemExit(_wrong_language(value))
    return "zh"


def _wrong_language(value: str) -> int:
    print(f"错误：--lang 不能是“{value}”，可用：zh、en。\nError: --lang cannot be “{value}”. Allowed: zh, en.", file=sys.stderr)
    return 2


def parsed(arguments: list[str], lang: str):  # noqa: ANN201 - an argparse namespace
    """The options of the command named; raises CaseError when they cannot be understood."""
    words = [place for place, word in enumerate(arguments) if not word.startswith("-") and (place == 0 or arguments[place - 1] != "--lang")]
    name = arguments[words[0]] if words else None
    if name is None:
        parser = Parser(lang, prog="python -m calc", usage="python -m calc {assess,questions,places,verify} …", description=DESCRIPTION[lang], epilog=ENDING[lang])
        commands.shared(parser)
        parser.parse_args(arguments)  # --help ends here
        parser.print_help(sys.stderr)
        raise CaseError("command", "请写明要做什么。", "Say what to do.", list(commands.COMMANDS), "missing")
    if name not in commands.COMMANDS:
        raise CaseError("command", f"没有“{name}”这个命令。", f"There is no command “{name}”.", list(commands.COMMANDS), "unknown_command")
    define = commands.COMMANDS[name]
    parser = Parser(lang, prog=f"python -m calc {name}", description=commands.ABOUT[name][lang], epilog=ENDING[lang])
    commands.shared(parser)
    define(parser)
    return parser.parse_args(arguments[:words[0]] + arguments[words[0] + 1:])
