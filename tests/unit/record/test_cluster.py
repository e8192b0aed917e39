"""Pairs into people, and numbers that last."""

import numpy as np

from carestead.record.linking.cluster import cluster, components
from carestead.record.linking.identity import person_ids


def _cluster(pairs, number, **options):
    left, right, weight = (np.array(x) for x in zip(*pairs, strict=True))
    return cluster(len(number), left, right, weight.astype(float), number=np.array(number), **options)


def test_components_take_the_smallest_record():
    assert components(5, np.array([3, 1]), np.array([4, 3])).tolist() == [0, 1, 2, 1, 1]


def test_a_chain_between_two_numbers_breaks_at_its_weakest_pair():
    person, refused = _cluster([(0, 1, 9.0), (1, 2, 3.0)], [111, 0, 222])
    assert person.tolist() == [0, 0, 2]
    assert refused.numbers == [(1, 2, 3.0)]


def test_a_forced_pair_outranks_numbers():
    person, _ = _cluster([(0, 1, np.inf)], [111, 222], forced=np.array([True]))
    assert person.tolist() == [0, 0]


def test_parted_records_stay_apart():
    person, refused = _cluster([(0, 1, 9.0), (1, 2, 8.0)], [0, 0, 0], apart=[(0, 2)])
    assert person.tolist() == [0, 0, 2]
    assert refused.decisions == [(1, 2, 8.0)]


def test_ids_of_splits_and_merges():
    previous = np.array([7, 7, 7, 9, -1])
    person = np.array([0, 0, 2, 0, 4])
    assert person_ids(person, previous).tolist() == [7, 7, 10, 7, 11]
    assert person_ids(np.array([0, 1]), np.array([-1, -1])).tolist() == [1, 2]
