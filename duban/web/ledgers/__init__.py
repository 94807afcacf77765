"""Ledgers, rankings, replies and appeals."""
