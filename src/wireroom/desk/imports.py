"""How do the posts of an existing archive become records? Their paths, dates, scores and bytes are kept.

A file that was imported before and has not changed is left alone, so importing twice changes nothing. Reads no folder:
the files are handed over.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct, structs

from wireroom.desk.post_facts import READER, article_of, read_post, topics_of
from wireroom.edition.render import front_matter
from wireroom.edition.render.yaml_text import Fields
from wireroom.errors import PostError
from wireroom.ports.archive import Archive
from wireroom.records.articles import Article, Reading
from wireroom.records.editions import Candidate, File, KeptFile, PathGrant, Snapshot
from wireroom.records.ids import ArticleId, BeatId, PageId, article_id, digest
from wireroom.records.policy import Policy
from wireroom.records.quality import QualityJudgement, Score, Term
from wireroom.records.topics import TopicJudgement, TopicMatch

POSTS = "_news/"
AT_ONCE = 500
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class Malformed(Struct, frozen=True, kw_only=True):
    """A post that could not be imported, and why: line and reason."""

    path: str
    reason: str


class Imported(Struct, frozen=True, kw_only=True):
    """What importing a folder came to, in files."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    malformed: tuple[Malformed, ...] = ()
    unknown_topics: tuple[str, ...] = ()
    """Names that posts give and the beat does not know."""


class _Known(Struct, frozen=True, kw_only=True):
    """What the archive held before."""

    by_path: Mapping[str, Candidate]
    by_article: Mapping[ArticleId, Candidate]
    carried: Mapping[str, bytes]


class _Post(Struct, frozen=True, kw_only=True):
    """A post as it will be recorded."""

    file: KeptFile
    article: Article
    fields: Fields


def import_files(archive: Archive, policy: Policy, files: Iterable[File], now: datetime) -> Imported:
    """Record the files of an archive; those under `_news/` that end in `.md` are posts, others are carried."""
    known = _known(archive.snapshot(policy.beat, now))
    taken = {candidate.article.id: path for path, candidate in known.by_path.items()}
    posts: list[_Post] = []
    others: list[KeptFile] = []
    malformed: list[Malformed] = []
    unchanged = changed = 0
    for file in sorted(files, key=lambda one: one.path):
        before = _before(known, file.path)
        if before == file.body:
            unchanged += 1
            continue
        try:
            _check_name(file.path)
            kept = _keep(file, known, taken, policy.beat, now)
        except PostError as error:
            malformed.append(Malformed(path=file.path, reason=str(error)))
            continue
        changed += before is not None
        posts.append(kept) if isinstance(kept, _Post) else others.append(kept)
    _record(archive, policy, posts, others)
    new = len(posts) + len(others) - changed
    return Imported(
        new=new,
        changed=changed,
        unchanged=unchanged,
        malformed=tuple(malformed),
        unknown_topics=_unknown(posts, policy),
    )


_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\]")
"""What no file of an edition may have in its name: some system reads it as a separator, or cannot write it."""


def _check_name(path: str) -> None:
    """Raise PostError for a name that an edition cannot have."""
    if odd := _ODD.search(path):
        shown = "bytes that are not UTF-8" if odd[0] >= "\ud800" else repr(odd[0])
        raise PostError(f"its name has {shown} in it; rename the file")


def is_post(path: str) -> bool:
    """Tell whether a file of an archive is a post."""
    return path.startswith(POSTS) and path.endswith(".md")


def _known(snapshot: Snapshot) -> _Known:
    return _Known(
        by_path={one.path: one for one in snapshot.candidates if one.path},
        by_article={one.article.id: one for one in snapshot.candidates},
        carried={file.path: file.body for file in snapshot.carried},
    )


def _before(known: _Known, path: str) -> bytes | None:
    """Return the bytes a path was imported with before."""
    candidate = known.by_path.get(path)
    return candidate.source if candidate and is_post(path) else known.carried.get(path)


def _keep(file: File, known: _Known, taken: dict[ArticleId, str], beat: BeatId, now: datetime) -> _Post | KeptFile:
    """Turn a file into what is recorded of it; `taken` learns whose path it is."""
    if not is_post(file.path):
        return KeptFile(beat=beat, path=file.path, body=file.body, known_at=_since(file, known, now))
    fields, stated = read_post(file.body, file.path, now)
    if not stated.title:
        raise PostError("line 1: a post without a title is none")
    holder = known.by_path.get(file.path)
    if holder is not None and holder.source is None and holder.article.id != stated.id:
        raise PostError(
            f"line 1: the path belongs to “{holder.article.title}” ({holder.article.canonical_url}) already"
        )
    name = holder.article.id if holder else _identity(stated, file.path, taken)
    taken[name] = file.path
    # A post is known since it was published, so that past days can be looked at; one that was known, since now.
    at = now if name in known.by_article else min(stated.published_at or _day_of(file.path) or now, now)
    page = PageId(digest("import", beat, file.path, file.body))
    article = structs.replace(stated, id=name, page=page, read_at=at)
    kept = KeptFile(beat=beat, path=file.path, body=file.body, article=name, known_at=at)
    return _Post(file=kept, article=article, fields=fields)


def _day_of(path: str) -> datetime | None:
    """Return the day a file is named for."""
    try:
        return datetime.fromisoformat(path.rpartition("/")[2][:10]).replace(tzinfo=UTC)
    except ValueError:
        return None


def _identity(stated: Article, path: str, taken: Mapping[ArticleId, str]) -> ArticleId:
    """Return whose post it is; a second post of one address is known by its path, so that both stay."""
    return stated.id if taken.get(stated.id, path) == path else article_id(path)


def _since(file: File, known: _Known, now: datetime) -> datetime:
    """Return since when a file that is no post is carried: from its own date on, else from now on."""
    if file.path in known.carried:
        return now
    try:
        published = article_of(front_matter.read(file.body).fields, file.path, now).published_at
    except PostError:
        published = None
    return min(published or _ALWAYS, now)


def _record(archive: Archive, policy: Policy, posts: Sequence[_Post], others: Sequence[KeptFile]) -> None:
    """Record in batches; what an interrupted import has left out, the next one brings."""
    for start in range(0, len(others), AT_ONCE):
        archive.record_kept(others[start : start + AT_ONCE])
    for start in range(0, len(posts), AT_ONCE):
        some = posts[start : start + AT_ONCE]
        # Paths come first: without its path a post would be given another one.
        archive.record_paths([_grant(post) for post in some])
        archive.record_kept([post.file for post in some], [_reading(post) for post in some])
        archive.record_topics([_topics(post, policy) for post in some])
        archive.record_qualities([quality for post in some if (quality := _quality(post))])


def _grant(post: _Post) -> PathGrant:
    return PathGrant(beat=post.file.beat, article=post.article.id, path=post.file.path, granted_at=post.file.known_at)


def _reading(post: _Post) -> Reading:
    page = post.article.page or PageId("")
    return Reading(page=page, extractor=READER, read_at=post.article.read_at, article=post.article)


def _topics(post: _Post, policy: Policy) -> TopicJudgement:
    named = topics_of(post.fields)
    matches = tuple(
        TopicMatch(topic=topic.id, score=1.0, because="named in the post")
        for topic in policy.topics
        if topic.name in named or topic.id in named
    )
    return TopicJudgement(
        beat=post.file.beat, article=post.article.id, judge=READER, judged_at=post.article.read_at, matches=matches
    )


def _quality(post: _Post) -> QualityJudgement | None:
    """Return the quality a post states; an unscored one has none."""
    value = post.fields.get("quality")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    term = Term(name="imported", points=float(value), because="stated in the imported post")
    return QualityJudgement(
        beat=post.file.beat,
        article=post.article.id,
        judge=READER,
        judged_at=post.article.read_at,
        score=Score(preset="imported", value=float(value), terms=(term,)),
    )


def _unknown(posts: Iterable[_Post], policy: Policy) -> tuple[str, ...]:
    known = {name for topic in policy.topics for name in (topic.id, topic.name)}
    named = {name for post in posts for name in topics_of(post.fields) if name.strip()}
    return tuple(sorted(named - known))


def topic_names(files: Iterable[File]) -> Iterator[str]:
    """Yield the topics that posts name, post by post; malformed posts name none."""
    for file in files:
        if is_post(file.path):
            try:
                yield from topics_of(front_matter.read(file.body).fields)
            except PostError:
                continue
