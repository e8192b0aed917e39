"""What a page showed is kept with the decision taken on it."""

from carestead import results
from carestead.store.find.models import Decision


def test_the_lists_and_reasons_on_the_page_go_with_the_decision(pages, small_area):
    pages("gp").post("/people/10/decide/", {"decision": "decline", "version": "0", "decline_reason": "Moves to Wales"})
    with results.latest(small_area) as snapshot:
        sql = "select cohorts, reasons from register_entry where person_id = 10"
        (row,) = snapshot.rows(sql, ("register_entry",))
    kept = Decision.objects.get(person_id=10)
    assert (kept.shown_on, kept.shown_cohorts, kept.shown_reasons) == (
        snapshot.as_of, row["cohorts"], row["reasons"],
    )  # fmt: skip
    assert kept.shown_cohorts
