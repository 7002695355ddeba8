"""One run at a time in a folder: a lock that ends with its process, however that ends."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PATIENCE = 5.0
"""Seconds until another run is believed in: of one that was just killed, a child may hold the lock for a moment."""
_PAUSE = 0.1
_NO_LOCKS = frozenset((errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK))
"""What file systems say that have none, such as Lustre without `flock`."""


class LockedError(Exception):
    """Another run is writing in the folder."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, where the system has locks. Raises LockedError."""
    file = folder / ".lock"
    give_up = time.monotonic() + _PATIENCE
    while (handle := _locked_handle(file)) is None:
        if time.monotonic() > give_up:
            raise LockedError(f"{folder}: another run is writing here")
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        with suppress(PermissionError):  # of systems that keep open files
            file.unlink(missing_ok=True)
        os.close(handle)


def _locked_handle(file: Path) -> int | None:
    """The file open and locked; None while someone else has it. What a killed run leaves is no lock by itself."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(handle)
        if os.path.samestat(os.fstat(handle), file.stat()):
            return handle
    except (BlockingIOError, FileNotFoundError):  # held by another, or taken away by one that just ended
        pass
    os.close(handle)
    return None


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
