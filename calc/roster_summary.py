"""What a roster adds up to."""

from __future__ import annotations

from .roster_words import GRADED_GROUP


class Summary:
    """What a roster adds up to: rows by group, totals by payer, rows that need facts, and bad rows with their reasons."""

    def __init__(self) -> None:
        self.rows = self.good = self.unknown = self.conflicting = self.total = 0
        self.groups: dict[tuple, dict] = {}
        self.payers: dict[tuple, int] = {}
        self.needs: dict[str, list[int]] = {}
        self.assumed: dict[str, int] = {}
        self.warnings: dict[str, dict] = {}
        self.bad_rows: list[dict] = []
        self.skipped: list[dict] = []

    def bad(self, row: dict) -> None:
        """Counts a row that could not be computed."""
        self.rows += 1
        self.bad_rows.append(row)

    def skip(self, row: dict) -> None:
        """Counts a row that is no person's."""
        self.rows += 1
        self.skipped.append(row)

    def add(self, row: dict) -> None:
        """Counts a row; what is not known is counted as a row without a sum, never as nothing."""
        self.rows += 1
        self.good += 1
        paid, assisted = row["figures"]["total_pays"], row["figures"].get("subsidy", {"value": None})
        # A grade told makes people of one group different: it decides what they get.
        grade = row["case"].get("disability_grade") if GRADED_GROUP in (row["groups"] or ()) else None
        group = self.groups.setdefault((None if row["groups"] is None else tuple(row["groups"]), grade), {"rows": 0, "pays": 0, "assistance": 0, "unknown": 0})
        group["rows"] += 1
        if paid["value"] is None:
            self.unknown += 1
            group["unknown"] += 1
        else:
            self.total += paid["value"]
            group["pays"] += paid["value"]
            group["assistance"] += sum(part["fen"] for part in row["payers"] if part["who"] != ["individual"])
            for part in row["payers"]:
                key = tuple(part["who"])
                self.payers[key] = self.payers.get(key, 0) + part["fen"]
        self.conflicting += "conflicting" in (paid["state"], assisted.get("state"))
        for fact in row["needs"]:
            self.needs.setdefault(fact, []).append(row["row"])
        for warning in row["warnings"]:
            self.warnings.setdefault(warning["zh"], {**warning, "rows": []})["rows"].append(row["row"])
        for fact in row["assumed"]:
            self.assumed[fact] = self.assumed.get(fact, 0) + 1

    def to_json(self) -> dict:
        """The summary as plain data; sums hold the rows whose amount is known, `unknown` counts the others."""
        return {
            "rows": self.rows, "computed": self.good, "bad": len(self.bad_rows), "unknown": self.unknown, "conflicting": self.conflicting, "total_pays": self.total,
            "groups": [{"groups": None if groups is None else list(groups), **({} if grade is None else {"grade": grade}), **counts} for (groups, grade), counts in self.groups.items()],
            "payers": [{"who": list(who), "fen": fen} for who, fen in sorted(self.payers.items(), key=lambda item: (item[0] != ("individual",), item[0]))],
            "needs": [{"fact": fact, "rows": rows} for fact, rows in self.needs.items()],
            "assumed": [{"fact": fact, "rows": count} for fact, count in self.assumed.items()],
            "warnings": list(self.warnings.values()),
            "bad_rows": self.bad_rows,
            "skipped": self.skipped,
        }
