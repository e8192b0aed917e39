"""What the storm came to, in figures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Report:
    """`acknowledged` writes were answered with yes; `unanswered` were given up by their client, `sent_again` is how
    often one was repeated, `stale` how many were refused because something else came first. `wrong` counts what broke,
    by name: all must be nought. `odd` are answers nobody should get."""

    store: str
    kills: int
    clients: int
    seconds: float
    restart_seconds: list[float]
    acknowledged: int
    unanswered: int
    sent_again: int
    stale: int
    events: int
    jobs: int
    taken_again: int
    messages: int
    messages_again: int
    wrong: dict[str, int]
    odd: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Nothing was lost, stuck or broken."""
        return not any(self.wrong.values()) and not self.odd

    def lines(self) -> Iterator[tuple[str, str]]:
        """The figures, each with its name."""
        yield "store", self.store
        yield "kill -9 of pages and worker", f"{self.kills}"
        yield "clients, seconds", f"{self.clients}, {self.seconds:.0f}"
        yield (
            "seconds to answer again, median and longest",
            (f"{median(self.restart_seconds):.1f}, {max(self.restart_seconds):.1f}" if self.restart_seconds else "-"),
        )
        yield "writes acknowledged", f"{self.acknowledged:,}"
        yield "writes given up without an answer", f"{self.unanswered:,}"
        yield "writes sent again", f"{self.sent_again:,}"
        yield "writes refused because another came first", f"{self.stale:,}"
        yield "events written", f"{self.events:,}"
        yield "jobs done; attempts cut short", f"{self.jobs:,}; {self.taken_again:,}"
        yield "messages told; told once more", f"{self.messages:,}; {self.messages_again:,}"
        for name, count in self.wrong.items():
            yield name, f"{count}"
        yield "answers nobody should get", f"{len(self.odd)}"
