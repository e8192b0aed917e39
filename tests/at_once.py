"""Several acts at the same instant, each in a thread with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all `acts` together and wait for them: what each gave, in the order in which they ended; the text of the
    error for one that raised."""
    said: list[Any] = []
    ready = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> None:
        try:
            ready.wait()
            said.append(act())
        except BaseException as error:
            said.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
