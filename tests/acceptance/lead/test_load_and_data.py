"""A practice lead looks whether anybody is overloaded, and whether a source is silent."""


def test_a_lead_sees_who_has_room(visitor):
    lead = visitor("lead")
    assert lead.heading() == "Load and simulation"
    assert lead.page.locator("figure svg").count() >= 1
    assert lead.page.locator("table tbody tr").count() >= 2
    with lead.page.expect_download() as taken:
        lead.page.get_by_role("link", name="Take this table away as CSV").click()
    lines = taken.value.path().read_text().splitlines()
    columns = "role,code,name,organisation,capacity,proposed,responsible_now,room"
    assert lines[0] == f"{columns},sessions,minutes,minutes_left,sessions_left"
    assert len(lines) == 1 + lead.page.locator("figure + .cs-scroll tbody tr").count()


def test_a_lead_sees_each_source_and_every_refused_row(visitor):
    lead = visitor("lead")
    lead.page.get_by_role("link", name="Data").click()
    for row in lead.page.locator("table").first.locator("tbody tr").all():
        read, loaded, ignored, refused = (
            int(c.inner_text().split()[0].replace(",", "")) for c in row.locator("td.cs-num").all()
        )
        assert read == loaded + ignored + refused
    lead.page.get_by_role("link", name="Every refused row").click()
    assert lead.heading() == "Refused rows"
    assert lead.page.locator("ol.cs-list > li").count() >= 1
    assert lead.page.locator("pre").first.inner_text().strip()


def test_a_silent_source_is_named_where_it_matters(visitor):
    lead = visitor("lead")
    lead.opens("/data/")
    if not lead.page.locator(".nhsuk-tag", has_text="Silent").count():
        assert lead.sees("all heard from in time")
        return
    for address in ("/load/", "/people/", "/proposed/", "/data/"):
        lead.opens(address)
        assert lead.page.locator(".cs-notice", has_text="silent").count() == 1, address


def test_a_lead_does_not_decide(visitor):
    lead = visitor("lead")
    lead.expect_refusals = True
    lead.page.get_by_label("Menu").get_by_role("link", name="People").click()
    lead.page.get_by_role("link", name="Proposed", exact=True).click()
    assert lead.sees("a GP of the practice decides")
    first = lead.page.locator("a[data-row]").first.get_attribute("href")
    assert lead.opens(f"{first}decide/").status == 403
