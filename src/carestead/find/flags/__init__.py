"""Facts about a person that ask for care however low the scores are: housebound, a carer, dementia."""
