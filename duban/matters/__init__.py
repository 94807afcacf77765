"""The matter (事项): its rows, its verbs, its queries."""
