"""Jinja with the NHS design system's macros."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from carestead.core.money import pounds
from carestead.web.shell import formats
from carestead.web.shell.once import once_input


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja backend asks for. The macros need undefined names to be forgiven; tests render
    every page and look for its key facts instead."""
    own = options.pop("loader")
    env = Environment(
        autoescape=options.pop("autoescape", True),
        **{**options, "undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True},
        loader=ChoiceLoader([own, PackageLoader("nhsuk_frontend_jinja")]),
        extensions=["jinja2.ext.do"],
    )
    env.globals.update(url=_url, static=static, once_input=once_input)
    env.filters.update(formats.FILTERS, pounds=pounds)
    return env


def _url(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)
