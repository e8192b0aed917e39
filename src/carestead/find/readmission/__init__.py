"""LACE and HOSPITAL at a discharge: each part with the record behind it, a step a score."""
