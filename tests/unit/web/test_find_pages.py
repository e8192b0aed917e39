"""Proposed people, why this person, lists and overlaps: their key facts."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings as live
from django.utils import timezone

from carestead import results
from carestead.store.audit.models import AuditEvent
from carestead.store.find.models import Enrolment


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def rows(answer) -> list[str]:
    """The people of a list, each as its piece of the page."""
    return answer.content.decode().split('<li class="cs-person">')[1:]


def decided(person_id, state="declined", when=datetime(2026, 3, 3, tzinfo=UTC), **facts):
    facts = {"practice_code": "Y00001", "reason": "He wished to wait", "decided_by": "Dr Ada Quill", **facts}
    return Enrolment.objects.create(person_id=person_id, state=state, decided_at=when, **facts)


class TestProposed:
    def test_the_three_most_telling_reasons_stand_first_and_the_rest_behind_a_click(self, pages):
        first = rows(pages("gp").get("/proposed/?whose="))[0]
        shown, _, more = first.partition("<details")
        assert shown.count("/why/") + shown.count("/record/?kind=") >= 3
        assert "and 2 more" in more
        assert "emergency admissions in the last year" in more

    def test_each_reason_leads_to_its_rows(self, pages):
        gp = pages("gp")
        page = gp.get("/proposed/?whose=").content.decode()
        addresses = set(re.findall(r'<li><a href="([^"]+)">', page))
        assert addresses
        assert all(gp.get(html.unescape(a)).status_code == 200 for a in addresses)

    def test_lists_are_told_by_word_and_shape(self, pages):
        first = rows(pages("gp").get("/proposed/?whose="))[0]
        assert re.search(r'aria-hidden="true" focusable="false"><path d="[^"]+"/></svg>\s+Frailty', first)

    def test_a_sudden_entry_is_said_with_its_day_and_counted_on_top(self, pages):
        said = text(pages("gp").get("/proposed/?whose="))
        assert "Sudden entry: Home from hospital after a fracture of the hip , 2 days ago" in said
        assert "Show the 1 sudden entry" in said
        assert "1 of 23 people: on “Sudden" in text(pages("gp").get("/proposed/?whose=&list=sudden"))

    def test_what_could_help_says_the_action(self, pages):
        said = text(pages("gp").get("/proposed/?whose="))
        assert "Could still help: Medication review. Ask the pharmacist for a structured medication review" in said
        assert "and 1 more" in said

    def test_the_filter_is_in_words_and_in_the_address(self, pages):
        every = rows(pages("gp").get("/proposed/?whose="))
        answer = pages("gp").get("/proposed/?whose=&need=falls-assessment&list=frailty")
        assert 0 < len(rows(answer)) < len(every)
        assert "on “Frailty”, with the need “A fall without an assessment since”" in text(answer)

    def test_somebody_declined_before_comes_back_with_what_changed(self, pages):
        decided(20)
        said = text(pages("gp").get("/proposed/?whose="))
        assert "Asked before. Declined on 3 March 2026 because he wished to wait; since then: 1 emergency" in said

    def test_somebody_declined_since_the_run_does_not_wait(self, pages):
        decided(20, when=timezone.now())
        decided(15)
        said = text(pages("gp").get("/proposed/?whose="))
        assert "Declined on 3 March" not in said
        assert "21 of 21 people" in said

    def test_what_is_put_off_comes_back_on_its_day(self, pages):
        decided(15, "deferred", timezone.now(), review_on="2026-11-20")
        assert "Proposed again" in text(pages("gp").get("/proposed/?whose="))

    def test_accepting_is_one_form_away(self, pages):
        page = pages("gp").get("/people/10/decide/")
        assert "of 36 deficits" in text(page)
        assert "What could still help" in text(page)


class TestWhy:
    def test_everything_that_is_known(self, pages):
        said = text(pages("gp").get("/people/10/why/"))
        for fact in (
            "Sudden",
            "18-Nov-2026, 2 days ago",
            "place 3 at the practice",
            "Ask the pharmacist for a structured medication review",
            "Electronic Frailty Index:",
            "Hospital Frailty Risk Score:",
            "Dementia since 4 May 2024",
            "SNOMED CT 52448006",
            "Millbrook GP system",
            "4 or more long-term conditions",
            "Third on the list Frailty of the practice. Place 3 at the practice, 30 on 13 November 2026.",
            "Nothing from social care about this person.",
        ):
            assert fact in said, fact

    def test_a_risk_is_a_chance_and_for_evaluation(self, pages):
        gp = pages("gp")
        assert re.search(
            r"Risk of emergency admission [^:]*: 38%, above the cut 2 rows For evaluation",
            text(gp.get("/people/10/why/")),
        )
        said = text(gp.get("/people/10/why/admission-risk-evaluation/"))
        assert "For evaluation Do not decide by this number" in said
        assert "The 2 rows behind this number add up to -500 thousandths of a log-odds, a risk of 38%." in said
        assert "Emergency admissions in 12 months 2 admissions 1697 Counted by carestead" in said

    def test_decisions_are_part_of_the_story(self, pages):
        gp = pages("gp")
        gp.post("/people/10/decide/", {"decision": "decline", "version": "0", "decline_reason": "Moves to Wales"})
        assert re.search(r"Declined by .*?: Moves to Wales", text(gp.get("/people/10/why/")))

    def test_somebody_on_no_list_has_a_page_too(self, pages):
        said = text(pages("gp").get("/people/13/why/"))
        assert "The newest run puts this person on no list." in said
        assert "Every score that the register asks is nought." in said
        assert "No measured value" in said


class TestLists:
    @pytest.mark.parametrize("who", ["lead", "commissioner", "analyst"])
    def test_counts_and_never_a_person(self, pages, who):
        answer = pages(who).get("/lists/")
        said = text(answer)
        assert re.search(r"Of \d+ people on a list, \d+ are on one list only", said)
        assert "percentage points" in said
        assert "Everybody by segment" in said
        assert ("Open the people of your practice" in said) == (who == "lead")
        assert "/people/" not in answer.content.decode().replace("/lists/people/", "").replace('href="/people/"', "")

    def test_a_small_number_is_withheld_with_another(self, pages):
        said = text(pages("analyst").get("/lists/"))
        assert "Die well withheld" in said
        assert said.count("withheld") >= 3

    def test_the_table_holds_the_numbers_of_the_picture(self, pages):
        analyst = pages("analyst")
        lines = analyst.get("/lists/table.csv").content.decode().splitlines()
        assert lines[0].endswith(",people")
        assert all(int(line.split(",")[-1]) >= 5 for line in lines[1:])
        drawn = re.findall(r"<title>[^<]*: ([\d,]+) people</title>", analyst.get("/lists/").content.decode())
        assert [int(n.replace(",", "")) for n in drawn] == [int(line.split(",")[-1]) for line in lines[1:]]

    def test_the_bands_as_a_table(self, pages):
        lines = pages("lead").get("/lists/frailty-bands.csv").content.decode().splitlines()
        assert lines[0] == "band,people,per_cent,published_per_cent,points,people_more"
        assert [line.split(",")[0] for line in lines[1:]] == ["fit", "mild", "moderate", "severe"]
        sql = """select count(*) filter (where band = 'fit' or band is null) as fit
            from feature left join (select * from score where score = 'efi') using (person_id) where age >= 65"""
        with results.latest(live.AREA) as snapshot:
            assert int(lines[1].split(",")[1]) == snapshot.rows(sql, ("feature", "score"))[0]["fit"]

    def test_the_people_are_on_a_page_of_their_own_and_written_down(self, pages):
        answer = pages("lead").get("/lists/people/?list=risk&only=1")
        assert "on “Risk” and no other list" in text(answer)
        assert "Not on the register" in text(answer)
        assert "2 emergency admissions in the last year" in text(answer)
        event = AuditEvent.objects.filter(kind="read").latest("pk")
        assert event.action == "see-on-lists"
        assert event.people
        with results.latest(live.AREA) as snapshot:
            home = snapshot.rows("select person_id, practice_code from person", ("person",))
        assert {p["practice_code"] for p in home if p["person_id"] in event.people} == {"Y00001"}

    @pytest.mark.parametrize("who", ["commissioner", "analyst", "partner"])
    def test_nobody_who_plans_opens_the_people(self, pages, who):
        assert pages(who).get("/lists/people/").status_code == 403
