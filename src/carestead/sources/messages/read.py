"""A message of any format, read: FHIR R4 as JSON or XML, or a feed as CSV."""

from datetime import datetime

from carestead.sources.fhir import tree
from carestead.sources.messages.bundle import from_bundle
from carestead.sources.messages.event import Reading
from carestead.sources.messages.feed import from_csv
from carestead.sources.messages.judge import without_event
from carestead.sources.quarantine import REASONS


def read(message: bytes, *, source: str, received_at: datetime, name: str = "") -> list[Reading]:
    """What `message` tells, one reading an event; never empty, so that nothing is lost. `received_at` is aware;
    `name` is the file's, for findings."""
    where = name or f"message of {source}"
    text = message.decode("utf-8", "backslashreplace").replace("\0", "\\x00")
    body = message.removeprefix(b"\xef\xbb\xbf").lstrip()
    if body.startswith(b"MSH|"):
        what = "This is HL7 version 2; FHIR R4 and CSV are read so far."
        return [without_event("hl7.v2", what, "Ask the hospital for a FHIR message, or a CSV feed.", where, text)]
    if not body.startswith((b"{", b"[", b"<")):
        return _csv(message, source, where, text, received_at)
    try:
        resource = tree.read(message)
    except tree.UnreadableError as problem:
        return [without_event(problem.reason, problem.what, problem.do, where, text)]
    if resource["resourceType"] != "Bundle":
        what = f"This is a {resource['resourceType']}, not a message."
        return [without_event("bundle.none", what, "Send it in a message or a document Bundle.", where, text)]
    return [from_bundle(resource, source, where, text, received_at)]


def _csv(message: bytes, source: str, where: str, text: str, received_at: datetime) -> list[Reading]:
    try:
        decoded = message.decode("utf-8-sig").replace("\0", "\\x00")
    except UnicodeDecodeError:
        what, do = REASONS["encoding.not-utf8"]
        return [without_event("encoding.not-utf8", what, do, where, text)]
    if not decoded.strip():
        return [without_event("message.empty", "There is nothing in it.", "Send it again.", where, text)]
    found = list(from_csv(decoded, source, where, received_at))
    return found or [without_event("message.empty", "There is a header and no row.", "Send it again.", where, text)]
