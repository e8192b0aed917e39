"""A document as PDF: tagged and titled (PDF/UA-1), in ordinary or large print. The words are data, never markup."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Literal

import typst

from carestead.core.finding import CaresteadError
from carestead.outputs.paper.document import Document

Print = Literal["ordinary", "large"]
"""12 point, or 18 point: what RNIB and the Accessible Information Standard call large print."""


class PrintError(CaresteadError):
    """A document could not be drawn."""


def pdf(document: Document, *, size: Print = "ordinary", on: date) -> bytes:
    """The document as PDF, dated `on`: the same document gives the same bytes on the same machine."""
    return together([document], size=size, on=on)


def together(documents: Sequence[Document], *, size: Print = "ordinary", on: date) -> bytes:
    """Several documents as one PDF, each on sheets of its own with its own page numbers."""
    if not documents:
        raise PrintError("There is nothing to print.", "Choose at least one letter.")
    return _draw(documents, size, on, "pdf")[0]


def pictures(document: Document, *, size: Print = "ordinary", on: date, dots_per_inch: int = 70) -> list[bytes]:
    """Each page as PNG."""
    return _draw([document], size, on, "png", dots_per_inch)


def _draw(
    documents: Sequence[Document], size: Print, on: date, form: Literal["pdf", "png"], dots_per_inch: int | None = None
) -> list[bytes]:
    compiler = typst.Compiler(_template(), font_paths=_fonts())
    inputs = {"documents": json.dumps([d.as_dict() for d in documents]), "print": size}
    standards: Sequence[typst.PDFStandard] = ["ua-1"] if form == "pdf" else []
    try:
        made = compiler.compile(
            format=form, sys_inputs=inputs, pdf_standards=list(standards), ppi=dots_per_inch,
            timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
        )  # fmt: skip
    except typst.TypstError as error:
        raise PrintError(
            f"{documents[0].title} could not be drawn: {error.message}.", "Tell whoever looks after carestead."
        ) from error
    return list(made) if isinstance(made, list) else [made or b""]


@cache
def _template() -> bytes:
    return (files(__package__) / "document.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()
