-- The parts behind each score at discharge: they are the evidence as they are.
select * from score_part
