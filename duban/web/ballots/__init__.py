"""Co-signing and ballots: the petitioner, the voter, the terminal, the office."""
