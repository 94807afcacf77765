"""The five checks."""
