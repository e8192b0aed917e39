"""A message: read, answered, or turned into a promise when nobody answers. It is never taken back by time."""

from carestead.care.machine import SAME, Machine, Transition, states

ADDRESSEE, COVER = "addressee", "cover"
_READERS = states(ADDRESSEE, COVER)
WAITING = states("sent", "read")

MESSAGE = Machine(
    "message",
    initial=states("sent"),
    ended=states("answered"),
    labels={"sent": "not read yet", "became-promise": "became a promise"},
    transitions=(
        Transition("read", states("sent"), "read", _READERS, (), "read"),
        Transition("answer", WAITING | {"became-promise"}, "answered", _READERS, ("text",), "answered"),
        Transition("note", WAITING | {"became-promise"}, SAME, _READERS, ("note",), "noted"),
        # the one act a clock does: it makes work, and leaves the message to be answered
        Transition(
            "become-promise", WAITING, "became-promise", states("system"), ("promise_id",), "turned into a promise"
        ),
    ),
)
