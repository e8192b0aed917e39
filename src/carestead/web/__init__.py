"""The pages: server-rendered, working without JavaScript."""

from carestead.web.server import prepare, serve

__all__ = ["prepare", "serve"]
