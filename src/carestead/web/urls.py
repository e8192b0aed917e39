"""Every address: those of each room are found by its folder."""

from importlib import import_module
from pathlib import Path

ROOMS = sorted(file.parent.name for file in Path(__file__).parent.glob("*/urls.py"))

urlpatterns = [pattern for room in ROOMS for pattern in import_module(f"carestead.web.{room}.urls").urlpatterns]
urlpatterns += import_module("carestead.api.urls").urlpatterns

handler403 = "carestead.web.shell.errors.not_allowed"
handler404 = "carestead.web.shell.errors.not_found"
handler500 = "carestead.web.shell.errors.went_wrong"
