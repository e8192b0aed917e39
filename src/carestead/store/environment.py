"""What the web app and the store read from the environment, typed, with a clear refusal.

| Variable | Meaning | Without it |
|---|---|---|
| CARESTEAD_AREA | the area's folder | pages that show records refuse; tests need none |
| CARESTEAD_DB | SQLite file, or postgres://user:password@host:port/name | store.sqlite3 in the area |
| CARESTEAD_DEMO | 1 lets people sign in as made-up personas | off |
| CARESTEAD_BIND | address the server listens on | 127.0.0.1 |
| CARESTEAD_HOSTS | host names served, parted by commas | loopback names |
| CARESTEAD_HOOKS_ON_LOOPBACK | 1 lets subscriptions name this machine, and http: for tests | off |
| CARESTEAD_MESSAGES | a folder that the worker takes hospitals' messages from (FOLDER/feed/) | no folder is watched |
| CARESTEAD_HTTPS | 1 when browsers come by https (through a proxy) | off on loopback, on elsewhere |
"""

import ipaddress
import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from carestead.core.finding import UsageError

LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"]


@dataclass(frozen=True, slots=True)
class Environment:
    """The typed settings; see the table above."""

    area: Path | None
    database: str
    demo: bool
    bind: str
    hosts: list[str]
    https: bool
    hooks_on_loopback: bool
    messages: Path | None

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Environment":
        """Raises UsageError for a demo where a demo may not be, for a flag that is neither 0 nor 1,
        and for a folder that is not there."""
        area = Path(variables["CARESTEAD_AREA"]).resolve() if variables.get("CARESTEAD_AREA") else None
        bind = variables.get("CARESTEAD_BIND", "127.0.0.1")
        demo = _flag(variables, "CARESTEAD_DEMO", default=False)
        if demo:
            _refuse_demo_on_real_people(area, bind)
        return cls(
            area=area,
            database=variables.get("CARESTEAD_DB") or (str(area / "store.sqlite3") if area else ""),
            demo=demo,
            bind=bind,
            hosts=[h.strip() for h in variables.get("CARESTEAD_HOSTS", "").split(",") if h.strip()] or LOOPBACK_NAMES,
            https=_flag(variables, "CARESTEAD_HTTPS", default=not is_loopback(bind)),
            hooks_on_loopback=_flag(variables, "CARESTEAD_HOOKS_ON_LOOPBACK", default=False),
            messages=_folder(variables, "CARESTEAD_MESSAGES"),
        )


def _folder(variables: Mapping[str, str], name: str) -> Path | None:
    if not (text := variables.get(name, "")):
        return None
    if not Path(text).is_dir():
        raise UsageError(f"{name} is {text}, and there is no such folder.", "Make it, or leave it unset.")
    return Path(text).resolve()


def _flag(variables: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = variables.get(name, "")
    if text not in ("", "0", "1"):
        raise UsageError(f"{name} is {text!r}.", f"Set {name} to 0 or 1.")
    return text == "1" if text else default


def is_loopback(host: str) -> bool:
    """True when only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _refuse_demo_on_real_people(area: Path | None, bind: str) -> None:
    if not is_loopback(bind):
        raise UsageError(f"Demo personas need no password, and {bind} is not this machine alone.", "Use 127.0.0.1.")
    if area is None or not is_synthetic(area):
        raise UsageError(
            "Demo personas are for made-up people only, and area.json does not say that this area is synthetic.",
            "Make one with: carestead synth",
        )


def is_synthetic(area: Path) -> bool:
    """True when area.json says that everybody in the area is made up."""
    try:
        return json.loads((area / "area.json").read_text(encoding="utf-8")).get("synthetic") is True
    except (OSError, ValueError):
        return False


def database_settings(url: str) -> dict[str, Any]:
    """Django's settings for a SQLite file or a postgres:// URL; '' is a database that ends with the process."""
    if url.startswith(("postgres://", "postgresql://")):
        parts = urlsplit(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    # IMMEDIATE: with SQLite's own DEFERRED, half of concurrent read-then-write transactions fail as locked.
    # FULL: a decision that was acknowledged survives a power cut.
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": url or ":memory:",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "CONN_MAX_AGE": None,
        # Tests with several connections need a file: in memory SQLite locks whole tables and does not wait.
        "TEST": {"NAME": str(Path(tempfile.gettempdir()) / f"carestead-test-{os.getpid()}.sqlite3")},
    }


def secret_key(area: Path | None) -> str:
    """The area's secret, made on first use in a file only its owner may read; without an area, one for this process."""
    if area is None:
        return secrets.token_urlsafe(48)
    file = area / "secret.key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii").strip()
