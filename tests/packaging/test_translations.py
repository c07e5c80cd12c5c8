"""The catalogues have every text of the program, translated, and fit to what they stand for."""

from __future__ import annotations

import gettext
import io
import re
import string

import pytest
import translations

LANGUAGES = translations.LANGUAGES
_MNEMONIC = re.compile(r"(?<!&)&([^&\s])")
# Where "t = 5" stands in a refusal is found again by the program.
_PLACE = re.compile(r"\bt = \{")


@pytest.fixture(scope="module")
def texts():
    return {key for area in translations.texts().values() for key in area}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def messages(language):
    """Every message of the catalogues: its id, and its forms."""
    found = []
    for area in translations.AREAS:
        for message in translations.catalogue(language, area):
            if message.id:
                forms = message.string if message.pluralizable else (message.string,)
                found.append((translations._key(message.id), forms, message))
    return found


def fields(text: str) -> set[tuple[str, str, str]]:
    """What is put in, with its format and conversion."""
    try:
        parsed = list(string.Formatter().parse(text))
    except ValueError:  # braces that are not for values
        return set()
    return {
        (name, spec or "", how or "")
        for _, name, spec, how in parsed
        if name is not None
    }  # fmt: skip


def sides(messages):
    """Pairs of English and translation."""
    for key, forms, _ in messages:
        english = key if isinstance(key, str) else key[1]
        for form in forms:
            yield english, form


def test_nothing_is_missing_and_nothing_is_left_over(messages, texts):
    there = {key for key, _, _ in messages}
    again = "run `python packaging/translations.py update` and translate what it adds"
    assert not texts - there, again
    assert not there - texts, again


def test_every_text_is_in_one_catalogue_only(messages):
    keys = [key if isinstance(key, str) else key[0] for key, _, _ in messages]
    assert len(keys) == len(set(keys))


def test_everything_is_translated(messages):
    empty = [key for key, forms, _ in messages if not all(forms)]
    fuzzy = [key for key, _, message in messages if message.fuzzy]
    assert not empty
    assert not fuzzy


def test_what_the_program_reads_is_made_of_the_catalogues(language):
    made = gettext.GNUTranslations(io.BytesIO(translations.compiled(language)))
    with (translations.FOLDER / f"{language}.mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    ours = {key: text for key, text in made._catalog.items() if key}
    assert {key: text for key, text in read._catalog.items() if key} == ours, (
        "run `python packaging/translations.py compile`"
    )


def test_catalogues_are_as_the_script_writes_them(language):
    for area in translations.AREAS:
        path = translations.FOLDER / language / f"{area}.po"
        catalogue = translations.catalogue(language, area)
        assert path.read_bytes() == translations._written(catalogue, language), path.name


def test_both_sides_have_the_same_values(messages):
    for english, other in sides(messages):
        wanted, there = fields(english), fields(other)
        assert there <= wanted, (english, other)
        assert {name for name, _, _ in there} == {name for name, _, _ in wanted}, (english, other)


def test_both_sides_have_the_same_mnemonic(messages):
    for english, other in sides(messages):
        letter = _MNEMONIC.findall(english)
        assert [each.lower() for each in _MNEMONIC.findall(other)] == [
            each.lower() for each in letter
        ], (english, other)
        if letter:
            assert f"(&{letter[0].upper()})" in other, (english, other)


def test_both_sides_open_a_dialog_or_do_not(messages):
    for english, other in sides(messages):
        assert english.endswith("…") == other.endswith("…"), (english, other)


def test_what_the_program_reads_back_stays_as_it_is(messages):
    for english, other in sides(messages):
        assert bool(_PLACE.search(english)) == bool(_PLACE.search(other)), (english, other)


def test_spaces_at_the_ends_are_kept_where_sentences_are_put_together(messages):
    for english, other in sides(messages):
        assert not other.startswith("\n"), english
        if english.endswith("\n"):
            assert other.endswith("\n"), english


def test_texts_are_written_as_the_glossary_says(messages, language):
    if language != "zh_CN":
        pytest.skip("rules of Chinese")
    han = r"[\u4e00-\u9fff]"
    for english, other in sides(messages):
        if not english.startswith("lr(t) = "):  # formulas keep their commas
            assert not re.search(han + r"[,;!?]", other), (english, other)
        assert not re.search(r"[，。；：？！（）] ", other), (english, other)
        assert not re.search(r" [，。；：？！（）]", other), (english, other)
        without = re.sub(r"\(&.\)|\{[^}]*\}", "", other)
        assert not re.search(han + r"[A-Za-z]|[A-Za-z]" + han, without), (english, other)
        assert "您" not in other, english
