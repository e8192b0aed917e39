"""What people are prescribed: read once from medication, and then asked of small tables."""
