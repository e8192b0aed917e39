"""ICD-10 codes of hospital stays: the groups of published maps, and the scores that are made of them."""
