"""What the database says when it cannot go on, in words for people. What was begun is undone by then."""

from django.db.utils import Error

from carestead.core.finding import StorageError

_SAID = (
    (
        ("is full", "no space left", "disk i/o error", "could not extend"),
        "The disk that keeps decisions is full, or cannot be written.",
    ),
    (("readonly", "read-only"), "The disk that keeps decisions may only be read."),
    (("locked", "deadlock", "too many clients"), "Too many people are writing at this moment."),
    (("connection", "server closed", "unable to open"), "The database that keeps decisions cannot be reached."),
)


def in_words(error: Error) -> StorageError | None:
    """The refusal to show for what the database raised; None when it is a fault of ours, which is not talked away."""
    said = str(error).lower()
    for signs, what in _SAID:
        if any(sign in said for sign in signs):
            return StorageError(
                f"{what} Nothing was changed.", "Try again in a minute; if it stays so, tell whoever runs carestead."
            )
    return None
