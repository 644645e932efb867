"""What do we know about how publishers write? Dated tables, loaded once; no table names a page."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return one of the tables that ship with the package."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def entries(name: str, key: str) -> frozenset[str]:
    """Return what one list of a table holds."""
    return frozenset(table(name)[key])
