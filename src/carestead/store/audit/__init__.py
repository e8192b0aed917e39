"""Who saw and did what: written, never changed."""
