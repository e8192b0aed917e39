"""Every address, room by room."""

from importlib import import_module

ROOMS = (
    "accounts", "find", "record", "plan", "meetings", "assign", "sources", "commission", "measure", "codelists",
    "models", "letters", "gaps",
)  # fmt: skip

urlpatterns = [pattern for room in ROOMS for pattern in import_module(f"carestead.web.{room}.urls").urlpatterns]
urlpatterns += import_module("carestead.api.urls").urlpatterns

handler403 = "carestead.web.shell.errors.not_allowed"
handler404 = "carestead.web.shell.errors.not_found"
handler500 = "carestead.web.shell.errors.went_wrong"
