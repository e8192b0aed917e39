-- Organization: its code is the ODS code, else its own id.
select carestead_row, carestead_file, id as resource_id,
    verdict(resourceType, 'Organization', id, false, false, '-', false, '-') as problem,
    coalesce(identified(identifier, 'https://fhir.nhs.uk/Id/ods-organization-code'), id) as organisation_code,
    name,
    case when len(list_filter(codes, lambda c: c in ('practice', 'group', 'acute-trust', 'community-trust',
             'mental-health-trust', 'council', 'care-home', 'home-care', 'voluntary'))) > 0
         then list_filter(codes, lambda c: c in ('practice', 'group', 'acute-trust', 'community-trust',
             'mental-health-trust', 'council', 'care-home', 'home-care', 'voluntary'))[1]
         else 'other' end as kind,
    organisation_ref(partOf) as ref_organisation,
    address[1].postalCode as postcode,
    identifier as identifiers
from (select *, list_transform(flatten(list_transform("type", lambda t: t.coding)), lambda c: c.code) as codes from resource)
