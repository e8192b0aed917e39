"""The same activity under two rules, side by side."""

from carestead.commission.replay import by_item, by_provider, replay
from tests.spec.commission.paid import MAY, by_head, done, pay


def test_the_two_rules_side_by_side():
    paid, _ = pay(
        done("admission", 10, method="emergency", currency="AA35A"),
        done("admission", 10, method="emergency", currency="AA35A", practice_code="B10002"),
        done("admission", 1, method="emergency", currency="AA35A", practice_code=None),
        done("gp-appointment", 100, provider_code="A10001"),
    )
    headed, _ = by_head(("A10001", MAY, "under-65", 900), ("B10002", MAY, "under-65", 300))
    result = replay(paid + headed, {"A10001": "Oak Surgery"})
    oak, other = result.rows
    assert (oak.activity, oak.capitation) == (5123970, 7141500)
    assert (oak.same_pot, other.same_pot) == (7685955, 2561985), "the pot of £102,479.40 by three to one"
    assert oak.mix == -other.mix == 2561985
    assert oak.mix + oak.level == oak.difference
    assert result.paid_alike == 300000, "GP appointments are paid alike under both"
    assert result.unlisted == 512397
    assert result.total.activity == 10247940
    assert oak.sentence == (
        "Oak Surgery: £51,239.70 by activity, £71,415.00 by head, £20,175.30 more; "
        "with the same money in all, £76,859.55 by head, £25,619.85 more."
    )
    assert "£25,619.85 (25.0%) would move to 1 of 2 practices" in result.sentence


def test_where_the_money_lands_and_what_it_buys():
    paid, _ = pay(done("admission", 2, method="emergency", currency="AA35A"), done("gp-appointment", 1))
    headed, _ = by_head(("A10001", MAY, "under-65", 1))
    assert by_provider(paid + headed) == [("A10001", 0, 7935), ("RAA", 1027794, 0)]
    assert by_item(paid + headed, "activity") == [
        ("emergency admission AA35A", 2.0, 1024794),
        ("GP appointment", 1.0, 3000),
    ]


def test_nothing_at_all_is_nothing_to_compare():
    assert replay([]).sentence.startswith("There is nothing to compare")
