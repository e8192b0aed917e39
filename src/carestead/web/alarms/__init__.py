"""What is late, for whoever must hear of it: at once, and in the day's digest."""
