"""Every job that a schedule asks for runs to its end as a worker runs it, on both databases: outside any transaction of
the test, over a store in which nothing has happened yet."""

import pytest

from carestead.core.area import create_area
from carestead.store.jobs.models import Job
from carestead.store.jobs.queue import claim, enqueue, perform
from carestead.store.jobs.registry import scheduled

HOUSE = [known.name for known in scheduled() if not known.name.startswith("test-")]


@pytest.mark.parametrize("name", HOUSE)
def test_a_scheduled_job_is_done(committed, settings, tmp_path, name):
    settings.AREA = create_area(tmp_path / "area", name="Empty", people=1000, synthetic=True).path
    enqueue(name)
    perform(claim())
    [job] = Job.objects.all()
    assert (job.state, job.error) == ("done", "")
