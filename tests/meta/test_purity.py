"""The thinking core touches nothing of the world: no files, clocks, sockets or randomness in four layers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "wireroom"
PURE = ("records", "text", "scoring", "intake", "edition")
BANNED_MODULES = frozenset(
    {
        "asyncio",
        "aiohttp",
        "pycurl",
        "http",
        "ftplib",
        "multiprocessing",
        "os",
        "pathlib",
        "random",
        "requests",
        "secrets",
        "shutil",
        "socket",
        "sqlalchemy",
        "sqlite3",
        "ssl",
        "subprocess",
        "tempfile",
        "threading",
        "time",
        "urllib.request",
        "uuid",
    }
)
BANNED_CALLS = frozenset({"open", "input", "print", "exec", "eval", "__import__"})
BANNED_ATTRIBUTES = frozenset({"now", "utcnow", "today", "fromtimestamp_now"})
"""`datetime.now()`, `date.today()`: the time is an argument."""


def pure_files() -> list[Path]:
    return sorted(path for layer in PURE for path in (SOURCE / layer).rglob("*.py"))


def impurities(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (f"imports {name.name}" for name in node.names if _banned(name.name))
        elif isinstance(node, ast.ImportFrom) and node.module and _banned(node.module):
            yield f"imports from {node.module}"
        elif isinstance(node, ast.Call):
            yield from _bad_call(node)


def _banned(module: str) -> bool:
    return module in BANNED_MODULES or module.partition(".")[0] in BANNED_MODULES


def _bad_call(node: ast.Call) -> Iterator[str]:
    called = node.func
    if isinstance(called, ast.Name) and called.id in BANNED_CALLS:
        yield f"calls {called.id}()"
    if isinstance(called, ast.Attribute) and called.attr in BANNED_ATTRIBUTES:
        owner = called.value
        if isinstance(owner, ast.Name) and owner.id in {"datetime", "date", "dt"}:
            yield f"asks {owner.id}.{called.attr}()"


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_core_is_pure(path: Path) -> None:
    assert list(impurities(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    ["import random", "from os import path", "open('x')", "datetime.now()", "import urllib.request", "date.today()"],
)
def test_impurity_is_seen(code: str) -> None:
    assert list(impurities(ast.parse(code))) != []


def test_every_pure_layer_has_files() -> None:
    assert all(any((SOURCE / layer).rglob("*.py")) for layer in PURE)
