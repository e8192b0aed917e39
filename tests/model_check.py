"""An exhaustive check of a small model: every state that can be reached, and which of them can be got out of."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

State = TypeVar("State", bound=Hashable)


def reachable(start: State, after: Callable[[State], Iterable[State]]) -> dict[State, set[State]]:
    """Each state that can be reached from `start`, breadth first, with the states one move after it."""
    found: dict[State, set[State]] = {}
    waiting = deque([start])
    while waiting:
        state = waiting.popleft()
        if state not in found:
            found[state] = set(after(state))
            waiting.extend(following for following in found[state] if following not in found)
    return found


def cannot_reach(graph: dict[State, set[State]], good: Callable[[State], bool]) -> set[State]:
    """The states of `graph` from which no way leads to a good one."""
    before: dict[State, list[State]] = {}
    for state, nexts in graph.items():
        for following in nexts:
            before.setdefault(following, []).append(state)
    safe = {state for state in graph if good(state)}
    waiting = deque(safe)
    while waiting:
        for state in before.get(waiting.popleft(), ()):
            if state not in safe:
                safe.add(state)
                waiting.append(state)
    return graph.keys() - safe
