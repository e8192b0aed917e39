-- How many medicines a person takes, by the definition named in reference/scores/polypharmacy.yaml.
select person_id, 'polypharmacy' as score, cast(medicines as double) as value, band
from medicine_count
join polypharmacy_band on medicines between lowest and highest
where definition = $definition
