"""The page of gaps: what must always be so, and where it is not."""
