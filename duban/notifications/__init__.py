"""Telling people: who is told what, through which channel, at least once."""
