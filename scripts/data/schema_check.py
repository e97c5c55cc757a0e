"""The closed schema: each violation becomes a message at its line and column that names the field, the likely cause and what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from .problem import Problem
from .sources import VOCABULARY
from .yaml_source import Document

FOLDER = Path(__file__).resolve().parents[2] / "policy_data" / "schema"
RULE = "schema"
_FORMATS = FormatChecker(formats=["date"])
_TYPES = {
    "object": ("名称: 值 的一组", "a group of name: value"), "array": ("列表（每项以 - 开头，或 [a, b]）", "a list (each entry after -, or [a, b])"), "string": ("文字", "text"),
    "integer": ("整数", "a whole number"), "boolean": ("true 或 false", "true or false"), "null": ("null", "null"), "number": ("数字", "a number"),
}


@cache
def validators() -> dict[str, Draft202012Validator]:
    """A validator for each schema file by its name; they refer to each other."""
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.schema.json"))}
    registry = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in schemas.items())
    return {name.removesuffix(".schema.json"): Draft202012Validator(schema, registry=registry, format_checker=_FORMATS) for name, schema in schemas.items()}


def schema_for(name: str) -> str | None:
    """The schema that a file of the data must follow; None for a file that has no place there."""
    folder, _, rest = name.partition("/")
    if folder == "vocabulary":
        part = rest.removesuffix(".yaml")
        return part if part in VOCABULARY else None
    return {"notices": "notice", "questions": "questions", "policies": "policy", "questions_asked": "asked"}.get(folder)


def check(document: Document) -> Iterator[Problem]:
    """Every violation in one document."""
    schema = schema_for(document.name)
    if schema is None:
        names = "、".join(VOCABULARY)
        yield document.problem(RULE, (), f"没有这种文件。vocabulary 里只能有：{names}。可能是文件名拼错了。", f"There is no such file. The vocabulary has only: {', '.join(VOCABULARY)}. The file name may be misspelt.")
        return
    if document.data is None:
        return
    for error in validators()[schema].iter_errors(document.data):
        yield from explain(document, error)


def explain(document: Document, error: ValidationError) -> Iterator[Problem]:
    """The messages for one violation; unknown keys give one each."""
    path, told, rule = tuple(error.absolute_path), error.validator_value, error.validator
    field = str(path[-1]) if path else document.name
    if isinstance(path[-1] if path else None, int):
        field = next((str(part) for part in reversed(path) if isinstance(part, str)), field)
    if rule == "additionalProperties" and told is False:
        allowed = list(error.schema.get("properties", {}))
        patterns = list(error.schema.get("patternProperties", {}))
        for key in error.instance:  # type: ignore[union-attr]
            if key not in allowed and not any(_matches(pattern, key) for pattern in patterns):
                yield document.problem(RULE, (*path, key), *unknown(key, allowed), key=True)
        return
    if rule == "required":
        missing = [key for key in told if key not in error.instance]  # type: ignore[operator,union-attr]
        found = [key for key in missing if f"'{key}'" in error.message.split(" is a required")[0]] or missing
        described = description(error.schema.get("properties", {}).get(found[0], {}))
        yield document.problem(RULE, path, f"{_here(path, 'zh')}缺少“{found[0]}”{described[0]}。请补上。", f"{_here(path, 'en')}“{found[0]}”{described[1]} is missing. Add it.")
        return
    if rule in ("oneOf", "anyOf") and all(set(branch) == {"required"} for branch in told):
        names = [branch["required"][0] for branch in told]
        written = [name for name in names if name in error.instance]  # type: ignore[operator]
        if written:
            yield document.problem(RULE, (*path, written[1]), f"{'、'.join(written)} 只能写一项。可能是改写时忘了删除另一项。请只留一项。",
                                   f"Only one of {', '.join(written)} may stand here; another may have been left over. Keep one.", key=True)
        else:
            yield document.problem(RULE, path, f"这一条没有写出内容。请写其中一项：{'、'.join(names)}。", f"This entry says nothing yet. Write one of: {', '.join(names)}.")
        return
    yield document.problem(RULE, path, *value_message(field, error))


def unknown(key: str, allowed: list[str]) -> tuple[str, str]:
    """What to say of a key the schema does not have, with the nearest one it has."""
    near = get_close_matches(key, allowed, 1, 0.6)
    zh = f"可能想写“{near[0]}”。" if near else "可能是拼写错误，或缩进不对而放错了层。"
    en = f"Perhaps “{near[0]}” is meant. " if near else "It may be misspelt, or indented to the wrong level. "
    return f"没有“{key}”这一项。{zh}这里可以写：{'、'.join(allowed)}。", f"There is no key “{key}” here. {en}Allowed: {', '.join(allowed)}."


def value_message(field: str, error: ValidationError) -> tuple[str, str]:
    """What to say of a value that does not fit: what it is, why YAML may have read it so, and what is allowed."""
    told, instance, rule = error.validator_value, error.instance, error.validator
    described = description(error.schema)
    shown = f"“{instance}”" if isinstance(instance, (str, int)) and not isinstance(instance, bool) else f"“{json.dumps(instance, ensure_ascii=False)[:60]}”"
    if rule == "type":
        kinds = told if isinstance(told, list) else [told]
        zh, en = "或".join(_TYPES[kind][0] for kind in kinds), " or ".join(_TYPES[kind][1] for kind in kinds)
        trap = type_trap(instance, kinds)
        return f"“{field}”要填{zh}{described[0]}，这里是{shown}。{trap[0]}", f"“{field}” must be {en}{described[1]}; this is {shown}. {trap[1]}"
    if rule == "enum":
        names = [str(value) for value in told]
        near = get_close_matches(str(instance), names, 1, 0.5)
        zh = f"可能想写“{near[0]}”。" if near else ""
        en = f"Perhaps “{near[0]}” is meant. " if near else ""
        return f"“{field}”不能填{shown}。{zh}可以填：{'、'.join(names)}。", f"“{field}” cannot be {shown}. {en}Allowed: {', '.join(names)}."
    if rule == "const":
        return f"“{field}”只能填 {json.dumps(told)}{described[0]}；不适用就删除这一行。", f"“{field}” can only be {json.dumps(told)}{described[1]}; delete the line where it does not apply."
    if rule == "format":
        return (f"“{field}”不是有效日期：{shown}。请写成 年-月-日（如 2024-12-31），并检查这一天是否存在。",
                f"“{field}” is not a date: {shown}. Write year-month-day such as 2024-12-31 and check that the day exists.")
    if rule == "pattern":
        trap = pattern_trap(str(instance))
        return f"“{field}”的写法不对：{shown}{described[0]}。{trap[0]}请改正。", f"“{field}” is not written correctly: {shown}{described[1]}. {trap[1]}Correct it."
    limits = {"minimum": ("太小，不能小于", "is too small; it cannot be below"), "maximum": ("太大，不能大于", "is too large; it cannot be above"), "minItems": ("项数太少，至少", "has too few entries; at least"),
              "minLength": ("是空的，字数至少", "is empty; its length must be at least"), "minProperties": ("内容太少，项数至少", "has too little in it; the number of keys must be at least")}
    if rule in limits:
        zh, en = limits[rule]
        return f"“{field}”{zh}{told}{described[0]}。请检查。", f"“{field}” {en} {told}{described[1]}. Check it."
    if rule == "uniqueItems":
        return f"“{field}”里有重复的项。请删除重复的。", f"“{field}” names something twice. Delete the second."
    return f"“{field}”不符合要求{described[0]}：{shown}。请对照说明修改。", f"“{field}” does not fit{described[1]}: {shown}. See the description of the field."


def type_trap(instance: object, kinds: list[str]) -> tuple[str, str]:
    """Why a value may have another type than meant: YAML words, leading zeros, missing quotes."""
    if "boolean" in kinds and isinstance(instance, str) and instance.lower() in ("yes", "no", "on", "off", "y", "n", "true", "false", "是", "否"):
        return "YAML 的 yes/no 在这里只是文字；请写 true 或 false。", "YAML's yes and no are only text here; write true or false."
    if "integer" in kinds and isinstance(instance, str) and instance.lstrip("+").replace("_", "").isdigit():
        return "前面的0、下划线、引号会让数字变成文字；请只写数字本身，如 400。", "A leading zero, underscore or quote makes it text; write the plain number such as 400."
    if "integer" in kinds and isinstance(instance, str):
        return "请只写数字，不带单位。", "Write only the number, without a unit."
    if "string" in kinds and isinstance(instance, (int, bool)):
        return "数字和 true/false 要当文字用时，请加双引号。", "Put double quotes around a number or true/false that is meant as text."
    if "array" in kinds and isinstance(instance, (str, int)):
        return "只有一项也要写成列表，如 [a]。", "A single entry is written as a list too, such as [a]."
    if instance is None:
        return "请填写内容。", "Fill it in."
    return "可能是缩进不对。", "The indentation may be wrong."


def pattern_trap(instance: str) -> tuple[str, str]:
    """Why a text may not fit: a leading zero, a full-width sign, white space, capitals."""
    if instance[:1] == "0" and instance.isdigit():
        return "前面多了0。", "There is a leading zero. "
    if instance.isdigit():
        return "", ""
    if any(letter.isspace() for letter in instance):
        return "里面有空格。", "It holds a space. "
    if not instance.isascii() and instance.translate({0xFF0D: "-", 0xFF0E: "."}).isascii():
        return "可能用了全角字符。", "It may hold full-width signs. "
    if instance != instance.lower():
        return "可能用了大写字母。", "It may hold capitals. "
    return "", ""


def description(schema: object) -> tuple[str, str]:
    """The description of a field in both languages, in brackets; schemas hold it as “zh | en”."""
    text = schema.get("description", "") if isinstance(schema, dict) else ""
    zh, bar, en = text.partition(" | ")
    return (f"（{zh}）", f" ({en})") if bar else ("", "")


def _here(path: tuple, lang: str) -> str:
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    number = path[-1] + 1 if path and isinstance(path[-1], int) else None
    if not name:
        return "文件里" if lang == "zh" else "In the file, "
    if number:
        return f"“{name}”第{number}项" if lang == "zh" else f"In entry {number} of “{name}”, "
    return f"“{name}”" if lang == "zh" else f"In “{name}”, "


def _matches(pattern: str, key: str) -> bool:
    import re

    return re.search(pattern, key) is not None
