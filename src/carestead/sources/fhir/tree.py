"""One FHIR resource as plain dictionaries and lists, whether it was sent as JSON or as XML (HL7 FHIR R4, formats)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from carestead.core.finding import CaresteadError
from carestead.sources.fhir.sift import parse, too_deep
from carestead.sources.quarantine import REASONS

Node = Mapping[str, Any]

_FHIR = "{http://hl7.org/fhir}"
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class UnreadableError(CaresteadError):
    """The text is no FHIR resource. `reason` is a name of `quarantine.REASONS` or one of this module's."""

    def __init__(self, reason: str, what: str, do: str) -> None:
        super().__init__(what, do)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Coding:
    """A code with its system; `display` as sent."""

    system: str
    code: str
    display: str


def read(text: bytes) -> Node:
    """The resource in `text`. Values of XML are all strings, so readers ask by `word`. Raises UnreadableError."""
    body = text.removeprefix(b"\xef\xbb\xbf").strip()
    node = _from_xml(body) if body.startswith(b"<") else _from_json(body)
    if not isinstance(node.get("resourceType"), str):
        raise _unreadable("resource.no-type")
    return node


def each(node: Any, *path: str) -> list[Any]:
    """Every value at `path`; a value that is there once and a list of one are the same."""
    found = [node]
    for step in path:
        found = [v for n in found if isinstance(n, Mapping) for v in _listed(n.get(step))]
    return found


def first(node: Any, *path: str) -> Any:
    """The first value at `path`; an empty mapping when there is none."""
    return next(iter(each(node, *path)), {})


def word(node: Any, *path: str) -> str:
    """The first value at `path` as text without blanks around it; empty when there is none or it is not simple."""
    value = first(node, *path)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if isinstance(value, Mapping | list) else str(value).strip()


def codings(node: Any, *path: str) -> list[Coding]:
    """The codings at `path`, which names CodeableConcepts."""
    return [coding(c) for c in each(node, *path, "coding")]


def coding(node: Any) -> Coding:
    """A Coding element."""
    return Coding(word(node, "system"), word(node, "code"), word(node, "display"))


def meaning(node: Any, *path: str) -> str:
    """A CodeableConcept in words: its text, else what a code displays, else a code."""
    concept = first(node, *path)
    found = codings(concept)
    displays = [c.display for c in found if c.display] or [c.code for c in found if c.code]
    return word(concept, "text") or next(iter(displays), "")


def identifiers(node: Any) -> Iterator[tuple[str, str]]:
    """(system, value) of each identifier of a resource that has a value."""
    for one in each(node, "identifier"):
        if word(one, "value"):
            yield word(one, "system"), word(one, "value")


def named(reference: Any) -> str:
    """Whom a Reference names: the literal reference, else the logical identifier, else the display."""
    logical = first(reference, "identifier")
    value = "|".join(filter(None, (word(logical, "system"), word(logical, "value"))))
    return word(reference, "reference") or value or word(reference, "display")


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources of a Bundle, found by what references say: the entry's fullUrl, or type and id."""

    all: tuple[Node, ...]
    places: Mapping[str, Node]

    @classmethod
    def of(cls, bundle: Node) -> "Resources":
        """The resources of a Bundle, in order."""
        entries = [(word(e, "fullUrl"), first(e, "resource")) for e in each(bundle, "entry")]
        places: dict[str, Node] = {}
        for url, resource in entries:
            local = f"{word(resource, 'resourceType')}/{word(resource, 'id')}"
            places |= {key: resource for key in (url, local) if key}
        return cls(tuple(r for _, r in entries if r), places)

    def of_type(self, kind: str) -> list[Node]:
        """Those of one resource type, in order."""
        return [r for r in self.all if r.get("resourceType") == kind]

    def at(self, reference: Any, kind: str = "") -> Node:
        """What a Reference points at, of type `kind` if given; an empty mapping when it is not in the Bundle."""
        found = self.places.get(word(reference, "reference"), {})
        return found if not kind or found.get("resourceType") == kind else {}


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _from_json(body: bytes) -> Node:
    value, reason, detail = parse(body)
    if reason or too_deep(body):
        raise _unreadable(reason or "json.too-deep", detail)
    if not isinstance(value, dict):
        raise _unreadable("json.not-an-object")
    return value


def _from_xml(body: bytes) -> Node:
    if _DECLARES.search(body):
        raise UnreadableError(
            "xml.declares",
            "The XML declares a document type or entities, which FHIR does not.",
            "Ask the supplier to send it without DOCTYPE.",
        )
    try:
        root = ElementTree.fromstring(body)  # noqa: S314, no entities are declared
    except ElementTree.ParseError as error:
        raise UnreadableError(
            "xml.invalid", f"This is not valid XML ({error}).", "Ask the supplier to mend it and send it again."
        ) from error
    return _resource(root)


def _resource(element: ElementTree.Element) -> Node:
    node = _value(element)
    kind = element.tag.removeprefix(_FHIR)
    return {"resourceType": kind, **node} if isinstance(node, dict) and kind[:1].isupper() else {}


def _value(element: ElementTree.Element) -> Any:
    """A simple value as its text; anything else as a mapping, a repeated element as a list."""
    children = [c for c in element if isinstance(c.tag, str) and c.tag.startswith(_FHIR)]
    if not children and "value" in element.attrib:
        return element.attrib["value"]
    node: dict[str, Any] = {k: v for k, v in element.attrib.items() if k in ("id", "url")}
    for child in children:
        name = child.tag.removeprefix(_FHIR)
        inner = next(iter(child), None) if name in ("resource", "contained") else None
        node.setdefault(name, []).append(_value(child) if inner is None else _resource(inner))
    return {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in node.items()}


def _unreadable(reason: str, detail: str = "") -> UnreadableError:
    what, do = REASONS[reason]
    return UnreadableError(reason, f"{what} {detail}".strip(), do)
