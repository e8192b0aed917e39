"""The small vocabulary of a map, compiled to SQL.

Each value of a map is one of:

- `COLUMN`                                   the column's text, spaces around it removed; empty is null
- `{constant: x}`                            always x
- `{coalesce: [a, b]}`                       the first that is not null
- `{join: [a, b], with: ", "}`               the parts that are not null, joined
- `{key: [prefix, a, b]}`                    prefix/a/b; null when any part is null
- `{date: a, format: "%d/%m/%Y"}`            a day; a value that is none is refused. Without format: ISO 8601
- `{number: a}`, `{integer: a}`              a number; a value that is none is refused
- `{pence: a}`                               pounds with at most two decimals, as whole pence; else refused
- `{map: {F: female}, of: a, otherwise: x}`  by a list of values; `otherwise` for the rest (null without it)
- `{strip: a, remove: [" ", "-"]}`           without these texts
- `{code: icd10, of: a}`                     a code as we keep it: icd10, opcs4 or any other system
- `{nights: [a, b], format: f}`              days between two dates, never below nought
- `{when: a, is: [x, y], then: b, else: c}`  b where a is one of these values, else c
- `{present: a, then: b}`                    b where a is not null
- `{unpivoted: value}`, `{unpivoted: position}`, `{unpivoted: key}`  in a table with `unpivot`; key: the column's name
"""

from collections.abc import Callable
from typing import Any

from carestead.core.finding import InputError
from carestead.sources.fhir.connection import literal

Expression = Any


def quoted(name: str) -> str:
    """An identifier, quoted."""
    return '"' + name.replace('"', '""') + '"'


def compile_sql(expression: Expression) -> str:
    """The SQL of an expression of a map. Raises InputError for words that are not in the vocabulary."""
    if isinstance(expression, str):
        return _filled(quoted(expression))
    if isinstance(expression, dict):
        for word, build in _WORDS.items():
            if word in expression:
                return build(expression)
    raise InputError(f"The map holds {expression!r}, which is no expression.", f"Use one of {', '.join(_WORDS)}.")


def _filled(text: str) -> str:
    return f"nullif(trim({text}, e' \\t\\r\\n'), '')"


def checks(expression: Expression) -> list[tuple[str, str]]:
    """(reason, condition) pairs: a row for which a condition is true is refused."""
    found = []
    if isinstance(expression, dict):
        word = next((w for w in _CHECKED if w in expression), None)
        if word:
            of = compile_sql(expression[word])
            found.append((_CHECKED[word], f"{of} is not null and {compile_sql(expression)} is null"))
        for inner in expression.values():
            found += [c for e in (inner if isinstance(inner, list) else [inner]) for c in checks(e)]
    return found


def columns_of(expression: Expression) -> set[str]:
    """The supplier's columns an expression reads."""
    if isinstance(expression, str):
        return {expression}
    read: set[str] = set()
    for word, inner in expression.items():
        if word in _READS:
            parts = inner if isinstance(inner, list) else [inner]
            parts = parts[1:] if word == "key" else parts
            read |= {c for p in parts for c in columns_of(p)}
    return read


_CHECKED = {
    "date": "date.impossible",
    "number": "value.impossible",
    "integer": "value.impossible",
    "pence": "value.impossible",
}
_READS = {
    "coalesce",
    "join",
    "key",
    "date",
    "number",
    "integer",
    "pence",
    "of",
    "strip",
    "nights",
    "when",
    "then",
    "else",
    "present",
}


def _constant(e: dict[str, Any]) -> str:
    value = e["constant"]
    return (
        literal(value)
        if isinstance(value, str)
        else {True: "true", False: "false", None: "null"}.get(value, str(value))
    )


def _join(e: dict[str, Any]) -> str:
    parts = ", ".join(compile_sql(p) for p in e["join"])
    return f"nullif(concat_ws({literal(e.get('with', ' '))}, {parts}), '')"


def _key(e: dict[str, Any]) -> str:
    prefix, *parts = e["key"]
    return literal(prefix) + "".join(f" || '/' || {compile_sql(p)}" for p in parts)


def _date(e: dict[str, Any]) -> str:
    text = compile_sql(e["date"])
    if "format" in e:
        return f"cast(try_strptime({text}, {literal(e['format'])}) as date)"
    return f"try_cast(substr({text}, 1, 10) as date)"


def _pence(e: dict[str, Any]) -> str:
    text = f"replace({compile_sql(e['pence'])}, ',', '')"
    fits = f"regexp_full_match({text}, '-?[0-9]{{1,12}}(\\.[0-9]{{1,2}})?')"
    return f"case when {fits} then cast(cast({text} as decimal(18, 2)) * 100 as bigint) end"


def _map(e: dict[str, Any]) -> str:
    of = compile_sql(e["of"])
    rest = _constant({"constant": e.get("otherwise")})
    cases = " ".join(f"when {literal(str(k))} then {_constant({'constant': v})}" for k, v in e["map"].items())
    return f"case when {of} is null then null else case {of} {cases} else {rest} end end"


def _strip(e: dict[str, Any]) -> str:
    text = compile_sql(e["strip"])
    for part in e.get("remove", [" "]):
        text = f"replace({text}, {literal(part)}, '')"
    return f"nullif({text}, '')"


def _code(e: dict[str, Any]) -> str:
    return f"nullif(clean_code({literal(e['code'])}, {compile_sql(e['of'])}), '')"


def _nights(e: dict[str, Any]) -> str:
    start, end = (_date({"date": d, **({"format": e["format"]} if "format" in e else {})}) for d in e["nights"])
    return f"greatest(date_diff('day', {start}, {end}), 0)"


def _when(e: dict[str, Any]) -> str:
    values = ", ".join(literal(str(v)) for v in e["is"])
    rest = compile_sql(e["else"]) if "else" in e else "null"
    return f"case when {compile_sql(e['when'])} in ({values}) then {compile_sql(e['then'])} else {rest} end"


def _unpivoted(e: dict[str, Any]) -> str:
    return {"value": _filled("unpivoted_value"), "position": "unpivoted_position", "key": "unpivoted_key"}[
        e["unpivoted"]
    ]


_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "constant": _constant,
    "coalesce": lambda e: f"coalesce({', '.join(compile_sql(p) for p in e['coalesce'])})",
    "join": _join,
    "key": _key,
    "date": _date,
    "number": lambda e: f"try_cast({compile_sql(e['number'])} as double)",
    "integer": lambda e: f"try_cast(try_cast({compile_sql(e['integer'])} as double) as bigint)",
    "pence": _pence,
    "map": _map,
    "strip": _strip,
    "code": _code,
    "nights": _nights,
    "when": _when,
    "present": lambda e: f"case when {compile_sql(e['present'])} is not null then {compile_sql(e['then'])} end",
    "unpivoted": _unpivoted,
}
