"""What of an article is found in the newest reports of each story near it?

Looked up once and before anything is measured, since what one story has in common with an article is held against what
the others have. It must not judge.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from wireroom.intake.link.measures import BY_STEM, BY_WORD, EVERYTHING
from wireroom.intake.link.profile import Profile, stem
from wireroom.intake.link.shelf import Near, Shelf, StoryShelf
from wireroom.text.lexicon import UNLISTED, rarities

COMPANY = 6
"""Newest members of a story over whom is averaged: the mean keeps out what resembles one report by chance."""
MANY = 8
"""Words in common from which a list is gone through for them, word by word."""
FEW = 10
"""Articles on a shelf up to which it says little that nobody else uses a word: there is hardly anybody else."""
_NUMBERS = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty
fifty sixty seventy eighty ninety dozen half hundred"""
NUMBER_WORDS = frozenset(map(stem, _NUMBERS.split()))
"""Stems of numbers written out: “nine of eleven students” tells as much as 9 of 11, where few others say so."""


class Asked(Struct, frozen=True, kw_only=True, gc=False):
    """An article with what is asked of every story: each word, its weight squared, its rarity 0–1, its users so far."""

    article: Profile
    rarity_of: dict[str, float]
    words: tuple[tuple[str, float, float, int], ...]
    proper: dict[str, float]
    names: frozenset[str]
    numbers: frozenset[str]
    gist: dict[str, float]
    """Stem → share of the weight of all of them."""
    deeds: float
    """Share of the weight of those that are no names."""
    vocabulary: frozenset[str]
    users_of: dict[str, int]
    """Stem → how many articles on the shelf use it, of those that any does."""
    counted: frozenset[str]
    """Those stems that are numbers."""
    spare: float
    """What a word's users are raised by, from 1 on an empty shelf to 0."""
    is_gist_all: bool
    """There is no text beyond the gist: then words are looked for once, not both ways."""

    @classmethod
    def of(
        cls,
        article: Profile,
        shelf: Shelf,
        wanted: Mapping[bool, frozenset[str]] = EVERYTHING,
        *,
        counted: bool = False,
    ) -> "Asked":
        """Look the words up once, each as far as what is wanted rests on it; an article on the shelf is no user."""
        asks = wanted[True] if article.body is not None else wanted[False] | wanted[True]
        terms, weights = article.head.terms, article.head.weights
        rare = rarities(terms) if asks & BY_WORD else []
        users = shelf.frequencies(terms) if rare else []
        words = tuple(
            [
                (term, weight * weight, min(1.0, weighed / UNLISTED), count + 1)
                for term, weight, weighed, count in zip(terms, weights, rare, users, strict=False)
            ]
        )
        gist, total = article.gist, article.gist_weight
        users_of = shelf.users(article.vocabulary)
        if counted:
            users_of = {stem: users - 1 for stem, users in users_of.items() if users > 1}
        return cls(
            article=article,
            rarity_of=dict(zip(terms, rare, strict=False)),
            words=words,
            proper=article.proper.mapping(),
            names=frozenset(article.names),
            numbers=frozenset(article.numbers),
            gist={term: weight / total for term, weight in zip(gist.terms, gist.weights, strict=True)},
            deeds=article.deeds / total,
            vocabulary=frozenset(article.vocabulary),
            users_of=users_of,
            counted=frozenset([stem for stem in users_of if stem < ":" or stem in NUMBER_WORDS]),
            spare=FEW / (FEW + len(shelf.profiles)),
            is_gist_all=article.vocabulary is gist.terms,
        )


class Beside(Struct, frozen=True, gc=False):
    """A story that an article is held against, and what of the article is found in its newest members."""

    rows: Sequence[Near]
    """Its members near the article, best first."""
    story: StoryShelf
    company: Sequence[Profile]
    held: Sequence[Iterable[str]]
    """The article's stems that each of the company uses."""
    cover: float
    deeds: float
    """`cover` of what is no name: two reports that name the same town need not tell the same."""
    textual: bool
    foreign: bool
    asks: frozenset[str]
    """The measures wanted."""


def beside(asked: Asked, rows: Sequence[Near], shelf: Shelf, wanted: Mapping[bool, frozenset[str]]) -> Beside:
    """Look an article's stems up in a story's newest members.

    What is costly and not wanted is not measured, except between two languages, where it decides.
    """
    nearest, story = shelf.profiles[rows[0].number], shelf.home[rows[0].number]
    textual, foreign = _textual(asked.article, nearest), _foreign(asked.article, nearest)
    asks = (EVERYTHING if foreign else wanted)[textual]
    company = [shelf.profiles[number] for number in story.members[-COMPANY:]]
    held = [_held(asked, member) for member in company] if BY_STEM & asks else []
    cover, deeds = sum([one for one, _, _ in held]), sum([one for _, one, _ in held])
    sides = 2 * len(company)
    return Beside(
        rows=rows,
        story=story,
        company=company,
        held=[found for _, _, found in held],
        cover=cover / sides,
        deeds=deeds / sides,
        textual=textual,
        foreign=foreign,
        asks=asks,
    )


def ahead(asked: Asked, covers: Sequence[float]) -> list[float]:
    """Return how far each story's cover is ahead of the others': only together can they be held against each other."""
    first, second = [*sorted(covers, reverse=True), 0.0, 0.0][:2]
    gaps = [cover - (second if cover == first else first) for cover in covers]
    # Being alone near an article says the less the fewer there are on the shelf.
    return [gap * (1 - asked.spare) if gap > 0 else gap for gap in gaps]


def _held(asked: Asked, other: Profile) -> tuple[float, float, Iterable[str]]:
    """Return how much of both gists' weight the other's words make up, of 2, and the article's stems that it uses.

    The weight of all words comes first, then that of those which are no names, among themselves.
    """
    ours, gist, article = asked.gist, other.gist, asked.article
    theirs = other.vocabulary
    if asked.is_gist_all and theirs is gist.terms:
        places = _places(gist.terms, asked.vocabulary)
        found, weights = [gist.terms[at] for at in places], gist.weights
        cover = sum([weights[at] for at in places]) / other.gist_weight + sum([ours[stem] for stem in found])
        return cover, cover, filter(asked.users_of.__contains__, found)
    covered = [weight if word in theirs else 0.0 for word, weight in ours.items()]
    known = asked.vocabulary
    covers = [weight if word in known else 0.0 for word, weight in zip(gist.terms, gist.weights, strict=True)]
    deeds = sum(covered[article.named :]) / asked.deeds + sum(covers[other.named :]) / other.deeds
    return sum(covered) + sum(covers) / other.gist_weight, deeds, asked.users_of.keys() & theirs


def _places(words: tuple[str, ...], known: frozenset[str]) -> list[int]:
    """Return where the known ones stand among words, in order; most reports have few words in common."""
    common = known.intersection(words)
    if len(common) < MANY:
        return sorted(map(words.index, common))
    return [at for at, word in enumerate(words) if word in common]


def _textual(one: Profile, other: Profile) -> bool:
    """Tell whether more than two headlines were compared: only those are judged by the coarse grain of their set."""
    return one.body is not None or other.body is not None


def _foreign(one: Profile, other: Profile) -> bool:
    """Tell whether two reports are known to be in different languages."""
    return one.language is not None and other.language is not None and one.language != other.language
