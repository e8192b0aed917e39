"""Which pairs are worth scoring: those that agree on one of the setting's keys, within a budget."""

from typing import Any

from carestead.reference.linking import LinkSettings

KEYS = {
    "given",
    "family",
    "dob",
    "postcode",
    "sex",
    "street",
    "number",
    "town",
    "phone",
    "email",
    "names",
    "anybody",
    "birth_year",
    "birth_month",
    "birth_month_day",
    "given_1",
    "family_1",
}
"""Columns of link_record that a blocking rule may name."""


def find_candidates(con: Any, settings: LinkSettings, *, across: bool) -> int:
    """Fill table `link_candidate(join_key_l, join_key_r)` with open pairs and give their number.

    Open: not in one group of `link_group`, not both done, not two valid NHS numbers. With `across`, only pairs of
    two sources. Rules for the unplaced look only at records that are not done, and one whose pairs exceed what is
    left of the budget is left out, so that no key can explode.
    """
    limits = settings.blocking
    con.execute("create or replace temp table link_block (rid_l integer, rid_r integer)")
    con.execute("create or replace temp table link_undone as from link_open where not done")
    records = con.execute("select count(*) from link_undone").fetchall()[0][0]
    if records * (records - 1) // 2 <= limits["all_pairs_up_to"]:
        _block(con, "link_undone", ["anybody"], records, across)
    for rule in limits["everybody"]:
        _block(con, "link_open", rule, limits["largest_block"], across)
    left = max(limits["pairs_per_record"] * records, limits["pairs_anyway"])
    for rule in limits["unplaced"]:
        pairs = _pairs(con, rule, limits["largest_block"])
        if pairs <= left:
            _block(con, "link_undone", rule, limits["largest_block"], across)
            left -= pairs
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
            from (select count(*) as n from link_undone where {filled} group by {key} having count(*) <= $largest)""",
        {"largest": largest},
    ).fetchall()[0][0]


def _block(con: Any, table: str, rule: list[str], largest: int, across: bool) -> None:
    key, filled = _key(rule)
    con.execute(
        f"""insert into link_block
            with keyed as (
                select rid, source_id, nhs, group_id, done, {key} as block_key from {table} where {filled}
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
