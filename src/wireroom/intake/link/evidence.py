"""What speaks for and against an article telling the same happening as a story?

Measures only; `decide` turns them into a probability.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import fsum, log1p

from msgspec import Struct

from wireroom.intake.link.profile import Profile
from wireroom.intake.link.shelf import Near, Shelf, StoryShelf
from wireroom.text.lexicon import UNLISTED, rarities

FEATURES = (
    "best",  # likeness of the nearest member's head
    "second",
    "third",
    "centre",  # likeness to the story's centre
    "core",  # a rare word that most of the story's heads use
    "core2",  # the next one
    "owned",  # share of the article's words that belong to this story rather than to others
    "owned_most",  # the rare word that belongs to it most
    "rare",  # rarity shared with the nearest member, all words
    "rarest",  # the rarest word shared
    "names",  # names in common
    "names_share",  # … among the names of the one that has fewer
    "numbers",  # sums and counts in common
    "linked",  # one links to the other
    "body",  # likeness of the nearest body
    "body_second",
    "behind",  # how much less alike than the best candidate
    "days",  # days to the nearest member
    "size",  # of the story
    "cover",  # share of headline and lead that the other's text has, both ways
    "proper",  # likeness of names
    "soon",  # 1 at once, 1/2 after a day, 1/3 after two
    "housed",  # the publisher has told this story already: it rarely tells one twice
    "marks",  # the five words of the text that belong most to this story: few others use them, most of its reports do
    "figures",  # numbers in common, in digits or words, as far as they belong to the story
    "plain",  # share of the words of headline and lead, all alike, that its newest reports use: some do so by chance
    "repeats",  # the nearest member's text holds nearly all words of this one, or the other way round
    "fuller",  # how much more the article tells than the story's shortest report
    "undated",  # nobody knows when one of both came out, so that `soon` and `age` tell nothing
    "age",  # days to the story's first report
    "ahead",  # how far `cover` is ahead of the other stories near the article; of those behind, how far it is behind
)
EVERYTHING = dict.fromkeys((False, True), frozenset(FEATURES))
"""Measures wanted of two headlines, and of all else."""

UNDATED = 1.5
"""Days that stand for a gap that nobody knows: nearer would make one story of all that has no date."""
COMPANY = 6
"""Newest members of a story over whom is averaged: the mean keeps out what resembles one report by chance."""
MARKS = 5
MANY = 8
"""Words in common from which a list is gone through for them, word by word."""
FEW = 10
"""Articles on a shelf up to which it says little that nobody else uses a word: there is hardly anybody else."""
SAME_TEXT, WHOLE = 0.8, 0.9
"""Likeness of bodies from which is asked whether one repeats the other, and the share of words that does."""
NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleve twelv thirt fourt fifte twent forty fifty sixty ninet "
    "dozen half hundr".split()
)
"""Stems of numbers written out: “nine of eleven students” tells as much as 9 of 11, where few others say so."""
_BY_HEAD = frozenset(FEATURES[: FEATURES.index("names_share") + 1])
"""What is measured of the head …"""
_UNASKED = (0.0,) * len(_BY_HEAD)
_BY_WORD = {"core", "core2", "owned", "owned_most", "rare", "rarest"}
"""… and of that, word by word."""
_BY_STEM = {"cover", "marks", "figures", "plain", "ahead"}
"""What is measured stem by stem of the text."""


class Evidence(Struct, frozen=True, kw_only=True, gc=False):
    """Measures of an article against a story, in the order of FEATURES, and the member nearest to it."""

    nearest: int
    values: tuple[float, ...]
    textual: bool
    """One of both is more than a headline."""
    foreign: bool = False
    """The languages are known and differ."""


class Asked(Struct, frozen=True, kw_only=True, gc=False):
    """An article with what is asked of every story: each word, its weight squared, its rarity 0–1, its users so far."""

    article: Profile
    rarity_of: dict[str, float]
    words: tuple[tuple[str, float, float, int], ...]
    proper: dict[str, float]
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
        rare = rarities(terms) if asks & _BY_WORD else []
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
    held = [_held(asked, member) for member in company] if _BY_STEM & asks else []
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


def weigh(asked: Asked, near: Beside, shelf: Shelf, best: float, ahead: float) -> Evidence:
    """Measure an article against one story, whose cover is so far ahead of the others'."""
    article, story, rows, company, asks = asked.article, near.story, near.rows, near.company, near.asks
    others = [shelf.profiles[row.number] for row in rows]
    bodies = sorted([row.body for row in rows if row.body is not None], reverse=True)
    values = (
        *(_UNASKED if _BY_HEAD.isdisjoint(asks) else _heads(asked, near, others)),
        log1p(max([len(article.numbers & other.numbers) for other in others])) if article.numbers else 0.0,
        float(bool([other for other in others if _linked(article, other)])),
        bodies[0] if bodies else 0.0,
        bodies[1] if len(bodies) > 1 else 0.7 * bodies[0] if bodies else 0.0,
        rows[0].likeness - best,
        log1p(min([abs(article.hour - other.hour) for other in others]) / 24) if "days" in asks else 0.0,
        log1p(len(story.members)),
        near.cover,
        *_company(asked, company),
        *_marks(asked, near.held),
        _repeats(asked, others[0], rows[0].body),
        log1p(len(article.vocabulary)) - log1p(min([len(member.vocabulary) for member in company])),
        float(not (article.dated and all(member.dated for member in company))),
        log1p(_gap(article, [shelf.profiles[story.members[0]]])),
        ahead,
    )
    return Evidence(nearest=rows[0].number, values=values, textual=near.textual, foreign=near.foreign)


def _heads(asked: Asked, near: Beside, others: Sequence[Profile]) -> tuple[float, ...]:
    """Hold the article's head against the story's: all that is measured word by word, or name by name."""
    article, story, asks = asked.article, near.story, near.asks
    heads = sorted([row.head for row in near.rows], reverse=True)
    common = _rarities(asked, others[0])
    return (
        heads[0],
        heads[1] if len(heads) > 1 else 0.7 * heads[0],
        heads[2] if len(heads) > 2 else 0.5 * heads[0],
        story.likeness(article.head) if "centre" in asks else 0.0,
        *_belonging(asked, story),
        sum(common) / 20,
        max(common, default=0.0) / UNLISTED,
        log1p(max([len(article.names & other.names) for other in others])),
        max([_share(article.names, other.names) for other in others]),
    )


def ahead(asked: Asked, covers: Sequence[float]) -> list[float]:
    """Return how far each story's cover is ahead of the others': only together can they be held against each other."""
    first, second = [*sorted(covers, reverse=True), 0.0, 0.0][:2]
    gaps = [cover - (second if cover == first else first) for cover in covers]
    # Being alone near an article says the less the fewer there are on the shelf.
    return [gap * (1 - asked.spare) if gap > 0 else gap for gap in gaps]


def _rarities(asked: Asked, other: Profile) -> list[float]:
    """Return the rarity of each word that both heads use."""
    return [asked.rarity_of[term] for term in other.head.terms if term in asked.rarity_of]


def _company(asked: Asked, members: Sequence[Profile]) -> tuple[float, float, float]:
    """Hold an article against a story's newest members: proper, soon, housed."""
    article = asked.article
    return (
        sum([member.proper.likeness(asked.proper) for member in members]) / len(members) if asked.proper else 0.0,
        1 / (1 + _gap(article, members)),
        1.0 if article.site and article.site in [member.site for member in members] else 0.0,
    )


def _gap(one: Profile, others: Sequence[Profile]) -> float:
    """Return how many days lie between a report and the nearest of others."""
    if not one.dated:
        return UNDATED
    return min([abs(one.hour - other.hour) / 24 if other.dated else UNDATED for other in others])


def _marks(asked: Asked, held: Sequence[Iterable[str]]) -> tuple[float, float, float]:
    """Measure by the article's stems that each of a story's newest members uses: marks, figures, plain."""
    uses: dict[str, int] = {}
    for stem in chain.from_iterable(held):
        uses[stem] = uses.get(stem, 0) + 1
    if not uses:
        return 0.0, 0.0, 0.0
    users_of, spare = asked.users_of, asked.spare
    belonging = sorted([count * count / (users_of[stem] + spare) for stem, count in uses.items()], reverse=True)[:MARKS]
    figures = [uses[stem] / (users_of[stem] + 1) for stem in asked.counted & uses.keys()] if asked.counted else []
    told = uses if asked.is_gist_all else uses.keys() & asked.gist.keys()
    plain = len(told) / max(1, len(asked.gist))
    return sum(belonging) / (MARKS * len(held)), fsum(figures), plain


def _repeats(asked: Asked, other: Profile, body: float | None) -> float:
    """Tell whether one of two texts holds the other; a form filled in twice has other names and numbers."""
    if body is None or body < SAME_TEXT:
        return 0.0
    least = min(len(asked.vocabulary), len(other.vocabulary))
    return float(len(asked.vocabulary.intersection(other.vocabulary)) >= WHOLE * least)


def _held(asked: Asked, other: Profile) -> tuple[float, float, Iterable[str]]:
    """Return how much of both gists' weight the other's words make up, of 2, and the article's stems that it uses.

    The weight of all words comes first, then that of those which are no names, among themselves.
    """
    ours, gist, article = asked.gist, other.gist, asked.article
    theirs = other.vocabulary
    if asked.is_gist_all and theirs is gist.terms:
        places = _places(gist.terms, asked.vocabulary)
        found = [gist.terms[at] for at in places]
        cover = sum([gist.weights[at] for at in places]) / other.gist_weight + sum([ours[stem] for stem in found])
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


def _belonging(asked: Asked, story: StoryShelf) -> tuple[float, float, float, float]:
    """Measure how much the words of the article are the story's own: core, core2, owned, owned_most."""
    core, core2, owned, most = 0.0, 0.0, 0.0, 0.0
    counts, size = story.counts, len(story.members) + 1
    for term, square, rare, users in asked.words:
        if count := counts.get(term):
            heart, share = rare * count / size, count / users
            owned += square * share
            most = max(most, share * rare)
            if heart > core:
                core, core2 = heart, core
            elif heart > core2:
                core2 = heart
    return core, core2, owned, most


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the common members among those of the smaller set; one name alone proves little, hence + 1."""
    return len(one & other) / (min(len(one), len(other)) + 1)


def _textual(one: Profile, other: Profile) -> bool:
    """Tell whether more than two headlines were compared: only those are judged by the coarse grain of their set."""
    return one.body is not None or other.body is not None


def _foreign(one: Profile, other: Profile) -> bool:
    """Tell whether two reports are known to be in different languages."""
    return one.language is not None and other.language is not None and one.language != other.language


def _linked(one: Profile, other: Profile) -> bool:
    """Tell whether one article links to the other."""
    return bool(one.url and one.url in other.links) or bool(other.url and other.url in one.links)
