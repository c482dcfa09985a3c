from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--channels", type=int, default=20, help="In the test of the pace; 5 a workspace.")
    parser.addoption(
        "--pictures", type=Path, help="Keep the browser tests' screenshots in this folder (docs/images)."
    )


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where screenshots go."""
    chosen: Path | None = request.config.getoption("--pictures")
    return chosen or tmp_path


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much the leak suite tried, in all processes together, and other tests' figures."""
    reports = [each for found in terminalreporter.stats.values() for each in found]
    tried = [
        int(str(value))
        for each in reports
        if getattr(each, "when", "") == "call"
        for name, value in each.user_properties
        if name == "leak cells"
    ]
    if tried:
        terminalreporter.write_line(f"leak suite: {sum(tried):,} door × person × attempt cells tried")
    figures = {
        str(value)
        for each in reports
        if getattr(each, "when", "") == "call"
        for name, value in each.user_properties
        if name == "figures"
    }
    for line in sorted(figures):
        terminalreporter.write_line(line)
