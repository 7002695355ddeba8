"""The database is read ahead when its server starts."""

from pathlib import Path

import pytest

from extractor.web import warming


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are opened."""
    names: list[str] = []
    real = Path.open

    def noted(self: Path, *arguments: object, **options: object) -> object:
        names.append(self.name)
        return real(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", noted)
    return names


def test_a_database_is_read_to_its_end(tmp_path: Path, opened: list[str]) -> None:
    file = tmp_path / "dataset.sqlite"
    file.write_bytes(b"x" * 3_000_000)
    opened.clear()
    thread = warming.read_ahead(file)
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert opened == ["dataset.sqlite"]


def test_one_larger_than_half_of_the_memory_is_not(tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "dataset.sqlite"
    file.write_bytes(b"x" * 1000)
    opened.clear()
    monkeypatch.setattr(warming, "_memory", lambda: 1999)
    warming.read_ahead(file).join(timeout=20)
    assert opened == []


def test_a_folder_without_a_database_is_none_of_its_business(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[object] = []
    monkeypatch.setattr("threading.excepthook", raised.append)
    warming.read_ahead(tmp_path / "dataset.sqlite").join(timeout=20)
    assert raised == []
