"""The labelled set: would an editor of the beat publish it? The newsstand's articles and the outside published records.

    python -m tests.quality.labelled SHARED

prints the ablation of `modern` as the rows of docs/scoring.md.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from wireroom.app.beat import load_beat
from wireroom.intake.appraise.signals import measure
from wireroom.intake.classify import Tagger
from wireroom.newsstand.pieces import Piece, pieces
from wireroom.newsstand.truth import TrueArticle, truth
from wireroom.records.articles import Article, Image
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.ids import article_id
from wireroom.records.policy import Policy, Preset
from wireroom.records.sources import Provider
from wireroom.scoring.engine import Signal, add_up
from wireroom.scoring.presets import shipped

HERE = Path(__file__).resolve().parent
BEAT = HERE.parents[1] / "beats/ai-watch"


class Labelled(Struct, frozen=True):
    """What can be measured of a record, and what an editor would do with it."""

    signals: dict[str, Signal]
    publish: bool
    why: str
    """What speaks against it, in a word: promotion, event, copy …; empty when nothing does."""

    def quality(self, preset: Preset) -> float:
        return max(preset.quality_floor or 0, add_up(preset.name, preset.quality, self.signals).value)


def newsstand(preset: str) -> list[Labelled]:
    policy = structs.replace(load_beat(BEAT).policy, preset=shipped(preset))
    tagger, facts = Tagger(policy), {true.key: true for true in truth().articles}
    return [_of_piece(piece, facts[key], policy, tagger) for key, piece in pieces().items()]


def published_records(shared: Path, preset: str) -> list[Labelled]:
    """Return the outside records: facts from there, labels from here; their texts are not known."""
    lines = (shared / "data/newsposts-dev.jsonl").read_text("utf-8").splitlines()
    labels = {row["id"]: row for row in map(json.loads, (HERE / "data/publish.jsonl").read_text("utf-8").splitlines())}
    policy = structs.replace(_outside_policy(shared), preset=shipped(preset))
    tagger = Tagger(policy)
    made = []
    for facts in map(json.loads, lines):
        article = of_facts(facts)
        signals = measure(article, policy, tagger.match(article, dedicated=True))
        label = labels[facts["id"]]
        made.append(Labelled(signals, label["publish"], label.get("why", "")))
    return made


def _outside_policy(shared: Path) -> Policy:
    with tempfile.TemporaryDirectory() as folder:
        script = [str(HERE / "beats_from_taxonomies.py"), str(shared / "data/taxonomies.yaml"), folder]
        subprocess.run([sys.executable, *script], check=True, stdout=subprocess.DEVNULL)
        return load_beat(Path(folder) / "power-apps").policy


def _of_piece(piece: Piece, label: TrueArticle, policy: Policy, tagger: Tagger) -> Labelled:
    article, copy = article_of(piece, label), copy_of(piece, label, policy)
    why = "promotion" if label.promotional else label.copy_kind if label.copy_of else ""
    signals = measure(article, policy, tagger.match(article, dedicated=False), copy)
    return Labelled(signals, label.publish, why)


def article_of(piece: Piece, label: TrueArticle) -> Article:
    picture = piece.picture
    return Article(
        id=article_id(piece.url),
        extractor="truth",
        read_at=piece.published + timedelta(hours=1),
        canonical_url=piece.url,
        original_url=piece.url,
        amp_url=piece.amp_url,
        title=piece.title,
        excerpt=piece.excerpt[:300],
        text="\n\n".join(piece.paragraphs),
        published_at=piece.published,
        authors=piece.authors,
        provider=Provider(name=piece.outlet.name, domain=piece.outlet.host),
        images=(Image(url=picture.url, width=picture.width, height=picture.height),) if picture else (),
        type=label.type,
        paywalled=label.paywalled,
    )


def copy_of(piece: Piece, label: TrueArticle, policy: Policy) -> CopyJudgement:
    return CopyJudgement(
        beat=policy.beat,
        article=article_id(piece.url),
        judge="truth",
        judged_at=piece.published,
        kind=CopyKind(label.copy_kind),
        copy_of=article_id(label.copy_of) if label.copy_of else None,
    )


def of_facts(facts: dict[str, Any]) -> Article:
    """Return a published record as an article."""
    url = facts.get("originalUrl") or facts["webUrl"]
    when = facts["publishedDateTime"]
    images = facts.get("images") or ()
    return Article(
        id=article_id(url),
        extractor="post",
        read_at=datetime(2026, 1, 1, tzinfo=UTC),
        canonical_url=facts.get("webUrl") or url,
        original_url=url,
        amp_url=facts.get("ampWebUrl"),
        title=facts["title"],
        excerpt=facts.get("excerpt") or "",
        published_at=when if isinstance(when, datetime) else datetime.fromisoformat(when),
        provider=Provider(name=facts["provider"]["name"], domain=facts["provider"].get("domain")),
        type=facts["type"],
        images=tuple(Image(url=i["url"], width=i.get("width"), height=i.get("height")) for i in images),
    )


def auc(found: Sequence[Labelled], preset: Preset) -> float:
    """Return how often a record to be published scores above one that is not."""
    good = [one.quality(preset) for one in found if one.publish]
    bad = [one.quality(preset) for one in found if not one.publish]
    return sum((a > b) + 0.5 * (a == b) for a in good for b in bad) / (len(good) * len(bad))


def passing(found: Iterable[Labelled], preset: Preset) -> list[Labelled]:
    return [one for one in found if one.quality(preset) >= preset.threshold]


def precision(found: Sequence[Labelled], preset: Preset, volume: int) -> float:
    """Return the share of records to be published among so many best ones; ties count by their share."""
    ranked = sorted(found, key=lambda one: -one.quality(preset))
    last = ranked[volume - 1].quality(preset)
    above = [one for one in ranked if one.quality(preset) > last]
    tied = [one for one in ranked if one.quality(preset) == last]
    rest = (volume - len(above)) * sum(one.publish for one in tied) / len(tied)
    return (sum(one.publish for one in above) + rest) / volume


def main(shared: Path) -> None:
    preset = shipped("modern")
    sets = (newsstand("modern"), published_records(shared, "modern"))
    print(f"| all terms | | | | {' | '.join(_cell(found, preset) for found in sets)} |")
    for term in preset.quality:
        kept = tuple(row for row in preset.quality if row is not term)
        less = structs.replace(preset, quality=kept)
        bounds = [f" (at {name} {bound:g})" for name, bound in (("most", term.cap), ("least", term.floor)) if bound]
        cells = " | ".join(_cell(found, less) for found in sets)
        print(f"| {term.name} | `{term.signal}` | {term.weight:g}{''.join(bounds)} | {term.why} | {cells} |")
    old = shipped("classic")
    before = (_cell(found, old) for found in (newsstand("classic"), published_records(shared, "classic")))
    print(f"| `classic` | | | | {' | '.join(before)} |")


def _cell(found: Sequence[Labelled], preset: Preset) -> str:
    chosen = passing(found, preset)
    return f"{auc(found, preset):.3f}, {len(chosen)}, {sum(one.publish for one in chosen)}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
