"""The parts of scores that are added up from parts: each part with the record behind it, a step a score."""
