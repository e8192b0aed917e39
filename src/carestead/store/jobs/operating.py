"""What whoever runs carestead may do about jobs: have one that was given up done again."""

from django.db import transaction
from django.utils import timezone

from carestead.core.finding import UsageError
from carestead.store.actor import Actor
from carestead.store.audit.actions import record_write
from carestead.store.jobs.models import Job


@transaction.atomic
def do_again(*, job_id: int, by: Actor) -> Job:
    """Make a job that was given up due now, as if it had never been tried. Raises UsageError for any other job."""
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or job.state != "dead":
        raise UsageError(f"No job {job_id} was given up.", "Look them up with: carestead jobs")
    job.state, job.run_after, job.attempts, job.ended_at = "waiting", timezone.now(), 0, None
    job.save(update_fields=["state", "run_after", "attempts", "ended_at"])
    record_write(by=by, action="job-again", detail={"job": job_id, "fn": job.fn})
    return job
