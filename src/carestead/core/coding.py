"""Coding systems as types: what a code of each looks like, and sets of codes that refuse to be mixed.

Shapes and check digits: SNOMED International, Release File Specification; WHO ICD-10; NHS OPCS-4; NHS Read Codes
(version 2 and CTV3); NHSBSA, BNF code structure; LOINC Users' Guide. URIs: HL7 FHIR R4 and UK Core.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from carestead.core.check_digit import luhn, verhoeff
from carestead.core.finding import UsageError

READ = ("ctv3", "readv2")
"""The systems whose codes may end in dots."""

_SPREADSHEET = re.compile(r"\d(\.\d+)?[eE]\+\d+|\d{6,}\.0+")


@dataclass(frozen=True, slots=True)
class System:
    """A coding system. `looks` says in words what `shape`, a regular expression of a whole code, asks for; `doubt`
    finds what the shape cannot tell, `clean` gives a code as we keep it."""

    name: str
    title: str
    uris: tuple[str, ...]
    looks: str
    shape: re.Pattern[str]
    doubt: Callable[[str], str] = lambda code: ""
    clean: Callable[[str], str] = str.strip

    def fault(self, text: str) -> str:
        """Why `text` is no code of this system, in words; empty when it may be one."""
        if _SPREADSHEET.fullmatch(text.strip()):
            return "was made a number by a spreadsheet, and digits of it are lost"
        code = self.clean(text)
        is_read = text.strip().endswith(".")
        if not self.shape.fullmatch(code) or (is_read and self.name not in READ):
            return _near(self.name, code) or f"is not {self.title}, which is {self.looks}"
        return self.doubt(code)


def icd10_code(text: str) -> str:
    """ICD-10 as we keep it: no dot, upper case, no X filler, no dagger or asterisk (`I25.1` is `I251`)."""
    code = re.sub(r"[†*+]+$|^(.{4})[AD]$", r"\1", re.sub(r"[. ]", "", text.strip()).upper(), count=1)
    return code.removesuffix("X")


def _undotted(text: str) -> str:
    return text.strip().replace(".", "").upper()


def _snomed_doubt(code: str) -> str:
    if not verhoeff(code):
        rounded = len(code) > 15 and code.endswith("0" * (len(code) - 15))
        why = ": a spreadsheet keeps 15 digits and made the last ones noughts" if rounded else ""
        return f"has a wrong check digit{why}"
    return "" if code[-3] in "01" and code[-2] == "0" else "is the number of a description or relationship, no concept"


def _loinc_doubt(code: str) -> str:
    return "" if luhn(code.replace("-", "")) else "has a wrong check digit"


def _near(system: str, code: str) -> str:
    """What probably happened to a code that has not its system's shape; empty when nobody can tell."""
    if system in READ and re.fullmatch(r"[0-9A-Za-z]{1,5}\.{0,4}[0-9]{2}", code) and len(code) == 7:
        return "has the two digits of a term behind it: leave them out"
    if system in READ and re.fullmatch(r"[0-9A-Za-z]{1,4}", code):
        return "has fewer than five characters: its dots at the end, or noughts before it, were lost"
    if system == "bnf" and code.isdigit() and len(code) in (1, 3, 5):
        return "has lost the nought before it: chapters have two digits"
    return ""


def _system(name: str, title: str, uris: str, looks: str, shape: str, **how: Any) -> System:
    return System(name, title, tuple(uris.split()), looks, re.compile(shape), **how)


_SNOMED = "6 to 18 digits, the last a check digit"
_READ = r"(?=.{5}$)[0-9A-Za-z]{1,5}\.{0,4}"
_BNF = r"\d{2}(\d{2}(\d{2}(\d([0-9A-Z]{2}){0,4})?)?)?"

SYSTEMS = {
    s.name: s
    for s in (
        _system("snomed", "SNOMED CT", "http://snomed.info/sct", _SNOMED, "[1-9][0-9]{5,17}", doubt=_snomed_doubt),
        _system(
            "icd10", "ICD-10",
            "http://hl7.org/fhir/sid/icd-10 http://hl7.org/fhir/sid/icd-10-uk urn:oid:2.16.840.1.113883.6.3 "
            "https://fhir.hl7.org.uk/Id/icd-10 https://fhir.nhs.uk/Id/icd-10",
            "a letter, two digits and up to two more", "[A-Z][0-9]{2,4}", clean=icd10_code,
        ),
        _system(
            "opcs4", "OPCS-4",
            "https://fhir.hl7.org.uk/CodeSystem/OPCS-4 https://fhir.hl7.org.uk/Id/opcs-4 "
            "https://fhir.nhs.uk/Id/opcs-4 http://fhir.nhs.uk/id/opcs-4 "
            "urn:oid:2.16.840.1.113883.2.1.3.2.4.16.42",
            "a letter, two digits and at most one more", "[A-Z][0-9]{2,3}", clean=_undotted,
        ),
        _system("dmd", "dm+d", "https://dmd.nhs.uk", _SNOMED, "[1-9][0-9]{5,17}", doubt=_snomed_doubt),
        _system(
            "bnf", "BNF", "https://fhir.hl7.org.uk/Id/bnf https://fhir.nhs.uk/Id/bnf",
            "2, 4, 6, 7, 9, 11, 13 or 15 characters that begin with the chapter's two digits", _BNF, clean=_undotted,
        ),
        _system("ctv3", "CTV3", "http://read.info/ctv3", "five characters, with dots at the end", _READ),
        _system("readv2", "Read v2", "http://read.info/readv2", "five characters, with dots at the end", _READ),
        _system("loinc", "LOINC", "http://loinc.org", "digits, a hyphen and a check digit", r"[0-9]{1,7}-[0-9]",
                doubt=_loinc_doubt),
        _system("rxnorm", "RxNorm", "http://www.nlm.nih.gov/research/umls/rxnorm", "up to 8 digits", "[0-9]{1,8}"),
        _system("cvx", "CVX", "http://hl7.org/fhir/sid/cvx", "up to 3 digits", "[0-9]{1,3}"),
        _system("ucum", "UCUM", "http://unitsofmeasure.org", "a unit", r"\S+"),
    )
}  # fmt: skip
"""The coding systems that have a short name; any other goes by the URI that was sent."""


def system(name: str) -> System:
    """The coding system called `name`. Raises UsageError that names those there are."""
    if name not in SYSTEMS:
        raise UsageError(f"There is no coding system {name}.", f"There are: {', '.join(SYSTEMS)}.")
    return SYSTEMS[name]


def title(name: str) -> str:
    """What people call a coding system; a URI, or several names, as they are."""
    return SYSTEMS[name].title if name in SYSTEMS else name


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """A code of a system. Comparing it with another system's raises UsageError: no answer would be true."""

    system: str
    code: str

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Code):
            return NotImplemented
        same_system(self.system, other.system)
        return self.code == other.code

    def __hash__(self) -> int:
        return hash((self.system, self.code))


@dataclass(frozen=True, slots=True)
class Codes:
    """A set of codes of one system. Joining or comparing it with another system's raises UsageError."""

    system: str
    values: frozenset[str]

    def __and__(self, other: "Codes") -> "Codes":
        return Codes(self.system, self.values & self._alike(other))

    def __or__(self, other: "Codes") -> "Codes":
        return Codes(self.system, self.values | self._alike(other))

    def __sub__(self, other: "Codes") -> "Codes":
        return Codes(self.system, self.values - self._alike(other))

    def __contains__(self, code: Code) -> bool:
        same_system(self.system, code.system)
        return code.code in self.values

    def __len__(self) -> int:
        return len(self.values)

    def _alike(self, other: "Codes") -> frozenset[str]:
        same_system(self.system, other.system)
        return other.values


def same_system(one: str, other: str) -> None:
    """Raises UsageError when two codes or lists are of different systems."""
    if one != other:
        raise UsageError(
            f"{title(one)} cannot be compared with {title(other)}: the same text means another thing in each.",
            "Map one of them to the other first, and compare lists of one system.",
        )
