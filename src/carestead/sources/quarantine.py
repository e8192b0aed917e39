"""Refused records: each kept with its text, its place, the reason, and what to do."""

from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

TEXT_LIMIT = 10_000
"""Characters kept of a refused record; a longer one is cut, and its byte offset kept."""

REASONS: dict[str, tuple[str, str]] = {
    "json.truncated": (
        "The JSON of this record ends before it is complete.",
        "Ask the supplier to send the file again.",
    ),
    "json.invalid": ("This is not valid JSON.", "Ask the supplier to mend the record and send it again."),
    "json.not-an-object": (
        "A record must be a JSON object, this is another JSON value.",
        "Ask the supplier for one resource on each line.",
    ),
    "json.too-deep": ("This record is nested deeper than 100 levels.", "Ask the supplier to send it as plain FHIR."),
    "encoding.not-utf8": ("This text is not in UTF-8.", "Ask the supplier to save the file as UTF-8."),
    "line.too-long": ("This record is longer than 16 MB.", "Ask the supplier to send large documents apart."),
    "gzip.truncated": ("The compressed file ends early or is damaged from here.", "Fetch or unpack the file again."),
    "resource.no-type": ("This object has no resourceType.", "Ask the supplier to send FHIR R4 resources."),
    "resource.unreadable": ("This record cannot be read.", "Send the record to the makers of carestead."),
    "type.wrong": ("An element has the wrong type of value.", "Ask the supplier to send FHIR R4 as the standard says."),
    "id.missing": ("This resource has no id, so a later version could not replace it.", "Ask the supplier to add ids."),
    "code.missing": ("This record does not say what it is about: it has no code.", "Ask the supplier to code it."),
    "date.impossible": ("A date is not a day of the calendar.", "Ask the supplier to correct the date."),
    "reference.no-subject": ("This record does not say whom it is about.", "Ask the supplier to add the subject."),
    "reference.unresolved": (
        "The person this record is about is named by an identifier that nobody, or more than one, has.",
        "Send the file with that person first, then send this one again.",
    ),
    "fhir.stu3": (
        "This is FHIR STU3 or DSTU2; only FHIR R4 is read so far.",
        "Ask the supplier for FHIR R4, or convert the file.",
    ),
    "fhir.xml": ("This is XML; only JSON is read so far.", "Ask the supplier for JSON, or convert the file."),
    "file.changed": (
        "The file changed while it was being read, so none of its rows were kept.",
        "Run the same command again when the file is complete.",
    ),
    "file.unknown": ("Nothing in this file is known.", "See docs for the formats that are read."),
    "csv.fields": ("The row has another number of fields than the header.", "Ask the supplier to correct the file."),
    "csv.unclosed-quote": (
        "A quotation mark opens a field that is never closed.",
        "Ask the supplier to correct the row.",
    ),
    "csv.header": ("Columns the map needs are missing from the header.", "Correct the map or the file."),
    "csv.unreadable": ("This row cannot be read as CSV.", "Ask the supplier to correct the row."),
    "field.missing": ("A field that must be filled is empty.", "Ask the supplier to fill it."),
    "value.impossible": ("A value cannot be what its column says.", "Ask the supplier to correct it."),
    "parquet.unreadable": ("This Parquet file cannot be read.", "Ask the supplier to send it again."),
}
"""Stable names of reasons, with the sentence and the remedy shown to people."""

SCHEMA = pa.schema(
    [
        ("file_id", pa.int32()),
        ("source_row", pa.int64()),
        ("type", pa.string()),
        ("reason", pa.string()),
        ("what", pa.string()),
        ("do", pa.string()),
        ("text", pa.string()),
        ("byte_offset", pa.int64()),
        ("source_file", pa.int32()),
    ]
)


class Quarantine:
    """Writes `quarantine.parquet` of one delivery, a thousand rows at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._rows: list[dict[str, Any]] = []
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> "Quarantine":
        self._writer = pq.ParquetWriter(self.path, SCHEMA, compression="zstd")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            self._flush(writer)
            writer.close()

    def refuse(
        self,
        file: int,
        row: int | None,
        kind: str,
        reason: str,
        text: bytes | None,
        offset: int | None,
        detail: str = "",
    ) -> None:
        """Keep one refused record. `text` is its bytes (or their beginning), `offset` where they start in the file."""
        what, do = REASONS[reason]
        words = None if text is None else text[: 4 * TEXT_LIMIT].decode("utf-8", "backslashreplace")
        cut = words is not None and (len(words) > TEXT_LIMIT or len(text or b"") > 4 * TEXT_LIMIT)
        self._rows.append(
            {
                "file_id": file,
                "source_row": row,
                "type": kind,
                "reason": reason,
                "what": f"{what} {detail}".strip(),
                "do": do,
                "text": words[:TEXT_LIMIT] if words is not None else None,
                "byte_offset": offset if cut or row is None else None,
                "source_file": file,
            }
        )
        self.count += 1
        if len(self._rows) >= 1000 and self._writer is not None:
            self._flush(self._writer)

    def _flush(self, writer: pq.ParquetWriter) -> None:
        writer.write_table(pa.Table.from_pylist(self._rows, SCHEMA))
        self._rows.clear()
