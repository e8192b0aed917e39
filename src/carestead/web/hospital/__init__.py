"""Hospitals' messages that wait at the duty desk: nobody could be found for them, or they cannot be read."""
