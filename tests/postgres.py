"""Where does a test's PostgreSQL come from?

The server named by WIREROOM_POSTGRES, or the one on 127.0.0.1:5432, when it answers; else a private cluster when
`initdb` is found; else its tests are skipped and counted aloud. WIREROOM_REQUIRE_POSTGRES=1 turns that skip into a
failure.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

SERVER = os.environ.get("WIREROOM_POSTGRES", "postgresql://root@127.0.0.1:5432/test")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the address of a server that answers."""
    with contextlib.ExitStack() as stack:
        server = SERVER if _answers(SERVER) else stack.enter_context(_private_cluster())
        if server is None:
            message = "no PostgreSQL answers and no initdb is found"
            if os.environ.get("WIREROOM_REQUIRE_POSTGRES") == "1":
                pytest.fail(f"{message}, but WIREROOM_REQUIRE_POSTGRES=1", pytrace=False)
            pytest.skip(message)
        yield server


@pytest.fixture(scope="session")
def fresh_postgres(postgres_server: str) -> Callable[[], contextlib.AbstractContextManager[str]]:
    """Give a way to open the address of an empty schema, dropped afterwards."""
    return lambda: _fresh_schema(postgres_server)


@pytest.fixture(scope="session")
def postgres(postgres_server: str) -> Iterator[str]:
    """Give the address of the schema that the contract's tests share, one after the other."""
    with _fresh_schema(postgres_server) as address:
        yield address


def _answers(server: str) -> bool:
    try:
        psycopg.connect(server, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def _fresh_schema(server: str) -> Iterator[str]:
    name = f"wireroom_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
        try:
            yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{name}"
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


@contextlib.contextmanager
def _private_cluster() -> Iterator[str | None]:
    """Run a server of our own on a socket in a temporary folder; give None when the programs are not there."""
    initdb = _program("initdb")
    if initdb is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="wireroom-pg-") as folder:
        account = _account()
        if account:
            shutil.chown(folder, account)

        def run(*command: str) -> None:
            subprocess.run(command, check=True, user=account, cwd=folder, stdout=subprocess.DEVNULL)

        data, log = f"{folder}/data", f"{folder}/log"
        run(initdb, "-D", data, "-U", "wireroom", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-c listen_addresses='' -k {folder} -c fsync=off"
        control = str(Path(initdb).with_name("pg_ctl"))
        run(control, "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql://wireroom@/postgres?host={folder}"
        finally:
            run(control, "-D", data, "-w", "-m", "immediate", "stop")


def _program(name: str) -> str | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places = [str(folder / name) for folder in folders if (folder / name).exists()]
    return places[0] if places else shutil.which(name)


def _account() -> str | None:
    """Choose who runs the server: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)
