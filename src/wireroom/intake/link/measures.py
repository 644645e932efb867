"""What is measured of an article against a story, and what each measure rests on?"""

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

BY_HEAD = frozenset(FEATURES[: FEATURES.index("names_share") + 1])
"""What is measured of the head …"""
BY_WORD = {"core", "core2", "owned", "owned_most", "rare", "rarest"}
"""… and of that, word by word."""
BY_STEM = {"cover", "marks", "figures", "plain", "ahead"}
"""What is measured stem by stem of the text."""
