"""What medicines are made of: the names, BNF substances and mixtures of `reference/find/ingredients.yaml`."""

from functools import cache
from typing import Any

from carestead.core.step import ReferenceTable
from carestead.reference import load, names

_facts = load("find", "ingredients")
_SUBSTANCES = {str(chemical): name for chemical, name in _facts["substances"].items()}
_OTHERS = {other: name for name, others in _facts["also_called"].items() for other in others}
BURDEN = "anticholinergic-burden-"
"""How the scores of anticholinergic scales begin."""


def usual(name: str) -> str:
    """The name we use for an ingredient, whatever a scale or a record calls it."""
    return _OTHERS.get(name, name)


def is_mixture(name: str) -> bool:
    """Whether a name stands for several ingredients."""
    return name in _facts["mixtures"]


def ingredients(name: str) -> tuple[str, ...]:
    """What a medicine's name stands for: the parts of a mixture, else the ingredient itself."""
    return tuple(_facts["mixtures"].get(name) or (usual(name),))


@cache
def known_names() -> tuple[str, ...]:
    """Every name that some list of ours asks for: substances, mixtures, groups of medicines, scales."""
    groups = load("find", "medicines")["medicines"].values()
    scales = (load("scores", s)["points"].values() for s in names("scores") if s.startswith(BURDEN))
    return tuple(
        sorted(
            {
                *_SUBSTANCES.values(),
                *_facts["mixtures"],
                *(usual(n) for group in groups for n in group["ingredients"]),
                *(usual(n) for scale in scales for listed in scale for n in listed),
            }
        )
    )


def phrase_table() -> ReferenceTable:
    """Table `ingredient_phrase`: the words of a display, and the name they say."""
    phrases = {(name, name) for name in known_names()} | set(_OTHERS.items())
    return ReferenceTable("ingredient_phrase", {"phrase": "VARCHAR", "name": "VARCHAR"}, tuple(sorted(phrases)))


def part_table() -> ReferenceTable:
    """Table `ingredient_of`: a name, and each ingredient that it stands for.

    Some scales list a family by its first word alone: isosorbide mononitrate is isosorbide as well.
    """
    known = set(known_names())
    families = {(name, name.split()[0]) for name in known if name.split()[0] in known}
    parts = families | {(name, part) for name in known for part in ingredients(name)}
    return ReferenceTable("ingredient_of", {"name": "VARCHAR", "ingredient": "VARCHAR"}, tuple(sorted(parts)))


def substance_names() -> ReferenceTable:
    """Table `substance_name`: the name of each BNF chemical substance that is known."""
    rows = tuple(sorted(_SUBSTANCES.items()))
    return ReferenceTable("substance_name", {"chemical": "VARCHAR", "name": "VARCHAR"}, rows)


def substances() -> ReferenceTable:
    """Table `substance`: the BNF chemical substance of each name that has just one."""
    values = list(_SUBSTANCES.values())
    rows = tuple(sorted((n, c) for c, n in _SUBSTANCES.items() if values.count(n) == 1))
    return ReferenceTable("substance", {"name": "VARCHAR", "chemical": "VARCHAR"}, rows)


def local_use() -> tuple[ReferenceTable, ReferenceTable]:
    """Tables `local_use_word` and `local_use_bnf`: medicines for the eye, ear, nose and skin."""
    said = _facts["local_use"]
    words = tuple((word,) for word in sorted(said["words"]))
    chapters = tuple((bnf_prefix(code),) for code in said["bnf"])
    return ReferenceTable("local_use_word", {"word": "VARCHAR"}, words), ReferenceTable(
        "local_use_bnf", {"bnf": "VARCHAR"}, chapters
    )


def bnf_prefix(code: Any) -> str:
    """The beginning of a BNF code as NHSBSA writes it. Raises TypeError for one that could never match, as 05.03.01."""
    if not isinstance(code, str) or not code.isalnum() or not code[:2].isdigit():
        raise TypeError(
            f"{code!r} is not the beginning of a BNF code. Type it in quotes and without dots, as '050301'."
        )
    return code
