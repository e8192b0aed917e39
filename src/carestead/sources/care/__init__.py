"""What other systems hold of somebody's care, in FHIR R4, taken into our shapes. One door: `take`."""

from carestead.sources.care.shapes import Taken
from carestead.sources.care.take import TAKEN, take

__all__ = ["TAKEN", "Taken", "take"]
