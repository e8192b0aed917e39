"""Organisation codes of the NHS Organisation Data Service."""

import re

PRACTICE = re.compile(r"[A-HJ-NPVWY][0-9]{5}")
"""A GP practice: one letter and five digits."""


def is_practice(code: str | None) -> bool:
    """True when `code` has the shape of a GP practice's ODS code."""
    return code is not None and PRACTICE.fullmatch(code) is not None
