"""Learning from the desk makes a difference only where it was measured, and only when it is switched on."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import json
from tests.acceptance.conftest import Newsroom
from typer.testing import CliRunner

pytest.importorskip("sklearn", reason="scikit-learn is not installed")

from wireroom.app.beat import Beat, load_beat
from wireroom.app.build import opened_archive, opened_room
from wireroom.app.learned import read_learned
from wireroom.app.learning import add_label, lesson_of, read_labels, switch_on
from wireroom.cli.commands import app
from wireroom.desk.inquiries import inquire
from wireroom.desk.review import Words, rule
from wireroom.errors import BeatError, UsageError
from wireroom.newsstand import NEWSSTAND_NOW, TrueArticle, truth
from wireroom.newsstand.pieces import pieces
from wireroom.records.ids import TopicId
from wireroom.records.rulings import RulingKind
from wireroom.runner import judging

RUN = CliRunner()
SHUNNED = {"tech-meridian.example", "www.civicwire.example", "www.rheinblick.example"}
"""Outlets whose reports our editor spikes, good as they are."""


@pytest.fixture
def beat(newsroom: Newsroom, tmp_path: Path) -> Beat:
    """Give a copy of the demo that a test may change."""
    return load_beat(Path(shutil.copytree(newsroom.folder, tmp_path / "beat")))


@pytest.fixture
def ruled(beat: Beat) -> Callable[[Callable[[TrueArticle], bool]], Beat]:
    """Return a function that has an editor rule on every article by one taste."""

    def by(likes: Callable[[TrueArticle], bool]) -> Beat:
        with opened_archive(beat) as archive:
            for true in truth().articles:
                if archive.find_article(beat.policy.beat, true.url):
                    kind = RulingKind.PUBLISH if likes(true) else RulingKind.SPIKE
                    rule(archive, beat.policy.beat, true.url, kind, Words(by="Ada", reason="taste", at=NEWSSTAND_NOW))
        return beat

    return by


def labelled(beat: Beat) -> None:
    lines = [
        {
            "title": piece.title,
            "topics": list(piece.topics),
            "excerpt": piece.excerpt[:300],
            "text": "\n".join(piece.paragraphs),
            "url": piece.url,
            "story": piece.story.story,
        }
        for piece in pieces().values()
    ]
    (beat.folder / "labels").mkdir()
    (beat.folder / "labels/all.jsonl").write_bytes(b"".join(json.encode(line) + b"\n" for line in lines))


def test_an_editor_s_taste_is_learned_shown_and_switched_on(ruled: Callable[..., Beat]) -> None:
    beat = ruled(lambda true: true.publish and true.host not in SHUNNED)
    lesson = lesson_of(beat, now=NEWSSTAND_NOW)
    assert lesson.after is not None
    assert lesson.before.rulings == lesson.after.rulings > 150
    assert lesson.after.agreed > lesson.before.agreed
    assert lesson.learned.taste is not None
    assert lesson.changes is not None
    assert read_learned(beat.folder).taste is None, "nothing is switched on by looking"
    switch_on(beat, lesson)
    taught = load_beat(beat.folder)
    assert taught.policy.learned.taste == lesson.learned.taste
    with opened_room(taught, now=NEWSSTAND_NOW) as room:
        assert judging.appraise(room) > 150, "what was learned is another judge"
        url = next(true.url for true in truth().articles if true.publish)
        answer = inquire(room.archive, taught.policy, url, NEWSSTAND_NOW)
    assert answer is not None
    assert answer.quality is not None
    (term,) = [term for term in answer.quality.terms if term.name == "taste of the desk"]
    assert "rulings, editors publish such a report with" in term.because
    assert sum(term.points for term in answer.quality.terms) == answer.quality.value


def test_the_same_rulings_give_the_same_file(ruled: Callable[..., Beat]) -> None:
    beat = ruled(lambda true: true.publish)
    first, second = (json.encode(lesson_of(beat, now=NEWSSTAND_NOW)) for _ in range(2))
    assert first == second


def test_few_rulings_teach_nothing(beat: Beat) -> None:
    lesson = lesson_of(beat, now=NEWSSTAND_NOW)
    assert (lesson.before.rulings, lesson.after, lesson.worth_it, lesson.changes) == (0, None, False, None)


def test_a_topic_is_learned_only_where_that_beats_its_keywords(beat: Beat) -> None:
    labelled(beat)
    lesson = lesson_of(beat, now=NEWSSTAND_NOW)
    lines = {line.topic: line for line in lesson.topics.lines}
    offered = {one.topic for one in lesson.learned.topics}
    assert offered == {name for name, line in lines.items() if line.better}
    for name in offered:
        line = lines[name]
        assert line.learned is not None
        assert line.learned.f1 >= line.rule.f1 + 0.01
        assert line.rule.precision - line.learned.precision <= max(0.05, (line.learned.f1 - line.rule.f1) / 2)
    assert "facial-recognition" in offered
    switch_on(beat, lesson)
    policy = load_beat(beat.folder).policy
    assert policy.judge_topics.startswith(beat.policy.judge_topics + "+")
    with opened_room(load_beat(beat.folder), now=NEWSSTAND_NOW) as room:
        judging.classify(room)
        found = room.archive.snapshot(policy.beat, NEWSSTAND_NOW).candidates
    said = [match.because for one in found for match in one.topics if match.topic == "facial-recognition"]
    assert all(" labels: " in because or "applies" in because for because in said)


def test_labels_are_noted_and_read(beat: Beat) -> None:
    url = truth().articles[0].url
    add_label(beat, url, ("fr-schools", "AI"), "Ada")
    add_label(beat, url, ("fr-police",), "Ada")
    (label,) = read_labels(beat)
    assert (label.article.canonical_url, label.topics) == (url, frozenset({TopicId("fr-police")}))
    assert label.article.text
    with pytest.raises(UsageError, match="'fr-polise' is no topic of ai-watch; did you mean 'fr-police'"):
        add_label(beat, url, ("fr-polise",), "Ada")
    with pytest.raises(UsageError, match="has no article at"):
        add_label(beat, "https://nowhere.example/", ("ai",), "Ada")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"title": "x"}', "line 2: Object missing required field `topics`"),
        ("nonsense", "line 2: JSON is malformed"),
        ('{"title": "x", "topics": ["fr-polise"]}', "line 2: 'fr-polise' is no topic; did you mean 'fr-police'?"),
    ],
)
def test_bad_labels_are_refused_by_line(beat: Beat, line: str, expected: str) -> None:
    (beat.folder / "labels").mkdir()
    (beat.folder / "labels/x.jsonl").write_text(f'{{"title": "a", "topics": []}}\n{line}\n', "utf-8")
    with pytest.raises(BeatError) as caught:
        read_labels(beat)
    assert expected in str(caught.value)


def test_a_broken_file_says_what_to_do(beat: Beat) -> None:
    (beat.folder / "learned.json").write_text('{"taste": 1}', "utf-8")
    with pytest.raises(BeatError, match=r"learned\.json: cannot be used.*wireroom learn; or delete it"):
        load_beat(beat.folder)


def test_the_command_asks_before_it_switches_on(ruled: Callable[..., Beat]) -> None:
    beat = ruled(lambda true: true.publish and true.host not in SHUNNED)
    call = ["learn", "--beat", str(beat.folder), "--now", NEWSSTAND_NOW.isoformat()]
    refused = RUN.invoke(app, call, input="n\n")
    assert refused.exit_code == 0
    assert "we disagree with the machine in" in refused.stdout
    assert "Switch it on?" in refused.stdout
    assert not (beat.folder / "learned.json").exists()
    shown = RUN.invoke(app, [*call, "--json"])
    assert json.decode(shown.stdout)["after"]["rulings"] > 150
    assert not (beat.folder / "learned.json").exists()
    assert RUN.invoke(app, [*call, "--yes"]).exit_code == 0
    assert (beat.folder / "learned.json").exists()


def test_the_report_names_the_sentences_that_fooled_the_rule(beat: Beat) -> None:
    labelled(beat)
    said = RUN.invoke(app, ["topics", "report", "--beat", str(beat.folder)])
    assert said.exit_code == 0, said.output
    assert "207 labels" in said.stdout
    assert "fr-police: " in said.stdout
    assert "missed " in said.stdout
    empty = RUN.invoke(app, ["topics", "report", "--beat", str(beat.folder), "--labels", str(beat.folder / "none")])
    assert empty.exit_code == 2
