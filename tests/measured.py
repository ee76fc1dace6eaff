"""Figures that a full floor measured, printed for the table of docs/proof.md."""

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line for each figure a test has noted with `record_property("measured", …)`."""
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, said in report.user_properties:
            if name == "measured" and report.when == "call":
                terminalreporter.write_line(f"measured: {said}")
