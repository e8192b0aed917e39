"""Who has complex needs, and why: scores, the register, and the rows behind each."""

from carestead.find.explanation import explain

__all__ = ["explain"]
