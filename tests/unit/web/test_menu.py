"""The menu: few enough entries for a look, every page of a role reachable by it, and a mark where one is."""

import re

import pytest
from tests.unit.web.conftest import PERSONAS

from carestead.web.shell.navigation import MENU

MOST = 7


@pytest.mark.parametrize("role", MENU)
def test_a_look_takes_the_menu_in(role):
    assert len(MENU[role]) <= MOST
    names = [name for section in MENU[role] for name, _ in section.pages]
    assert len(names) == len(set(names)), "a page stands in the menu once"


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_page_of_the_menu_says_where_one_is(pages, persona):
    from django.urls import reverse

    client = pages(persona)
    for section in MENU[PERSONAS[persona]]:
        for name, text in section.pages:
            answer = client.get(reverse(name))
            assert answer.status_code == 200, name
            menu = answer.content.decode().partition("</header>")[0]
            assert re.findall(r'href="([^"]*)" aria-current="page">([^<]*)<', menu) == [(reverse(name), text)]
            above = re.findall(r'href="([^"]*)" aria-current="true">([^<]*)<', menu)
            several = [(reverse(section.pages[0][0]), section.text)] if len(section.pages) > 1 else []
            assert above == several, name


def test_a_page_below_a_page_of_the_menu_keeps_the_way_back(pages):
    menu = pages("lead").get("/code-lists/efi/").content.decode().partition("</header>")[0]
    assert 'href="/code-lists/" aria-current="page"' in menu
    assert 'href="/data/" aria-current="true"' in menu


def test_what_lies_in_no_section_has_no_second_row(pages):
    assert pages("lead").get("/load/").content.decode().count("<nav") == 1
