"""Which pairs are worth scoring: those that agree on one of the setting's keys, within a budget."""

from typing import Any

from carestead.reference.linking import LinkSettings

KEYS = {
    "given", "family", "dob", "postcode", "sex", "street", "number", "town", "phone", "email", "names", "anybody",
    "birth_year", "birth_month", "birth_month_day", "given_1", "family_1",
}  # fmt: skip
"""Columns of link_record that a blocking rule may name."""


def find_candidates(con: Any, settings: LinkSettings, *, across: bool) -> int:
    """Fill table `link_candidate(join_key_l, join_key_r)` with open pairs and give their number.

    Open: not in one group of `link_group`, not both done, not two valid NHS numbers. With `across`, only pairs of
    two sources. A wide rule whose pairs outnumber the budget is left out, so that no key can explode.
    """
    con.execute("create or replace temp table link_block (rid_l integer, rid_r integer)")
    largest = settings.blocking["largest_block"]
    records = con.execute("select count(*) from link_open").fetchall()[0][0]
    if records * (records - 1) // 2 <= settings.blocking["all_pairs_up_to"]:
        _block(con, ["anybody"], records, across)
    for rule in settings.blocking["tight"]:
        _block(con, rule, largest, across)
    for rule in settings.blocking["wide"]:
        if _pairs(con, rule, largest) <= settings.blocking["pairs_per_record"] * records:
            _block(con, rule, largest, across)
    con.execute(
        """create or replace temp table link_candidate as
           select distinct rid_l as join_key_l, rid_r as join_key_r, '0' as match_key from link_block"""
    )
    return con.execute("select count(*) from link_candidate").fetchall()[0][0]


def _key(rule: list[str]) -> tuple[str, str]:
    if unknown := set(rule) - KEYS:
        raise ValueError(f"A blocking rule names {', '.join(sorted(unknown))}; it may name {', '.join(sorted(KEYS))}.")
    return f"hash({', '.join(rule)})", " and ".join(f"{column} is not null" for column in rule)


def _pairs(con: Any, rule: list[str], largest: int) -> int:
    key, filled = _key(rule)
    return con.execute(
        f"""select coalesce(sum(n * (n - 1) // 2), 0)::bigint
            from (select count(*) as n from link_open where {filled} group by {key} having count(*) <= $largest)""",
        {"largest": largest},
    ).fetchall()[0][0]


def _block(con: Any, rule: list[str], largest: int, across: bool) -> None:
    key, filled = _key(rule)
    con.execute(
        f"""insert into link_block
            with keyed as (
                select rid, source_id, nhs, group_id, done, {key} as block_key from link_open where {filled}
            ),
            block as (
                select block_key from keyed group by block_key
                having count(*) between 2 and $largest and not bool_and(done)
            ),
            open as (select keyed.* from keyed semi join block using (block_key))
            select l.rid, r.rid
            from open l join open r on l.block_key = r.block_key and l.rid < r.rid
            where l.group_id <> r.group_id and not (l.done and r.done)
              and (l.nhs is null or r.nhs is null or l.nhs = r.nhs)
              and (not $across or l.source_id <> r.source_id)""",
        {"largest": largest, "across": across},
    )
