"""Tests of the pure rules: no database, no Django, no wall clock."""
