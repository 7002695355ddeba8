"""A PostgreSQL server of the tests' own: Debian's, started in a folder by a user that is not root, and stopped at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest there is; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    there = str(found[-1]) if found else shutil.which("initdb")
    return Path(there).parent if there else None


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty server that listens on a socket in its own folder only."""
    bin_ = programs()
    assert bin_ is not None
    folder = Path(tempfile.mkdtemp(prefix="postgres."))
    user = None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"
        shutil.chown(folder, user)

    def call(*command: object) -> None:
        done = subprocess.run([*map(str, command)], user=user, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    call(bin_ / "initdb", "-D", folder / "data", "-U", "editor", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    # -l: without a log of its own the server would keep the pipe open that its output is read from.
    call(bin_ / "pg_ctl", "-D", folder / "data", "-o", f"-F -k {folder} -c listen_addresses=''", "-l", folder / "log", "-t", "240", "-w", "start")
    try:
        yield f"postgresql://editor@/postgres?host={folder}"
    finally:
        call(bin_ / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)
