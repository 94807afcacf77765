"""What can be done to a matter: one file per stage, one transaction per verb.

Every verb locks the matter, asks `rights`, takes a `lifecycle` step, writes, and records history, or raises a
refusal and leaves no trace.
"""
