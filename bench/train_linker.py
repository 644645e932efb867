"""With which weights does the linker find the most happenings without mixing them? Learns link/weights.json.

    WIREROOM_SHARED=… python bench/train_linker.py [--write] [--only titles|texts] [--drop FEATURE] [--by-time|--alone]

Development halves only. Every figure printed is cross-validated over stories: the weights that judge a story were
learned without it (`--by-time`: without any story that broke about the same time; `--alone`: without its whole set).
Needs the extra `ml`.
"""

import argparse
import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from csv import DictReader
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from msgspec import structs
from scipy.optimize import minimize

from wireroom.intake.link.assign import evidence
from wireroom.intake.link.batch import ReportRow, article_of
from wireroom.intake.link.evidence import FEATURES
from wireroom.intake.link.merging import merge
from wireroom.intake.link.profile import Profile, profile
from wireroom.intake.link.shelf import Shelf
from wireroom.records.ids import StoryId
from wireroom.text.paid import declared_paid
from wireroom.text.tokens import sentences

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("WIREROOM_SHARED", ROOT.parent / "shared"))
WEIGHTS = ROOT / "src/wireroom/intake/link/weights.json"
FOLDS = 5
MERGE = {"titles": 0.15, "texts": 0.4}
"""Likeness of two centres from which a report that fits both stories makes them one; tried from .1 to .4 for headlines
(.4 loses .04 of F1, all below .2 are alike) and from .3 to .6 for texts (alike on all sets)."""
UNDERWAY = {"titles": 0.4}
"""Weights are learned on stories as the truth has them. For headlines they are then learned anew on stories as those
weights make them, joining from this probability on: what a linker meets are halves of stories and mixtures."""
Bounds = tuple[float | None, float | None]
FREE: Bounds = (None, None)
TITLES = "best second centre core core2 owned owned_most rare rarest names names_share numbers behind size"
TEXTS = "numbers body behind cover proper marks figures plain fuller"
USED: dict[str, dict[str, Bounds]] = {
    "titles": dict.fromkeys(TITLES.split(), FREE) | {"soon": (0.0, 3.0), "housed": (-3.0, 0.0)},
    "texts": dict.fromkeys(TEXTS.split(), FREE) | {"soon": (0.0, 4.0), "housed": (-3.0, 0.0)},
}
"""What is learned from, and within which bounds. Our sets of texts have two or three reports a story, so what grows
with a story must not be learned from them; other features are left out because they did not help (docs/stories.md).
`soon` is bounded because invented reports follow each other faster than real ones, `housed` because only one of the
sets knows publishers."""
COUNTS_FOR = {"uci": 1.0, "newsstand titles": 0.2, "newsstand": 1.0, "happenings": 1.2, "shares": 0.7}
"""How much each set counts, whatever its size. A fifth of fine grain beside UCI's coarse one: headlines of the
newsstand alone go from .53 to .81, those of UCI from .818 to .811."""
CALM = 1.0
"""Inverse strength of the pull of weights towards zero."""
WINDOW_H = 120.0
JOINS = (0.3, 0.4, 0.5, 0.6)
TIE = 0.001
"""Of thresholds that score alike over all sets, the strictest: mixing happenings is the worse mistake."""
BY_HAND = {"linked": 4.0, "repeats": 4.0}
"""No set teaches these. UCI stamps all headlines of a story within seconds (they were collected story by story), so a
learned weight of time would be an artefact; links between articles occur in none of the sets, copies in none of those
learned from (where a copy desk is asked first, they never come this far)."""

Labelled = tuple[Profile, str]
Example = tuple[tuple[float, ...], bool, str]
"""Evidence, whether the article belongs to the story it was held against, and its true story."""
Matrix = np.ndarray[Any, Any]
Source = Callable[[], Iterator[tuple[ReportRow, str]]]


class Score(NamedTuple):
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def headlines() -> Iterator[tuple[ReportRow, str]]:
    path = SHARED / "data/clustering/uci_news_aggregator.dev.csv"
    with path.open(encoding="utf-8") as lines:
        for row in DictReader(lines):
            when = datetime.fromtimestamp(int(row["TIMESTAMP"]) / 1000, UTC)
            yield ReportRow(id=row["ID"], title=row["TITLE"], published=when, provider=row["PUBLISHER"]), row["STORY"]


def happenings() -> Iterator[tuple[ReportRow, str]]:
    """Our own invented reports, many of one kind at a time, told in the same sentences: the hardest to keep apart."""
    for line in (ROOT / "tests/quality/data/happenings.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        when = datetime.fromtimestamp(row["at"], UTC)
        yield ReportRow(id=row["id"], title=row["title"], text=row["text"], published=when), row["story"]


def shares() -> Iterator[tuple[ReportRow, str]]:
    """Real articles dealt out by sentence to two or three reports: real words, no sentence twice."""
    rng = random.Random(7)
    truth = json.loads((SHARED / "data/article-body/ground-truth.dev.json").read_text(encoding="utf-8"))
    rows = []
    for name, page in truth.items():
        told = sentences(page["articleBody"])
        hands = min(3, len(told) // 6)
        start = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=rng.uniform(0, 96))
        for hand in range(max(1, hands)):
            text = " ".join(told[hand :: max(1, hands)])
            when = start + timedelta(hours=rng.uniform(0, 24))
            rows.append((ReportRow(id=f"{name}-{hand}", text=text, published=when), name))
    yield from sorted(rows, key=lambda pair: pair[0].published or start)


def newsstand() -> Iterator[tuple[ReportRow, str]]:
    """The bundled newsstand without its copies, which the copy desk links, and without what is paid for."""
    from wireroom.newsstand.pieces import pieces

    told = [piece for piece in pieces().values() if not piece.copy_of]
    for piece in sorted(told, key=lambda piece: (piece.published, piece.url)):
        if declared_paid(piece.title, piece.excerpt, "\n\n".join(piece.paragraphs)):
            continue
        row = ReportRow(
            id=piece.key,
            url=piece.url,
            title=piece.title,
            text="\n\n".join(piece.paragraphs),
            excerpt=piece.excerpt,
            published=piece.published,
            provider=piece.outlet.name,
        )
        yield row, piece.story.story


def newsstand_titles() -> Iterator[tuple[ReportRow, str]]:
    """The same as headlines only: a finer grain than UCI's, whose stories are whole affairs."""
    for row, story in newsstand():
        yield structs.replace(row, text="", excerpt=""), story


def read(rows: Iterable[tuple[ReportRow, str]]) -> list[Labelled]:
    return [(profile(article_of(row)), story) for row, story in rows]


def examples(rows: Sequence[Labelled], *, textual: bool) -> Iterator[Example]:
    """Yield the evidence for and against every near story when all articles before lie in the right one."""
    shelf = Shelf(WINDOW_H)
    for article, story in rows:
        for one in evidence(shelf, article):
            if one.textual is not textual or one.foreign:
                continue
            yield one.values, shelf.home[one.nearest].id == story, story
        shelf.add(article, StoryId(story))


class Learned(NamedTuple):
    bias: float
    weights: Matrix


def fit(values: Matrix, labels: Matrix, shares: Matrix, used: Mapping[str, Bounds]) -> Learned:
    """Fit a logistic model within bounds and undo the scaling, so that weights apply to raw features."""
    places = [FEATURES.index(name) for name in used]
    scale = values[:, places].std(axis=0) + 1e-9
    scaled = values[:, places] / scale

    def loss(guess: Matrix) -> tuple[float, Matrix]:
        logits = scaled @ guess[:-1] + guess[-1]
        off = shares * (1 / (1 + np.exp(-logits)) - labels)
        total = (shares * (np.logaddexp(0, logits) - labels * logits)).sum() + (guess[:-1] ** 2).sum() / (2 * CALM)
        return float(total), np.append(scaled.T @ off + guess[:-1] / CALM, off.sum())

    bounds = [
        tuple(None if edge is None else edge * factor for edge in edges)
        for edges, factor in zip(used.values(), scale, strict=True)
    ]
    found = minimize(loss, np.zeros(len(places) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, FREE])
    weights = np.zeros(len(FEATURES))
    weights[places] = found.x[:-1] / scale
    for name, weight in BY_HAND.items():
        weights[FEATURES.index(name)] = weight
    return Learned(float(found.x[-1]), weights)


def stream(
    rows: Sequence[Labelled], learned: Learned, join: float, likeness: float, met: list[Example] | None = None
) -> dict[str, str]:
    """Assign article by article as the linker does; `met` takes the evidence met on the way.

    A story under way counts as the right one when most of its reports are the article's.
    """
    shelf = Shelf(WINDOW_H)
    edge = np.log(join / (1 - join))
    true = [story for _, story in rows]
    for article, story in rows:
        seen = evidence(shelf, article)
        logits = [-9.0 if one.foreign else float(np.dot(learned.weights, one.values)) + learned.bias for one in seen]
        if met is not None:
            met += [(one.values, _is_right(shelf.home[one.nearest].members, story, true), story) for one in seen]
        best = int(np.argmax(logits)) if logits else -1
        merge(shelf, [one for one, logit in zip(seen, logits, strict=True) if logit >= edge], likeness)
        home = shelf.home[seen[best].nearest].id if seen and logits[best] >= edge else StoryId(article.article)
        shelf.add(article, home)
    return {p.article: str(h.id) for p, h in zip(shelf.profiles, shelf.home, strict=True)}


def _is_right(members: Sequence[int], story: str, true: Sequence[str]) -> bool:
    return 2 * sum(true[number] == story for number in members) > len(members)


def bcubed(rows: Sequence[Labelled], found: dict[str, str], judged: Callable[[str], bool]) -> tuple[float, float, int]:
    """Return sums of precision and recall over the articles of the judged stories, and their number."""
    right = Counter(story for _, story in rows)
    made = Counter(found.values())
    both = Counter((story, found[article.article]) for article, story in rows)
    cells = [(story, found[article.article]) for article, story in rows if judged(story)]
    return (
        sum(both[cell] / made[cell[1]] for cell in cells),
        sum(both[cell] / right[cell[0]] for cell in cells),
        len(cells),
    )


class Trial(NamedTuple):
    name: str
    mode: str
    rows: list[Labelled]
    values: Matrix
    labels: Matrix
    stories: list[str]


def trial(name: str, mode: str, rows: list[Labelled]) -> Trial:
    return on(Trial(name, mode, rows, np.array([]), np.array([]), []), list(examples(rows, textual=mode == "texts")))


def on(one: Trial, seen: Sequence[Example]) -> Trial:
    values, labels, stories = zip(*seen, strict=True)
    return one._replace(values=np.array(values), labels=np.array(labels), stories=list(stories))


Folds = list[set[tuple[str, str]]]
"""(Set, story) of each fold."""


def folds(trials: Sequence[Trial], how: str) -> Folds:
    """Deal stories out by chance, by when they broke, or set by set."""
    dealt: Folds = [set() for _ in (trials if how == "alone" else range(FOLDS))]
    for at, one in enumerate(trials):
        stories = list(dict.fromkeys(story for _, story in one.rows))
        for number, story in enumerate(stories):
            chance, block = random.Random(story).randrange(FOLDS), number * FOLDS // len(stories)
            dealt[{"alone": at, "time": block, "chance": chance}[how]].add((one.name, story))
    return dealt


def cross_validate(
    trials: Sequence[Trial], joins: Sequence[float], dropped: Sequence[str] = (), how: str = "chance"
) -> dict[float, dict[str, Score]]:
    """Return B-cubed per threshold and set; every story is judged by weights learned without it."""
    sums: dict[tuple[float, str], Matrix] = {}
    for fold in folds(trials, how):
        learned = learn(trials, dropped, fold)
        for one in trials:
            mine = {story for name, story in fold if name == one.name}
            for join in joins if mine else ():
                found = stream(one.rows, learned, join, MERGE[one.mode])
                part = np.array(bcubed(one.rows, found, mine.__contains__))
                sums[join, one.name] = sums.get((join, one.name), 0.0) + part
    return {
        join: {one.name: Score(*(sums[join, one.name][:2] / sums[join, one.name][2])) for one in trials}
        for join in joins
    }


def learn(trials: Sequence[Trial], dropped: Sequence[str], but: set[tuple[str, str]]) -> Learned:
    """Learn from all stories but those of a fold; for headlines again, on stories as they come about."""
    learned = taught(trials, dropped, but)
    join = UNDERWAY.get(trials[0].mode)
    if join is None:
        return learned
    again = []
    for one in trials:
        met: list[Example] = []
        stream(one.rows, learned, join, MERGE[one.mode], met)
        again.append(on(one, met))
    return taught(again, dropped, but)


def taught(trials: Sequence[Trial], dropped: Sequence[str], but: set[tuple[str, str]]) -> Learned:
    masks = [np.array([(one.name, story) not in but for story in one.stories]) for one in trials]
    parts = [(one, mask) for one, mask in zip(trials, masks, strict=True) if mask.any()]
    shares = np.concatenate([np.full(mask.sum(), COUNTS_FOR[one.name] / mask.sum()) for one, mask in parts])
    return fit(
        np.concatenate([one.values[mask] for one, mask in parts]),
        np.concatenate([one.labels[mask] for one, mask in parts]),
        shares * len(shares) / shares.sum(),
        {name: edges for name, edges in USED[trials[0].mode].items() if name not in dropped},
    )


SETS: dict[str, list[tuple[str, Source]]] = {
    "titles": [("uci", headlines), ("newsstand titles", newsstand_titles)],
    "texts": [("newsstand", newsstand), ("happenings", happenings), ("shares", shares)],
}


def trials_of(mode: str) -> list[Trial]:
    """Read the sets of a mode."""
    return [trial(name, mode, read(source())) for name, source in SETS[mode]]


def report(mode: str, table: dict[float, dict[str, Score]]) -> float:
    means = {join: sum(score.f1 for score in scores.values()) / len(scores) for join, scores in table.items()}
    best = max(join for join, f1 in means.items() if f1 > max(means.values()) - TIE)
    for join, scores in table.items():
        cells = "  ".join(f"{name} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f}" for name, s in scores.items())
        print(f"{mode} join {join:.2f}{'*' if join == best else ' '} {cells}", flush=True)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", choices=["titles", "texts"])
    parser.add_argument("--drop", action="append", default=[])
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--by-time", dest="how", action="store_const", const="time", default="chance")
    parser.add_argument("--alone", dest="how", action="store_const", const="alone")
    asked = parser.parse_args()
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    for mode in [asked.only] if asked.only else SETS:
        trials = trials_of(mode)
        join = report(mode, cross_validate(trials, JOINS, asked.drop, asked.how))
        for feature in [name for name in USED[mode] if name not in asked.drop] if asked.ablate else ():
            table = cross_validate(trials, [join], [*asked.drop, feature], asked.how)
            report(f"{mode} without {feature}", table)
        learned = learn(trials, asked.drop, set())
        named = {
            name: round(float(w), 3) for name, w in zip(FEATURES, learned.weights, strict=True) if round(float(w), 3)
        }
        print(mode, named, flush=True)
        data[mode] = {"bias": round(learned.bias, 3), "join": join, "merge": MERGE[mode], "weights": named}
    if asked.write:
        WEIGHTS.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
