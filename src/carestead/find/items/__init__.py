"""What is looked for in events: a number for every item of every code list, and two passes that answer them all."""

from carestead.find.items.item import (
    FLAG,
    Item,
    bit_table,
    catalogue,
    code_table,
    items_of,
    known_groups,
    lists_in_use,
    name_table,
    releases_in_use,
    wanted_lists,
)

__all__ = [
    "FLAG",
    "Item",
    "bit_table",
    "catalogue",
    "code_table",
    "items_of",
    "known_groups",
    "lists_in_use",
    "name_table",
    "releases_in_use",
    "wanted_lists",
]
