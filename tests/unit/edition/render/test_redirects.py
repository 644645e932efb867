"""A merged story's address leads to the story it became a part of."""

from msgspec import structs

from wireroom.edition.render import addresses, redirects, render
from wireroom.records.editions import Edition
from wireroom.records.ids import StoryId


def merged(sample: Edition) -> Edition:
    story, other, *rest = sample.stories
    formerly = (StoryId("gone"), StoryId("a/../b"), other.id)
    return structs.replace(sample, stories=(structs.replace(story, formerly=formerly), other, *rest))


def test_former_addresses_have_a_page_that_leads_on(sample: Edition) -> None:
    edition = merged(sample)
    story = edition.stories[0]
    files = {file.path: file.body.decode() for file in redirects.render(edition)}
    assert set(files) == {addresses.story(StoryId("gone")), addresses.story(StoryId("a/../b")), "_redirects"}
    page = files["stories/gone/index.html"]
    assert f'content="0; url=../../{addresses.story(story.id)}"' in page
    assert f'rel="canonical" href="https://watch.example/{addresses.story(story.id)}"' in page
    assert f"/stories/gone/ /stories/{story.id}/ 301\n" in files["_redirects"]
    assert f"/feeds/stories/gone/* /feeds/stories/{story.id}/:splat 301\n" in files["_redirects"]


def test_an_edition_in_which_nothing_moved_has_no_table_and_no_path_twice(sample: Edition) -> None:
    assert list(redirects.render(sample)) == []
    paths = [file.path for file in render(merged(sample))]
    assert len(paths) == len(set(paths))
    assert {"stories/gone/index.html", "_redirects"} <= set(paths)


def test_a_hostile_title_stays_text(sample: Edition) -> None:
    edition = merged(sample)
    story = structs.replace(edition.stories[0], title='</title><script>alert("x")</script>')
    [page, *_] = redirects.render(structs.replace(edition, stories=(story,)))
    assert b"<script" not in page.body
