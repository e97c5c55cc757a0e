"""The examples on the page about the data run as they stand, and the page names every table."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.export.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = {"zh": "https://您的网址/data/v1/", "en": "https://your.address/data/v1/"}


def page(lang: str) -> str:
    """The page as it is written."""
    return (ROOT / "docs" / lang / "data.md").read_text("utf-8")


def blocks(lang: str, kind: str) -> list[str]:
    """The examples in one language of programming."""
    return re.findall(rf"```{kind}\n(.*?)```", page(lang), re.DOTALL)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_python_examples_print_the_engines_figures(lang: str, folder: Path) -> None:
    own, again = (block for block in blocks(lang, "python") if "pandas" not in block)
    program = (own + again).replace(ADDRESS[lang], folder.as_uri() + "/")
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    with (folder / "assistance.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = [row for row in rows if (row["person"], row["group"], row["premium"]) == ("resident", "subsistence-allowance", "basic")]
    assert len(lines) == len(wanted) + 1
    for line, row in zip(lines, wanted, strict=False):
        assert line == " ".join([row["policy"], row["tier"], row["price_yuan"], row["assistance_yuan"], row["pays_yuan"] or row["pays_state"], row["clauses"]])
    assert lines[-1].startswith(f"({int(rows[0]['pays_yuan']) * 100}, ")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_columns_named_for_excel_are_where_the_page_says(lang: str, folder: Path) -> None:
    with (folder / lang / "assistance.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    head = list(rows[0])
    names = {"zh": ("资助身份", "险种", "自己交（元）"), "en": ("Group", "Premium", "To pay (yuan)")}[lang]
    assert [head.index(name) for name in names] == ["ABCDEFGHIJKLMN".index(letter) for letter in "EHN"]
    group, premium = re.search(r'E:E, "([^"*]+)\*?", H:H, "([^"]+)"', page(lang)).groups()
    assert [row for row in rows if row[names[0]].startswith(group) and row[names[1]] == premium]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_shell_examples_use_files_and_fields_that_exist(lang: str, folder: Path) -> None:
    text = "".join(blocks(lang, "sh"))
    for name in re.findall(r"/data/v1/([a-z0-9.-]+\.json)", text):
        assert (folder / name).is_file()
    if shutil.which("jq"):
        query = re.search(r"jq -r '(\.assistance.*?)'", text)[1]
        name = re.search(r"([a-z-]+-\d{4}\.json)", text)[1]
        done = subprocess.run(["jq", "-r", query, str(folder / name)], check=False, capture_output=True, text=True)
        assert done.returncode == 0 and len(done.stdout.splitlines()) > 5, done.stderr
    command = next(line for line in text.splitlines() if line.startswith("python -m calc")).split()
    command = [str(folder / word) if word == "policies.json" else word for word in command[1:]]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0 and '"total_pays"' in done.stdout, done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_links_every_table_and_only_files_that_exist(lang: str, folder: Path) -> None:
    up = "v1/" if lang == "zh" else "../../data/v1/"
    linked = re.findall(r'href="' + re.escape(up) + r'([^"]+)"', page(lang))
    assert linked and all((folder / path).is_file() for path in linked)
    for table in TABLES:
        for sub in ("", "zh/", "en/"):
            assert f"{sub}{table.name}.csv" in linked


def test_examples_are_the_same_in_both_languages() -> None:
    for kind in ("python", "r", "sh"):
        zh, en = blocks("zh", kind), blocks("en", kind)
        for one, two in zip(zh, en, strict=True):
            bare = [re.sub(r"#.*", "", text.replace(ADDRESS[lang], "")).replace("  ", "") for text, lang in ((one, "zh"), (two, "en"))]
            assert bare[0].split() == bare[1].split()
