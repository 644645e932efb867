"""Does an address look like an article's? For plain sitemaps, which list every page of a site."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

_DATE = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2])(?:[/-]?\d{1,2})?(?:/|-|$)")
_NUMBER = re.compile(r"(?:^|[-_/.])[a-z]{0,3}\d{5,}(?:[-_.]|$)")
_WORD = re.compile(r"[^\W\d_]{2,}")
LEAST_WORDS = 4
"""Words of a headline in an address; sections and product pages have up to three."""


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("articles.toml").read_text(encoding="utf-8"))


def looks_like_article(url: str) -> bool:
    """Tell by the address alone: a date, a long number or a headline in its path, and no word that sections use."""
    path = unquote(urlsplit(url).path).lower()
    folders = [part for part in path.split("/") if part]
    if not folders or path.endswith(tuple(_table()["files"])):
        return False
    if set(folders[:-1]) & set(_table()["sections"]) or folders[-1] in _table()["sections"]:
        return False
    last = folders[-1] if not folders[-1].startswith("index.") or len(folders) == 1 else folders[-2]
    is_dated = bool(_DATE.search(path)) and bool(_WORD.search(last))
    return is_dated or bool(_NUMBER.search(last)) or len(_WORD.findall(last)) >= LEAST_WORDS
