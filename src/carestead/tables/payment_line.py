"""Contract table `payment_line`: what a payment rule would pay, line by line."""

from carestead.tables.schema import Column, Table

TABLE = Table(
    "payment_line",
    "A line of what a payment rule pays a provider: quantity times price, with the words that explain it.",
    (
        Column("rule", "VARCHAR", "the payment rule: the stem of its files", required=True),
        Column("provider_code", "VARCHAR", "who is paid", required=True),
        Column("practice_code", "VARCHAR", "for whose people, where the rule says"),
        Column("month", "DATE", "first day of the month paid for", required=True),
        Column("item", "VARCHAR", "what is paid for: a currency, or people", required=True),
        Column("quantity", "DOUBLE", "how many", required=True),
        Column("unit_price_pence", "BIGINT", "price of one", unit="pence"),
        Column("amount_pence", "BIGINT", "the payment", unit="pence", required=True),
        Column("explanation", "VARCHAR", "how the amount came about, in words", required=True),
    ),
    order=("rule", "provider_code", "practice_code", "month", "item"),
    room="commission",
    per="area",
)
