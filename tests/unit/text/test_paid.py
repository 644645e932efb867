"""What says that it was paid for, and what merely speaks of such things."""

from datetime import UTC, datetime

import pytest
from msgspec import structs

from wireroom.records.articles import Article, Evidence
from wireroom.records.ids import article_id
from wireroom.records.sources import Provider
from wireroom.text.paid import declared_paid, paid_for


@pytest.mark.parametrize(
    ("title", "excerpt", "text"),
    [
        ("Sponsored: three gates that know you", "", ""),
        ("[Advertorial] Gates that know you", "", ""),
        ("Gates that know you", "Partner content by Kessel Gates", ""),
        ("Gates that know you", "", "Paid post\n\nNo queue was ever shorter."),
        ("Gates that know you", "", "No queue was ever shorter.\n\nSponsored content. The author may hold shares."),
        ("Gates that know you", "", "No queue was ever shorter.\n\nThis article was paid for by Kessel Gates."),
        ("Tore, die Sie kennen", "", "Nie wartete man kürzer.\n\nDieser Beitrag wurde von der Kessel AG bezahlt."),
        ("Des portes qui vous connaissent", "", "Publi-rédactionnel – Jamais l'attente ne fut plus courte."),
        ("Puertas que le conocen", "", "Contenido patrocinado: nunca se esperó menos."),
        ("顔を知る門", "", "広告記事\n\n待ち時間はかつてなく短い。"),
    ],
)
def test_labels_and_sentences_declare_it(title: str, excerpt: str, text: str) -> None:
    assert declared_paid(title, excerpt, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Regulator fines two makers of sponsored content", "They had not marked paid posts.\n\nThe story is old."),
        ("House passes gate bill", "Seven members voted for it.\n\nSponsored by Rep. Ida Lorne, the bill goes on."),
        ("House passes gate bill", "It passed by two votes.\n\nSponsored Content\n\nAdvertisement\n\nIt goes on."),
        ("House passes gate bill", "It was produced in partnership with the newsroom of the state university."),
        ("House passes gate bill", "The paid message of the campaign said otherwise."),
        ("Anzeige gegen Torhersteller", "Anzeige\n\nDer Beitrag war zu hoch, sagt der Verein."),
    ],
)
def test_mentions_and_boxes_do_not(title: str, text: str) -> None:
    assert declared_paid(title, "", text) is None


def test_the_type_that_a_page_states_declares_it() -> None:
    url = "https://daily.example/gates"
    article = Article(
        id=article_id(url),
        extractor="test",
        read_at=datetime(2026, 3, 1, tzinfo=UTC),
        canonical_url=url,
        original_url=url,
        title="Gates that know you",
        provider=Provider(name="Daily"),
    )
    stated = Evidence(field="type", value="AdvertiserContentArticle", source="json-ld", confidence=0.8)
    assert paid_for(article) is None
    assert paid_for(structs.replace(article, evidence=(stated,))) == "AdvertiserContentArticle"
