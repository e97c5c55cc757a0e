"""Prints, after all tests, how many comparisons with the table reader were made (each such test records its own count)."""


def pytest_terminal_summary(terminalreporter):
    """One line with the sum over all processes; nothing where no such test ran."""
    counts = [
        value
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        for name, value in report.user_properties
        if name == "comparisons"
    ]
    if counts:
        terminalreporter.write_line(f"{sum(counts)} cases compared with the table reader or with the properties of every answer")
