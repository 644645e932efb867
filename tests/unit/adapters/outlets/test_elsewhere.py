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
from wireroom.errors import DeliveryError
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
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    (keys / "config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {keys}/host\nAuthorizedKeysFile {keys}/authorized\nPidFile none\n"
        "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n"
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    server = subprocess.Popen([sshd, "-D", "-e", "-f", str(keys / "config")], stderr=subprocess.DEVNULL)
    options = f"-p {port} -i {keys}/user -F none -o IdentitiesOnly=yes -o UserKnownHostsFile={keys}/known"
    monkeypatch.setenv("RSYNC_RSH", f"ssh {options} -o StrictHostKeyChecking=accept-new -o BatchMode=yes")
    for _ in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
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


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """Run a server on loopback that speaks S3."""
    moto = pytest.importorskip("moto.server", reason="moto is not installed")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(store: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> BucketCarrier:
    import boto3

    for name, value in {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    name = tmp_path.name.replace("_", "-").lower()[-40:].strip("-")
    boto3.client("s3", endpoint_url=store, region_name="us-east-1").create_bucket(Bucket=name)
    return BucketCarrier(bucket=name, prefix="site/", endpoint=store, region="us-east-1")


def objects(bucket: BucketCarrier) -> dict[str, tuple[str, str]]:
    import boto3

    client = boto3.client("s3", endpoint_url=bucket.endpoint, region_name=bucket.region)
    listed = client.list_objects_v2(Bucket=bucket.bucket).get("Contents", [])
    found = {one["Key"]: client.get_object(Bucket=bucket.bucket, Key=one["Key"]) for one in listed}
    return {key: (one["ContentType"], one["Body"].read().decode()) for key, one in found.items()}


def test_a_bucket_holds_the_edition_with_types_and_leaves_strangers_alone(
    bucket: BucketCarrier, tmp_path: Path
) -> None:
    import boto3

    client = boto3.client("s3", endpoint_url=bucket.endpoint, region_name=bucket.region)
    client.put_object(Bucket=bucket.bucket, Key="site/upload.txt", Body=b"somebody else's", ContentType="text/plain")
    outlet = RemoteOutlet(tmp_path / "here", bucket)
    outlet.deliver(edition(FIRST), dry_run=True)
    assert set(objects(bucket)) == {"site/upload.txt"}
    outlet.deliver(edition(FIRST))
    outlet.deliver(edition(SECOND))
    found = objects(bucket)
    assert found.pop("site/upload.txt") == ("text/plain", "somebody else's")
    assert {key.removeprefix("site/"): body for key, (_, body) in found.items()} == SECOND
    assert {key.rpartition(".")[2]: kind for key, (kind, _) in found.items()} == {
        "html": "text/html; charset=utf-8",
        "md": "text/markdown; charset=utf-8",
        "json": "application/json",
    }


def test_a_store_that_refuses_is_named_without_the_key(
    bucket: BucketCarrier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "very-secret")
    missing = BucketCarrier(bucket="no-such-bucket", endpoint=bucket.endpoint, region=bucket.region)
    outlet = RemoteOutlet(tmp_path / "here", missing)
    with pytest.raises(
        DeliveryError, match=r"s3://no-such-bucket/ at http.*NoSuchBucket.*the next run tries again"
    ) as said:
        outlet.deliver(edition(FIRST))
    assert "very-secret" not in str(said.value)
    assert outlet.deliver(edition(FIRST), dry_run=True).written == tuple(sorted(FIRST))
