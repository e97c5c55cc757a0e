"""Clauses are named by the notice's own numbers; in English the words around them are translated."""

from __future__ import annotations

import re

import pytest

from calc.clause_labels import clause_label
from tests.calc.compiled import policies
from tests.calc.explained import both

LABELS = sorted({clause["label"] for notice in policies().notices.values() for clause in notice["clauses"].values()})


@pytest.mark.parametrize("label", LABELS)
def test_every_label_of_the_data(label: str) -> None:
    """No Chinese is left, every number stays, and the Chinese page has the label as it stands."""
    english = clause_label(label, "en")
    assert clause_label(label, "zh") == label
    assert not re.search(r"[\u3001-\u9fff\uff00-\uffef]", english), english
    arabic = dict(zip("一二三四五六七八九十", map(str, range(1, 11)), strict=True))
    roman = dict(zip(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), map(str, range(1, 11)), strict=True))
    assert [roman.get(number, number) for number in re.findall(r"\d+|\b[IVX]+\b", english)] == [arabic.get(number, number) for number in re.findall(r"\d+|[一二三四五六七八九十]", label)]


def test_labels_stay_apart() -> None:
    """Two labels of a notice never become one."""
    for notice in policies().notices.values():
        labels = {clause["label"] for clause in notice["clauses"].values()}
        assert len({clause_label(label, "en") for label in labels}) == len(labels)


def test_an_answer_cites_by_them() -> None:
    told = both("urumqi-2024", {"pay_date": "2023-11-10", "categories": []})
    both_ways = [[clause["label"] for step in told[lang]["steps"] for clause in step["clauses"]] for lang in ("zh", "en")]
    assert both_ways[1] == [clause_label(label, "en") for label in both_ways[0]]
