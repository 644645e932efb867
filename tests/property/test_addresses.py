"""Laws of addresses: filing twice changes nothing, and no string raises."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from wireroom.text import urls
from wireroom.text.amp import cache_url
from wireroom.text.slugs import LIMIT, slug
from wireroom.text.urls import absolute, canonical, domain, host

UNHURRIED = settings(deadline=None)  # a busy machine is no failure
LOOSE = st.text(alphabet=st.one_of(st.sampled_from("htps:/.?#&=%@[]\\ 0x7f1-"), st.characters()), max_size=60)
HOSTS = st.from_regex(r"[A-Za-z0-9\-]{1,12}(\.[A-Za-z]{2,6}){1,2}(:[0-9]{1,4})?", fullmatch=True)
PAIRS = st.tuples(st.sampled_from(["utm_source", "a", "b", "ref", "Q", "ü", "%75tm_id", "source"]), LOOSE)
QUERIES = st.lists(PAIRS, max_size=5).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs))
ADDRESSES = st.builds("http://{}/{}?{}#{}".format, HOSTS, LOOSE, QUERIES, LOOSE)
ANY = st.one_of(LOOSE, ADDRESSES, LOOSE.map("https://{}".format))


@UNHURRIED
@given(ANY)
def test_canonical_twice_is_canonical_once(url: str) -> None:
    once = canonical(url)
    assert canonical(once) == once


@UNHURRIED
@given(ANY)
def test_a_canonical_address_keeps_no_fragment_and_no_upper_case_host(url: str) -> None:
    if absolute("", url) is not None:
        parts = urlsplit(canonical(url))
        assert "#" not in canonical(url)
        assert parts.netloc == parts.netloc.lower()
        assert not any(pair.startswith("utm_source") for pair in parts.query.split("&"))


@UNHURRIED
@given(ANY, ANY)
def test_resolving_gives_an_http_address_or_none(base: str, ref: str) -> None:
    resolved = absolute(base, ref)
    assert resolved is None or (resolved.startswith(("http://", "https://")) and host(resolved))
    assert resolved is None or absolute("", resolved) == resolved


@UNHURRIED
@given(st.from_regex(urls._PLAIN, fullmatch=True))
def test_the_short_cut_gives_what_resolving_gives(url: str) -> None:
    assert urls._resolved("https://daily.example/a/b", url) == url


@UNHURRIED
@given(ANY)
def test_nothing_raises(text: str) -> None:
    host(text)
    domain(text)
    cache_url(text)
    assert len(slug(text)) <= LIMIT
    assert slug(slug(text)) == slug(text)


def test_naughty_strings_raise_nothing(shared: Path) -> None:
    for text in json.loads((shared / "data/hostile/big_list_of_naughty_strings.json").read_bytes()):
        for hostile in (text, f"http://{text}/", f"http://daily.example/{text}?{text}={text}"):
            assert canonical(canonical(hostile)) == canonical(hostile)
            domain(hostile)
            cache_url(hostile)
