"""The joint meeting: docket, papers, decisions, minutes."""
