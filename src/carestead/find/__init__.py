"""Who has complex needs, and why: scores, the register, and the rows behind each."""

from carestead.find.explanation import explain
from carestead.find.naming import item_name

__all__ = ["explain", "item_name"]
