"""The services of an incident, one by one."""

import pytest

from fairlead.core.services_named import LONGEST, MOST, services_named


@pytest.mark.parametrize(
    ("line", "services"),
    [
        ("Shop, checkout, customer login", ("shop", "checkout", "customer login")),
        (" DNS ;Mail\nmail/ dns ", ("dns", "mail")),
        ("", ()),
        (" , ;/", ()),
        ("x" * 300, ("x" * LONGEST,)),
    ],
)
def test_a_line_of_services_is_taken_apart(line, services):
    assert services_named(line) == services


def test_a_flood_of_services_is_cut():
    assert len(services_named(",".join(map(str, range(500))))) == MOST
