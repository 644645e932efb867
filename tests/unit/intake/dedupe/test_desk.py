from datetime import UTC, datetime, timedelta

from msgspec import structs

from wireroom.intake.dedupe import CopyDesk
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.ids import BeatId, article_id
from wireroom.records.policy import Standing
from wireroom.records.sources import Provider

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEAT = BeatId("town")
STORY = (
    "The city council of Harrow Falls voted seven to two on Tuesday night to suspend the use of face "
    "recognition by its police department until an independent audit is finished. The measure, written by"
    " council member Ines Okafor, gives the auditor ninety days to report. Police chief Daniel Brandt "
    "told the chamber that his officers ran 412 searches last year, eleven of which led to an arrest. "
    "Residents lined up for almost three hours to speak, most of them in favour of the pause. The mayor "
    "has ten days to sign the ordinance or send it back."
)


OTHER = (
    "Harrow Falls police must stop scanning faces for now. By seven votes to two, the council put the "
    "technology on hold and ordered an outside review that is due in three months. Ines Okafor, who "
    "brought the proposal, said trust had to be earned. Chief Daniel Brandt defended the system and named"
    " eleven arrests that followed 412 checks in 2025. After a hearing that ran close to midnight, "
    "supporters cheered. It now lies with the mayor."
)
THIRD = (
    "A bakery at the corner stayed open until midnight and sold bread to those who waited outside. Two engineers from "
    "the coast had driven four hours through snow to hear how it would end. Children had painted a banner with a large "
    "eye on it, which hung over the river bridge until the wind took it."
)


def article(
    name: str, text: str, *, provider: str | None = None, hours: float = 0, title: str = "Council votes"
) -> Article:
    url = f"https://{name}.example/story"
    return Article(
        id=article_id(url),
        extractor="test",
        read_at=NOW,
        canonical_url=url,
        original_url=url,
        title=title,
        text=text,
        published_at=NOW + timedelta(hours=hours),
        provider=Provider(name=provider or name, domain=f"{provider or name}.example"),
    )


def judge(*articles: Article) -> tuple[CopyJudgement, ...]:
    desk = CopyDesk(())
    return tuple(desk.judge(one, beat=BEAT, now=NOW) for one in articles)


def test_the_first_of_its_text_is_an_original() -> None:
    (first,) = judge(article("courier", STORY))
    assert (first.kind, first.copy_of) == (CopyKind.ORIGINAL, None)


def test_the_same_text_elsewhere_is_an_exact_copy_proved_by_a_passage() -> None:
    first, second = judge(article("courier", STORY), article("mirror", STORY, hours=1))
    assert second.kind is CopyKind.EXACT
    assert second.copy_of == first.article
    assert second.proof.startswith("“The city council of Harrow Falls voted seven to two on Tuesday night to suspend")


def test_an_agency_credit_makes_it_syndicated() -> None:
    wire = "HARROW FALLS (NWA) — " + STORY
    _, second = judge(article("northwire", wire), article("mirror", wire, hours=1))
    assert (second.kind, second.agency) == (CopyKind.SYNDICATED, "NWA")


def test_a_late_copy_names_the_first_of_all() -> None:
    first, _, third = judge(article("a", STORY), article("b", STORY, hours=1), article("c", STORY, hours=2))
    assert third.copy_of == first.article


def test_of_originals_that_come_ever_later_only_the_last_takes_the_copies_over() -> None:
    desk = CopyDesk(())
    for number in range(5):
        desk.judge(article(f"paper{number}", STORY, hours=-number), beat=BEAT, now=NOW)
    remade = desk.remade(beat=BEAT, now=NOW)
    first = article("paper4", STORY).id
    assert {one.article: one.copy_of for one in remade} == {article(f"paper{n}", STORY).id: first for n in range(4)}
    assert len(remade) == 4
    assert desk.remade(beat=BEAT, now=NOW) == ()


def test_a_desk_that_was_told_goes_on_where_it_stopped() -> None:
    one, two = article("courier", STORY), article("mirror", STORY, hours=1)
    first, second = judge(one, two)
    again = CopyDesk([(one, first)]).judge(two, beat=BEAT, now=NOW)
    assert again == second


def test_an_independent_report_is_an_original() -> None:
    _, second = judge(article("courier", STORY), article("herald", OTHER, hours=1))
    assert second.kind is CopyKind.ORIGINAL


def test_an_article_without_text_is_never_a_copy_by_accident() -> None:
    first, second = judge(article("courier", ""), article("mirror", "", hours=1))
    assert {first.kind, second.kind} == {CopyKind.ORIGINAL}


def test_of_two_at_the_same_time_the_one_of_standing_is_the_original() -> None:
    standing = Standing(points=(("ledger.example", 40.0),))
    for hours, first in ((0.0, "ledger"), (1.0, "mirror")):
        desk = CopyDesk((), standing)
        pair = article("mirror", STORY), article("ledger", STORY, hours=hours)
        judged = [desk.judge(one, beat=BEAT, now=NOW) for one in pair]
        latest = {one.article: one.copy_of for one in (*judged, *desk.remade(beat=BEAT, now=NOW))}
        assert [name for name, original in latest.items() if original is None] == [article(first, STORY).id]


def test_a_text_under_nobodys_name_is_a_scrapers() -> None:
    taken = structs.replace(article("mirror", STORY, hours=1), authors=("Site Admin",))
    _, second = judge(article("courier", STORY), taken)
    assert second.kind is CopyKind.SCRAPER
    assert second.proof.startswith("taken whole, without credit: “The city council")


def test_a_site_that_takes_from_three_publishers_is_a_scraper() -> None:
    desk, kinds = CopyDesk(()), []
    for number, text in enumerate((STORY, OTHER, THIRD)):
        desk.judge(article(f"paper{number}", text), beat=BEAT, now=NOW)
        kinds.append(desk.judge(article(f"copy{number}", text, provider="mirror", hours=1), beat=BEAT, now=NOW).kind)
    assert kinds == [CopyKind.EXACT, CopyKind.EXACT, CopyKind.SCRAPER]


def test_what_repeats_a_press_release_is_one_wherever_it_stands() -> None:
    _, second = judge(article("maker", f"FOR IMMEDIATE RELEASE\n\n{STORY}"), article("daily", STORY, hours=1))
    assert (second.kind, second.proof[:26]) == (CopyKind.PRESS_RELEASE, "repeats a press release: “")


def test_a_licensed_republication_says_so() -> None:
    line = "This article is republished from Courier under a Creative Commons license."
    _, second = judge(article("courier", STORY), article("daily", f"{STORY}\n\n{line}", hours=1))
    assert (second.kind, second.proof.partition(": ")[0]) == (CopyKind.SYNDICATED, line.rstrip("."))


def test_the_agencys_own_text_is_the_original_however_late_it_comes() -> None:
    wire = f"HARROW FALLS (TNS) — {STORY}"
    desk = CopyDesk(())
    own = structs.replace(article("tns", wire, hours=2), provider=Provider(name="Tribune News Service"))
    for one in (article("courier", wire), article("daily", f"(TNS) — {STORY}", hours=1), own):
        judged = desk.judge(one, beat=BEAT, now=NOW)
    assert judged.kind is CopyKind.ORIGINAL
    remade = desk.remade(beat=BEAT, now=NOW)
    assert {one.kind for one in remade} == {CopyKind.SYNDICATED}
    assert {one.copy_of for one in remade} == {own.id}
    assert [one.proof.partition(": “")[0] for one in remade] == ["dateline: HARROW FALLS (TNS) —", "dateline: (TNS) —"]
