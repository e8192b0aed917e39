"""What became of every record: read = loaded + ignored + quarantined, per source and type."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from carestead.core.finding import Finding

COUNTS = ("read", "loaded", "ignored", "quarantined")


class Tally:
    """Counts per (file, type): `tally.add(file, type, 'loaded', n)` adds to what was read as well."""

    def __init__(self) -> None:
        self._counts: dict[tuple[int, str], Counter[str]] = {}

    def add(self, file: int, kind: str, outcome: str, n: int = 1) -> None:
        """Count `n` records of `file` and `kind` whose fate was `outcome`."""
        if n:
            counts = self._counts.setdefault((file, kind), Counter())
            counts.update({"read": n, outcome: n})

    def move(self, file: int, kind: str, before: str, after: str, n: int = 1) -> None:
        """Change the fate of `n` records that were already counted."""
        self._counts.setdefault((file, kind), Counter()).update({before: -n, after: n})

    def types(self, file: int) -> dict[str, dict[str, int]]:
        """The counts of one file, by type."""
        return {k: {c: n[c] for c in COUNTS} for (f, k), n in sorted(self._counts.items()) if f == file}


@dataclass
class SourceReport:
    """What one source's deliveries of this run came to."""

    name: str
    title: str
    kind: str
    files: int = 0
    already_loaded: int = 0
    deliveries: list[str] = field(default_factory=list)
    types: dict[str, Counter[str]] = field(default_factory=dict)
    tables: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def add_files(self, files: Iterable[dict[str, Any]]) -> None:
        """Add the counts of delivered files, as they stand in delivery.json."""
        for file in files:
            for kind, counts in file["types"].items():
                self.types.setdefault(kind, Counter()).update(counts)

    def totals(self) -> dict[str, int]:
        """The counts over all types."""
        return {c: sum(n[c] for n in self.types.values()) for c in COUNTS}

    def as_dict(self) -> dict[str, Any]:
        """The source's part of the report as plain values."""
        return {
            "name": self.name,
            "title": self.title,
            "kind": self.kind,
            "files": self.files,
            "already_loaded": self.already_loaded,
            "deliveries": self.deliveries,
            "types": {k: {c: n[c] for c in COUNTS} for k, n in sorted(self.types.items())},
            "totals": self.totals(),
            "tables": dict(sorted(self.tables.items())),
            "unresolved_references": dict(sorted(self.unresolved.items())),
            "findings": [f.as_dict() for f in self.findings],
        }

    def lines(self) -> list[str]:
        """The source's part of the report, for people."""
        head = f"{self.title} ({self.name}): {self.files:,} file{'s' if self.files != 1 else ''}"
        head += f", {self.already_loaded:,} already loaded" if self.already_loaded else ""
        rows = [self._row(k, n) for k, n in sorted(self.types.items())]
        table = [f"  {'':28}{'read':>12}{'loaded':>12}{'ignored':>12}{'quarantined':>12}", *rows] if rows else []
        total = [self._row("all", Counter(self.totals()))] if rows else []
        unresolved = [f"  unresolved references: {sum(self.unresolved.values()):,}"]
        return [head, *table, *total, *unresolved, *(f"  {f.severity.value}: {f.what} {f.do}" for f in self.findings)]

    @staticmethod
    def _row(kind: str, n: Counter[str]) -> str:
        return f"  {kind[:28]:28}" + "".join(f"{n[c]:>12,}" for c in COUNTS)


@dataclass
class Report:
    """What an ingest did, source by source."""

    sources: list[SourceReport] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """Every finding of every source."""
        return [f for s in self.sources for f in s.findings]

    def totals(self) -> dict[str, int]:
        """The counts over all sources."""
        return {c: sum(s.totals()[c] for s in self.sources) for c in COUNTS}

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for `--json`."""
        return {
            "sources": [s.as_dict() for s in self.sources],
            "totals": self.totals(),
            "already_loaded": sum(s.already_loaded for s in self.sources),
            "unresolved_references": sum(sum(s.unresolved.values()) for s in self.sources),
        }

    def lines(self) -> list[str]:
        """The report, for people."""
        return [line for s in self.sources for line in s.lines()]
