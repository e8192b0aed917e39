"""What a site writes of how its practices are reached is used, or refused with file, practice and what to write."""

import pytest
import yaml

from carestead.core.finding import InputError
from carestead.reference.practices import ContactDetails, contact_details, slips

FILE = "here/practices.yaml"
GOOD = """
Y00001: {phone: 01632 960 001, address: [Elm Surgery, 1 High Street]}
Y00002: {phone: "01632960002"}
"""


def test_a_practice_is_reached_as_the_site_says():
    said = yaml.safe_load(GOOD)
    elm = ContactDetails("01632 960 001", ("Elm Surgery", "1 High Street"))
    assert contact_details(said, "Y00001", FILE) == elm
    assert contact_details(said, "Y00002", FILE) == ContactDetails("01632960002")
    assert contact_details(said, "Y00003", FILE) is None
    assert list(slips(said, {"Y00001", "Y00002", "Y00003"}, FILE)) == []


SLIPS = [
    ("Y00001:", "does not say how it is reached", "phone:"),
    ("Y00001: 01632 960001", "does not say how it is reached", "phone:"),
    ("Y00001: {address: [1 Mill Lane]}", "has no phone", "Write: phone:"),
    ("Y00001: {phone: }", "has no phone", "Write: phone:"),
    ("Y00001: {phone: 01632560001}", "has the phone 241885185, which is no text", "quotation marks"),
    ("Y00001: {phone: to follow}", "has the phone to follow, which nobody can ring", "Write: phone:"),
    ("Y00001: {phone: 01632 960001, adress: [1 Mill Lane]}", "has no adress to say", "There are: phone, address."),
    ("Y00001: {phone: 01632 960001, address: '1 Mill Lane, Brannock'}", "no list of lines", "address: [Elm Surgery"),
    ("Y00001: {phone: 01632 960001, address: [12, Mill Lane]}", "no list of lines", "address: [Elm Surgery"),
]


@pytest.mark.parametrize(("text", "what", "instead"), SLIPS)
def test_a_slip_is_named_with_what_to_write_and_silences_nobody_else(text, what, instead):
    said = yaml.safe_load(f"{text}\nY00002: {{phone: 01632 960002}}\n")
    with pytest.raises(InputError) as refused:
        contact_details(said, "Y00001", FILE)
    assert refused.value.what.startswith(f"{FILE}: Y00001 ")
    assert what in refused.value.what
    assert instead in refused.value.do
    assert contact_details(said, "Y00002", FILE) == ContactDetails("01632 960002")
    assert list(slips(said, None, FILE)) == [str(refused.value)]


def test_a_practice_that_is_none_is_named_with_those_like_it():
    said = yaml.safe_load("y00001: {phone: 01632 960001}\n12: {phone: 01632 960001}")
    assert list(slips(said, {"Y00001", "Y99999"}, FILE)) == [
        f"{FILE}: there is no practice y00001. There are, for instance: Y00001.",
        f"{FILE}: there is no practice 12. There are, for instance: Y00001, Y99999.",
    ]
    assert list(slips(said, None, FILE)) == [], "nothing is published, so nobody can tell"
