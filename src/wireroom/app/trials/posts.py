"""What becomes of a post: its bytes when written again, its scores when scored again?"""

from datetime import UTC, datetime

from msgspec import Struct, structs

from wireroom.app.beat import Beat
from wireroom.desk.post_facts import read_post, related_qualities, topics_of
from wireroom.desk.rescoring import score_post
from wireroom.edition.render import front_matter
from wireroom.edition.render.yaml_text import Value
from wireroom.records.policy import Policy
from wireroom.records.quality import Term
from wireroom.scoring.presets import shipped
from wireroom.text.slugs import post_path

NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Reading a post's facts needs no clock; the record wants a time all the same."""


class PostLine(Struct, frozen=True, kw_only=True):
    """The line of `try post`."""

    input: str
    identical: bool
    path: str | None
    record: object


class ScoreLine(Struct, frozen=True, kw_only=True, rename="camel"):
    """The line of `try score`; `terms` sum to quality, `heat_terms` to heat."""

    input: str
    quality: int
    heat: int
    published: bool
    terms: tuple[Term, ...]
    heat_terms: tuple[Term, ...]


def try_post(name: str, body: bytes) -> PostLine:
    """Read a post, write it again, and compare the bytes; `path` is the one our rule gives it."""
    fields, article = read_post(body, name, NO_TIME)
    return PostLine(
        input=name,
        identical=front_matter.write(front_matter.read(body)) == body,
        path=post_path(article.published_at, article.title) if article.published_at else None,
        record=_shown(fields),
    )


def try_score(name: str, body: bytes, policy: Policy, now: datetime) -> ScoreLine:
    """Score a post from its facts and its related records."""
    fields, article = read_post(body, name, now)
    scored = score_post(article, topics_of(fields), related_qualities(fields), policy, now)
    return ScoreLine(
        input=name,
        quality=round(scored.quality.value),
        heat=round(scored.heat.value),
        published=scored.published,
        terms=scored.quality.terms,
        heat_terms=scored.heat.terms,
    )


def policy_for(beat: Beat, preset: str | None) -> Policy:
    """Return the beat's policy under another preset, when one is named."""
    return beat.policy if preset is None else structs.replace(beat.policy, preset=shipped(preset))


def _shown(value: Value) -> object:
    """Return a value as JSON can hold it: YAML has keys that are no text, such as `no`."""
    if isinstance(value, dict):
        return {_key(key): _shown(inner) for key, inner in value.items()}
    return [_shown(inner) for inner in value] if isinstance(value, list) else value


def _key(key: object) -> object:
    return {None: "null", True: "true", False: "false"}[key] if key is None or isinstance(key, bool) else key
