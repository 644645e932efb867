from datetime import UTC, datetime, timedelta

from msgspec import structs

from wireroom.intake.link import Linker, placements
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.ids import BeatId, RulingId, StoryId, article_id, story_id
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.records.sources import Provider
from wireroom.records.stories import StoryLink

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEAT = BeatId("town")
VOTE = (
    "The school board of Lockport voted five to four on Wednesday to switch off its Aegis face "
    "recognition system. Superintendent Mara Quill had defended the 417 cameras, bought with a state "
    "grant, as a shield against intruders."
)
VOTE_TOO = (
    "Lockport schools must turn off the Aegis cameras that match faces, a divided school board decided on"
    " Wednesday. The 417 devices, paid for by the state, were championed by superintendent Mara Quill."
)
STORM = (
    "A storm knocked out power to nine thousand homes around Tarnwick overnight and closed the coastal road. Utility "
    "crews expect repairs to last until Friday, said spokesman Olaf Brenner."
)


def article(name: str, title: str, text: str = "", *, hours: float = 0, language: str = "en") -> Article:
    url = f"https://{name}.example/story"
    return Article(
        id=article_id(url),
        extractor="test",
        read_at=NOW + timedelta(hours=hours),
        canonical_url=url,
        original_url=url,
        title=title,
        text=text,
        language=language,
        published_at=NOW + timedelta(hours=hours),
        provider=Provider(name=name, domain=f"{name}.example"),
    )


def copy_of(original: Article, copied: Article, kind: CopyKind) -> CopyJudgement:
    return CopyJudgement(beat=BEAT, article=copied.id, judge="test", judged_at=NOW, kind=kind, copy_of=original.id)


def run(*articles: Article, window_h: float = 120) -> tuple[StoryLink, ...]:
    linker = Linker(BEAT, window_h, ())
    return tuple(linker.assign(one, None, now=NOW) for one in articles)


FIRST = article("courier", "Lockport board votes to switch off Aegis face recognition", VOTE)
SECOND = article("herald", "Lockport schools must turn off Aegis cameras", VOTE_TOO, hours=6)
OTHER = article("mirror", "Storm cuts power around Tarnwick", STORM, hours=7)


def test_two_reports_of_one_happening_join_with_a_readable_reason() -> None:
    first, second, other = run(FIRST, SECOND, OTHER)
    assert first.story == second.story == story_id(BEAT, FIRST.id)
    assert second.to == FIRST.id
    assert "Lockport" in second.because
    assert "6 hours apart" in second.because
    assert other.story != first.story


def test_the_same_articles_give_the_same_links() -> None:
    assert run(FIRST, SECOND, OTHER) == run(FIRST, SECOND, OTHER)


def test_a_linker_that_was_told_goes_on_where_it_stopped() -> None:
    links = run(FIRST, SECOND, OTHER)
    told = Linker(BEAT, 120, [(FIRST, links[0])])
    assert told.assign(SECOND, None, now=NOW) == links[1]


def test_a_copy_joins_the_story_of_its_original() -> None:
    linker = Linker(BEAT, 120, ())
    linker.assign(FIRST, None, now=NOW)
    copied = article("blog", "You will not believe this", "", hours=90)
    link = linker.assign(copied, copy_of(FIRST, copied, CopyKind.SYNDICATED), now=NOW)
    assert (link.story, link.to) == (story_id(BEAT, FIRST.id), FIRST.id)
    assert "syndicated copy" in link.because


def test_copies_are_told_once() -> None:
    """A text that ten outlets carry makes its words no commoner, and nothing is held against them; they move along."""
    told = Linker(BEAT, 120, ())
    told.assign(FIRST, None, now=NOW)
    links = {}
    for number in range(10):
        carried = article(f"carrier{number}", FIRST.title, VOTE, hours=1)
        links[carried] = told.assign(carried, copy_of(FIRST, carried, CopyKind.EXACT), now=NOW)
    assert {(link.copied, link.to) for link in links.values()} == {(True, FIRST.id)}
    assert told.oversized(1) == ()
    joined = told.assign(SECOND, None, now=NOW)
    assert (joined.story, joined.to) == (story_id(BEAT, FIRST.id), FIRST.id)
    assert joined.score > 0.7
    assert Linker(BEAT, 120, [(FIRST, run(FIRST)[0]), *links.items()]).assign(SECOND, None, now=NOW) == joined


def test_what_is_paid_for_stands_alone_with_its_copies() -> None:
    told = Linker(BEAT, 120, ())
    first = told.assign(FIRST, None, now=NOW)
    advert = structs.replace(SECOND, text=f"{VOTE_TOO}\n\nSponsored content. Ask your dealer.")
    alone = told.assign(advert, None, now=NOW)
    assert alone.story == story_id(BEAT, advert.id) != first.story
    assert "Sponsored content" in alone.because
    fresh = Linker(BEAT, 120, [(advert, alone)])
    copied = article("blog", "You will not believe this", hours=7)
    assert fresh.assign(copied, copy_of(advert, copied, CopyKind.SCRAPER), now=NOW).story == alone.story
    late = article("mirror", SECOND.title, VOTE_TOO, hours=7)
    assert fresh.assign(late, None, now=NOW).story == story_id(BEAT, late.id), "a report joined an advertisement"


def test_a_new_reading_stays_in_its_story() -> None:
    linker = Linker(BEAT, 120, ())
    first = linker.assign(FIRST, None, now=NOW)
    linker.assign(SECOND, None, now=NOW)
    assert linker.assign(SECOND, None, now=NOW).story == first.story


def test_reports_beyond_the_window_stay_apart() -> None:
    first, second = run(FIRST, article("herald", SECOND.title, VOTE_TOO, hours=60), window_h=48)
    assert first.story != second.story


def test_articles_without_title_date_or_text_open_their_own_stories() -> None:
    links = run(*(structs.replace(article(f"empty{n}", ""), published_at=None) for n in range(20)))
    assert len({link.story for link in links}) == 20


def test_a_future_date_counts_as_the_time_of_reading() -> None:
    first, second = run(FIRST, structs.replace(SECOND, published_at=NOW.replace(year=2036)))
    assert first.story == second.story


def test_ten_thousand_identical_titles_do_not_swallow_everything() -> None:
    same = [article(f"site{n}", "Daily weather bulletin for the coast", hours=n / 1000) for n in range(10_000)]
    linker = Linker(BEAT, 120, ())
    links = [linker.assign(one, None, now=NOW) for one in (*same, FIRST, OTHER)]
    sizes = [sum(link.story == story for link in links) for story in {link.story for link in links}]
    assert max(sizes) <= 1000
    assert links[-2].story != links[-1].story
    assert linker.oversized(usual=317)[0][1] == max(sizes)


def test_languages_meet_only_in_names_and_numbers() -> None:
    german = article(
        "bote", "Tarnwick: Sturm", "Neuntausend Haushalte waren heute ohne Strom. " * 4, language="de", hours=8
    )
    links = run(OTHER, german)
    assert links[0].story != links[1].story


def test_languages_do_meet_in_names_and_numbers() -> None:
    german = article(
        "bote",
        "Tarnwick im Dunkeln",
        "Nach dem Sturm blieb Tarnwick dunkel, sagte Olaf Brenner. In Wexmoor und Halden fiel der Strom aus, "
        "9.417 Häuser waren betroffen.",
        language="de",
        hours=8,
    )
    english = structs.replace(OTHER, text=f"{STORM} In Wexmoor and Halden 9,417 homes went dark.")
    first, second = run(english, german)
    assert first.story == second.story


def test_other_scripts_are_told_apart_and_joined_by_their_own_words() -> None:
    flood = "熊本県で大雨による洪水が発生し、阿蘇市の住民三千人が避難した。" * 3
    again = "熊本県で大雨による洪水が発生し、阿蘇市の住民三千人が避難、県は自衛隊に救助を要請した。" * 3
    vote = "札幌市議会は路面電車の延伸計画を賛成多数で可決し、来年の着工が決まった。" * 3
    arabic = "وافق مجلس مدينة الإسكندرية على شراء مئة حافلة كهربائية من مصنع محلي قبل نهاية العام. " * 3
    links = run(
        article("one", "熊本で洪水、住民避難", flood, language="ja"),
        article("two", "阿蘇の洪水で三千人避難", again, language="ja", hours=2),
        article("three", "札幌市議会、路面電車の延伸を可決", vote, language="ja", hours=3),
        article("four", "الإسكندرية تشتري مئة حافلة كهربائية", arabic, language="ar", hours=4),
    )
    assert links[0].story == links[1].story
    assert len({link.story for link in links}) == 3


def test_words_with_vowel_signs_join_reports_in_hindi() -> None:
    vote = (
        "ब्रेटन की परिषद ने सोमवार को केंद्रीय स्टेशन पर चेहरे पढ़ने वाले कैमरों को बंद करने का फैसला किया। मेयर इनेस "
        "ओकाफोर ने कहा कि वेरिड कंपनी का अनुबंध जून में समाप्त होगा। 17 गलत पहचान हुई थीं।"
    )
    again = (
        "चेहरे पढ़ने वाले कैमरे ब्रेटन के केंद्रीय स्टेशन से हटेंगे। परिषद ने 17 गलत पहचान के बाद वेरिड कंपनी का अनुबंध "
        "खत्म किया, मेयर ओकाफोर ने बताया।"
    )
    schools = "शिक्षा मंत्रालय ने दक्षिण में 48 नए स्कूल खोले और शिक्षकों के प्रशिक्षण के लिए तीन करोड़ रुपये दिए।"
    one, two, other = run(
        article("one", vote[:40], vote, language="hi"),
        article("two", again[:40], again, language="hi", hours=1),
        article("three", schools[:40], schools, language="hi", hours=2),
    )
    assert one.story == two.story != other.story


def test_words_that_every_text_of_a_language_has_join_nothing() -> None:
    """A list of English knows none of them, and yet they are not rare."""
    bridge = (
        "Die alte Brücke über die Weide ist gesperrt, weil in einem der Pfeiler ein Riss gefunden wurde. Wie lange das "
        "so bleibt, ist noch nicht bekannt. Autos müssen nun über den Ring fahren, und auch die Linie 4 nimmt einen "
        "Umweg."
    )
    baker = (
        "Die Bäckerei Hagen ist insolvent, weil ein wichtiger Kunde nicht mehr bezahlt hat. Wie viele Stellen das "
        "kostet, ist noch nicht bekannt. Die Filialen bleiben nun unter einem Verwalter geöffnet, und auch die "
        "Lehrlinge lernen weiter."
    )
    one, other = run(
        article("anzeiger", "Warum die Brücke über die Weide nicht mehr hält", bridge, language="de"),
        article("bote", "Warum eine Bäckerei nach hundert Jahren nicht mehr kann", baker, language="de", hours=20),
    )
    assert one.story != other.story


def test_a_feed_that_issues_its_year_again_moves_nothing() -> None:
    year = [
        article(
            f"day{n}",
            f"Council of Tarn{n} opens bridge {n} over river Lim{n}",
            f"Bridge{n} Tarn{n} Lim{n} " * 9,
            hours=24 * n,
        )
        for n in range(365)
    ]
    linker = Linker(BEAT, 120, ())
    first = [linker.assign(one, None, now=NOW).story for one in year]
    again = [linker.assign(structs.replace(one, read_at=NOW, version=2), None, now=NOW).story for one in reversed(year)]
    assert again == first[::-1]
    assert len(set(first)) == len(year)


def test_a_megabyte_of_text_is_an_article_like_any_other() -> None:
    long = article("archive", "Everything the council ever said", f"{VOTE} {STORM} " * 3000, hours=8)
    first, other, third = run(FIRST, OTHER, long)
    assert len(long.text) > 1_000_000
    assert first.story != other.story
    assert len(third.told.things) <= 10


def test_a_doubtful_match_stays_apart_and_is_named() -> None:
    text = (
        "Aegis, the vendor, lost a contract with schools in Wexmoor on Friday, two days after the vote of the board "
        "of Lockport. The town had rented forty of its cameras."
    )
    hinted = article("hint", "Aegis loses another school district", text, hours=15)
    first, second = run(FIRST, hinted)
    assert first.story != second.story
    assert [(one.story, "Lockport" in one.because) for one in second.near] == [(first.story, True)]


def test_a_ruling_comes_before_everything() -> None:
    ruling = Ruling(
        id=RulingId("r"), beat=BEAT, article=SECOND.id, kind=RulingKind.SPLIT, reason="another vote", by="Ada", at=NOW,
        story=StoryId("own"), was=StoryId("other"),
    )  # fmt: skip
    linker = Linker(BEAT, 120, (), rulings=placements([ruling]))
    first, second = (linker.assign(one, None, now=NOW) for one in (FIRST, SECOND))
    assert (second.story, second.because) == ("own", "Ada ruled split: another vote")
    assert first.story != second.story


def test_a_ruling_taken_back_places_nothing() -> None:
    split = Ruling(
        id=RulingId("r"), beat=BEAT, article=SECOND.id, kind=RulingKind.SPLIT, reason="", by="Ada", at=NOW,
        story=StoryId("own"),
    )  # fmt: skip
    undone = structs.replace(split, id=RulingId("u"), kind=RulingKind.UNDO)
    assert placements([split, undone]) == {}
    assert placements([split, undone, split]) == {SECOND.id: split}
