"""Pages asked in this process, over a small published area."""

import importlib.util
from pathlib import Path

import pytest
from tests.made_up_people import keep_made_up_model

from carestead.core.area import open_area
from carestead.store.actor import Role
from carestead.web import demo, published


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def small_area(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spec = importlib.util.spec_from_file_location("small_area", Path(__file__).with_name("small_area.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    area = module.make(tmp_path_factory.mktemp("small") / "area")
    kept = keep_made_up_model(open_area(area))
    (area / "models" / kept.id).rename(area / "models" / "made-up")
    return area


@pytest.fixture
def pages(db, settings, small_area: Path):
    """Makes a client signed in as a demo persona; `None` is nobody."""
    from django.test import Client

    settings.AREA = small_area
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    published.forget()
    demo.seed()

    def client(persona: str | None) -> Client:
        made = Client(SERVER_NAME="127.0.0.1")
        if persona:
            assert made.post("/sign-in/persona/", {"persona": persona}).status_code == 302
        return made

    yield client
    published.forget()


@pytest.fixture
def practices_file(small_area: Path):
    """Writes the site's `practices.yaml`, for one test."""
    file = small_area / "practices.yaml"
    yield file.write_text
    file.unlink(missing_ok=True)


PERSONAS = {
    "gp": Role.NAMED_GP,
    "coordinator": Role.CARE_COORDINATOR,
    "lead": Role.LEAD,
    "partner": Role.PARTNER,
    "commissioner": Role.COMMISSIONER,
    "analyst": Role.ANALYST,
}


@pytest.fixture(params=PERSONAS)
def persona(request: pytest.FixtureRequest) -> tuple[str, Role]:
    return request.param, PERSONAS[request.param]


@pytest.fixture
def both(pages):
    """Programs of the GP who asks and the coordinator who does it; person 10 is enrolled."""
    from tests.unit.web.test_api_writes import post

    gp = pages("gp")
    holders = {"named_gp": "G1", "coordinator": "K1"}
    assert post(gp, "/api/people/10/decision/accept/", holders, If_Match='W/"0"').status_code == 200
    return gp, pages("coordinator")
