"""Responsibilities become a ledger of starts, read as intervals by a view; offers, absences, the desk and wishes come."""

from django.db import migrations, models

from carestead.store import append_only
from carestead.store.assign import ledger


def copy(apps, schema_editor):
    """Each old row is an entry; one that ended with nobody after it is followed by an entry of nobody."""
    old, entry = apps.get_model("assign", "Responsibility"), apps.get_model("assign", "LedgerEntry")
    last = {}
    for row in old.objects.order_by("person_id", "role", "start"):
        _follow(entry, last, row, row.start, row.practitioner_code, "accepted", "")
        if row.end and not old.objects.filter(person_id=row.person_id, role=row.role, start=row.end).exists():
            _follow(entry, last, row, row.end, "", "ended", "Ended before the ledger was kept")


def _follow(entry, last, row, start, holder, basis, reason):
    key = (row.person_id, row.role)
    last[key] = last.get(key, 0) + 1
    entry.objects.create(
        person_id=row.person_id, role=row.role, seq=last[key], start=start, holder_code=holder, basis=basis,
        reason=reason, given_by=row.given_by, recorded_at=start,
    )


def guard(apps, schema_editor):
    ledger.guard(schema_editor.connection)
    append_only.protect(schema_editor.connection, ledger.TABLE)


def unguard(apps, schema_editor):
    append_only.release(schema_editor.connection, ledger.TABLE)
    ledger.unguard(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('assign', '0001_initial'),
        ('find', '0004_ended'),
    ]

    operations = [
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practitioner_code', models.CharField(max_length=50, unique=True)),
                ('leaves_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=200)),
                ('recorded_by', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.IntegerField(db_index=True)),
                ('kind', models.CharField(choices=[('this-gp', 'This GP'), ('not-this-gp', 'Not this GP'), ('sex-of-gp', 'A woman or a man as GP')], max_length=20)),
                ('value', models.CharField(max_length=50)),
                ('said_on', models.DateField()),
                ('recorded_by', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practitioner_code', models.CharField(db_index=True, max_length=50)),
                ('start', models.DateTimeField()),
                ('end', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(max_length=200)),
                ('cover_code', models.CharField(blank=True, db_index=True, max_length=50)),
                ('cover_state', models.CharField(choices=[('desk', 'The duty desk answers'), ('asked', 'Cover asked'), ('accepted', 'Cover accepted'), ('declined', 'Cover declined')], default='desk', max_length=10)),
                ('cover_answered_at', models.DateTimeField(blank=True, null=True)),
                ('cover_answer', models.TextField(blank=True)),
                ('planned_by', models.CharField(max_length=200)),
                ('planned_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gt', models.F('start')), _connector='OR'), name='absence_period'), models.CheckConstraint(condition=models.Q(('cover_code', models.F('practitioner_code')), _negated=True), name='absence_cover_is_another'), models.CheckConstraint(condition=models.Q(models.Q(('cover_code', ''), ('cover_state', 'desk')), models.Q(('cover_state__in', ('asked', 'accepted', 'declined')), models.Q(('cover_code', ''), _negated=True)), _connector='OR'), name='absence_cover')],
            },
        ),
        migrations.CreateModel(
            name='BulkHandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('named-gp', 'Named GP'), ('coordinator', 'Care coordinator')], max_length=20)),
                ('leaving_code', models.CharField(max_length=50)),
                ('reason', models.TextField()),
                ('made_by', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('receipt', models.JSONField(default=dict)),
                ('undoes_id', models.BigIntegerField(blank=True, null=True, unique=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['named-gp', 'coordinator'])), name='bulk_role')],
            },
        ),
        migrations.CreateModel(
            name='DeskShift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group_code', models.CharField(db_index=True, max_length=20)),
                ('start', models.DateTimeField()),
                ('end', models.DateTimeField()),
                ('staffed_by', models.CharField(max_length=50)),
                ('staff_name', models.CharField(max_length=200)),
                ('phone', models.CharField(max_length=40)),
                ('planned_by', models.CharField(max_length=200)),
                ('planned_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='shift_period'), models.CheckConstraint(condition=models.Q(models.Q(('staffed_by', ''), _negated=True), models.Q(('phone', ''), _negated=True)), name='shift_staffed')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.IntegerField()),
                ('role', models.CharField(choices=[('named-gp', 'Named GP'), ('coordinator', 'Care coordinator')], max_length=20)),
                ('leaving_code', models.CharField(max_length=50)),
                ('arriving_code', models.CharField(db_index=True, max_length=50)),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('lapsed', 'Lapsed'), ('withdrawn', 'Withdrawn')], default='offered', max_length=10)),
                ('reason', models.TextField()),
                ('brief', models.JSONField(default=dict)),
                ('offered_by', models.CharField(max_length=200)),
                ('offered_by_username', models.CharField(max_length=100)),
                ('offered_at', models.DateTimeField()),
                ('answer_by', models.DateTimeField()),
                ('answered_by', models.CharField(blank=True, max_length=200)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer_reason', models.TextField(blank=True)),
                ('channel', models.CharField(blank=True, max_length=20)),
                ('bulk_id', models.BigIntegerField(blank=True, db_index=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('person_id', 'role'), name='one_open_offer'), models.CheckConstraint(condition=models.Q(('role__in', ['named-gp', 'coordinator'])), name='hand_over_role'), models.CheckConstraint(condition=models.Q(('leaving_code', models.F('arriving_code')), _negated=True), name='hand_over_to_another'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('declined', 'withdrawn')), _negated=True), models.Q(('answer_reason', ''), _negated=True), _connector='OR'), name='hand_over_no_says_why')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.IntegerField()),
                ('role', models.CharField(choices=[('named-gp', 'Named GP'), ('coordinator', 'Care coordinator')], max_length=20)),
                ('seq', models.PositiveIntegerField()),
                ('start', models.DateTimeField()),
                ('holder_code', models.CharField(blank=True, max_length=50)),
                ('basis', models.CharField(choices=[('accepted', 'Accepted'), ('interim', 'Interim, by the clinical lead'), ('ended', 'Nobody: not enrolled')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('hand_over_id', models.BigIntegerField(blank=True, null=True)),
                ('given_by', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['holder_code', 'role'], name='ledger_of_holder')],
                'constraints': [models.UniqueConstraint(fields=('person_id', 'role', 'seq'), name='ledger_once'), models.CheckConstraint(condition=models.Q(('role__in', ['named-gp', 'coordinator'])), name='ledger_role'), models.CheckConstraint(condition=models.Q(('basis__in', ('accepted', 'interim', 'ended'))), name='ledger_basis'), models.CheckConstraint(condition=models.Q(models.Q(('basis', 'ended'), ('holder_code', '')), models.Q(models.Q(('basis', 'ended'), _negated=True), models.Q(('holder_code', ''), _negated=True)), _connector='OR'), name='ledger_holder')],
            },
        ),
        migrations.CreateModel(
            name='LoadAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practitioner_code', models.CharField(db_index=True, max_length=50)),
                ('role', models.CharField(choices=[('named-gp', 'Named GP'), ('coordinator', 'Care coordinator')], max_length=20)),
                ('people', models.PositiveIntegerField()),
                ('start', models.DateField()),
                ('end', models.DateField()),
                ('agreed_by', models.CharField(max_length=200)),
                ('agreed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['named-gp', 'coordinator'])), name='load_role')],
            },
        ),
        migrations.CreateModel(
            name='SharedRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice_code', models.CharField(db_index=True, max_length=20)),
                ('start', models.DateField()),
                ('end', models.DateField()),
                ('reason', models.TextField()),
                ('agreed_by', models.CharField(max_length=200)),
                ('agreed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='shared_role_period')],
            },
        ),
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.DeleteModel(name='Responsibility'),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.IntegerField()),
                ('role', models.CharField(choices=[('named-gp', 'Named GP'), ('coordinator', 'Care coordinator')], max_length=20)),
                ('practitioner_code', models.CharField(max_length=50)),
                ('seq', models.PositiveIntegerField()),
                ('start', models.DateTimeField()),
                ('end', models.DateTimeField(blank=True, null=True)),
                ('basis', models.CharField(max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('hand_over_id', models.BigIntegerField(blank=True, null=True)),
                ('given_by', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={'db_table': 'assign_responsibility', 'managed': False},
        ),
        migrations.RunSQL(ledger.VIEW, 'drop view assign_responsibility'),
        migrations.RunPython(guard, unguard),
    ]
