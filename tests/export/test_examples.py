"""The examples on the page about the data run as they stand, and the page names every table."""

from __future__ import annotations

import csv
import math
import os
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.export.tables import TABLES
from tests.visiting import serving

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = {"zh": "https://您的网址/data/v1/", "en": "https://your.address/data/v1/"}
# How the page names the columns of the formula.
LETTERS = {"zh": r"([A-Z]) 列", "en": r"\b([A-Z]) (?:is|the|what) "}


def page(lang: str) -> str:
    """The page as it is written."""
    return (ROOT / "docs" / lang / "data.md").read_text("utf-8")


def blocks(lang: str, kind: str) -> list[str]:
    """The examples in one language of programming."""
    return re.findall(rf"```{kind}\n(.*?)```", page(lang), re.DOTALL)


def assistance(folder: Path) -> list[dict]:
    """The rows of the table for programs."""
    with (folder / "assistance.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def residents(folder: Path) -> list[dict]:
    """Its rows about the basic premium of residents."""
    return [row for row in assistance(folder) if (row["person"], row["premium"]) == ("resident", "basic")]


def with_pandas() -> str:
    """A Python that has pandas: this one, or the first on the path; the test is left out where there is none."""
    for interpreter in filter(None, (sys.executable, shutil.which("python"), shutil.which("python3"))):
        if not subprocess.run([interpreter, "-c", "import pandas"], check=False, capture_output=True).returncode:
            return interpreter
    pytest.skip("no Python on the path has pandas")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_python_examples_print_the_engines_figures(lang: str, folder: Path) -> None:
    own, again = (block for block in blocks(lang, "python") if "pandas" not in block)
    program = (own + again).replace(ADDRESS[lang], folder.as_uri() + "/")
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    rows = assistance(folder)
    wanted = [row for row in rows if (row["person"], row["group"], row["premium"]) == ("resident", "subsistence-allowance", "basic")]
    assert len(lines) == len(wanted) + 1
    for line, row in zip(lines, wanted, strict=False):
        assert line == " ".join([row["policy"], row["tier"], row["price_yuan"], row["assistance_yuan"], row["pays_yuan"] or row["pays_state"], row["clauses"]])
    assert lines[-1].startswith(f"({int(rows[0]['pays_yuan']) * 100}, ")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pandas_example_prints_the_lowest_tier(lang: str, folder: Path) -> None:
    own, example = (block for block in blocks(lang, "python") if "PolicySet" not in block)
    show_all = "import pandas\npandas.set_option('display.max_columns', None, 'display.max_rows', None, 'display.width', 10000)\n"
    program = show_all + (own.partition("def table")[0] + example).replace(ADDRESS[lang], folder.as_uri() + "/")
    done = subprocess.run([with_pandas(), "-c", program], check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    (_, *policies), _, *lines = (line.split() for line in done.stdout.splitlines())
    wanted: dict[tuple, float] = {}
    for row in residents(folder):
        if row["group"] and row["pays_yuan"]:
            cell = row["group"], row["policy"]
            wanted[cell] = min(float(row["pays_yuan"]), wanted.get(cell, math.inf))
    assert {(group, policy): float(yuan) for group, *cells in lines for policy, yuan in zip(policies, cells, strict=True) if yuan != "NaN"} == wanted


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_r_example_prints_the_lowest_tier_of_each_place(lang: str, folder: Path) -> None:
    (program,) = blocks(lang, "r")
    done = subprocess.run(["Rscript", "-e", program.replace(ADDRESS[lang], folder.as_uri() + "/")], check=False, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stderr
    wanted: dict[str, float] = {}
    for row in residents(folder):
        if row["group"] == "subsistence-allowance" and row["pays_yuan"]:
            wanted[row["policy"]] = min(float(row["pays_yuan"]), wanted.get(row["policy"], math.inf))
    shown = done.stdout.partition("policy pays_yuan\n")[2]
    assert {policy: float(yuan) for _, policy, yuan in (line.split() for line in shown.splitlines())} == wanted


def formula(lang: str) -> str:
    """The example for spreadsheets."""
    return re.search(r"^=AVERAGEIFS\(.*\)$", page(lang), re.MULTILINE)[0]


def letter(column: int) -> str:
    """The letter of a column as a spreadsheet names it: A to Z, then AA, AB …."""
    before, place = divmod(column, 26)
    return (letter(before - 1) if before else "") + string.ascii_uppercase[place]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_excel_formula_counts_each_place_once(lang: str, folder: Path) -> None:
    """The letters are those of the real table, each place counts once, and the words beside the formula name the same letters."""
    rows = assistance(folder)
    letters = {letter(number): name for number, name in enumerate(rows[0])}
    value, *conditions = re.findall(r"([A-Z]):\1", formula(lang))
    assert letters[value] == "pays_yuan" and [letters[name] for name in conditions] == ["year", "person", "group", "tier", "premium"]
    counted = [row for row in rows if averaged(row)]
    assert len(counted) == len({row["policy"] for row in counted}) > 10
    assert {row["place"] for row in counted} == {row["place"] for row in rows if row["year"] == "2025"}
    assert {*conditions, value} == set(re.findall(LETTERS[lang], page(lang)))


def averaged(row: dict) -> bool:
    """Whether the formula counts a row, its conditions read off the page by hand."""
    return (row["year"], row["person"], row["group"], row["premium"]) == ("2025", "resident", "subsistence-allowance", "basic") and row["tier"] != "2" and row["pays_yuan"] != ""


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_excel_formula_in_a_spreadsheet(lang: str, folder: Path, tmp_path: Path) -> None:
    """LibreOffice opens the table with the formula beside its heads, and finds the same mean."""
    with (folder / "assistance.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.reader(file))
    cells[0].append(formula(lang))
    with (tmp_path / "table.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(cells)
    text = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", f"--infilter={text},false,false,-1,true", "--convert-to", f"csv:{text}", "--outdir", str(tmp_path / "out"), str(tmp_path / "table.csv")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    with (tmp_path / "out" / "table.csv").open(encoding="utf-8", newline="") as file:
        shown = next(csv.reader(file))[-1]
    counted = [float(row["pays_yuan"]) for row in assistance(folder) if averaged(row)]
    assert float(shown) == pytest.approx(sum(counted) / len(counted)), done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_shell_examples_use_files_and_fields_that_exist(lang: str, folder: Path) -> None:
    text = "".join(blocks(lang, "sh"))
    for name in re.findall(r"/data/v1/([a-z0-9.-]+\.json)", text):
        assert (folder / name).is_file()
    command = next(line for line in text.splitlines() if line.startswith("python -m calc")).split()
    command = [str(folder / word) if word == "policies.json" else word for word in command[1:]]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0 and '"total_pays"' in done.stdout, done.stderr


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="curl or jq is not installed")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_shell_examples_run_against_a_server(lang: str, folder: Path, tmp_path: Path) -> None:
    one, everything, _ = blocks(lang, "sh")
    with serving(folder.parents[1]) as server:
        address = server.url + "data/v1/"
        shown = shell(one.replace(ADDRESS[lang], address), tmp_path).splitlines()
        shell(everything.replace(ADDRESS[lang], address), tmp_path)
    wanted = [row for row in assistance(folder) if (row["policy"], row["person"]) == ("yunyang-2025", "resident")]
    assert shown == ["\t".join([row["group"], row["tier"], row["pays_yuan"], row["pays_state"]]) for row in wanted]
    assert {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} == {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}


def shell(program: str, where: Path) -> str:
    """What an example prints; it must not fail at any of its steps."""
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", program], cwd=where, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_links_every_table_and_only_files_that_exist(lang: str, folder: Path) -> None:
    up = "v1/" if lang == "zh" else "../../data/v1/"
    linked = re.findall(r'href="' + re.escape(up) + r'([^"]+)"', page(lang))
    assert linked and all((folder / path).is_file() for path in linked)
    for table in TABLES:
        for sub in ("", "zh/", "en/"):
            assert f"{sub}{table.name}.csv" in linked
    assert {f"schema/{path.name}" for path in (folder / "schema").glob("*.json")} <= set(linked)


def test_examples_are_the_same_in_both_languages() -> None:
    for kind in ("python", "r", "sh"):
        zh, en = blocks("zh", kind), blocks("en", kind)
        for one, two in zip(zh, en, strict=True):
            bare = [re.sub(r"#.*", "", text.replace(ADDRESS[lang], "")).replace("  ", "") for text, lang in ((one, "zh"), (two, "en"))]
            assert bare[0].split() == bare[1].split()
