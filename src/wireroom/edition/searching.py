"""Which posts does a saved search find? The same answers as the search page gives, found when the edition is made."""

from collections.abc import Iterable, Iterator

from wireroom.records.editions import Post
from wireroom.records.portal import SavedSearch
from wireroom.text.queries import Sought, answers, parse_query


def found(search: SavedSearch, posts: Iterable[Post]) -> Iterator[Post]:
    """Yield the posts that a saved search finds, in the order given."""
    query = parse_query(search.query)
    return (post for post in posts if answers(query, sought(post)))


def sought(post: Post) -> Sought:
    """Return what a query may ask of a post."""
    article, story = post.article, post.story
    return Sought(
        title=article.title,
        excerpt=article.excerpt,
        provider=(article.provider.name, article.provider.domain or ""),
        topics=tuple(text for topic in post.topics for text in (topic.id, topic.name)),
        story=(story.id, story.title) if story else (),
        published_at=article.published_at,
    )
