"""Who looks after whom: a named GP and a coordinator for each, within everybody's room."""
