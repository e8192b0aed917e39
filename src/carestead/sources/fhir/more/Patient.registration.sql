-- The practice a patient names: the generalPractitioner that is an organisation, else the managing organisation when the
-- source is a practice's or the code has the shape of a practice's. Left to EpisodeOfCare where that says it with dates.
select p.source_person_id, p.source_row_key || '/registration' as source_row_key, p.practice as practice_code,
    p.practitioner_code as usual_gp_code, p.source_row, p.source_file
from (
    select *, coalesce(practice_code,
                       case when $source_kind = 'gp' or regexp_full_match(managing_code, '[A-HJ-NPVWY][0-9]{5}')
                            then managing_code end) as practice
    from good_Patient) p
anti join good_EpisodeOfCare e on e.source_person_id = p.source_person_id and e.organisation_code = p.practice
where p.practice is not null
