"""`carestead segments`: the rule set of segments in words, and whether one of your own is right."""

from pathlib import Path

import click
import yaml

from carestead.core.finding import InputError
from carestead.find.rules import read
from carestead.find.rules.model import Clause, Condition, Rule
from carestead.find.rules.ruled import SEGMENTS
from carestead.reference import load


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=False)
def command(file: Path | None) -> None:
    """Check the rule set of segments in FILE and print it in words; the shipped one when there is no FILE."""
    rule_set = read(rules_in(file) if file else load("segments", SEGMENTS), "segments")
    click.echo(f"{rule_set.title} ({rule_set.id}): the first segment whose rule a person meets is theirs.")
    for place, rule in enumerate(rule_set.rules, 1):
        click.echo(f"{place}. {rule.title} ({rule.id})")
        for line in _lines(rule):
            click.echo(f"     {line}")


def rules_in(file: Path) -> dict[str, object]:
    """A site's own rule set, as written. Raises InputError when the file is not one."""
    try:
        facts = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{file} is not YAML: {error}", "Begin from reference/segments/snee-2024.yaml.") from error
    if not isinstance(facts, dict):
        raise InputError(f"{file} holds no rule set.", "Begin from reference/segments/snee-2024.yaml.")
    return facts


def _lines(rule: Rule) -> list[str]:
    return ["everybody else"] if rule.is_everybody else [_said(c) for c in rule.clauses]


def _said(clause: Clause) -> str:
    return ", ".join(_plain(c) for c in clause.all) + "".join(f"; {c.words}" for c in clause.none)


def _plain(c: Condition) -> str:
    """The words of a condition, with its limits where a person's number and day would be."""
    least = c.how_many if c.is_count else c.at_least
    limits = ((least, "{:g} or more"), (c.at_most, "{:g} or fewer"), (c.below, "under {:g}"))
    value = " and ".join(words.format(n) for n, words in limits if n is not None)
    text = c.words.replace(" ({date})", f" (last {c.within_months} months)" if c.within_months else "")
    return text.replace("{value}", value) if value else text.replace(": {value}", "")
