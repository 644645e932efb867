"""Does our checker of feeds tell right from wrong? Held against the samples of W3C's feedvalidator, which judge others.

Each sample names what that checker says of it. Those that it calls free of errors must pass; what breaks a must of
Atom, RSS or OPML must be caught. `LEFT` names what is not, kind by kind: advice, and what extensions ask of themselves.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from msgspec import Struct
from tests.browser.feed_rules import SCHEMAS, broken, faults

LEFT = {
    "advice that a text looks like markup, or markup unlike itself": (
        "ContainsHTML ContainsUndeclaredHTML CharacterData NotHtml HtmlFragment BadCharacters ContainsEmail "
        "MisplacedXHTMLContent"
    ),
    "advice about what readers do with markup; ours holds none (see `faults`)": "DangerousStyleAttr SecurityRisk",
    "advice about a feed's address, which a sample has none of; ours are asked for it": (
        "MissingSelf SelfDoesntMatchLocation SameDocumentReference InvalidUriChar NonCanonicalURI"
    ),
    "advice about saying one thing twice, in two vocabularies": (
        "DuplicateDescriptionSemantics DuplicateItemSemantics DuplicateSemantics DuplicateUpdated SlashDate"
    ),
    "advice about empty texts, order and what might be there": (
        "NotBlank MisplacedItem MisplacedMetadata NeedDescriptionBeforeContent MissingGuid MissingTypeAttr "
        "MissingSourceElement MissingDCLanguage AvoidTextInput ImageLinkDoesntMatch ImageTitleDoesntMatch"
    ),
    "advice about values that are well formed": (
        "ImplausibleDate ProblematicalRFC822Date NotSufficientlyUnique SchemeNotIANARegistered EmailFormat "
        "UnregisteredAtomLinkRel InvalidOutlineType"
    ),
    "what extensions, and prefixes of them, ask of themselves": (
        "AvoidNamespacePrefix ReservedPrefix UnknownNamespace UnsupportedNamespace UndeterminableVocabulary "
        "UseOfExtensionAttr InvalidLanguage InvalidLatitude InvalidFullLink UndefinedElement"
    ),
    "left out, as no feed of ours could have it: people's addresses beside names, contents in Base64": (
        "InvalidContact NotBase64"
    ),
}
"""Kinds of which a sample may pass."""
CAUGHT = 0.75
"""Of all samples that are said to have a fault, advice included."""


class Sample(Struct, frozen=True, kw_only=True):
    """A document, and what is said of it: `!Error` that it has none, `Name` that it has that fault."""

    name: str
    said: str
    body: bytes


def samples(shared: Path) -> Iterator[Sample]:
    """Yield the samples in Atom, RSS 2.0 and OPML; extensions have checkers of their own."""
    folder = shared / "data/feeds/feedvalidator"
    for path in sorted([*folder.rglob("*.xml"), *folder.rglob("*.opml")]):
        body, name = path.read_bytes(), path.relative_to(folder).as_posix()
        said = re.search(rb"Expect:\s*(!?\w+)", body)
        known = "root of no format" not in " ".join(broken(body))
        if said and known and not said[1].startswith(b"Valid"):
            yield Sample(name=name, said=said[1].decode(), body=body)


def test_what_has_no_error_passes(shared: Path) -> None:
    sound = [one for one in samples(shared) if one.said == "!Error"]
    assert len(sound) > 60
    assert {one.name: found for one in sound if (found := broken(one.body))} == {}


def test_what_breaks_a_must_is_caught(shared: Path) -> None:
    bad = [one for one in samples(shared) if not one.said.startswith("!") and not one.name.startswith("ext/")]
    passed = [one for one in bad if not broken(one.body)]
    allowed = " ".join(LEFT.values()).split()
    assert [f"{one.name}: {one.said}" for one in passed if one.said not in allowed] == []
    assert 1 - len(passed) / len(bad) >= CAUGHT, f"{len(passed)} of {len(bad)} passed"
    assert set(allowed) == {one.said for one in passed}, "kinds that are all caught need no leave"


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.rng")), ids=lambda path: path.name)
def test_a_grammar_is_one(path: Path) -> None:
    etree.RelaxNG(file=str(path))


OWN = "https://watch.example/feeds/rss.xml"
RSS = f"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Watch</title><link>https://watch.example/</link><description>Cameras</description>
<atom:link href="{OWN}" rel="self"/><item><title>A</title><link>https://paper.example/a</link>
<description>a &amp;lt;b&amp;gt;</description><guid isPermaLink="false">1</guid>
<pubDate>Fri, 20 Nov 2026 09:15:00 GMT</pubDate><dc:creator>Paper</dc:creator></item></channel></rss>"""


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (f'href="{OWN}"', 'href="https://watch.example/elsewhere.xml"'),
        ("Fri, 20", "Sat, 20"),
        (" 2026 ", " 26 "),
        ("&amp;lt;b&amp;gt;", "&lt;script>"),
        ("https://paper.example/a", "/a"),
        ("<dc:creator>Paper</dc:creator>", ""),
        ('<guid isPermaLink="false">1</guid>', ""),
        ("<description>Cameras</description>", ""),
    ],
)
def test_feeds_of_ours_are_asked_for_more(good: str, bad: str) -> None:
    assert faults(RSS.encode(), OWN) == []
    assert good in RSS
    assert faults(RSS.replace(good, bad).encode(), OWN) != []
