"""An arc to the practice in place of an arc to each GP there: fewer arcs, the same answer."""

from carestead.bench.naming import named


def test_the_hub_form_costs_what_the_dense_form_costs():
    hub, dense = named(1, False), named(1, True)
    assert hub[0] == dense[0]
    assert hub[1] > 0.8
