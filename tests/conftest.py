from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", type=Path, help="Keep the browser tests' screenshots in this folder (docs/images)."
    )


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where screenshots go."""
    chosen: Path | None = request.config.getoption("--pictures")
    return chosen or tmp_path
