"""Who is responsible for whom, and since when."""
