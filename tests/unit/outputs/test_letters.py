"""The letters: they say what they must, in plain English, and become PDFs that a screen reader can read."""

import re
from dataclasses import replace
from datetime import date

import pytest

from carestead.outputs.letters import (
    Contact,
    Reader,
    Sender,
    absence_letter,
    change_letter,
    end_letter,
    named_gp_letter,
)
from carestead.outputs.paper.pdf import pictures

SENDER = Sender("Old Mill Surgery", ["1 Mill Lane", "Market Town", "MT1 2AB"], "01632 960 123")
READER = Reader("Mrs Amina Khan", ["2 High Street", "Market Town", "MT1 3CD"])
ANN, BEN, KIM = Contact("Dr Ann Smith"), Contact("Dr Ben Jones"), Contact("Kim Teal", "01632 960 456")
HEAD = {"reader": READER, "sender": SENDER, "on": date(2026, 3, 5)}
DAY = date(2026, 3, 2)

LETTERS = {
    "named GP": named_gp_letter(**HEAD, gp=ANN, coordinator=KIM, since=DAY),
    "new GP": change_letter(**HEAD, role="named-gp", before=ANN, after=BEN, since=DAY),
    "GP for now": change_letter(**HEAD, role="named-gp", before=ANN, after=BEN, since=DAY, interim=True),
    "new coordinator": change_letter(**HEAD, role="coordinator", before=KIM, after=Contact("Lee Moss"), since=DAY),
    "GP away": absence_letter(
        **HEAD, role="named-gp", away=ANN, start=DAY, until=date(2026, 4, 30), cover=Contact("Dr Ben Jones")
    ),
    "GP away, nobody knows how long": absence_letter(
        **HEAD, role="named-gp", away=ANN, start=DAY, until=None, cover=None
    ),
    **{
        f"end: {why}": end_letter(**HEAD, gp=ANN, coordinator=KIM, ended=DAY, why=why)
        for why in ("moved", "choice", "better", "other")
    },
}


def words_of(letter, style) -> str:
    """What a reader reads, headings and signature too, one sentence after another."""
    said = [letter.subject]
    for block in letter.document(style).blocks:
        said += [block.text] if block.kind in ("heading", "text") else list(block.items)
    return " ".join(s if s[-1] in ".?!" else f"{s}." for s in said)


def prose_of(letter) -> str:
    """Its whole sentences only: headings, greeting and signature would make it look easier than it is."""
    texts = [b.text for b in letter.document().blocks if b.kind == "text"]
    return " ".join(t for t in texts if t.endswith((".", "?")) and len(t.split()) > 4)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade (Kincaid 1975): 0.39 words a sentence and 11.8 syllables a word, less 15.59."""
    sentences = [s for s in re.split(r"[.?!]+\s", text.replace("Dr ", "Doctor ")) if re.search("[a-z]", s)]
    words = re.findall(r"[A-Za-z’']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e."""
    word = re.sub(r"(?<=[^laeiouy])es?$|(?<=[^td])ed$", "", word.lower())
    return max(1, len(re.findall("[aeiouy]+", word)))


def test_the_reading_grade_tells_plain_words_from_official_ones():
    official = (
        "Accountability for the coordination of multidisciplinary interventions has been transferred to an alternative "
        "practitioner, notwithstanding the aforementioned contractual responsibilities of your registered provider."
    )
    assert grade("The cat sat on the mat. It was a sunny day.") < 2
    assert grade(official) > 18


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_can_be_read_by_somebody_of_twelve(name):
    assert 1 < grade(prose_of(LETTERS[name])) <= 7


@pytest.mark.parametrize("name", LETTERS)
def test_easy_words_are_easier_and_each_line_is_short(name):
    letter = LETTERS[name]
    assert grade(" ".join(letter.easily)) <= 4.5
    assert max(len(line.split()) for line in letter.easily) <= 16


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("style", ["ordinary", "large", "easy-read"])
def test_a_letter_says_whom_to_ring(name, style):
    assert SENDER.phone in words_of(LETTERS[name], style)


@pytest.mark.parametrize("style", ["ordinary", "easy-read"])
def test_a_letter_says_whom_to_ring_when_the_practice_is_closed(style):
    own = replace(SENDER, when_closed="01632 960999")
    letter = named_gp_letter(**{**HEAD, "sender": own}, gp=ANN, coordinator=KIM, since=DAY)
    assert "closed, ring 01632 960999." in str(letter.document(style))
    assert "ring 111" not in str(letter.document(style))


def test_the_first_letter_says_what_the_law_asks():
    said = words_of(LETTERS["named GP"], "ordinary")
    for fact in ("Dr Ann Smith is your named GP", "2 March 2026", "Kim Teal", KIM.phone, "in charge", "choose", "away"):
        assert fact in said


def test_a_change_says_who_was_who_is_and_that_promises_hold():
    said = words_of(LETTERS["new GP"], "ordinary")
    for fact in ("Dr Ann Smith", "Dr Ben Jones", "2 March 2026", "still holds", "different named GP"):
        assert fact in said
    assert "for now" in words_of(LETTERS["GP for now"], "ordinary")
    assert "for now" not in said


def test_an_absence_says_who_answers_and_that_the_gp_stays_in_charge():
    said = words_of(LETTERS["GP away"], "ordinary")
    for fact in ("until 30 April 2026", "Dr Ben Jones answers for you", "still your named GP"):
        assert fact in said
    assert "duty team answers" in words_of(LETTERS["GP away, nobody knows how long"], "ordinary")
    assert "write to you again" in words_of(LETTERS["GP away, nobody knows how long"], "easy-read")


def test_a_carers_copy_says_whose_letter_it_is():
    carer = Reader("Mr Omar Khan", ["3 High Street"], copy_of="Mrs Amina Khan")
    letter = named_gp_letter(**{**HEAD, "reader": carer}, gp=ANN, coordinator=KIM, since=DAY)
    assert "copy of a letter to Mrs Amina Khan" in words_of(letter, "ordinary")
    assert letter.document().address[0] == "Mr Omar Khan"


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("style", ["ordinary", "large", "easy-read"])
def test_every_letter_becomes_a_tagged_pdf(name, style):
    made = LETTERS[name].pdf(style)
    assert made.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in made
    assert b"en-GB" in made
    assert made == LETTERS[name].pdf(style)


@pytest.mark.parametrize("name", LETTERS)
def test_an_ordinary_letter_is_one_sheet(name):
    assert len(pictures(LETTERS[name].document(), on=DAY, dots_per_inch=20)) == 1
    assert len(pictures(LETTERS[name].document("large"), on=DAY, size="large", dots_per_inch=20)) <= 2


def test_a_name_is_never_read_as_markup():
    odd = '#read("/etc/passwd") *Ann* [x] $y$'
    made = named_gp_letter(**HEAD, gp=Contact(odd), coordinator=KIM, since=DAY).pdf()
    title = re.search(rb"<dc:title>.*?</dc:title>", made, re.S)
    assert title
    assert "#read(" in title[0].decode()
    assert "*Ann* [x] $y$ is your named GP" in title[0].decode()
