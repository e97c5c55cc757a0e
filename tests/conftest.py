"""What all folders share: the built site with its browser, and a count at the end of the comparisons with the table reader."""

from tests.visiting import axe_source, browser, server, site_dir, visit

__all__ = ["axe_source", "browser", "server", "site_dir", "visit"]  # fixtures: pytest finds them here


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
