-- EpisodeOfCare (registration): id, patient, start, finish (or null), organisation
select concat('{"resourceType":"EpisodeOfCare","id":"e', id, '","status":"', if(finish is null, 'active', 'finished'),
  '","type":[{"coding":[{"system":"https://carestead.org/fhir/episode-type","code":"registration"}]}]',
  ',"patient":{"reference":"Patient/', patient, '"},"managingOrganization":{"reference":"Organization/', organisation,
  '"},"period":{"start":"', start, '"', ',"end":"' || finish || '"', '}}', chr(10)) as line
from rows
