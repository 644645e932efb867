from datetime import UTC, datetime, timedelta

from wireroom.intake.dedupe import CopyDesk
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.ids import BeatId, article_id
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
    assert "independent audit" in second.proof


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
    other = (
        "Harrow Falls police must stop scanning faces for now. By seven votes to two, the council put the "
        "technology on hold and ordered an outside review that is due in three months. Ines Okafor, who "
        "brought the proposal, said trust had to be earned. Chief Daniel Brandt defended the system and named"
        " eleven arrests that followed 412 checks in 2025. After a hearing that ran close to midnight, "
        "supporters cheered. It now lies with the mayor."
    )
    _, second = judge(article("courier", STORY), article("herald", other, hours=1))
    assert second.kind is CopyKind.ORIGINAL


def test_an_article_without_text_is_never_a_copy_by_accident() -> None:
    first, second = judge(article("courier", ""), article("mirror", "", hours=1))
    assert {first.kind, second.kind} == {CopyKind.ORIGINAL}
