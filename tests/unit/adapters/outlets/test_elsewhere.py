"""Editions reach a git remote, a machine over SSH and a bucket: the real programs, on loopback."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from wireroom.adapters.outlets import BucketCarrier, GitOutlet, RemoteOutlet, RsyncCarrier
from wireroom.errors import DeliveryError, UsageError
from wireroom.records.editions import File

FIRST = {
    "index.html": "front 1",
    "articles/a/index.html": "a",
    "_news/2026-11-20-a.md": "---\n---\n",
    "api/x.json": "{}",
}
SECOND = {
    "index.html": "front 2",
    "articles/-b [x]*/#;.html": "b",
    "_news/2026-11-20-a.md": "---\n---\n",
    "api/x.json": "{}",
}


def edition(files: dict[str, str]) -> list[File]:
    return [File(path=path, body=body.encode()) for path, body in files.items()]


def held(folder: Path) -> dict[str, str]:
    found = (
        file
        for file in folder.rglob("*")
        if file.is_file() and ".wireroom" not in str(file) and ".git/" not in str(file)
    )
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in found}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def await_port(port: int) -> None:
    for _ in range(600):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nobody answers at port {port}")


# ---- git ------------------------------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Make a remote, and a clone of it with a file of somebody else's."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    git(tmp_path, "clone", "--quiet", "remote.git", "clone")
    (tmp_path / "clone" / "CNAME").write_text("news.example")
    return tmp_path / "clone"


def test_git_commits_ours_alone_and_pushes(clone: Path, tmp_path: Path) -> None:
    (clone / ".gitignore").write_text("api/\n")
    (clone / "CNAME2").write_text("staged by somebody")
    git(clone, "add", "CNAME2")
    outlet = GitOutlet(clone, remote="origin")
    assert outlet.deliver(edition(FIRST)).where.endswith("pushed to origin main")
    remote = tmp_path / "remote.git"
    assert set(git(remote, "ls-tree", "-r", "--name-only", "main").splitlines()) == set(FIRST)
    delivery = outlet.deliver(edition(SECOND))
    assert (delivery.removed, len(delivery.written)) == (("articles/a/index.html",), 2)
    git(tmp_path, "clone", "--quiet", "remote.git", "other")
    assert held(tmp_path / "other") == SECOND
    assert git(remote, "log", "--format=%s", "main").splitlines() == [
        "Edition: 2 files written, 1 removed",
        "Edition: 4 files written, 0 removed",
    ]
    outlet.deliver(edition(SECOND))
    assert len(git(remote, "log", "--format=%h", "main").splitlines()) == 2, "nothing changed, nothing committed"
    assert git(clone, "diff", "--cached", "--name-only") == "CNAME2"


def test_git_makes_up_for_a_push_that_failed_and_a_run_that_was_killed(clone: Path, tmp_path: Path) -> None:
    outlet = GitOutlet(clone, remote="origin")
    outlet.deliver(edition(FIRST))
    (tmp_path / "remote.git").rename(tmp_path / "away.git")
    with pytest.raises(DeliveryError, match=r"git push: .*; the edition is kept here, and the next run tries again"):
        outlet.deliver(edition(SECOND))
    (tmp_path / "away.git").rename(tmp_path / "remote.git")
    outlet._inner.deliver(edition(FIRST))  # killed between folder and commit
    outlet.deliver(edition(FIRST))
    git(tmp_path, "clone", "--quiet", "remote.git", "other")
    assert held(tmp_path / "other") == FIRST


def test_git_needs_a_clone_and_a_dry_run_commits_nothing(clone: Path, tmp_path: Path) -> None:
    delivery = GitOutlet(clone, remote="origin").deliver(edition(FIRST), dry_run=True)
    assert delivery.written == tuple(sorted(FIRST))
    assert git(tmp_path / "remote.git", "for-each-ref") == ""
    (tmp_path / "plain").mkdir()
    for folder in ("plain", "missing"):
        with pytest.raises(DeliveryError, match="is in no git clone; make one there"):
            GitOutlet(tmp_path / folder).deliver(edition(FIRST))


# ---- rsync ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def over_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run an SSH server on loopback for this test, with keys of its own; return what rsync calls this machine."""
    sshd = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
    if not (sshd and shutil.which("rsync") and shutil.which("ssh")):
        pytest.skip("rsync and an SSH server are not installed; on Debian and Ubuntu: apt install rsync openssh-server")
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(keys / name)], check=True)
    (keys / "authorized").write_bytes((keys / "user.pub").read_bytes())
    port = free_port()
    (keys / "config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {keys}/host\nAuthorizedKeysFile {keys}/authorized\nPidFile none\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n"
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    server = subprocess.Popen([sshd, "-D", "-e", "-f", str(keys / "config")], stderr=subprocess.DEVNULL)
    options = f"-p {port} -i {keys}/user -F none -o IdentitiesOnly=yes -o UserKnownHostsFile={keys}/known"
    monkeypatch.setenv("RSYNC_RSH", f"ssh {options} -o StrictHostKeyChecking=accept-new -o BatchMode=yes")
    await_port(port)
    yield f"{getpass.getuser()}@127.0.0.1"
    server.terminate()
    server.wait(10)


def test_rsync_over_ssh_leaves_strangers_alone(over_ssh: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "upload.txt").write_text("somebody else's")
    outlet = RemoteOutlet(tmp_path / "here", RsyncCarrier(target=f"{over_ssh}:{there}/"))
    assert outlet.deliver(edition(FIRST), dry_run=True).written == tuple(sorted(FIRST))
    assert held(there) == {"upload.txt": "somebody else's"}
    assert outlet.deliver(edition(FIRST)).where == f"{over_ssh}:{there}/"
    assert held(there) == FIRST | {"upload.txt": "somebody else's"}
    outlet.deliver(edition(SECOND))
    assert held(there) == SECOND | {"upload.txt": "somebody else's"}


def test_rsync_sends_and_removes_later_what_it_could_not_before(over_ssh: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    outlet = RemoteOutlet(tmp_path / "here", RsyncCarrier(target=f"{over_ssh}:{there}/"))
    outlet.deliver(edition(FIRST))
    moved = there.rename(tmp_path / "away")
    there.write_text("a file in the way")
    with pytest.raises(DeliveryError, match=r"rsync .*; the edition is kept here, and the next run tries again"):
        outlet.deliver(edition(SECOND))
    there.unlink()
    moved.rename(there)
    assert outlet.deliver(edition(SECOND), dry_run=True).removed == ("articles/a/index.html",)
    outlet.deliver(edition(SECOND))
    assert held(there) == SECOND


# ---- a bucket -------------------------------------------------------------------------------------------------------

S3RVER = Path(__file__).parents[3] / "stores/node_modules/s3rver/bin/s3rver.js"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a server on loopback that speaks S3 and holds a bucket `news`."""
    if not (shutil.which("node") and S3RVER.is_file()):
        pytest.skip("the bucket's tests need node, and `npm ci` in tests/stores")
    port = free_port()
    words = ["-d", str(tmp_path_factory.mktemp("s3")), "-a", "127.0.0.1", "-p", str(port), "--configure-bucket", "news"]
    with subprocess.Popen(["node", str(S3RVER), *words], stdout=subprocess.DEVNULL) as server:
        await_port(port)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture
def bucket(store: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> BucketCarrier:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "S3RVER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "S3RVER")
    return BucketCarrier(bucket="news", prefix=f"{tmp_path.name}/", endpoint=store, region="us-east-1")


def objects(bucket: BucketCarrier) -> dict[str, tuple[str, str]]:
    held = bucket._store()
    paths = [one["path"] for some in held.list() for one in some]
    found = {path: held.get(path) for path in paths}
    return {path: (str(one.attributes["Content-Type"]), bytes(one.bytes()).decode()) for path, one in found.items()}


def test_a_bucket_holds_the_edition_with_types_and_leaves_strangers_alone(
    bucket: BucketCarrier, tmp_path: Path
) -> None:
    bucket._store().put("upload.txt", b"somebody else's", attributes={"Content-Type": "text/plain"})
    outlet = RemoteOutlet(tmp_path / "here", bucket)
    outlet.deliver(edition(FIRST), dry_run=True)
    assert set(objects(bucket)) == {"upload.txt"}
    outlet.deliver(edition(FIRST))
    outlet.deliver(edition(SECOND))
    found = objects(bucket)
    assert found.pop("upload.txt") == ("text/plain", "somebody else's")
    assert {path: body for path, (_, body) in found.items()} == SECOND
    assert {path.rpartition(".")[2]: kind for path, (kind, _) in found.items()} == {
        "html": "text/html; charset=utf-8",
        "md": "text/markdown; charset=utf-8",
        "json": "application/json",
    }


def test_a_store_that_refuses_is_named_without_the_key(
    bucket: BucketCarrier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "very-secret")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    outlet = RemoteOutlet(tmp_path / "here", bucket)
    with pytest.raises(DeliveryError, match=r"s3://news/.* at http.*403.*the next run tries again") as said:
        outlet.deliver(edition(FIRST))
    assert "very-secret" not in str(said.value)
    assert outlet.deliver(edition(FIRST), dry_run=True).written == tuple(sorted(FIRST)), "nothing was noted as sent"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "S3RVER")
    outlet.deliver(edition(FIRST))
    assert {path: body for path, (_, body) in objects(bucket).items()} == FIRST


def test_without_keys_nobody_is_asked_for_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID", raising=False)
    with pytest.raises(UsageError, match="needs AWS_ACCESS_KEY_ID"):
        RemoteOutlet(tmp_path / "here", BucketCarrier(bucket="news")).deliver(edition(FIRST))
