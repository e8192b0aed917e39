"""carestead: a named GP, a coordinator and a plan whose promises are kept; one record and one budget."""

__version__ = "0.1.0"
