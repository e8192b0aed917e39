"""The plan, the front page and the meeting's list on paper: nothing that matters is left out or guessed."""

import re
from datetime import UTC, date, datetime

import pytest

from carestead.outputs.paper.document import Document, Text
from carestead.outputs.paper.front_page import Answers, front_page
from carestead.outputs.paper.meeting import Matter, meeting_list
from carestead.outputs.paper.pdf import PrintError, pdf, pictures, together
from carestead.outputs.paper.plan import Promised, Section, plan_document
from carestead.outputs.paper.who import Who

KHAN = Who("Amina Khan", date(1941, 5, 7), "999 123 4567")
DAY = date(2026, 3, 5)
PLAN = {
    "person": KHAN,
    "sections": [
        Section("About me", ["I want to stay in my own home.", "I like to be called Mina."], "Kim Teal, 2 March 2026"),
        Section("If things get worse", [], level=2),
    ],
    "promises": [Promised("Carer in the morning", "Care Co", "9 March 2026", "accepted")],
    "on": DAY,
    "review_on": date(2026, 9, 1),
    "reviewer": "Dr Ann Smith",
    "agreed_with": "Amina Khan",
}
ANSWERS = Answers(("Dr Ann Smith", "01632 960 123"), ("Kim Teal", "01632 960 456"), ("Dr Ben Jones", "01632 960 123"))


def words(document: Document) -> str:
    said = [document.title, document.footer]
    for block in document.as_dict()["blocks"]:
        said += [block[k] for k in ("text",) if k in block]
        said += [*block.get("items", ()), *block.get("columns", ())]
        said += [cell for row in [*block.get("rows", ()), *block.get("pairs", ())] for cell in row]
    return "\n".join(said)


def test_a_plan_prints_its_headings_texts_and_promises():
    said = words(plan_document(**PLAN, agreed_on=date(2026, 3, 2)))
    for fact in ("About me", "I want to stay in my own home.", "Kim Teal, 2 March 2026", "Amina Khan, 2 March 2026",
                 "1 September 2026", "Dr Ann Smith", "Carer in the morning", "9 March 2026",
                 "999 123 4567"):  # fmt: skip
        assert fact in said
    assert "If things get worse\nNothing is written here yet." in said
    assert "draft" not in said


def test_a_plan_that_nobody_agreed_to_says_so_first():
    made = plan_document(**PLAN, agreed_on=None)
    assert made.blocks[0] == Text("This is a draft. It has not been agreed with the person.", strong=True)
    assert "Not agreed yet" in words(made)


def test_a_plan_without_promises_says_so():
    assert "Nothing is promised at the moment." in words(plan_document(**{**PLAN, "promises": []}, agreed_on=DAY))


def test_the_front_page_says_who_answers_now_and_how_to_say_that_it_was_not_done():
    sheet = front_page(
        person=KHAN, answers=ANSWERS, coming=["A nurse comes on 9 March."], not_done=["A carer was promised."], on=DAY
    )
    said = words(sheet)
    for fact in ("Who answers now\nDr Ben Jones, 01632 960 123", "A nurse comes on 9 March.", "A carer was promised.",
                 "Ring Kim Teal, 01632 960 456 and say: “This was not done.”", "Printed 5 March 2026"):  # fmt: skip
        assert fact in said
    assert len(pictures(sheet, on=DAY, size="large", dots_per_inch=20)) == 1


def test_the_front_page_does_not_invent_what_comes_next():
    said = words(front_page(person=KHAN, answers=ANSWERS, coming=[], not_done=[], on=DAY))
    assert "Nothing is planned at the moment." in said
    assert "Everything that is due has been done." in said


def test_the_list_of_a_meeting_is_in_london_time_and_leaves_room_for_the_outcome():
    made = meeting_list(
        title="Meeting of the neighbourhood team", at=datetime(2026, 7, 1, 12, tzinfo=UTC), place="", present=[],
        matters=[Matter(Who("Bo Lee"), "Fell twice", "Kim Teal")],
    )  # fmt: skip
    said = words(made)
    assert "1 July 2026, 13:00" in said
    assert "Bo Lee, born: not known, NHS number not known\nFell twice\nKim Teal\n" in said
    assert made.landscape
    assert "Nobody is to be discussed." in words(
        meeting_list(title="Meeting", at=datetime(2026, 7, 1, 12, tzinfo=UTC), place="Room 1", present=[], matters=[])
    )


@pytest.mark.parametrize("size", ["ordinary", "large"])
def test_papers_become_tagged_pdfs(size):
    many = [Promised(f"Promise {n}", "Care Co", "9 March 2026", "open") for n in range(120)]
    made = pdf(plan_document(**{**PLAN, "promises": many}, agreed_on=DAY), size=size, on=DAY)
    assert b"/StructTreeRoot" in made
    assert len(re.findall(rb"/S ?/TH", made)) >= 4


def test_several_papers_in_one_pdf_count_their_own_pages():
    one = plan_document(**PLAN, agreed_on=DAY)
    single, three = pdf(one, on=DAY), together([one, one, one], on=DAY)
    pages = re.compile(rb"/Type ?/Page[^s]")
    assert len(pages.findall(three)) == 3 * len(pages.findall(single)) == 3
    with pytest.raises(PrintError, match="nothing to print"):
        together([], on=DAY)
