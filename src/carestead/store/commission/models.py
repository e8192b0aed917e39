"""The pooled fund: double-entry, in pence, added to and never changed. Purchases name people; the journal does not."""

from django.db import models


class Fund(models.Model):
    """Money that several organisations pool for a group of practices and a financial year."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)


class JournalEntry(models.Model):
    """One movement of money, in words that name nobody; its postings add up to nought."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT)
    reference = models.CharField(max_length=32, unique=True)
    about = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=(("contribution", "Contribution"), ("commitment", "Commitment")))
    words = models.CharField(max_length=300)
    by_role = models.CharField(max_length=30)


class Posting(models.Model):
    """One side of an entry: pence into (+) or out of (-) an account such as `available:nhs`."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.CharField(max_length=100)
    amount_pence = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="posting_not_nought", condition=~models.Q(amount_pence=0))]
        indexes = [models.Index(fields=["account", "entry"], name="posting_account")]


class Contribution(models.Model):
    """What one organisation put into a fund."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT)
    organisation_code = models.CharField(max_length=20)
    organisation_name = models.CharField(max_length=200)
    amount_pence = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="contribution_positive", condition=models.Q(amount_pence__gt=0))]


class PriceListItem(models.Model):
    """What a provider charges the fund for an hour of home care, from a day on."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT)
    provider_code = models.CharField(max_length=20)
    provider_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, default="home-care")
    hour_pence = models.PositiveIntegerField()
    valid_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "provider_code", "kind", "valid_from"], name="one_price_a_day")
        ]


class Purchase(models.Model):
    """A home-care package bought for one person: direct care only. `token` makes pressing twice harmless."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT)
    person_id = models.IntegerField(db_index=True)
    provider_code = models.CharField(max_length=20)
    provider_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2)
    weeks = models.PositiveSmallIntegerField()
    start_date = models.DateField()
    hour_pence = models.PositiveIntegerField()
    total_pence = models.BigIntegerField()
    token = models.UUIDField(unique=True)
    bought_by = models.CharField(max_length=200)
    bought_at = models.DateTimeField()
