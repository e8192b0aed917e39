"""`carestead explain`: the rows behind a number."""

from pathlib import Path

import click

from carestead import find, results
from carestead.cli import options
from carestead.core.finding import UsageError

SQL = """select e.item, c.system, c.code, c.display, e.date, e.last_date, e.value, e.points, s.name as source,
    e.source_row
from evidence e left join code c using (code_id) left join source s using (source_id)
where e.person_id = $person_id and e.score = $score order by e.points desc, e.item, e.date"""


@click.command()
@options.area
@click.argument("person", type=int)
@click.argument("score")
def command(area: Path, person: int, score: str) -> None:
    """Print the rows behind the score of a person: PERSON is the number of `carestead show person`."""
    with results.latest(area) as snapshot:
        known = sorted(r["score"] for r in snapshot.rows("select distinct score from score", ("score",)))
        if score not in known:
            raise UsageError(f"There is no score {score}.", f"There are: {', '.join(known)}")
        if not snapshot.rows("from person where person_id = $person_id", ("person",), person):
            raise UsageError(f"There is nobody with the number {person}.", f"See: carestead show person --area {area}")
        evidence = snapshot.rows(SQL, ("evidence", "code", "source"), person, score=score)
        value = snapshot.rows(
            "from score where person_id = $person_id and score = $score", ("score",), person, score=score
        )
    for line in find.explain(score, value[0] if value else None, evidence):
        click.echo(line)
