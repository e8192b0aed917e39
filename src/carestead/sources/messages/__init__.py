"""Messages of hospitals: somebody was admitted, moved, sent home. One door: `read`."""

from carestead.sources.messages.event import HospitalEvent, Kind, Reading
from carestead.sources.messages.read import read

__all__ = ["HospitalEvent", "Kind", "Reading", "read"]
