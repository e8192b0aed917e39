-- The words in which the files beside this one are written. DuckDB's dialect.

-- A FHIR date, dateTime or instant to its day where it was written; the first day when only month or year is given.
-- NULL when it is no day of the calendar.
create or replace macro on_day(t) as case
    when length(t) >= 10 then try_cast(substr(t, 1, 10) as date)
    when length(t) = 4 then try_cast(t || '-01-01' as date)
    when length(t) = 7 then try_cast(t || '-01' as date)
end;
create or replace macro bad_day(t) as t is not null and on_day(t) is null;

-- A literal reference to the id it names: urn:uuid:x, Type/x, https://host/Type/x, Type/x/_history/2. A conditional
-- one, Type?identifier=system|value, stays as it is until all identifiers are known; a contained one, #x, is NULL.
create or replace macro local_id(r) as case
    when r is null or starts_with(r, '#') then null
    when starts_with(r, 'urn:uuid:') then substr(r, 10)
    when starts_with(r, 'urn:oid:') then substr(r, 9)
    when contains(r, '?') then replace(regexp_extract(r, '[A-Za-z]+\?.*$'), '%7C', '|')
    when contains(r, '/_history/') then split_part(split_part(r, '/_history/', 1), '/', -1)
    else split_part(r, '/', -1)
end;
create or replace macro names_type(r, kind) as contains(r, kind || '/') or contains(r, kind || '?');
create or replace macro names_other(r, kind) as
    (contains(r, '/') or contains(r, '?')) and not starts_with(r, 'urn:') and not names_type(r, kind);
create or replace macro by_identifier(x, kind) as
    kind || '?identifier=' || coalesce(x.identifier.system, '') || '|' || x.identifier.value;
create or replace macro person_ref(x) as coalesce(local_id(x.reference), by_identifier(x, 'Patient'));
create or replace macro encounter_ref(x) as
    case when not names_other(coalesce(x.reference, 'Encounter/'), 'Encounter')
         then coalesce(local_id(x.reference), by_identifier(x, 'Encounter')) end;
create or replace macro practitioner_ref(x) as case
    when contains(x.reference, 'PractitionerRole/') then 'PractitionerRole/' || local_id(x.reference)
    when not names_other(coalesce(x.reference, 'Practitioner/'), 'Practitioner')
    then coalesce(local_id(x.reference), by_identifier(x, 'Practitioner'))
end;
create or replace macro organisation_ref(x) as
    case when not names_other(coalesce(x.reference, 'Organization/'), 'Organization')
         then coalesce(local_id(x.reference), by_identifier(x, 'Organization')) end;

-- What becomes of a resource: NULL to load it, 'ignored', or the reason to refuse it.
create or replace macro verdict(kind, wanted, id, withdrawn, about_other, person, bad_dates, code) as case
    when kind is distinct from wanted then 'type.other'
    when coalesce(withdrawn, false) or coalesce(about_other, false) then 'ignored'
    when id is null or id = '' then 'id.missing'
    when person is null or person = '' then 'reference.no-subject'
    when bad_dates then 'date.impossible'
    when code is null then 'code.missing'
end;

-- Coding systems by their short names; the URI as sent when there is none.
create or replace macro system_name(uri) as case
    when uri = 'http://snomed.info/sct' then 'snomed'
    when uri = 'http://loinc.org' then 'loinc'
    when uri = 'http://www.nlm.nih.gov/research/umls/rxnorm' then 'rxnorm'
    when uri = 'https://dmd.nhs.uk' then 'dmd'
    when uri in ('http://hl7.org/fhir/sid/icd-10', 'http://hl7.org/fhir/sid/icd-10-uk', 'urn:oid:2.16.840.1.113883.6.3',
                 'https://fhir.hl7.org.uk/Id/icd-10', 'https://fhir.nhs.uk/Id/icd-10') then 'icd10'
    when uri in ('https://fhir.hl7.org.uk/CodeSystem/OPCS-4', 'https://fhir.hl7.org.uk/Id/opcs-4',
                 'https://fhir.nhs.uk/Id/opcs-4', 'http://fhir.nhs.uk/id/opcs-4',
                 'urn:oid:2.16.840.1.113883.2.1.3.2.4.16.42') then 'opcs4'
    when uri in ('https://fhir.hl7.org.uk/Id/bnf', 'https://fhir.nhs.uk/Id/bnf') then 'bnf'
    when uri = 'http://hl7.org/fhir/sid/cvx' then 'cvx'
    when uri = 'http://read.info/ctv3' then 'ctv3'
    when uri = 'http://read.info/readv2' then 'readv2'
    when uri = 'http://unitsofmeasure.org' then 'ucum'
    when uri is null or uri = '' then 'unknown'
    else uri
end;

-- Of several codings the first of the most preferred system: SNOMED CT, ICD-10, OPCS-4, dm+d, LOINC, RxNorm, CVX,
-- CTV3, Read v2, then any other; one without a code comes last.
create or replace macro preference(x) as case
    when x.code is null then 99
    else coalesce(list_position(['snomed', 'icd10', 'opcs4', 'dmd', 'loinc', 'rxnorm', 'cvx', 'ctv3', 'readv2'],
                                system_name(x.system)), 50)
end;
create or replace macro preferred(codings) as case
    when len(codings) <= 1 then codings[1]
    else codings[list_position(list_transform(codings, lambda x: preference(x)),
                               list_min(list_transform(codings, lambda x: preference(x))))]
end;
create or replace macro coded_in(codings, name) as list_filter(codings, lambda x: system_name(x.system) = name)[1];
create or replace macro has_code(concepts, wanted) as
    len(list_filter(flatten(list_transform(concepts, lambda c: c.coding)), lambda x: x.code = wanted)) > 0;
create or replace macro first_concept(concepts) as
    coalesce(list_filter(concepts, lambda c: len(c.coding) > 0)[1], concepts[1]);

-- ICD-10 as we keep it: no dot, upper case, no X filler, no dagger or asterisk. OPCS-4: no dot, upper case.
create or replace macro icd10_code(c) as
    regexp_replace(regexp_replace(upper(replace(replace(trim(c), '.', ''), ' ', '')), '[†*+]+$|(?:^(.{4}))[AD]$', '\1'),
                   'X$', '');
create or replace macro opcs4_code(c) as upper(replace(trim(c), '.', ''));
create or replace macro clean_code(name, c) as case
    when name = 'icd10' then icd10_code(c) when name = 'opcs4' then opcs4_code(c) else trim(c) end;

-- Free text where a code should be is kept as a code of the system 'text'.
create or replace macro code_system_of(coding, words) as
    case when coding.code is not null then system_name(coding.system) when words is not null then 'text' end;
create or replace macro code_of(coding, words) as
    case when coding.code is not null then clean_code(system_name(coding.system), coding.code)
         else nullif(trim(substr(words, 1, 200)), '') end;
create or replace macro words_of(concept) as coalesce(concept.text, concept.coding[1].display, concept.coding[1].code);
create or replace macro value_words(v_concept, v_text, v_flag, v_day) as
    coalesce(words_of(v_concept), v_text, cast(v_flag as varchar), v_day);

-- People's names: the official one, else the first.
create or replace macro official(names) as coalesce(list_filter(names, lambda n: n.use = 'official')[1], names[1]);
create or replace macro identified(identifiers, uri) as list_filter(identifiers, lambda i: i.system = uri)[1].value;
create or replace macro sex_word(g) as
    case when g in ('female', 'male', 'other', 'unknown') then g when g is not null then 'unknown' end;
create or replace macro role_word(codes) as case
    when codes is null then 'other'
    when len(list_filter(codes, lambda c: c in ('gp', 'nurse', 'care-coordinator', 'pharmacist', 'social-worker',
                                                'consultant', 'therapist'))) > 0
    then list_filter(codes, lambda c: c in ('gp', 'nurse', 'care-coordinator', 'pharmacist', 'social-worker',
                                            'consultant', 'therapist'))[1]
    when len(list_filter(codes, lambda c: contains(lower(c), 'general prac')
                                       or contains(lower(c), 'general medical prac'))) > 0 then 'gp'
    when len(list_filter(codes, lambda c: contains(lower(c), 'nurse'))) > 0 then 'nurse'
    when len(list_filter(codes, lambda c: contains(lower(c), 'pharmac'))) > 0 then 'pharmacist'
    when len(list_filter(codes, lambda c: contains(lower(c), 'therap'))) > 0 then 'therapist'
    when len(list_filter(codes, lambda c: contains(lower(c), 'consultant'))) > 0 then 'consultant'
    else 'other'
end;
