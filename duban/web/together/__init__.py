"""Merging matters and asking units to assist."""
