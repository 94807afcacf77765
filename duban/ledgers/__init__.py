"""Figures folded from the journal: the census of every matter by published status."""
