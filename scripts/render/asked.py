"""The questions residents ask of a place, answered from the engine with the clauses the answers rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .place_money import PlacePage


def entries(place: PlacePage) -> list[dict]:
    """The questions and answers of a place's page; none where the data has none."""
    return []
