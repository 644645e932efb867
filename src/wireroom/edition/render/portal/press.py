"""How does a template become a page? One environment: escaping on, nothing undefined, our own words as filters."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from wireroom.edition.render import addresses
from wireroom.edition.render.portal import card, site, wire, wording
from wireroom.edition.render.portal.site import Site
from wireroom.records.editions import File

_HERE = "wireroom.edition.render.portal"


def page(place: Site, path: str, template: str, **shown: object) -> File:
    """Fill a template; links inside are relative to `path`."""
    filled = (
        _environment()
        .get_template(template)
        .render(site=place, masthead=place.masthead, now=place.now, path=path, to=addresses.relative(path), **shown)
    )
    return File(path=path, body=filled.encode("utf-8", "replace"))


def asset(name: str) -> bytes:
    """Return a file that is served as it is."""
    return files(_HERE).joinpath("static", name).read_bytes()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: files(_HERE).joinpath("templates", name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = (wording.day, wording.clock, wording.stamp, wording.iso, wording.points, wording.whole, wording.percent)
    environment.filters.update({word.__name__: word for word in words})
    environment.tests["copied"] = site.is_copy
    environment.filters["brief"] = wording.brief
    environment.filters["sentence"] = wording.sentence
    environment.filters["web_only"] = addresses.web_only
    environment.globals.update(
        address=addresses,
        ago=wording.ago,
        short=wording.short,
        count=wording.count,
        difference=card.difference,
        field_name=card.field_name,
        out=site.out,
        is_copy=site.is_copy,
        provider_key=site.provider_key,
        tape_width=int(wire.TAPE),
    )
    return environment
