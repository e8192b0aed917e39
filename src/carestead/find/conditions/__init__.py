"""Long-term conditions by the definitions of a published score: codes, windows and medicines together."""
