"""Scores that others worked out and sent with the record: read, never worked out again."""
