"""What people said their records may not be used for, and where it was written down."""
