"""Letters to be printed: who has to be told what, by when, on paper."""
