"""Decisions in a process whose files may not grow: `python full_disk.py AREA`. Prints what was answered, as JSON."""

import json
import resource
import sys
from pathlib import Path

from carestead import store

AREA = Path(sys.argv[1])
store.configure(AREA, demo=True)
store.migrate(AREA)

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from carestead.store.audit.models import AuditEvent  # noqa: E402
from carestead.store.find.models import Decision, Enrolment  # noqa: E402
from carestead.web import demo  # noqa: E402

demo.seed()
gp = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
assert gp.post("/sign-in/persona/", {"persona": "gp"}).status_code == 302


def decline(person_id: int) -> tuple[int, str]:
    answer = gp.post(
        f"/api/people/{person_id}/decision/decline/",
        json.dumps({"reason": "Moves to Wales. " * 500}),
        content_type="application/json",
        headers={"If-Match": 'W/"0"', "Idempotency-Key": f"decline-{person_id}"},
    )
    return answer.status_code, answer.content.decode()


ASK = range(0, 180, 10)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
grown = max(f.stat().st_size for f in AREA.glob("store.sqlite3*"))
resource.setrlimit(resource.RLIMIT_FSIZE, (grown + 200_000, hard))
answers = [(person, *decline(person)) for person in ASK]
page = gp.get("/people/")
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
with connection.cursor() as cursor:
    sound = cursor.execute("pragma integrity_check").fetchone()[0]
print(
    json.dumps(
        {
            "acknowledged": [p for p, status, _ in answers if status == 200],
            "refused": [(p, status, said) for p, status, said in answers if status not in (200, 403)],
            "page": [page.status_code, page.content.decode()],
            "kept": sorted(Enrolment.objects.values_list("person_id", flat=True)),
            "decisions": Decision.objects.count(),
            "audited": AuditEvent.objects.filter(action="proposal-declined").count(),
            "sound": sound,
            "afterwards": [decline(p)[0] for p, status, _ in answers if status == 503],
        }
    )
)
