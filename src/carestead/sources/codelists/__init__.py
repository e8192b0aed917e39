"""Code lists in: a site's own file becomes a release in its area, whole or not at all."""

from carestead.sources.codelists.check import Groups
from carestead.sources.codelists.keep import Imported, Wanted, import_codelist, pin

__all__ = ["Groups", "Imported", "Wanted", "import_codelist", "pin"]
