"""How does a template become a page? Escaping is on, nothing is undefined, our words are filters.

A theme says how pages look; a template that it lacks is the one of `wire`, so a theme may be as small as a style sheet.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from importlib.resources import files
from types import SimpleNamespace

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from wireroom.edition.render import addresses, feeds, wording
from wireroom.edition.render.markup import tongue
from wireroom.edition.render.portal import card, habits, site, structured, wire
from wireroom.edition.render.portal.quick import QuickEnvironment
from wireroom.edition.render.portal.site import Site
from wireroom.records.drafts import Draft
from wireroom.records.portal import POLICY, Theme

SHIPPED = ("wire", "sheet")
"""Themes that come along; the first one lends its templates to all others."""
STYLE = "style.css"
PARTS = "parts.html"
"""Pieces that templates share; a theme's own stand before those of `wire`."""
BASED = '@import "wire/style.css";'
"""How a style sheet says that it only changes some of another; readers get one file."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r"""("[^"\n]*"|'[^'\n]*')""")
_SPARE = re.compile(r"\s*([{};,])\s*|(?<=:)\s+")
_HERE = files("wireroom.edition.render.portal")


def page(place: Site, path: str, template: str, key: str, shown: Callable[[], dict[str, object]]) -> Draft:
    """Plan a page: `key` names all that `shown` looks at, which is asked only when the page is really made."""
    # The template is compiled here, once, not by each of the hands that pages are made by.
    make = partial(_fill, _compiled(place.masthead.theme, place.masthead.locale, template), place, path, shown)
    return Draft(path=path, key=key, make=make)


_remembered: list[BytecodeCache] = []


def remember(compiled: BytecodeCache) -> None:
    """Keep compiled templates there from now on: compiling them takes longer than making the pages of one article."""
    _remembered[:] = [compiled]


@cache
def _compiled(theme: Theme, locale: str, template: str) -> Template:
    return _environment(theme, locale).get_template(template)


def _fill(template: Template, place: Site, path: str, shown: Callable[[], dict[str, object]]) -> bytes:
    """Fill a template; links inside are relative to `path`."""
    given = {"card": place.card, "structured": None, "to": addresses.relative(path), **shown()}
    always = {"site": place, "masthead": place.masthead, "now": place.now, "path": path}
    return template.render(**always, **given).encode("utf-8", "replace")


def once(part: Callable[..., str], about: Site | wire.Telling, *given: object) -> str:
    """Return a part of a page, made once for what it is about and kept with that; `given` is what else it looks at."""
    found = about.kept.get((part, given))
    if found is None:
        found = about.kept[part, given] = part(about, *given)
    return found


def standing(menu: str, path: str, to: Callable[[str], str]) -> str:
    """Mark the entry of a menu under which a page stands: the page itself, or the list that it belongs to."""
    listing = f"{path.partition('/')[0]}/index.html"
    return _marked(menu, to(listing), "page" if path == listing else "true")


@lru_cache(maxsize=64)
def _marked(menu: str, target: str, kind: str) -> str:
    link = f'<a href="{target}"'
    return Markup(str(menu).replace(link, f'{link} aria-current="{kind}"', 1))  # noqa: S704 - the menu is markup of ours


def asset(name: str) -> bytes:
    """Return a script, without the lines that only those need who write it."""
    lines = (line.strip() for line in _HERE.joinpath("static", name).read_text("utf-8").splitlines())
    return "\n".join([line for line in lines if line and not line.startswith("//")]).encode() + b"\n"


def style(theme: Theme) -> bytes:
    """Return the style sheet of a theme; one that begins by importing that of `wire` has it put in."""
    wire = _shipped(SHIPPED[0], STYLE) or ""
    own = theme.style or _shipped(theme.name, STYLE) or wire
    return _lean(wire + own.removeprefix(BASED) if own.startswith(BASED) else own).encode()


def _lean(style: str) -> str:
    """Drop what only those need who write a style sheet: every reader loads it before the first page shows."""
    pieces = _QUOTED.split(_COMMENT.sub("", style))
    pieces[::2] = [_SPARE.sub(r"\1", piece).replace(";}", "}").replace("}", "}\n") for piece in pieces[::2]]
    return "".join(pieces).lstrip()


def _template(theme: Theme, name: str) -> str | None:
    """Find a template: the theme's own, the shipped one of its name, that of `wire`; `wire/…` names the last one."""
    bare = name.removeprefix(f"{SHIPPED[0]}/")
    if bare != name:
        return _shipped(SHIPPED[0], bare)
    return dict(theme.templates).get(name) or _shipped(theme.name, name) or _shipped(SHIPPED[0], name)


def _shipped(theme: str, name: str) -> str | None:
    file = _HERE.joinpath("themes", theme, name) if theme in SHIPPED else None
    return file.read_text("utf-8") if file is not None and file.is_file() else None


@cache
def _environment(theme: Theme, locale: str) -> Environment:
    environment = QuickEnvironment(
        loader=FunctionLoader(lambda name: _template(theme, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=next(iter(_remembered), None),
    )
    words = (wording.day, wording.clock, wording.stamp, wording.iso, wording.points, wording.whole, wording.percent)
    environment.filters.update({word.__name__: word for word in words})
    environment.filters["structured_data"] = structured.written
    environment.filters["brief"] = wording.brief
    environment.filters["sentence"] = wording.sentence
    environment.filters["web_only"] = addresses.web_only
    environment.filters["standing"] = standing
    environment.globals.update(
        address=addresses,
        ago=wording.ago,
        lasting=wording.lasting,
        short=wording.short,
        count=wording.count,
        difference=card.difference,
        dot="\u00a0· ",
        field_name=card.field_name,
        dated=wording.dated,
        followed=feeds.followed,
        listed=wording.listed,
        monthly=wording.monthly,
        out=site.out,
        policy=POLICY,
        is_copy=site.is_copy,
        once=once,
        provider_key=addresses.provider_key,
        tape_width=int(wire.TAPE),
        tongue=partial(tongue, locale),
        twins=habits.twins,
    )
    # Importing the parts in each template would cost a twentieth of a page.
    pieces = [environment.get_template(name).module for name in (f"{SHIPPED[0]}/{PARTS}", PARTS)]
    environment.globals["parts"] = SimpleNamespace(**{key: one for piece in pieces for key, one in vars(piece).items()})
    return environment
