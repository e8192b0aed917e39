"""The rows behind each score: a step a score."""
