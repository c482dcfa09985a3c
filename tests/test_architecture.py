"""The arrows and the homes of docs/architecture.md: who may import whom, and where each vendor lives."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "houston", "tools", "store")

ARROWS = {
    "bot": {"houston", "store"},
    "tools": {"houston", "store"},
    "houston": {"store"},
    "store": set[str](),
}
"""What each package may import, besides itself."""

NOUNS = {"store", "store.tables", "store.scope", "store.errors"}
"""What bot/ and tools/ may see of store/, and only these names of `store` itself."""

HOMES = {
    "slack_sdk": ("bot/",),
    "slack_bolt": ("bot/",),
    "sqlmodel": ("store/",),
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "apscheduler": ("houston/schedule.py",),
    "openai": ("houston/agent/model.py",),
    "matplotlib": ("bot/views/chart.py",),
}

PLAYGROUND_FRIENDS = ("bot/demo.py", "app.py")

NO_ROOMS = ("utils", "helpers", "manager", "service", "handler", "handlers", "services", "common", "misc")


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) for each import; name is '' for a plain `import module`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules(), ids=name)
def test_imports_follow_the_arrows(path: Path) -> None:
    package = name(path).split("/")[0]
    for module, _ in imports(path):
        top = module.split(".")[0]
        if top in (*PACKAGES, "app", "tests") and top != package:
            assert top in ARROWS[package], f"{name(path)} must not import {module}"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_each_vendor_has_one_home(path: Path) -> None:
    for module, _ in imports(path):
        homes = HOMES.get(module.split(".")[0])
        if homes:
            assert name(path).startswith(homes), f"{name(path)} must not import {module}"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_bot_and_tools_see_only_the_nouns_of_the_store(path: Path) -> None:
    if name(path).split("/")[0] not in ("bot", "tools"):
        return
    for module, imported in imports(path):
        if module.split(".")[0] == "store":
            assert module in NOUNS, f"{name(path)} must not import {module}"
            assert (module, imported) not in (("store", "Store"), ("store", "UnitOfWork")), name(path)


@pytest.mark.parametrize("path", modules(), ids=name)
def test_the_local_slack_knows_nothing_of_houston_and_few_know_it(path: Path) -> None:
    inside = name(path).startswith("bot/playground/")
    for module, _ in imports(path):
        if inside:
            assert module.split(".")[0] not in ("houston", "store", "tools", "app"), name(path)
            assert not (module.startswith("bot") and not module.startswith("bot.playground")), name(path)
        elif module.startswith("bot.playground"):
            assert name(path) in PLAYGROUND_FRIENDS, f"{name(path)} must not import {module}"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_only_the_settings_read_the_environment(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        reads = isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
        assert not reads, f"{name(path)} reads the environment"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_scopes_are_made_in_one_place(path: Path) -> None:
    if name(path) in ("houston/access.py", "store/scope.py"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        makes = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Scope"
        assert not makes, f"{name(path)} makes a Scope"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_rooms_are_named_after_what_is_in_them(path: Path) -> None:
    assert path.stem not in NO_ROOMS


def test_the_top_level_holds_nothing_else() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders <= {*PACKAGES, "tests", "docs", "data", "__pycache__"}
