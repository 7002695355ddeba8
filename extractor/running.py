"""A run into a file or a folder, with every way in which it can end before its time."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from extractor.engine import ClusterError, Engine, Input, LockedError, Run, Totals, WorkersError
from extractor.progress import Report
from extractor.readers import Problem
from extractor.writers import UnknownFormatError, open_writer
from extractor.writers.files import whole_file

Found = Iterable[Input | Problem]


class RunError(Exception):
    """The run can't begin or go on; says why and what to do."""


class Stopped(Exception):
    """The run was told to stop. Says what is there, and the exit status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class NobodyReads(Exception):
    """Whoever read standard output has gone."""


def run_to_folder(found: Found, folder: Path, engine: Engine, report: Report, *, fresh: bool) -> Totals:
    """Write parts into a folder, or go on there. Raises RunError, Stopped."""
    run = Run(folder, engine, report.tell, report.advance)
    with _stoppable(f"stopped; the parts in {folder} are whole, run again to go on"), report.shown():
        try:
            run.go(found, fresh=fresh)
        except (LockedError, ClusterError) as error:
            raise RunError(str(error)) from error
        except WorkersError as error:
            raise RunError(f"{error}; what is there is whole, run again to go on") from error
        except sqlite3.OperationalError as error:
            raise RunError(f"temporary files can't be written: {error}: set TMPDIR to a folder with room, and run again to go on") from error
        except OSError as error:
            raise RunError(f"{folder}: can't be written: {error.strerror or error}; what is there is whole, run again to go on") from error
    return run.totals


def run_to_file(found: Found, output: str, errors: Path | None, engine: Engine, report: Report) -> Totals:
    """Write one file, and one of what was skipped, when all is done. Raises RunError, Stopped, NobodyReads."""
    totals = Totals()
    try:
        with _problems(errors) as keep, open_writer(output) as writer, _stoppable("stopped; nothing was written"), report.shown():
            for result in engine.extract_all(found):
                if isinstance(result, Problem):
                    report.tell(result)
                    keep(result)
                    totals.skipped += 1
                else:
                    writer.write(result)
                    totals.add(result)
                report.advance(totals)
            if output == "-":
                sys.stdout.flush()
    except (UnknownFormatError, ClusterError, WorkersError) as error:
        raise RunError(str(error)) from error
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise NobodyReads from error
    except OSError as error:
        raise RunError(f"{output}: can't be written: {error.strerror or error}") from error
    return totals


@contextmanager
def _problems(file: Path | None) -> Iterator[Callable[[Problem], None]]:
    """Keeps problems in a file that appears at the end. Raises RunError at once where it can't."""
    if file is None:
        yield lambda problem: None
        return
    with ExitStack() as stack:
        try:
            unfinished = stack.enter_context(whole_file(file))
            stream = stack.enter_context(open(unfinished, "w", encoding="utf-8", errors="replace", newline="\n"))
        except OSError as error:
            raise RunError(f"{file}: can't be written: {error.strerror}") from error
        yield lambda problem: print(json.dumps(asdict(problem), ensure_ascii=False), file=stream)


@contextmanager
def _stoppable(message: str) -> Iterator[None]:
    """Ctrl-C, and the word of a batch system that its time is over, end the run in good order. Raises Stopped."""

    told = signal.SIGINT

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal told
        told = signal.Signals(number)
        raise KeyboardInterrupt

    in_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, stop) if in_main else None
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(message, 128 + told) from None
    finally:
        if in_main:
            signal.signal(signal.SIGTERM, before)
