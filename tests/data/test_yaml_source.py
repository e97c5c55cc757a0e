"""YAML is read without its guesses, and each mistake of writing is reported in place with its likely cause."""

from __future__ import annotations

import pytest
from scripts.data.problem import Problem
from scripts.data.yaml_source import load


def only(text: str) -> Problem:
    """The one problem of a text that cannot be read."""
    document = load("a.yaml", text)
    assert document.data is None
    assert len(document.problems) == 1, [problem.text("en") for problem in document.problems]
    return document.problems[0]


def test_values_stay_as_typed() -> None:
    """Dates, yes and no, octal numbers, decimals and times are text; plain integers and true/false are not."""
    text = "date: 2024-12-31\nyes: no\non: off\nnorway: NO\noctal: 0400\nhex: 0x1F\nprice: 12.50\ntime: 12:30\nexp: 1e3\nbig: 1_000\ntilde: ~\nsum: 400\nminus: -1\nflag: true\nnone: null\nquoted: \"2.1\"\ntext: '400'\n"
    assert load("a.yaml", text).data == {
        "date": "2024-12-31", "yes": "no", "on": "off", "norway": "NO", "octal": "0400", "hex": "0x1F", "price": "12.50", "time": "12:30", "exp": "1e3", "big": "1_000", "tilde": "~",
        "sum": 400, "minus": -1, "flag": True, "none": None, "quoted": "2.1", "text": "400",
    }


def test_places_are_known() -> None:
    """Each value and key knows its line and column, in block and flow style and after Chinese text."""
    document = load("a.yaml", "a:\n  - b: 1\n    zh: 中文, {}\n  - {c: 中, d: [x, y]}\n")
    assert document.at(("a", 0, "b")) == (2, 8)
    assert document.at(("a", 0, "b"), key=True) == (2, 5)
    assert document.at(("a", 1, "d", 1)) == (4, 19)
    assert document.at(("a", 7, "nowhere")) == (2, 3), "what does not exist stands where its nearest parent does"


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "twice"),
        ("a:\n\tb: 1\n", 2, 1, "tab"),
        ("a: 1\n  b: 2\n", 2, 4, "colon"),
        ("a: \"open\nb: 2\n", 1, 4, "quote"),
        ("a: [1, 2\nb: 3\n", 2, 2, "comma"),
        ("a: &x 1\n", 1, 4, "Anchors"),
        ("a: !!str 1\n", 1, 4, "type tag"),
        ("a:\nb: 1\n", 1, 1, "Nothing follows"),
        ("a: 1\n---\nb: 2\n", 2, 1, "two documents"),
        ("", 1, 1, "empty"),
        ("a: %x\n", 1, 4, "begin with"),
        ("a: 1\nb 2\nc: 3\n", 2, 1, "colon"),
        ("? [x]\n: 1\n", 1, 3, "key"),
        ("a: \x07\n", 1, 4, "control"),
    ],
)
def test_mistakes_are_reported_in_place(text: str, line: int, column: int, said: str) -> None:
    """Duplicate key, tab, indentation, open quote, comma, anchor, tag, empty value, second document and the like."""
    problem = only(text)
    assert (problem.line, problem.column) == (line, column), problem.text("en")
    assert said in problem.en, problem.en
    assert problem.zh.endswith("。") and problem.en.endswith(".")


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    """Mistakes that leave the text readable are all reported, not the first alone."""
    document = load("a.yaml", "a: 1\na: 2\nb:\nc: *a\nd: &x 3\n")
    assert [problem.line for problem in document.problems] == [2, 3, 4, 5]


def test_caret_stands_under_the_column() -> None:
    """Wide characters move the caret by two cells."""
    problem = only("a: {zh: 中文, zh: 二}\n")
    excerpt, caret = problem.caret().split("\n")
    assert excerpt == "a: {zh: 中文, zh: 二}" and caret == " " * 14 + "^"
