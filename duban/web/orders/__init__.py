"""Alarms that want an answer, and supervision orders."""
