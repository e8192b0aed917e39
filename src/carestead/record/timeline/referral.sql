-- One person's rows of referral, with what was coded.
select referral.* exclude (reason_id), code.system, code.code, code.display
from referral
left join code on code.code_id = referral.reason_id
where person_id = $person_id
