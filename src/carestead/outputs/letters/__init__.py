"""Letters to the person: who is responsible for them, who answers, and what has changed. Pure; plain English."""

from carestead.outputs.letters.absence import absence_letter
from carestead.outputs.letters.change import change_letter
from carestead.outputs.letters.end import end_letter
from carestead.outputs.letters.letter import Contact, Letter, Reader, Sender, Style
from carestead.outputs.letters.named_gp import named_gp_letter

__all__ = [
    "Contact",
    "Letter",
    "Reader",
    "Sender",
    "Style",
    "absence_letter",
    "change_letter",
    "end_letter",
    "named_gp_letter",
]
