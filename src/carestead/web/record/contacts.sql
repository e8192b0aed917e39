-- reads: relationship
-- Carers and next of kin whom one can ring. A household's id says nothing to a reader.
select distinct kind, related_name, related_phone from relationship
where person_id = $person_id and related_name is not null and (end_date is null or end_date >= $as_of)
order by case kind when 'carer' then 0 else 1 end, kind, related_name
