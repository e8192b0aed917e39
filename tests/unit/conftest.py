"""Unit tests reach nothing outside the process."""

from collections.abc import Iterator

import pytest
from pytest_socket import disable_socket, enable_socket


@pytest.fixture(autouse=True)
def no_sockets(request: pytest.FixtureRequest) -> Iterator[None]:
    """A unit test that opens a socket fails; those that start a real PostgreSQL say so with their marker."""
    if request.node.get_closest_marker("postgres"):
        yield
        return
    disable_socket()
    yield
    enable_socket()
