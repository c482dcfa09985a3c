"""The arrows and the homes of docs/architecture.md: who may import whom, and where each vendor lives."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "houston", "tools", "store")

ARROWS = {
    "bot": {"houston", "store"},
    "tools": {"houston", "store"},
    "houston": {"store"},
    "store": set[str](),
}
"""What each package may import, besides itself."""

NOUNS = ("store.tables", "store.scope", "store.errors")
"""What bot/ and tools/ may see of store/; of `store` itself only Scope."""

HOMES = {
    "slack_sdk": ("bot/",),
    "slack_bolt": ("bot/",),
    "sqlmodel": ("store/",),
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "apprise": ("houston/notify/places/elsewhere.py",),
    "apscheduler": ("houston/schedule.py",),
    "openai": ("houston/agent/llm/model.py", "houston/agent/llm/chunks.py", "houston/agent/llm/refusals.py"),
    "sqlglot": ("store/sources/",),
    "duckdb": ("store/sources/",),
    "pymysql": ("store/sources/",),
    "matplotlib": ("bot/views/chart.py", "bot/views/charts/"),
}

NO_ROOMS = ("utils", "helpers", "manager", "service", "handler", "handlers", "services", "common", "misc")


@cache
def modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def nodes(path: Path, *words: str) -> Iterator[ast.AST]:
    """Those of a file, where it has one of these words at all: to walk every file takes seconds."""
    if any(word in source(path) for word in words):
        yield from ast.walk(ast.parse(source(path)))


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Those within a node, at any depth."""
    for _, value in ast.iter_fields(node):
        for each in value if isinstance(value, list) else ():
            if isinstance(each, ast.stmt | ast.excepthandler | ast.match_case):
                yield each
                yield from statements(each)


@cache
def imports(path: Path) -> tuple[tuple[str, str], ...]:
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) for each import; name is '' for a plain `import module`."""
    for node in statements(ast.parse(source(path))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_follow_the_arrows() -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path in modules()
        for module, _ in imports(path)
        if (top := module.split(".")[0]) in (*PACKAGES, "app", "tests")
        and top != (package := name(path).split("/")[0])
        and top not in ARROWS[package]
    ]
    assert not wrong


def test_each_vendor_has_one_home() -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path in modules()
        for module, _ in imports(path)
        if not name(path).startswith(HOMES.get(module.split(".")[0], ("",)))
    ]
    assert not wrong


def test_bot_and_tools_see_only_the_nouns_of_the_store() -> None:
    wrong = [
        f"{name(path)} imports {imported} from {module}"
        for path in modules()
        if name(path).startswith(("bot/", "tools/"))
        for module, imported in imports(path)
        if module.split(".")[0] == "store"
        and (not module.startswith(NOUNS) or imported in ("Store", "UnitOfWork") or module == "store")
        and (module, imported) != ("store", "Scope")
    ]
    assert not wrong


def test_the_local_slack_knows_nothing_of_houston() -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path in modules()
        if name(path).startswith("bot/playground/")
        for module, _ in imports(path)
        if module.split(".")[0] in (*PACKAGES, "app") and not module.startswith("bot.playground")
    ]
    assert not wrong


def test_only_the_demo_knows_the_local_slack() -> None:
    wrong = [
        f"{name(path)} imports {module}"
        for path in modules()
        if not name(path).startswith(("bot/playground/", "bot/demo.py"))
        for module, _ in imports(path)
        if module.startswith("bot.playground")
    ]
    assert not wrong


def test_only_the_command_line_reads_the_environment() -> None:
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        for node in nodes(path, "environ", "getenv")
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert not wrong


def test_scopes_are_made_in_one_place() -> None:
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        if name(path) not in ("houston/access.py", "store/scope.py")
        for node in nodes(path, "Scope(")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Scope"
    ]
    assert not wrong


def test_rooms_are_named_after_what_is_in_them() -> None:
    assert not [name(path) for path in modules() if path.stem in NO_ROOMS]


def test_the_top_level_holds_nothing_else() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders <= {*PACKAGES, "tests", "docs", "data", "__pycache__"}
