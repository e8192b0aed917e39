"""Serving the pages with gunicorn, in this process."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from carestead import store
from carestead.core.finding import UsageError
from carestead.web.beside import Beside

Announce = Callable[[Sequence[Any]], None]


def prepare(area: Path, *, host: str = "127.0.0.1", demo: bool = False) -> list[Any]:
    """Migrate the store and, for a demo, make what it shows. Gives the personas (none without a demo).

    Raises UsageError when the page assets were not brought, nothing is published, or a demo may not be here.
    """
    from carestead.web import assets

    if gone := assets.missing():
        raise UsageError(f"The page assets are missing: {', '.join(gone)}.", "Type: make setup")
    store.configure(area, host=host, demo=demo)
    store.migrate(area)
    if not demo:
        return []
    from carestead.web.demo import seed

    return list(seed(care=True))


def serve(
    area: Path, *, host: str = "127.0.0.1", port: int = 8000, demo: bool = False, announce: Announce | None = None,
    worker: bool = True,
) -> list[Any]:  # fmt: skip
    """Serve until stopped, with a worker beside. `announce` gets the personas when the pages can be opened. Prints
    nothing itself."""
    personas = prepare(area, host=host, demo=demo)
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    from carestead.web.published import forget

    # Connections must not be shared with the workers that are forked next.
    connections.close_all()
    forget()
    beside = Beside(area) if worker else None

    def ready(server: Any) -> None:
        if beside:
            beside.start()
        if announce:
            announce(personas)

    class Pages(BaseApplication):  # type: ignore[misc]
        """The pages under gunicorn, set up without a file."""

        def load_config(self) -> None:
            for name, value in _gunicorn(host, port).items():
                self.cfg.set(name, value)
            self.cfg.set("when_ready", ready)
            self.cfg.set("on_exit", lambda server: beside.stop() if beside else None)

        def load(self) -> Any:
            from carestead.web.wsgi import application

            return application

    Pages().run()
    return personas


def _gunicorn(host: str, port: int) -> dict[str, Any]:
    shown = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return {
        "bind": f"{shown}:{port}",
        "worker_class": "gthread",
        "workers": 2,
        "threads": 4,
        "timeout": 60,
        "graceful_timeout": 5,
        "loglevel": "warning",
        "accesslog": None,
        "control_socket_disable": True,
    }
