"""Many cases at once: JSON lines and CSV rosters; bad rows are reported with their place, and the good ones answered."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ..errors import CaseError
from ..money import yuan_text
from ..policy import PolicySet
from ..readings import assess
from ..roster import Roster, header_names
from ..roster_file import SEPARATORS, Table, read_table, write_row
from ..roster_table import extra_headers, header_key
from ..roster_text import Printer
from . import cases

SHOWN = 20  # so many row numbers are listed
WORDS = {
    "zh": {"read": "读法：{encoding}，用{separator}分隔；第{line}行是列名。", "comma": "逗号", "semicolon": "分号", "tab": "制表符", "wide": "全角逗号", "bar": "竖线", "used": "用到的列：{columns}。", "ignored": "没有用到的列：{columns}。",
           "replaced": "换掉了上次的结果列。", "rows": "共{rows}行，算出{computed}行{of_these}，有错{bad}行{others}。", "of_these": "（其中{n}行金额不能确定）", "others": "，不是人员{n}行", "total": "合计应缴{yuan}元", "unknown": "（另有{n}行金额不能确定，没有算在内）", "conflict": "{n}行的通知有不同理解，见“说明”。",
           "group": "{name}：{rows}人，应缴{pays}元，资助{assistance}元", "payer": "{name}：{yuan}元", "needs": "还缺“{fact}”：第{rows}行", "assumed": "没有填“{fact}”、填了可能有变化：{rows}行", "bad": "第{row}行（文件第{line}行{column}）：{text}", "column": "第{n}列字", "skipped": "第{row}行（文件第{line}行）没有算：{text}",
           "groups": "按身份：", "payers": "谁出钱：", "written": "结果写到 {path}", "warning": "提醒（{rows}行：{listed}）：{text}"},
    "en": {"read": "Read as {encoding}, separated by {separator}; the column names are on line {line}.", "comma": "commas", "semicolon": "semicolons", "tab": "tabs", "wide": "full-width commas", "bar": "bars", "used": "Columns used: {columns}.", "ignored": "Columns ignored: {columns}.",
           "replaced": "The result columns of an earlier run were replaced.", "rows": "{rows} rows, {computed} answered{of_these}, {bad} bad{others}.", "of_these": " ({n} of them without a known amount)", "others": ", {n} that are no people", "total": "Total to pay {yuan} yuan", "unknown": " (without {n} rows whose amount is not known)",
           "conflict": "{n} rows where the notice can be read in several ways; see “Explanation”.", "group": "{name}: {rows} people, to pay {pays} yuan, assistance {assistance} yuan", "payer": "{name}: {yuan} yuan", "needs": "“{fact}” is needed: rows {rows}",
           "assumed": "“{fact}” was not told and might change the answer: {rows} rows", "bad": "Row {row} (line {line}{column} of the file): {text}", "column": ", character {n}", "skipped": "Row {row} (line {line} of the file) left out: {text}", "groups": "By group:", "payers": "Who pays:", "written": "Answers written to {path}", "warning": "Please note ({rows} rows: {listed}): {text}"},
}


def json_lines(policies: PolicySet, path: str, readings: dict[str, str]) -> int:
    """One case a line in, one answer a line out: {"line", "ok": true, "assessment"} or {"line", "ok": false, "error"}."""
    from .commands import read_bytes

    bad = False
    for number, line in enumerate(read_bytes(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            policy, case = cases.from_object(parse_line(line), policies)
            found = {"line": number, "ok": True, "assessment": assess(policy, case, readings or None).to_json()}
        except CaseError as error:
            bad, found = True, {"line": number, "ok": False, "error": error.to_json()}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")
    return 1 if bad else 0


def parse_line(line: bytes) -> object:
    """The JSON of one line; raises CaseError with its column."""
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode("utf-8", "replace")) + 1
        raise CaseError("line", f"第{column}列：不是 UTF-8 编码。", f"Column {column}: not UTF-8.", code="not_utf8") from None
    except json.JSONDecodeError as error:
        raise CaseError("line", f"第{error.colno}列：不是合格的 JSON，多半是少了或多了逗号、引号或括号。", f"Column {error.colno}: not valid JSON; most likely a comma, quote or bracket is missing or too many.", code="bad_json") from None


def roster(policies: PolicySet, told: argparse.Namespace, lang: str, form: str) -> int:
    """A CSV roster in; the same rows with the answers out (CSV, or JSON with the summary); the summary goes to standard error."""
    from .commands import read_bytes

    if told.add_on or told.group:
        raise CaseError("options", "身份和自愿保险要写在名单里，不能用选项。", "Groups and voluntary insurances must stand in the roster; they cannot be given as options.", code="usage")
    columns = chosen_columns(told.column)
    # A column named by hand shows the row of the columns' names as well as a known name does.
    table = read_table(read_bytes(told.roster), names={**header_names(policies), **{header_key(header): header for header in columns}})
    defaults = {"policy": told.policy, "place": told.place, "year": told.year, "pay_date": told.pay_date, "person": told.person, "tier": told.tier, "birth_date": told.birth_date, "age": told.age}
    for pair in told.fact or []:
        name, value = cases.fact(pair, policies)
        defaults[name] = value
    sheet = Roster(policies, table.headers, defaults, columns)
    printer = Printer(policies, lang)
    if form == "json":
        rows = [row for _, row in answers(sheet, table)]
        emit(told.out, json.dumps({"read": {"encoding": table.encoding, "separator": table.separator, "header_line": table.header_line}, "columns": sheet.columns.to_json(), "rows": rows, "summary": sheet.summary.to_json()},
                                  ensure_ascii=False, indent=1) + "\n")
    else:
        kept = [place for place, header in enumerate(table.headers) if header not in sheet.columns.old]
        # Cells beyond the columns are kept in columns of their own.
        width = max((len(record.cells) for record in table.records), default=0)
        extra = extra_headers(table.headers, width, lang)
        kept += range(len(table.headers), len(table.headers) + len(extra))
        heads = [*table.headers, *extra]
        lines = [write_row([heads[place] for place in kept] + [label for _, label in printer.columns])]
        for cells, row in answers(sheet, table):
            lines.append(write_row([cells[place] if place < len(cells) else "" for place in kept] + printer.cells(row)))
        # The mark tells spreadsheets that the file is UTF-8.
        emit(told.out, ("\ufeff" if told.out else "") + "".join(lines))
    print("\n".join(summary_lines(sheet, table, printer)), file=sys.stderr)
    if told.out:
        print(WORDS[lang]["written"].format(path=told.out), file=sys.stderr)
    return 1 if sheet.summary.bad_rows else 0


def answers(sheet: Roster, table: Table):  # noqa: ANN201 - a generator of (cells, row)
    """The rows of a table with their answers."""
    for number, record in table.rows():
        if record.error is not None and record.error.code == "unreadable_row":
            yield record.cells, sheet.bad_row(number, record.line, record.column, record.error)
        else:
            yield record.cells, sheet.listed(number, record.cells, record.line, record.error, record.column)


def chosen_columns(pairs: list[str] | None) -> dict[str, str | None]:
    """Columns chosen by hand, written HEADER=FIELD; HEADER= leaves a column out."""
    found: dict[str, str | None] = {}
    for pair in pairs or []:
        header, equals, field = pair.rpartition("=")
        if not equals or not header:
            raise CaseError("column", f"“{pair}”应写成 列名=项，例如 备注=groups。", f"“{pair}” must be written HEADER=FIELD, such as Remarks=groups.", code="usage")
        found[header] = field.strip() or None
    return found


def emit(path: str | None, text: str) -> None:
    """Writes the answers to a file, or to standard output."""
    if path is None:
        sys.stdout.write(text)
        return
    try:
        Path(path).write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise CaseError("out", f"写不了 {path}（{error.strerror}）。文件是不是正在表格软件里打开着？", f"{path} cannot be written ({error.strerror}). Is it open in a spreadsheet?", code="cannot_write") from None


def summary_lines(sheet: Roster, table: Table, printer: Printer) -> list[str]:
    """How the file was read, what it adds up to, which rows need facts, and every bad row with its reason."""
    words, found, lang = WORDS[printer.lang], sheet.summary.to_json(), printer.lang
    name = {"utf-8": "UTF-8", "gb18030": "GB18030"}.get(table.encoding, table.encoding.upper())
    lines = [words["read"].format(encoding=name, separator=words[SEPARATORS.get(table.separator, "comma")], line=table.header_line),
             words["used"].format(columns=printer.join([described(header, printer.labels[field], lang) for field, header in sheet.columns.fields.items()]))]
    if sheet.columns.ignored:
        lines.append(words["ignored"].format(columns=printer.join(sheet.columns.ignored)))
    if sheet.columns.old:
        lines.append(words["replaced"])
    counts = {"of_these": found["unknown"], "others": len(found["skipped"])}
    lines.append(words["rows"].format(**{**found, **{word: words[word].format(n=n) if n else "" for word, n in counts.items()}}))
    lines.append(words["total"].format(yuan=yuan_text(found["total_pays"])) + (words["unknown"].format(n=found["unknown"]) if found["unknown"] else ""))
    if found["conflicting"]:
        lines.append(words["conflict"].format(n=found["conflicting"]))
    if found["groups"]:
        lines.append(words["groups"])
        for group in found["groups"]:
            text = words["group"].format(name=printer.group(group["groups"], group.get("grade")), rows=group["rows"], pays=yuan_text(group["pays"]), assistance=yuan_text(group["assistance"]))
            lines.append("  " + text + (words["unknown"].format(n=group["unknown"]) if group["unknown"] else ""))
    if found["payers"]:
        lines.append(words["payers"])
        lines += ["  " + words["payer"].format(name=printer.payer(payer["who"]), yuan=yuan_text(payer["fen"])) for payer in found["payers"]]
    lines += [words["warning"].format(text=warning[lang], rows=len(warning["rows"]), listed=some_rows(printer, warning["rows"])) for warning in found["warnings"]]
    lines += [words["needs"].format(fact=printer.labels.get(need["fact"], need["fact"]), rows=printer.join([str(row) for row in need["rows"]])) for need in found["needs"]]
    lines += [words["assumed"].format(fact=printer.labels.get(fact["fact"], fact["fact"]), rows=fact["rows"]) for fact in found["assumed"]]
    for row in found["bad_rows"]:
        column = words["column"].format(n=row["column"]) if "column" in row else ""
        text = ("；" if lang == "zh" else "; ").join(printer.error(error) for error in row["errors"])
        lines.append(words["bad"].format(row=row["row"], line=row["line"], column=column, text=text))
    lines += [words["skipped"].format(row=row["row"], line=row["line"], text=row["skipped"][lang]) for row in found["skipped"]]
    return lines


def some_rows(printer: Printer, rows: list[int]) -> str:
    """The numbers of the first rows of many."""
    return printer.join([str(row) for row in rows[:SHOWN]]) + ("…" if len(rows) > SHOWN else "")


def described(header: str, label: str, lang: str) -> str:
    """A column and what it was taken for, once where the two are the same."""
    return header if header.lower() == label.lower() else f"{header}（{label}）" if lang == "zh" else f"{header} ({label})"
