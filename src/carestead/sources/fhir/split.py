"""Bundles and single resources, split into NDJSON by type for the same reader as bulk files."""

import re
from pathlib import Path
from typing import Any

import orjson

from carestead.sources.deliveries import Batch
from carestead.sources.fhir.entries import elements
from carestead.sources.fhir.schema import TYPES
from carestead.sources.fhir.sift import Sorted, is_stu3, judge, parse, type_told
from carestead.sources.lines import LINE_LIMIT, head, open_bytes

WHOLE_LIMIT = 32 * 1024 * 1024
"""Bytes of the largest file parsed in one piece; a larger Bundle is taken apart entry by entry."""

_ENTRY = re.compile(rb'"entry"\s*:\s*\[')


def split(path: Path, file: int, batch: Batch, out: Sorted) -> None:
    """Sort the resources of one JSON file: a Bundle's entries, a list of resources, or one resource."""
    text = _whole(path)
    if text is None:
        return _piecewise(path, file, batch, out)
    text = text.removeprefix(b"\xef\xbb\xbf")
    value, reason, detail = parse(text)
    if reason and _ENTRY.search(text):
        return _piecewise(path, file, batch, out)
    if reason:
        return batch.refuse(file, None if len(text) == 0 else 1, type_told(text), reason, text, 0, detail)
    return _sort(value, file, batch, out, is_stu3(text[:4000]))


def _whole(path: Path) -> bytes | None:
    """The unpacked bytes, when they are few enough and can be unpacked; else None."""
    text = head(path, WHOLE_LIMIT + 1)
    return text if len(text) <= WHOLE_LIMIT and (text or path.stat().st_size == 0) else None


def _sort(value: Any, file: int, batch: Batch, out: Sorted, stu3: bool) -> None:
    if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
        value = value if isinstance(value, dict | list) else [value]
    single = not (isinstance(value, dict) and value.get("resourceType") == "Bundle")
    if single:
        return _sort_one(value, "", 1, file, batch, out, {}, stu3)
    entries = value.get("entry")
    if not isinstance(entries, list) or not entries:
        return batch.tally.add(file, "Bundle", "ignored")
    renamed = _renamed(entries)
    for row, entry in enumerate(entries, 1):
        _sort_entry(entry, row, file, batch, out, renamed, stu3)
    return None


def _renamed(entries: list[Any]) -> dict[bytes, bytes]:
    """`urn:uuid:` addresses of entries whose resource has another id, to the reference by that id."""
    renamed = {}
    for entry in entries:
        url, resource = (entry.get("fullUrl"), entry.get("resource")) if isinstance(entry, dict) else (None, None)
        if isinstance(url, str) and url.startswith("urn:uuid:") and isinstance(resource, dict):
            own, kind = resource.get("id"), resource.get("resourceType")
            if isinstance(own, str) and isinstance(kind, str) and own and own != url[9:]:
                renamed[orjson.dumps(url)] = orjson.dumps(f"{kind}/{own}")
    return renamed


def _sort_entry(
    entry: Any, row: int, file: int, batch: Batch, out: Sorted, renamed: dict[bytes, bytes], stu3: bool
) -> None:
    if not isinstance(entry, dict):
        return batch.refuse(file, row, "unknown", "json.not-an-object", orjson.dumps(entry))
    resource = entry.get("resource")
    if resource is None:
        return batch.tally.add(file, "Bundle.entry without resource", "ignored")
    url = entry.get("fullUrl")
    return _sort_one(resource, url if isinstance(url, str) else "", row, file, batch, out, renamed, stu3)


def _sort_one(
    resource: Any,
    url: str,
    row: int,
    file: int,
    batch: Batch,
    out: Sorted,
    renamed: dict[bytes, bytes],
    stu3: bool,
) -> None:
    if isinstance(resource, dict) and "id" not in resource and url.startswith("urn:uuid:"):
        resource["id"] = url[9:]
    kind, reason, detail = judge(resource, closely=False)
    if stu3 and not reason:
        reason = "fhir.stu3"
    if not reason and kind not in TYPES:
        return batch.tally.add(file, kind, "ignored")
    text = orjson.dumps(resource)
    if not reason and len(text) > LINE_LIMIT - 200:
        reason = "line.too-long"
    if reason:
        return batch.refuse(file, row, kind, reason, text, None, detail)
    for before, after in renamed.items():
        text = text.replace(before, after)
    return out.write(kind, file, row, text)


def _piecewise(path: Path, file: int, batch: Batch, out: Sorted) -> None:
    """Take a Bundle apart that is too large, or broken: entries before and after the damage are kept."""
    stu3 = is_stu3(head(path, 4000))
    row = 0
    with open_bytes(path) as stream:
        for row, (offset, text, ending) in enumerate(elements(stream, LINE_LIMIT), 1):
            if ending:
                batch.refuse(file, row, type_told(text), ending, text, offset)
                continue
            entry, reason, detail = parse(text)
            if reason:
                batch.refuse(file, row, type_told(text), reason, text, offset, detail)
            else:
                _sort_entry(entry, row, file, batch, out, {}, stu3)
    if row == 0:
        batch.refuse(file, None, type_told(head(path)), "json.invalid", head(path), 0)
