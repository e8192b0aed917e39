"""A site's own code list."""

import pytest

from carestead.core.finding import InputError
from carestead.find.own_list import efi_steps


def test_the_steps_it_replaces_read_the_list():
    steps = efi_steps(
        [{"deficit": "falls", "code": " 1 ", "display": "x"}, {"deficit": "ckd", "code": "K", "system": "ctv3"}]
    )
    assert {name: step.name for name, step in steps.items()} == {"efi": "efi", "efi_evidence": "efi_evidence"}
    tables = {t.name: t.rows for t in steps["efi"].references}
    assert [(system, code) for system, code, _ in tables["efi_code"]] == [("ctv3", "K"), ("snomed", "1")]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "has no codes"),
        ([{"group": "falls", "code": "1"}], "has no column deficit"),
        ([{"group": "falls"}], "has no column code and no column deficit"),
        ([{"deficit": "loneliness", "code": "1"}], "loneliness"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(rows, says):
    with pytest.raises(InputError, match=says):
        efi_steps(rows)
