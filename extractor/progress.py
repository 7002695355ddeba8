"""What a run tells on standard error: how it goes on, what it skips, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from extractor.engine import Totals
from extractor.readers import Meter, Problem

_PAUSE = 60.0
"""Seconds between lines where standard error is a file, as under a batch system."""
_WINDOW = 120.0
"""The time left is told by the last so many seconds: what an earlier run had done goes by much faster."""


class Report:
    """Shows a run's progress: on a terminal in place, in a file as a line a minute."""

    def __init__(self, console: Console, meter: Meter, *, quiet: bool) -> None:
        self._console, self._meter, self._quiet = console, meter, quiet
        self._started = self._told = time.monotonic()
        columns = (SpinnerColumn(), BarColumn(bar_width=20), TextColumn("{task.fields[told]}"), TimeElapsedColumn())
        shown = not quiet and console.is_terminal
        self._progress = Progress(*columns, console=console, transient=True, disable=not shown, speed_estimate_period=_WINDOW)
        self._task = self._progress.add_task("articles", total=None, told="")

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show it until the run ends."""
        with self._progress:
            yield

    def tell(self, problem: Problem) -> None:
        """Name what is skipped."""
        self._console.print(f"skipped {escape(str(problem))}")

    def advance(self, totals: Totals) -> None:
        """Show what the run has come to."""
        if self._quiet:
            return
        self._progress.update(self._task, completed=self._meter.read, total=self._meter.total)
        now = time.monotonic()
        if self._console.is_terminal:
            self._progress.update(self._task, told=self._line(totals, now))
        elif now - self._told >= _PAUSE:
            self._told = now
            self._console.print(self._line(totals, now))

    def _line(self, totals: Totals, now: float) -> str:
        rate = (totals.articles - totals.kept) / max(now - self._started, 0.001)
        left = self._progress.tasks[self._task].time_remaining
        time_left = f", {timedelta(seconds=int(left))} left" if left and self._meter.total else ""
        kinds = ", ".join(f"{count:,} {kind}s" for kind, count in sorted(totals.kinds.items()))
        return f"{totals.articles:,} articles ({rate:.1f}/s), {totals.skipped:,} skipped{time_left}: {kinds or 'no facts yet'}"

    def summary(self, totals: Totals) -> None:
        """What the run has come to, at its end."""
        table = Table(show_header=False)
        table.add_row("articles", str(totals.articles))
        if totals.kept:
            table.add_row("  of an earlier run", str(totals.kept))
        table.add_row("facts", str(sum(totals.kinds.values())))
        for kind in ("metric", "target", "date", "resolution"):
            table.add_row(f"  {kind}", str(totals.kinds[kind]))
        table.add_row("languages", " ".join(f"{code} {count}" for code, count in sorted(totals.languages.items())))
        table.add_row("skipped", str(totals.skipped))
        if totals.duplicates:
            table.add_row("duplicates", str(totals.duplicates))
        self._console.print(table)
