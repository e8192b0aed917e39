"""The pooled fund: contributions, journal, prices, purchases."""
