"""The key facts of each page. Templates forgive misspelt names, so here is where a missing fact is noticed."""

import csv
import html
import re
import shutil

import pytest
from django.conf import settings as live

from carestead import results
from carestead.core.area import open_area
from carestead.sources.codelists import Wanted, import_codelist
from carestead.store.accounts.models import User
from carestead.store.audit.models import AuditEvent
from carestead.store.find.models import Enrolment


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_my_list(pages):
    said = text(pages("gp").get("/people/?whose="))
    assert "23 of 23 people , most in need first" in said
    for fact in (
        "ABARA, Agnes",
        "Born 20-Jan-1959 (67y)",
        "NHS No. 999 010 0004",
        "of 36 deficits",
        "Proposed GP: Dr",
        "Coordinator:",
        "Fellshire County Council last sent records 96 days ago",
    ):
        assert fact in said


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?whose=&q=cottle", "0 of"),
        ("?whose=&q=abara", "found by “abara”"),
        ("?whose=&status=Enrolled", "enrolled"),
        ("?whose=mine", "yours"),
        ("?whose=&list=frailty", "on “Frailty”"),
        ("?whose=&list=frailty,care&only=1", "and no other list"),
        ("?whose=&need=falls-assessment", "with the need “A fall without an assessment since”"),
        ("?page=abc", "people"),
    ],
)
def test_filters_are_said_in_words(pages, query, words):
    assert words in text(pages("gp").get(f"/people/{query}"))


def test_somebody_off_the_list_is_found_by_number(pages):
    gp = pages("gp")
    with results.latest(live.AREA) as snapshot:
        number = snapshot.rows("select nhs_number from patient where person_id = 11", ("patient",))[0]["nhs_number"]
    said = text(gp.get(f"/people/?whose=&q={number}"))
    assert "0 of 23 people" in said
    assert "Found beyond this list 1 person you may see" in said
    assert "Not on the register" in said


def test_the_person_page(pages):
    said = text(pages("gp").get("/people/10/"))
    for fact in (
        "Who looks after",
        "Named GP",
        "proposed, not yet responsible",
        "Why on the register",
        "Why this person: lists, scores, flags, what could help",
        "Home care , 7 hours a week",
        "Kettle & Co Home Care",
        "Carer Noor Upton, 01632 960999",
        "Allergies Allergy to penicillin",
        "Sources do not agree on",
    ):
        assert fact.replace(" ,", ",") in said.replace(" ,", ","), fact


def test_somebody_who_has_died_says_so(pages):
    said = text(pages("gp").get("/people/5/"))
    assert "Died 11-Oct-2026" in said


def test_the_record_tells_who_said_what(pages):
    gp = pages("gp")
    said = text(gp.get("/people/10/record/"))
    assert "12 items of 12, newest first" in said
    assert "Millbrook GP system: not recorded" in said
    only = text(gp.get("/people/10/record/?kind=medicine&source=St Brannock's Hospital"))
    assert "1 item of 12, kind medicine, said by St Brannock's Hospital" in only
    assert "Amoxicillin" in only


def test_medicines_side_by_side(pages):
    said = text(pages("gp").get("/people/10/medicines/"))
    assert "2 medicines differ between the practice's list and the hospital's" in said
    assert said.count("not mentioned") == 2


def test_the_rows_behind_a_score(pages):
    said = text(pages("gp").get("/people/10/why/efi/"))
    assert re.search(r"Electronic Frailty Index: (\d+) of 36 deficits, (moderate|severe)", said)
    assert re.search(r"The (\d+) rows behind this number add up to \1 of 36 deficits", said)
    assert "SNOMED CT 84114007" in said
    assert re.search(r"first \d\d-\w{3}-20\d\d last \d\d-\w{3}-2026 2 times", said)


def test_a_count_without_a_record_says_where_it_is_from(pages):
    said = text(pages("gp").get("/people/10/why/efi/"))
    assert "Counted by carestead from prescriptions" in said
    assert re.search(r"Polypharmacy 7, counted", said)


def test_two_deciders(pages):
    first, second = pages("gp"), pages("gp")
    sent = {"decision": "accept", "version": "0", "named_gp": "G1", "coordinator": "K1"}
    assert first.post("/people/10/decide/", sent).status_code == 302
    answer = second.post("/people/10/decide/", sent, follow=True)
    assert Enrolment.objects.get(person_id=10).version == 1
    assert "Enrolled" in text(answer)


def test_a_stale_decision_is_told_who_was_first(pages):
    first, second = pages("gp"), pages("gp")
    first.post("/people/10/decide/", {"decision": "decline", "version": "0", "decline_reason": "Moved"})
    sent = {"decision": "accept", "version": "0", "named_gp": "G1", "coordinator": "K1"}
    answer = second.post("/people/10/decide/", sent)
    assert answer.status_code == 400
    assert "has already decided: declined" in text(answer)


def test_a_gp_from_elsewhere_cannot_be_chosen(pages):
    sent = {"decision": "accept", "version": "0", "named_gp": "SOMEBODY", "coordinator": "K1"}
    answer = pages("gp").post("/people/10/decide/", sent)
    assert "There is no named GP" in text(answer)
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("day", "month", "year"), [("30", "2", "2027"), ("", "", ""), ("1", "1", "2020"), ("²", "1", "2027")]
)
def test_deferring_to_no_such_day(pages, day, month, year):
    sent = {
        "decision": "defer",
        "version": "0",
        "defer_reason": "Later",
        "review-day": day,
        "review-month": month,
        "review-year": year,
    }
    answer = pages("gp").post("/people/10/decide/", sent)
    assert answer.status_code == 400
    assert not Enrolment.objects.exists()


def test_data(pages):
    said = text(pages("lead").get("/data/"))
    assert "3 sources, 1 silent." in said
    assert "66 days overdue" in said
    refused = text(pages("lead").get("/data/refused/"))
    assert '{"resourceType":"Patient","birthDate":"2019-02-30"}' in refused
    assert "Ask the hospital to correct it" in refused


def test_doubtful_links_of_the_own_practice_only(pages):
    assert "1 pair" in text(pages("lead").get("/data/doubtful/"))


def test_small_numbers_are_withheld(pages):
    said = text(pages("commissioner").get("/how-we-are-doing/"))
    assert "withheld: small numbers" in said
    lines = text(pages("commissioner").get("/ways-to-pay/activity/Y00003/"))
    assert "12" in lines
    assert "For example" not in lines


def test_load(pages):
    said = text(pages("lead").get("/load/"))
    assert "1 too many" in said
    assert "One more session a week would give room for 4 more." in said


def test_a_csv_cell_is_never_a_formula(pages):
    lines = pages("commissioner").get("/fund/journal.csv").content.decode().splitlines()
    assert lines[0] == "date,entry,kind,words,account,amount_pence"
    assert not any(re.search(r"(^|,)[=+@]", line) for line in lines)


def test_signing_in_too_often_is_stopped(pages):
    nobody = pages(None)
    for _ in range(10):
        answer = nobody.post("/sign-in/", {"username": "quill", "password": "guess"})
        assert "do not belong together" in text(answer)
    assert "Too many tries" in text(nobody.post("/sign-in/", {"username": "quill", "password": "guess"}))
    assert AuditEvent.objects.filter(kind="failed-sign-in").count() == 10


def test_a_persona_is_nobody_without_the_demo(pages, settings):
    nobody = pages(None)
    settings.DEMO = False
    assert nobody.post("/sign-in/persona/", {"persona": "gp"}).status_code == 400
    assert "made-up persona" not in text(nobody.get("/sign-in/"))


def test_idle_for_a_quarter_of_an_hour_is_signed_out(pages):
    gp = pages("gp")
    gp.get("/people/")
    session = gp.session
    session["seen"] -= live.IDLE_SECONDS + 1
    session.save()
    assert gp.get("/people/").status_code == 302


def test_two_roles_switch_and_never_mix(pages):
    gp = pages("gp")
    user = User.objects.get(username="gp")
    user.roles = ["named-gp", "commissioner"]
    user.save()
    assert gp.get("/fund/").status_code == 403
    gp.post("/role/", {"role": "commissioner"})
    assert gp.get("/fund/").status_code == 200
    assert gp.get("/people/10/").status_code == 403
    gp.post("/role/", {"role": "lead"})
    assert gp.get("/fund/").status_code == 200


def test_pages_in_plain_words_when_there_is_nothing(pages, settings, tmp_path):
    from carestead.core.area import create_area
    from carestead.web import published

    gp = pages("gp")
    settings.AREA = create_area(tmp_path / "new", name="New", synthetic=True).path
    published.forget()
    answer = gp.get("/people/")
    assert answer.status_code == 503
    assert "Nothing has been published" in text(answer)
    assert gp.get("/nowhere/").status_code == 404


def test_the_api_gives_one_record_and_writes_it_down(pages):
    import json

    gp = pages("gp")
    answer = gp.get("/api/people/10/")
    made = json.loads(answer.content)
    assert made["person_id"] == 10
    assert {e["code"]["display"] for e in made["record"]["event"]} >= {"Heart failure", "Falls"}
    event = AuditEvent.objects.filter(kind="read").latest("pk")
    assert (event.action, event.people) == ("api-person", [10])
    assert gp.get("/api/people/190/").status_code == 403


@pytest.fixture
def own_list(small_area):
    """A release of the site's own, in use from the next run on, taken away again."""
    file = small_area.parent / "mine.csv"
    file.write_text("group,code\nckd,73211009\nckd,90688005\n")
    import_codelist(open_area(small_area), Wanted(file, "efi", "2024", title="Our eFI", licence="TRUD"))
    yield
    shutil.rmtree(small_area / "codelists")


def test_code_lists(pages):
    said = text(pages("analyst").get("/code-lists/"))
    for fact in (
        "Electronic Frailty Index efi Starter starter-1 117 SNOMED CT 0 3 Licence 1",
        "SNOMED International",
        "carer · looked for by flags, needs, opt-outs, other",
        "There is no release of code list carer, which flag asks for: nobody was looked for. Import one.",
        "A starter is a short list of ours",
    ):
        assert fact in said, fact
    one = text(pages("lead").get("/code-lists/efi/"))
    for fact in ("A starter is in use", "by the newest run", "only one release", "Nothing is left out", "Clegg 2016"):
        assert fact in one, fact
    assert pages("lead").get("/code-lists/nosuch/").status_code == 404
    assert pages("commissioner").get("/code-lists/").status_code == 403


def test_a_list_of_the_sites_own_stands_beside_the_shipped_one(pages, own_list):
    analyst = pages("analyst")
    assert "starter-1 2024 from the next run on" in text(analyst.get("/code-lists/"))
    said = text(analyst.get("/code-lists/efi/"))
    for fact in (
        "Our eFI",
        "TRUD",
        "From starter-1 to 2024: 2 codes added, 117 removed.",
        "1 code of release 2024 is left out",
        "Chronic kidney disease Diabetes itself, not a kidney disease",
    ):
        assert fact in said, fact
    turned = text(analyst.get("/code-lists/efi/?from=2024&to=starter-1"))
    assert "From 2024 to starter-1: 117 codes added, 2 removed." in turned


def test_code_lists_are_taken_away_as_csv(pages, own_list):
    analyst = pages("analyst")

    def table(address: str) -> list[dict[str, str]]:
        return list(csv.DictReader(analyst.get(address).content.decode().splitlines()))

    lists = {r["list"]: r for r in table("/code-lists/code-lists.csv")}
    assert (lists["efi"]["release_of_newest_run"], lists["efi"]["release_of_next_run"]) == ("starter-1", "2024")
    assert lists["carer"]["release_of_newest_run"] == ""
    changed = table("/code-lists/efi/changes.csv")
    assert {"group": "ckd", "change": "added", "system": "snomed", "code": "73211009"} in changed
    assert len(changed) == 119
    assert [(r["group"], r["code"]) for r in table("/code-lists/efi/left-out.csv")] == [("ckd", "73211009")]
    assert table("/code-lists/nosuch/changes.csv") == table("/code-lists/nosuch/left-out.csv") == []


def test_lists_of_two_systems_are_not_compared_on_the_page(pages, small_area, own_list):
    file = small_area.parent / "read.csv"
    file.write_text("group,code\nckd,K05..\n")
    import_codelist(open_area(small_area), Wanted(file, "efi", "read", system="ctv3"), pinned=False)
    said = text(pages("analyst").get("/code-lists/efi/?from=read&to=2024"))
    assert "CTV3 cannot be compared with SNOMED CT" in said


def test_what_the_newest_run_found_is_said_by_kind_one_click_down(pages):
    said = text(pages("lead").get("/data/"))
    assert "What the newest run found 2 warnings, 1 note." in said
    assert "Code lists: 1 warning Warning. There is no release of code list carer" in said
    assert "Prices and payments: 1 note 3 admissions have no price of their own." in said


@pytest.mark.parametrize("persona", ["commissioner", "analyst"])
def test_planners_see_no_finding_for_it_may_count_few_people(pages, persona):
    said = text(pages(persona).get("/data/"))
    assert "What each source sent" in said
    assert "What the newest run found" not in said
