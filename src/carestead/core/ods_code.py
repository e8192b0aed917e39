"""Organisation codes of the NHS Organisation Data Service."""

import re

PRACTICE = re.compile(r"[A-HJ-NPVWY][0-9]{5}")
"""A GP practice: one letter and five digits."""
