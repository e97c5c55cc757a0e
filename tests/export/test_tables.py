"""Every figure in a table is the engine's, unknown ones are empty cells with their reason, and the descriptor tells the truth."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from calc import Assessment, Case, PolicySet, assess
from calc.money import fen_of
from scripts.export import FOLDER, export_all
from scripts.export.fields import STATES, field
from scripts.export.tables import TABLES, Table, Writer, csv_text
from scripts.render.site import Site
from tests.calc.compiled import policies

FIGURES = ("price_yuan", "assistance_yuan", "pays_yuan", "total_pays_yuan", "status", "coverage_start", "coverage_end", "waiting_days", "waiting_months")
PART = {"price_yuan": "standard", "assistance_yuan": "subsidy", "pays_yuan": "pays"}


def read(path: Path) -> list[dict[str, str]]:
    """A table as a program reads it."""
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def answer(held: PolicySet, row: dict, column: str = "case") -> Assessment:
    """The engine's own answer for a row's case."""
    policy = held.policy(row["policy"])
    return assess(policy, Case.parse(json.loads(row[column]), policy))


def figure_name(column: str, row: dict) -> str:
    """The engine's name for a column's figure."""
    prefix = "" if row.get("premium", "basic") == "basic" else row["premium"] + "_"
    return prefix + PART[column] if column in PART else column.removesuffix("_yuan")


def shown(value: object, column: str) -> object:
    """A cell's value in the engine's terms; an empty cell is None, never 0."""
    if value == "":
        return None
    if column.endswith("_yuan"):
        return fen_of(str(value))
    if column.startswith("waiting"):
        return int(str(value))
    return date.fromisoformat(str(value)) if column.startswith("coverage") else value


@pytest.mark.parametrize("name", ["assistance", "periods", "newborns", "waits"])
def test_every_figure_is_the_engines(folder: Path, name: str) -> None:
    held, compared = policies(), 0
    for row in read(folder / f"{name}.csv"):
        found = answer(held, row)
        for column in FIGURES:
            if column not in row:
                continue
            value, state = found.figures[figure_name(column, row)]
            assert shown(row[column], column) == value, (name, row["policy"], column, row["case"])
            assert row[column.removesuffix("_yuan") + "_state"] == state, (name, row["policy"], column, row["case"])
            assert (row[column] == "") == (value is None)
            compared += 1
    assert compared > 400


def test_clauses_of_an_amount_are_those_of_its_step(folder: Path) -> None:
    held = policies()
    for row in read(folder / "assistance.csv"):
        premium = next(step for step in answer(held, row).tree.children if step.kind == "premium" and step.data["id"] == row["premium"])
        assert row["clauses"].split("; ") == list(premium.clauses)
        for reference in row["clauses"].split("; "):
            assert held.clause(reference)["quote"]


def test_days_at_both_ends_of_a_period_agree_and_the_next_do_not_open_it(folder: Path) -> None:
    """The first and last day of a row lie in its period, and a closed end is really an end."""
    held = policies()
    for row in read(folder / "periods.csv"):
        for column in ("case", "case_last_day"):
            if row[column]:
                assert (answer(held, row, column).tree.data["period"] or "") == row["period"], row
        if row["case_last_day"]:
            last = answer(held, row, "case_last_day")
            assert shown(row["coverage_start_if_paid_last_day"], "coverage_start") == last.figures["coverage_start"][0]
            assert str(last.case.pay_date) == row["last_day"]
        assert row["open_start"] == str(not row["first_day"]).lower() and row["open_end"] == str(not row["last_day"]).lower()


def test_an_amount_by_days_holds_for_every_group_of_its_row(folder: Path) -> None:
    """What a run of days says is paid, each of the groups it names pays; it is nobody's figure told of others."""
    held, compared = policies(), 0
    for row in read(folder / "periods.csv"):
        policy, case = held.policy(row["policy"]), json.loads(row["case"])
        divided = dict(entry.split(": ") for entry in row["conditions"].split("; ")) if row["conditions"] else {}
        for group in row["groups"].split("; ") if row["groups"] else []:
            told = {"categories": [group], **{name: value for name, value in case.items() if name in ("person", "pay_date", "tier", "gap_years")}}
            if group in divided:
                fact, edge = re.fullmatch(r"(\w+)[<>]=(\d+)", divided[group]).groups()  # type: ignore[union-attr]
                told[fact] = int(edge)
            value, state = assess(policy, Case.parse(told, policy)).figures["pays"]
            assert (shown(row["pays_yuan"], "pays_yuan"), row["pays_state"]) == (value, state), (row["policy"], group, row["first_day"])
            compared += 1
    assert compared > 50


def test_every_place_group_tier_and_premium_is_there(folder: Path, site: Site) -> None:
    seen = {(row["policy"], row["person"], row["group"], row["tier"], row["premium"]) for row in read(folder / "assistance.csv")}
    following = {policy.data["follows"]["policy"] for policy in site.all_policies if "follows" in policy.data}
    for policy in site.all_policies:
        if policy.id in following:
            assert not [entry for entry in seen if entry[0] == policy.id]
            continue
        for person in ("resident", "university_student", "university_freshman"):
            for group in ("", *policy.data["group_names"]):
                for tier in [str(tier) for tier in policy.tiers] or [""]:
                    for premium in policy.premiums:
                        assert (policy.id, person, group, tier, premium.id) in seen


def test_unknown_amounts_are_empty_and_say_why(folder: Path) -> None:
    rows = read(folder / "assistance.csv")
    unknown = [row for row in rows if row["pays_yuan"] == ""]
    assert unknown and {row["pays_state"] for row in unknown} <= {"not_stated", "not_told"}
    assert any(row["pays_yuan"] == "0" and row["pays_state"] == "known" for row in rows)  # a real nothing is written


def test_headers_and_words_of_the_variants(folder: Path) -> None:
    for table in TABLES:
        plain, zh, en = (read(folder / sub / f"{table.name}.csv") for sub in (".", "zh", "en"))
        assert len(plain) == len(zh) == len(en)
        assert list(plain[0]) == [column.name for column in table.fields]
        assert list(zh[0]) == [column.zh for column in table.fields] and list(en[0]) == [column.en for column in table.fields]
        assert len(set(zh[0])) == len(set(en[0])) == len(table.fields)
        for one, two, three in zip(plain, zh, en, strict=True):
            for column in table.fields:
                cells = one[column.name], two[column.zh], three[column.en]
                assert len({cell == "" for cell in cells}) == 1, (table.name, column.name, cells)
                if column.kind in ("yuan", "integer", "date", "year", "text", "json", "list"):
                    assert len(set(cells)) == 1


def test_files_begin_with_a_mark_and_end_their_lines_as_spreadsheets_do(folder: Path) -> None:
    for path in folder.rglob("*.csv"):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n") and not data.startswith(b"\xef\xbb\xbf\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", " =1", "\r=1"])
def test_no_cell_is_a_formula(site: Site, text: str) -> None:
    table = Table("x", {}, {}, (), [field("x", "text", "甲", "x")], lambda _: iter(()))
    cell = next(csv.DictReader(io.StringIO(csv_text(table, [{"x": text}], Writer(site, None)).lstrip("\ufeff"), newline="")))["x"]
    assert cell == "'" + text


def test_no_cell_in_the_files_is_a_formula(folder: Path) -> None:
    for path in folder.rglob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell.lstrip()[:1] in tuple("=+-@＝＋－＠") and cell.strip()], path


def test_descriptor_has_the_right_hashes_fields_and_keys(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert len(package["resources"]) == 3 * len(TABLES)
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data) and resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        rows = read(folder / resource["path"])
        fields = resource["schema"]["fields"]
        assert list(rows[0]) == [column["name"] for column in fields]
        for column in fields:
            check_column(column, [row[column["name"]] for row in rows])
        key = resource["schema"].get("primaryKey")
        if key:
            values = [tuple(row[name] for name in key) for row in rows]
            assert len(values) == len(set(values)) and all(all(value) for value in values)
        for foreign in resource["schema"].get("foreignKeys", []):
            known = {row["policy"] for row in read(folder / f"{foreign['reference']['resource']}.csv")}
            assert {row[foreign["fields"]] for row in rows} <= known


def check_column(column: dict, values: list[str]) -> None:
    """Every value of a column has its type and fulfils its constraints."""
    parse = {"number": float, "integer": int, "date": date.fromisoformat, "boolean": {"true": True, "false": False}.__getitem__, "string": str}[column["type"]]
    rules = column.get("constraints", {})
    for value in values:
        if value == "":
            assert not rules.get("required"), column
            continue
        parsed = parse(value)
        assert value in rules.get("enum", [value]), (column, value)
        assert "minimum" not in rules or parsed >= rules["minimum"]


def test_states_are_those_of_the_engine() -> None:
    schema = json.loads((Path(__file__).parents[2] / "calc" / "schemas" / "assessment.schema.json").read_text("utf-8"))
    assert list(STATES) == schema["$defs"]["state"]["enum"]


def test_rows_that_two_tables_could_tell_apart_are_told_apart(folder: Path) -> None:
    """The keys of the tables are keys even where a part of them may be empty."""
    for table in TABLES:
        if table.key:
            values = [tuple(row[name] for name in table.key) for row in read(folder / f"{table.name}.csv")]
            assert len(values) == len(set(values)), table.name


def test_two_exports_are_byte_identical(folder: Path, site: Site, tmp_path: Path) -> None:
    export_all(Site(PolicySet(json.loads(json.dumps(site.compiled))), site.compiled), tmp_path)
    first, second = ({path.relative_to(place): path.read_bytes() for path in place.rglob("*") if path.is_file()} for place in (folder, tmp_path / FOLDER))
    assert first == second
