"""A roster's answers in words, for a page that shows them and writes them to a file: the same cells as the command line writes."""

from __future__ import annotations

from .roster_text import Printer, template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .policy import Policy, PolicySet


def printed_rows(printer: Printer, rows: list[dict]) -> list[dict]:
    """Each row's number, whether it could be computed, and its result cells in the order of `labels`."""
    return [{"row": row["row"], "ok": row["ok"], "cells": printer.cells(row)} for row in rows]


def labels(printer: Printer) -> list[str]:
    """The names of the result columns."""
    return [label for _, label in printer.columns]


def printed_summary(printer: Printer, summary: dict) -> dict:
    """A summary with the names of groups, payers and facts, and the errors of bad rows as sentences."""
    return {
        **summary,
        "groups": [{**entry, "name": printer.group(entry["groups"], entry.get("grade"))} for entry in summary["groups"]],
        "payers": [{**entry, "name": printer.payer(entry["who"])} for entry in summary["payers"]],
        "needs": [{**entry, "label": printer.labels.get(entry["fact"], entry["fact"])} for entry in summary["needs"]],
        "assumed": [{**entry, "label": printer.labels.get(entry["fact"], entry["fact"])} for entry in summary["assumed"]],
        "warnings": [{"text": entry[printer.lang], "rows": entry["rows"]} for entry in summary["warnings"]],
        "bad_rows": [{"row": row["row"], "errors": [printer.error(error) for error in row["errors"]]} for row in summary["bad_rows"]],
        "skipped": [{"row": row["row"], "text": row["skipped"][printer.lang]} for row in summary["skipped"]],
    }


def blank(policies: PolicySet, policy: Policy | None, lang: str) -> dict:
    """The roster to fill in: names of the columns and one invented row."""
    headers, example = template(policies, policy, lang)
    return {"headers": headers, "example": example}
