-- EpisodeOfCare: a registration with a practice when a type says so; any other episode is ignored.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'EpisodeOfCare', id,
            status = 'entered-in-error' or not coalesce(has_code("type", 'registration'), false), false,
            person_ref(patient), bad_day(period."start") or bad_day(period."end"), managingOrganization) as problem,
    person_ref(patient) as ref_person,
    organisation_ref(managingOrganization) as ref_organisation,
    on_day(period."start") as start_date,
    on_day(period."end") as end_date
from resource
