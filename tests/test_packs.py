"""Language packs: all load, a wrong one is refused with file, key and reason, a new one is a folder and nothing more."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import textwrap

import pytest
from conftest import ROOT

from extractor.knowledge_base import check_ids
from extractor.lexicon import found_in_small_words
from extractor.packs import PackError, languages_folder, load_pack, load_pack_from, pack_codes

PACK = 'language = "tq"\nname = "Toy"\ncountries = []\n'


@pytest.mark.parametrize("code", pack_codes())
def test_pack_loads(code):
    pack = load_pack(code)
    assert pack.code == code
    assert pack.pack.name
    assert pack.terms.indicators


def test_unknown_language_gets_the_fallback():
    assert load_pack("sw").code == "sw"


def write(folder, pack=PACK, terms=""):
    folder.mkdir()
    (folder / "pack.toml").write_text(pack, encoding="utf-8")
    (folder / "terms.toml").write_text(terms, encoding="utf-8")
    return folder


def test_toy_language_is_a_folder(tmp_path):
    folder = write(tmp_path / "tq", terms='[indicators]\nhospital_beds = ["bedu"]\n')
    pack = load_pack_from(folder, "tq")
    assert pack.terms.indicators["hospital_beds"] == ["bedu"]


def test_toy_language_is_extracted(tmp_path):
    """Nothing but the folder is added: facts come out with the toy's words and scales."""
    languages = tmp_path / "languages"
    shutil.copytree(ROOT / "extractor" / "languages" / "und", languages / "und")
    write(languages / "tq", PACK + "[numbers.scales]\nmilo = 1e3\n", '[indicators]\nhospital_beds = ["bedu"]\n')
    code = f"""
import pathlib, extractor.packs
extractor.packs.languages_folder = lambda: pathlib.Path({str(languages)!r})
from extractor import Article, load
for fact in load().extract(Article("Ha 25 milo bedu.", language="tq")).facts:
    print(fact.indicator, fact.value)
"""
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60).stdout.decode()
    assert printed.split() == ["hospital_beds", "25000.0"]


@pytest.mark.parametrize(
    ("pack", "terms", "file", "key"),
    [
        (PACK + "colour = 1\n", "", "pack.toml", "colour"),
        (PACK + '[numbers]\ndecimal = ";"\n', "", "pack.toml", "numbers.decimal"),
        (PACK, '[indicators]\nhospital_beds = [""]\n', "terms.toml", "hospital_beds"),
        (PACK, "[indicators]\nhospital_beds = 5\n", "terms.toml", "hospital_beds"),
        (PACK.replace("tq", "zz"), "", "pack.toml", "language"),
        ("language = ", "", "pack.toml", "Invalid value"),
        (PACK + "[numbers.words]\ntweeënhalf = 2.5\n", "", "pack.toml", "tweeënhalf = 2.5; a key with other letters than a-z"),
    ],
    ids=["unknown-key", "wrong-value", "empty-phrase", "wrong-type", "other-code", "no-toml", "key-without-quotes"],
)
def test_wrong_pack_is_refused(tmp_path, pack, terms, file, key):
    folder = write(tmp_path / "tq", pack, terms)
    with pytest.raises(PackError) as error:
        load_pack_from(folder, "tq")
    assert file in str(error.value)
    assert key in str(error.value)


@pytest.mark.parametrize(
    ("section", "key", "near"),
    [
        ("indicators", "hospital_bedz", "hospital_beds"),
        ("concepts", "death", "deaths"),
        ("diseases", "mazelen", "`extractor languages --ids`"),
        ("counted", "persons", "person"),
    ],
)
def test_words_filed_under_an_unknown_id_are_refused(tmp_path, section, key, near):
    pack = load_pack_from(write(tmp_path / "tq", terms=f'[{section}]\n{key} = ["bedu"]\n'), "tq")
    with pytest.raises(PackError, match=rf"languages/tq/terms\.toml: {section}\.{key}: .*{near}"):
        check_ids(pack)


def test_the_packs_of_the_guide_load(tmp_path):
    """What CONTRIBUTING shows a newcomer of pack.toml and facilities.toml."""
    pack, facilities = re.findall(r"^   ```toml\n(.*?)^   ```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.M | re.S)
    folder = write(tmp_path / "xx", textwrap.dedent(pack))
    (folder / "facilities.toml").write_text(textwrap.dedent(facilities), encoding="utf-8")
    loaded = load_pack_from(folder, "xx")
    assert loaded.pack.numbers.scales == {"million": 1e6}
    assert loaded.facilities.side == "after"


@pytest.mark.parametrize("code", pack_codes())
def test_no_word_is_found_in_a_small_one(code):
    assert list(found_in_small_words(load_pack(code))) == []


def test_words_that_are_found_in_a_small_one(tmp_path):
    """To the stemmer, `eenheid` is `een`."""
    pack = PACK.replace("countries", 'stemmer = "dutch"\ncue_words = ["een"]\ncountries')
    folder = write(tmp_path / "tq", pack, '[counted]\nfacility = ["eenheid", "instelling"]\nperson = ["=eenheden"]\n')
    assert list(found_in_small_words(load_pack_from(folder, "tq"))) == [("eenheid", "een")]


def test_ids_are_listed(cli):
    listed = cli("languages", "--ids").stdout.decode()
    assert (
        listed.index("[indicators]")
        < listed.index("  hospital_beds\n")
        < listed.index("[concepts]")
        < listed.index("[diseases]")
        < listed.index("  dengue\n")
    )


def test_no_language_is_named_in_the_engine():
    """Language is data: no component or binder compares with a language's code."""
    codes = set(pack_codes())
    for file in sorted([*(ROOT / "extractor" / "components").glob("*.py"), *(ROOT / "extractor" / "binding").glob("*.py")]):
        source = file.read_text(encoding="utf-8")
        assert not re.search(r"\bif (?:not )?(?:self\.)?(?:language|lang) ?(?:==|in\b)", source), file.name
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Compare):
                literals = {leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)}
                assert not literals & codes, f"{file.name}:{node.lineno}"


def test_packs_are_data():
    assert not list((ROOT / "extractor" / "languages").rglob("*.py")), "a pack holds no code"
    assert languages_folder().is_dir()


@pytest.mark.parametrize("code", pack_codes())
def test_every_date_rule_is_a_pattern(code):
    """They are compiled on first use only, so a wrong one would show late."""
    from extractor.components.dates import Dates

    rules = [*Dates(load_pack(code)).rules()]
    assert rules
    assert all(rule.pattern for rule in rules)


def test_every_key_of_a_pack_is_explained():
    """CONTRIBUTING sends readers to `packs.py` for what a key means: each has its docstring, but sections and dimensions, which their class has."""
    module = ast.parse((ROOT / "extractor" / "packs.py").read_text(encoding="utf-8"))
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    names = {each.name for each in classes}
    silent = [
        f"{each.name}.{key.target.id}"
        for each in classes
        if each.name not in ("Dimensions", "LanguagePack")
        for key, following in zip(each.body, [*each.body[1:], None], strict=True)
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name) and ast.unparse(key.annotation) not in names
        if not (isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant))
    ]
    assert not silent


def test_the_readme_names_every_language():
    told = re.search(r"^Languages: (.*?)\.$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert told is not None
    assert sorted(re.split(r", | and ", " ".join(told[1].split()))) == sorted(load_pack(code).pack.name for code in pack_codes())


def test_loads_the_words_of_the_languages_that_it_meets_alone() -> None:
    """The boilerplate of all languages is read for every article; the rest of a pack, most of the time to the first fact, is not."""
    program = (
        "import extractor; from extractor.packs import load_pack;"
        "extractor.load().extract('The hospital has 120 beds for the patients of the province. Comments (3)\\nSumber: https://example.org');"
        "print(load_pack.cache_info().currsize)"
    )
    met = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(met.stdout) == len(("en", "und"))
