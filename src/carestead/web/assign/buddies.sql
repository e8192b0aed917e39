-- reads: buddy
select practice_code, practitioner_code, buddy_code, people, minutes, room, reason from buddy order by practice_code
