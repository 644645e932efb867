"""Each reader gets an issue at most once: over a real mail server, also when the sender is killed in the middle."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.list_server import server
from tests.smtp import MailServer
from typer.testing import CliRunner

from wireroom.adapters.archive import open_archive
from wireroom.app.beat import load_beat
from wireroom.app.importing import Wish, import_posts
from wireroom.cli.commands import app
from wireroom.edition.render import front_matter
from wireroom.edition.render.yaml_text import Fields

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
READERS = [f"reader{number}@inbox.example" for number in range(40)]
TABLE = """
[newsletter]
sender = "The Demo <letters@demo.example>"
unsubscribe = "https://demo.example/leave/{recipient}"
"""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a beat made of imported posts of the last days: all that a letter needs, without a whole run."""
    folder = tmp_path_factory.mktemp("letters")
    for number in range(5):
        article = single(number)
        post = folder / "posts" / f"_news/2026-11-19-{number}.md"
        post.parent.mkdir(parents=True, exist_ok=True)
        post.write_bytes(article)
    import_posts(folder / "posts", folder / "beat", Wish(address="https://letters.example/"), NOW)
    with (folder / "beat/beat.toml").open("a") as beat:
        beat.write(TABLE)
    return folder / "beat"


def single(number: int) -> bytes:
    fields: Fields = {
        "category": "news",
        "title": f"Board votes on camera {number}",
        "excerpt": "It voted four to one.",
        "publishedDateTime": NOW - timedelta(hours=20 + number),
        "originalUrl": f"https://ledger.example/{number}",
        "webUrl": f"https://ledger.example/{number}",
        "type": "article",
        "quality": 80,
        "heat": 90 + number,
        "published": True,
        "provider": {"name": "Harbor Ledger", "domain": "ledger.example"},
        "topics": ["Cameras"],
    }
    return front_matter.write(front_matter.compose(fields))


@pytest.fixture
def beat(newsroom: Path) -> Path:
    """Give the beat with readers and without any issue sent."""
    (newsroom / "subscribers.txt").write_text("# readers\n" + "\n".join(READERS) + f"\n{READERS[0].upper()}\n")
    for kept in (newsroom / ".wireroom/letters").glob("*"):
        kept.unlink()
    archive = open_archive(str(newsroom / ".wireroom/archive.db"))
    with archive.writing() as connection:
        connection.exec_driver_sql("DELETE FROM outbox")
    archive.close()
    return newsroom


def sending(beat: Path, server: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "wireroom", "newsletter", "send", "--beat", str(beat), "--now", NOW.isoformat()]
    environment = os.environ | {"WIREROOM_SMTP": server}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def sent(beat: Path, server: str) -> tuple[int, str]:
    words = ["newsletter", "send", "--beat", str(beat), "--now", NOW.isoformat()]
    result = CliRunner().invoke(app, words, env={"WIREROOM_SMTP": server})
    return result.exit_code, result.output


def test_everybody_gets_it_once_and_twice_run_is_once(beat: Path) -> None:
    with MailServer() as server:
        code, said = sent(beat, server.address)
        assert (code, "40 sent, 0 had it before, 0 refused" in said) == (0, True), said
        code, said = sent(beat, server.address)
        assert (code, "0 sent, 40 had it before" in said) == (0, True), said
        assert server.recipients == READERS
        names = {str(server.mail(one)["Message-ID"]) for one in READERS}
        leave = {str(server.mail(one)["List-Unsubscribe"]) for one in READERS}
    assert len(names) == len(leave) == 40


def test_killed_in_the_middle_nobody_gets_it_twice(beat: Path) -> None:
    with MailServer() as server:
        for reached in (7, 19):
            process = sending(beat, server.address)
            while len(server.taken) < reached:
                assert server.arrived.acquire(timeout=30)
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
        code, said = sent(beat, server.address)
        assert code == 0, said
        times = Counter(server.recipients)
    assert set(times.values()) == {1}
    # A reader whose mail was cut off is not asked again: at most one for each of the two kills.
    assert len(set(READERS) - set(times)) <= 2


def test_the_refused_are_tried_again_and_the_uncertain_are_not(beat: Path) -> None:
    refuse, uncertain = {READERS[3]: "450 come later"}, READERS[5]
    with MailServer(refuse=refuse, break_inside=(uncertain,)) as server:
        code, said = sent(beat, server.address)
        assert code == 1
        assert f"{READERS[3]}: 450 come later" in said
        assert f"{uncertain}: the connection broke inside the message" in said
        refuse.clear()
        code, said = sent(beat, server.address)
        assert (code, "1 sent, 39 had it before" in said) == (0, True), said
        assert set(Counter(server.recipients).values()) == {1}
        assert set(server.recipients) == set(READERS)


def test_keila_gets_a_letter_once_and_keeps_its_readers(beat: Path) -> None:
    file = beat / "beat.toml"
    plain = file.read_text()
    words = ["newsletter", "send", "--beat", str(beat), "--now", NOW.isoformat()]
    try:
        file.write_text(plain + '\n[newsletter.keila]\nsender = "nms_1"\n')
        with server((201, {"data": {"id": "nmc_7"}}), (202, {"data": {"delivery_queued": True}})) as (place, asked):
            environment = {"WIREROOM_KEILA": f"http://key@{place}/"}
            first, second = (CliRunner().invoke(app, words, env=environment).output for _ in range(2))
    finally:
        file.write_text(plain)
    assert ("1 sent" in first, "0 sent, 1 had it before" in second) == (True, True), first + second
    (_, _, campaign), _ = asked
    assert "Board votes on camera" in campaign["data"]["subject"]
    assert 'href="{{ unsubscribe_link }}"' in campaign["data"]["mjml_body"]


def test_a_server_that_is_not_there_takes_nobody(beat: Path) -> None:
    with MailServer() as server:
        address = server.address
    code, said = sent(beat, address)
    assert code != 0
    assert "cannot be used" in said
    with MailServer() as server:
        code, said = sent(beat, server.address)
        assert (code, "40 sent" in said) == (0, True), said


def test_the_issue_is_kept_as_a_post_and_listed(beat: Path) -> None:
    with MailServer() as server:
        assert sent(beat, server.address)[0] == 0
    assert CliRunner().invoke(app, ["edition", "--beat", str(beat), "--now", NOW.isoformat()]).exit_code == 0
    [issue] = (beat / "site/_newsletters").iterdir()
    assert issue.name.startswith(load_beat(beat).masthead.beat)
    assert issue.name in (beat / "site/api/newsletters/index.json").read_text()


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("nobody", "line 1: 'nobody' is not a mail address"),
        ("a@b.example\x0bBcc: x@y.example", "is not a mail address"),
    ],
)
def test_a_list_with_a_mistake_is_refused_by_line(beat: Path, line: str, complaint: str) -> None:
    (beat / "subscribers.txt").write_text(f"{line}\n")
    code, said = sent(beat, "smtp://127.0.0.1:1")
    assert code == 2
    assert complaint in said
