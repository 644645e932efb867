"""How does a letter look? HTML that mail clients render, and plain text that says the same.

Tables for layout, styles on the elements themselves: clients drop style sheets, and what they support of them differs;
tests/unit/edition/render/mail_features.toml lists what is not safe. The one style element carries dark colours only.
"""

from functools import cache
from importlib.resources import files
from textwrap import wrap

from jinja2 import FunctionLoader, StrictUndefined
from msgspec import structs

from wireroom.edition.render import addresses, front_matter, wording
from wireroom.edition.render.classic_issue import FOLDER, Period, issue_path
from wireroom.edition.render.letter.contents import Contents
from wireroom.edition.render.markup import tongue
from wireroom.edition.render.portal import card
from wireroom.edition.render.portal.quick import QuickEnvironment
from wireroom.edition.render.yaml_text import Fields
from wireroom.records.editions import Edition, Post
from wireroom.records.mail import Letter

UNSUBSCRIBE = "https://unsubscribe.invalid/"
"""Stands for the address at which a recipient leaves; each mail has its own. The name is reserved: it leads nowhere."""
HEAVIEST = 100_000
"""Bytes of HTML: beyond, the largest client cuts a letter off and hides its end behind a link."""
WIDTH = 72
"""Columns of the part that is text."""
_HERE = files(__package__)


def written(edition: Edition, period: Period, told: Contents) -> Letter:
    """Write a letter; one that would be too heavy leaves out its last sections."""
    while True:
        letter = _written(edition, period, told)
        if len(letter.html.encode()) < HEAVIEST or not told.sections:
            return letter
        dropped = told.sections[-1]
        left_out = told.left_out + len(dropped.told)
        told = structs.replace(told, sections=told.sections[:-1], left_out=left_out)


def post(letter: Letter, edition: Edition) -> bytes:
    """Return the post that keeps an issue: front matter as the classic one has it, then the letter without its head."""
    masthead, name = edition.masthead, letter.path.removeprefix(FOLDER).removesuffix(".html")
    fields: Fields = {
        "title": letter.title,
        "excerpt": letter.excerpt,
        "publishedDateTime": letter.at.replace(microsecond=0),
        "webUrl": f"{masthead.address}newsletters/{name}/",
        "type": "newsletter",
        "topics": [masthead.main_topic or masthead.name],
    }
    return front_matter.write(front_matter.compose(fields, letter.fragment))


def _written(edition: Edition, period: Period, told: Contents) -> Letter:
    masthead, at = edition.masthead, edition.made_at
    path = issue_path(masthead, at)
    own = f"{masthead.address}newsletters/{path.removeprefix(FOLDER).removesuffix('.html')}/"
    shown: dict[str, object] = {"masthead": masthead, "now": at, "told": told, "period": period.value}
    shown |= {"own": own, "leave": UNSUBSCRIBE}
    title = _line(f"{masthead.name}: {told.lead.lead.article.title}")
    names = [told.lead, *(one for section in told.sections for one in section.told)]
    excerpt = " / ".join(_line(one.lead.article.title) for one in names[:3])
    return Letter(
        path=path,
        title=wording.brief(title, 160),
        excerpt=wording.brief(excerpt, 400),
        at=at,
        html=_fill("letter.html", title=wording.brief(title, 160), excerpt=wording.brief(excerpt, 140), **shown),
        text=_fill("letter.txt", title=title, **shown),
        fragment=_fill("issue.html", **shown),
    )


def link(target: Post) -> str:
    """Return the publisher's address of a report, empty when a reader could not open it."""
    article = target.article
    return addresses.web_only(article.canonical_url) or addresses.web_only(article.original_url) or ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str, opening: str = "  ") -> str:
    """Break a text at 72 columns, as mail that is read as text is set; what follows the opening stands below it."""
    below = " " * len(opening)
    broken = wrap(text, WIDTH, initial_indent=opening, subsequent_indent=below, break_long_words=False)
    return "\n".join(broken)


def _fill(template: str, **shown: object) -> str:
    filled = _environment().get_template(template).render(**shown)
    return filled.encode("utf-8", "replace").decode()


@cache
def _environment() -> QuickEnvironment:
    environment = QuickEnvironment(
        loader=FunctionLoader(lambda name: _HERE.joinpath(name).read_text("utf-8")),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = (wording.day, wording.clock, wording.stamp, wording.brief, wording.sentence)
    environment.filters.update({word.__name__: word for word in words})
    environment.filters["line"] = _line
    environment.filters["lines"] = _lines
    environment.globals.update(
        address=addresses,
        count=wording.count,
        short=wording.short,
        link=link,
        field_name=card.field_name,
        tongue=tongue,
    )
    return environment
