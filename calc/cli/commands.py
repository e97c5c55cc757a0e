"""The commands: what each takes, and what it prints."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .. import browser
from ..errors import CaseError
from ..explain import explain
from ..readings import assess, questions
from ..receipt import verify
from . import cases, render, streams
from .parser import Parser
from .policies import VARIABLE, load

ABOUT = {
    "assess": {
        "zh": "算一个人、一串个案或一份名单。\n\n例：\n  python -m calc assess --place 地名 --year 2025 --pay-date 2024-11-05 --group 低保对象\n  python -m calc assess --case case.json --format json\n  python -m calc assess --roster 名单.csv --policy 编号 --out 结果.csv",
        "en": "Assess one person, a stream of cases or a roster.\n\nExamples:\n  python -m calc assess --lang en --place NAME --year 2025 --pay-date 2024-11-05 --group \"GROUP\"\n  python -m calc assess --case case.json --format json\n  python -m calc assess --roster roster.csv --policy ID --out answers.csv",
    },
    "questions": {"zh": "还没有说、说了会改变结果的情况。", "en": "The facts not told yet that would change the answer."},
    "places": {"zh": "有数据的地方和年度，以及各地的档次、资助对象和自愿保险。", "en": "The places and years there are data for, with their tiers, groups and voluntary insurances."},
    "verify": {"zh": "重新计算一份凭证（receipt.json），列出不同之处。", "en": "Recompute a receipt (receipt.json) and list the differences."},
}


def shared(parser: Parser) -> None:
    """The options of every command."""
    parser.add("--lang", metavar="zh|en", zh="语言（默认 zh）", en="language (default zh)")
    parser.add("--policies", metavar="FILE", zh=f"编译好的政策数据（也可用环境变量 {VARIABLE}）", en=f"the compiled policies (or the environment variable {VARIABLE})")


def formats(parser: Parser) -> None:
    """The choice between text and JSON."""
    parser.add("--format", metavar="text|json", default="text", zh="输出的格式（默认 text）；json 的写法见 calc/schemas/command-*.schema.json", en="format of the output (default text); calc/schemas/command-*.schema.json describe the json")


def facts(parser: Parser) -> None:
    """The options that tell a case."""
    parser.add("--place", metavar="NAME", zh="地方：名称、拼音、代码都可以", en="the place: its name, identifier or code")
    parser.add("--year", metavar="YEAR", zh="参保年度，例如 2025", en="the insured year, such as 2025")
    parser.add("--policy", metavar="ID", zh="政策编号，代替地方和年度（见 places）", en="a policy's identifier, instead of place and year (see places)")
    parser.add("--pay-date", metavar="DATE", zh="缴费日期，例如 2024-11-05", en="the day of payment, such as 2024-11-05")
    parser.add("--person", metavar="KIND", zh="人员类别：普通居民、大学生、大学新生、新生儿", en="kind of person: resident, university_student, university_freshman, newborn")
    parser.add("--group", metavar="NAME", action="append", zh="资助身份，按通知的叫法；可以写几次；“无”表示没有", en="assisted group, as the notice calls it; may be repeated; none for no group")
    parser.add("--tier", metavar="N", zh="档次", en="the tier chosen")
    parser.add("--birth-date", metavar="DATE", zh="出生日期（新生儿必须填）", en="date of birth (needed for a newborn)")
    parser.add("--age", metavar="N", zh="周岁", en="age in completed years")
    parser.add("--fact", metavar="NAME=VALUE", action="append", zh="其他情况，例如 断保年数=2；可以写几次", en="a further fact, such as gap_years=2; may be repeated")
    parser.add("--add-on", metavar="NAME", action="append", zh="自愿保险；可以写几次", en="a voluntary insurance chosen; may be repeated")
    parser.add("--case", metavar="FILE", zh="从 JSON 文件读一个人的情况（- 为标准输入）", en="read one case from a JSON file (- for standard input)")


def define_assess(parser: Parser) -> None:
    """assess: one case, many as JSON lines, or a roster."""
    facts(parser)
    formats(parser)
    parser.add("--reading", metavar="QUESTION=READING", action="append", zh="指定某个疑问按哪种理解算，例如 U3=b", en="settle an open question, such as U3=b; may be repeated")
    parser.add("--json-lines", metavar="FILE", zh="每行一个 JSON 个案（- 为标准输入），每行输出一个结果", en="one JSON case a line (- for standard input), one answer a line")
    parser.add("--roster", metavar="FILE", zh="CSV 名单（- 为标准输入）；上面的选项用于名单里没有填的格", en="a CSV roster (- for standard input); the options above fill its empty cells")
    parser.add("--out", metavar="FILE", zh="名单的结果写到这个文件（不写则输出到屏幕）", en="write the roster's answers to this file (else to standard output)")
    parser.add("--column", metavar="HEADER=FIELD", action="append", zh="把名单的某一列当作某一项，例如 备注=groups；“列名=”表示不用这一列", en="take a column of the roster for a field, such as Remarks=groups; “HEADER=” leaves it out")
    parser.set_defaults(run=run_assess)


def define_questions(parser: Parser) -> None:
    """questions: what else to ask."""
    facts(parser)
    formats(parser)
    parser.set_defaults(run=run_questions)


def define_places(parser: Parser) -> None:
    """places: what there is."""
    parser.add("--place", metavar="NAME", zh="只看这个地方", en="only this place")
    formats(parser)
    parser.set_defaults(run=run_places)


def define_verify(parser: Parser) -> None:
    """verify: a receipt."""
    parser.add("receipt", metavar="receipt.json", zh="凭证文件（- 为标准输入）", en="the receipt (- for standard input)")
    formats(parser)
    parser.set_defaults(run=run_verify)


COMMANDS = {"assess": define_assess, "questions": define_questions, "places": define_places, "verify": define_verify}


def run_assess(told: argparse.Namespace) -> int:
    """Answers one case, a stream or a roster."""
    form = form_of(told)
    sources = [name for name in ("case", "json_lines", "roster") if getattr(told, name)]
    if len(sources) > 1:
        names = ["--" + name.replace("_", "-") for name in sources]
        raise CaseError("options", f"{'、'.join(names)} 只能用一个。", f"Use only one of {', '.join(names)}.", code="usage")
    if not told.roster and (told.out or told.column):
        raise CaseError("options", "--out 和 --column 要和 --roster 一起用。", "--out and --column go with --roster.", code="usage")
    policies = load(told.policies)
    readings = cases.readings_of(told.reading, policies)
    if told.json_lines:
        only(told, "json_lines")
        return streams.json_lines(policies, told.json_lines, readings)
    if told.roster:
        if readings:
            raise CaseError("options", "名单按默认的理解算，不能用 --reading。", "A roster is worked out by the default readings; --reading cannot be used.", code="usage")
        return streams.roster(policies, told, language_of(told), form)
    policy, case = case_of(told, policies)
    result = assess(policy, case, readings or None)
    if form == "json":
        print(json.dumps({"assessment": result.to_json(), "zh": explain(policies, result, "zh"), "en": explain(policies, result, "en")}, ensure_ascii=False, indent=2))
    else:
        print(render.assessment_text(explain(policies, result, language_of(told))))
    return 0


def case_of(told: argparse.Namespace, policies):  # noqa: ANN001, ANN201
    """Policy and case of the options or of the file they name."""
    if not told.case:
        return cases.from_options(told, policies)
    only(told, "case")
    return cases.from_object(read_json(told.case), policies)


def only(told: argparse.Namespace, source: str) -> None:
    """Refuses options that tell facts beside a file that tells them."""
    names = ("place", "year", "policy", "pay_date", "person", "group", "tier", "birth_date", "age", "fact", "add_on")
    used = ["--" + name.replace("_", "-") for name in names if getattr(told, name)]
    if used:
        option = "--" + source.replace("_", "-")
        raise CaseError("options", f"{option} 的情况都写在文件里，不能再用 {'、'.join(used)}。", f"With {option} all facts stand in the file; {', '.join(used)} cannot be used.", code="usage")


def run_questions(told: argparse.Namespace) -> int:
    """Prints the questions still worth asking."""
    form, lang = form_of(told), language_of(told)
    policies = load(told.policies)
    policy, case = case_of(told, policies)
    if form == "json":
        print(json.dumps(browser.asked(policies, {"policy": policy.id, "case": case.to_json()}), ensure_ascii=False, indent=2))
        return 0
    asked = browser.asked(policies, {"policy": policy.id, "case": case.to_json()})["questions"] if questions(policy, case) else []
    if not asked:
        print("不用再问了：别的情况都不会改变结果。" if lang == "zh" else "Nothing more to ask: no other fact would change the answer.")
    for entry in asked:
        print(f"{entry['id']} {entry['question'][lang]}")
        print(f"    {entry['why'][lang]}" + (f" {entry['help'][lang]}" if "help" in entry else ""))
    return 0


def run_places(told: argparse.Namespace) -> int:
    """Prints the places and years, or what one of them offers."""
    form, lang = form_of(told), language_of(told)
    policies = load(told.policies)
    found = browser.places(policies, {})
    if told.place:
        wanted = policies.find(told.place).place
        found = [entry for entry in found if entry["place"] == wanted]
    if form == "json":
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    for entry in found:
        print(f"{entry['policy']}  {entry['names'].get(lang, '')}  {entry['year']}")
        if told.place:
            for title, names in (("档次" if lang == "zh" else "tiers", [f"{tier['id']} {tier['name'][lang]}" for tier in entry["tiers"]]),
                                 ("人员类别" if lang == "zh" else "kinds of person", [f"{person['id']} {person['name'][lang]}" for person in entry["persons"]]),
                                 ("资助身份" if lang == "zh" else "groups", [group["names"][0] if lang == "zh" and group["names"] else group["name"][lang] for group in entry["groups"]]),
                                 ("自愿保险" if lang == "zh" else "voluntary insurances", [add_on["name"][lang] for add_on in entry["add_ons"]])):
                if names:
                    print(f"  {title}: " + "; ".join(names))
    return 0


def run_verify(told: argparse.Namespace) -> int:
    """Recomputes a receipt; 0 when it holds, 1 when it does not."""
    form, lang = form_of(told), language_of(told)
    found = verify(load(told.policies), read_text(told.receipt))
    if form == "json":
        print(json.dumps({name: value for name, value in found.items() if name != "recomputed"}, ensure_ascii=False, indent=2))
        return 0 if found["valid"] else 1
    words = {
        "zh": {"valid": "相符：重新计算的结果和凭证一样。", "invalid": "不相符。", "changed": "凭证的内容被改动过（校验值不对）。", "data": "凭证用的是另一版数据。", "version": "凭证是另一版程序算的。", "was": "{where}：凭证是 {receipt}，重算是 {recomputed}"},
        "en": {"valid": "It holds: recomputing gives what the receipt says.", "invalid": "It does not hold.", "changed": "The receipt was changed after it was made (its hash does not fit).", "data": "It was made with other data.", "version": "It was made by another version of the calculator.", "was": "{where}: the receipt says {receipt}, recomputing gives {recomputed}"},
    }[lang]
    print(words["valid"] if found["valid"] else words["invalid"])
    for flag, text in ((not found["intact"], "changed"), (found["same_data"] is False, "data"), (not found["same_version"], "version")):
        if flag:
            print("  " + words[text])
    for difference in found["differences"]:
        print("  " + words["was"].format(**{name: json.dumps(value, ensure_ascii=False) if name != "where" else value for name, value in difference.items()}))
    return 0 if found["valid"] else 1


def form_of(told: argparse.Namespace) -> str:
    """text or json; raises CaseError for anything else."""
    if told.format not in ("text", "json"):
        raise CaseError("format", f"--format 不能是“{told.format}”。", f"--format cannot be “{told.format}”.", ["text", "json"], "usage")
    return told.format


def language_of(told: argparse.Namespace) -> str:
    """The language of the output."""
    return told.lang or "zh"


def read_text(path: str) -> str:
    """A text file; raises CaseError when it is not UTF-8."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError("file", f"{path} 不是 UTF-8 编码，请另存为 UTF-8。", f"{path} is not UTF-8; save it as UTF-8.", code="not_utf8") from None


def read_json(path: str) -> object:
    """A JSON file; raises CaseError with line and column when it is not one."""
    text = read_text(path)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise CaseError("file", f"{path} 第{error.lineno}行第{error.colno}列：不是合格的 JSON，多半是少了或多了逗号、引号或括号。",
                        f"{path}, line {error.lineno}, column {error.colno}: not valid JSON; most likely a comma, quote or bracket is missing or too many.", code="bad_json") from None
    except (ValueError, RecursionError):
        raise CaseError("file", f"{path}：数字太长，或者括号套得太深，读不出来。", f"{path} cannot be read: a number is too long, or brackets are nested too deeply.", code="bad_json") from None


def read_bytes(path: str) -> bytes:
    """The content of a file, or of standard input for “-”."""
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CaseError("file", f"打不开 {path}（{error.strerror}）。请检查路径。", f"{path} cannot be opened ({error.strerror}). Check the path.", code="no_file") from None
