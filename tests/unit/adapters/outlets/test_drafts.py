import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from wireroom.adapters.outlets import FolderOutlet, hands
from wireroom.adapters.outlets.hands import Done, Hands
from wireroom.adapters.outlets.manifest import Trace
from wireroom.errors import DeliveryError
from wireroom.records.drafts import Draft

MANY = 1_000


def draft(path: str, key: str, make: Callable[[], bytes]) -> Draft:
    return Draft(path=path, key=key, make=make)


def never() -> bytes:
    raise AssertionError("made again")


def test_a_draft_whose_key_stands_is_not_made(tmp_path: Path) -> None:
    outlet = FolderOutlet(tmp_path)
    outlet.deliver([draft("a", "1", lambda: b"one"), draft("b", "1", lambda: b"two")])
    again = outlet.deliver([draft("a", "1", never), draft("b", "2", lambda: b"three")])
    assert (again.written, again.unchanged) == (("b",), 1)
    assert (tmp_path / "b").read_bytes() == b"three"


def test_another_key_with_the_same_bytes_writes_nothing_and_is_remembered(tmp_path: Path) -> None:
    outlet = FolderOutlet(tmp_path)
    outlet.deliver([draft("a", "1", lambda: b"one")])
    stood = (tmp_path / "a").stat()
    assert outlet.deliver([draft("a", "2", lambda: b"one")]).written == ()
    assert (tmp_path / "a").stat().st_ino == stood.st_ino
    assert outlet.deliver([draft("a", "2", never)]).unchanged == 1


def test_a_file_changed_behind_our_back_is_made_again(tmp_path: Path) -> None:
    outlet = FolderOutlet(tmp_path)
    outlet.deliver([draft("a", "1", lambda: b"one")])
    (tmp_path / "a").write_text("vandal")
    assert outlet.deliver([draft("a", "1", lambda: b"one")]).written == ("a",)
    assert (tmp_path / "a").read_bytes() == b"one"


def test_a_whole_that_stands_is_not_even_looked_at(tmp_path: Path) -> None:
    outlet = FolderOutlet(tmp_path)
    outlet.deliver([draft("a", "1", lambda: b"one"), draft("b", "1", lambda: b"two")], whole="w")
    again = outlet.deliver([draft("a", "2", never)], whole="w")
    assert (again.written, again.removed, again.unchanged) == ((), (), 2)
    (tmp_path / "b").unlink()
    mended = outlet.deliver([draft("a", "1", never), draft("b", "1", lambda: b"two")], whole="w")
    assert mended.written == ("b",)
    assert outlet.deliver([draft("a", "1", never)], whole="other").removed == ("b",)


def many(word: str) -> list[Draft]:
    return [draft(f"n/{number % 7}/{number}", f"{word}{number}", f"{word} {number}".encode) for number in range(MANY)]


def tree(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: body for path, body in found.items() if not path.startswith(".wireroom-")}


def test_many_drafts_made_by_several_hands_are_the_same_edition(tmp_path: Path) -> None:
    delivery = FolderOutlet(tmp_path).deliver(many("first"))
    assert len(delivery.written) == MANY
    assert FolderOutlet(tmp_path).deliver(many("second")).unchanged == 0
    assert tree(tmp_path) == {one.path: one.body for one in many("second")}
    assert FolderOutlet(tmp_path).deliver(many("second")).written == ()


def test_a_fault_in_a_hand_is_told_and_the_former_edition_stands(tmp_path: Path) -> None:
    FolderOutlet(tmp_path).deliver(many("first"))
    with pytest.raises(AssertionError, match="made again"):
        FolderOutlet(tmp_path).deliver([*many("second")[:-700], draft("bad", "x", never), *many("second")[-700:]])
    assert tree(tmp_path) == {one.path: one.body for one in many("first")}


def test_foreign_files_are_refused_by_hands_too(tmp_path: Path) -> None:
    (tmp_path / "n/3").mkdir(parents=True)
    (tmp_path / "n/3/3").write_text("mine")
    with pytest.raises(DeliveryError, match=r"n/3/3 was not written by Wireroom"):
        FolderOutlet(tmp_path).deliver(many("first"))
    assert tree(tmp_path) == {"n/3/3": b"mine"}


def worked(one: Draft) -> Done:
    return Done(one.path, Trace(str(os.getpid()), 0, 0), written=True)


def hands_at_work(most: int) -> set[str]:
    taken = Hands(worked, share=10, most=most)
    done = [one for number in range(55) for one in taken.give(draft(str(number), "", never))] + taken.finish()
    assert len(done) == 55
    return {one.trace.digest for one in done}


def test_every_share_has_a_hand_of_its_own() -> None:
    # In a process of its own: tests before this one may have left threads, and beside those nothing is forked.
    code = f"from {__name__} import hands_at_work; print(len(hands_at_work(2)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[4])
    assert int(told.stdout) == 6
    assert hands_at_work(1) == {str(os.getpid())}


def hands_of_one_key() -> int:
    """Return how many hands made files of one key, at most, where each hand leaves as soon as it may."""
    hands.TOUCHED = 0
    taken = Hands(worked, share=10, most=2)
    given = [draft(str(number), f"of {number // 7}", never) for number in range(60)]
    done = [one for each in given for one in taken.give(each)] + taken.finish()
    makers = {(int(one.path) // 7, one.trace.digest) for one in done}
    assert len(done) == 60
    return max(sum(key == wanted for key, _ in makers) for wanted in range(9))


def test_files_of_one_key_stay_with_one_hand() -> None:
    code = f"from {__name__} import hands_of_one_key; print(hands_of_one_key())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[4])
    assert int(told.stdout) == 1


def made_before_rest() -> int:
    """Return how many files were made when a rest was over, which no hand outlives."""
    taken = Hands(worked, share=10, most=2)
    done = [one for number in range(35) for one in taken.give(draft(str(number), "", never))] + taken.rest()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    return len({one.path for one in done})


def test_a_rest_waits_for_every_hand() -> None:
    code = f"from {__name__} import made_before_rest; print(made_before_rest())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[4])
    assert int(told.stdout) == 35


@pytest.mark.parametrize("most", [0, 1])
def test_who_works_alone_makes_everything_before_a_rest(most: int) -> None:
    taken = Hands(worked, share=1_000, most=most)
    assert [one for number in range(300) for one in taken.give(draft(str(number), "", never))] == []
    assert {one.trace.digest for one in taken.rest()} == {str(os.getpid())}


def test_what_a_hand_leaves_undone_is_made_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hands, "TOUCHED", 0)
    taken = Hands(worked, share=10, most=2)
    done = [one for number in range(25) for one in taken.give(draft(str(number), "", never))] + taken.finish()
    assert len(done) == 25


def test_nothing_is_forked_beside_other_threads() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert hands_at_work(2) == {str(os.getpid())}
    finally:
        done.set()
        thread.join()


def test_a_hand_that_is_killed_leaves_its_share_to_us() -> None:
    us = os.getpid()

    def fatal(one: Draft) -> Done:
        if os.getpid() != us:
            os.kill(os.getpid(), 9)
        return worked(one)

    taken = Hands(fatal, share=10, most=2)
    done = [one for number in range(30) for one in taken.give(draft(str(number), "", never))] + taken.finish()
    assert {one.trace.digest for one in done} == {str(us)}
    assert len(done) == 30
