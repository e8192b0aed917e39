"""The rules of care: promises, requests, plans, and the clocks that run on them. Pure: now is an argument."""
