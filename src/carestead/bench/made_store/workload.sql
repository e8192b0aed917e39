select gp as practitioner_code, 'gp' as role, any_value(practice) as organisation_code,
    case when gp = 'GPX23' then 0 else 400 end as capacity, 0 as people from p group by gp
