"""The only writer of history: append-only events, hash-chained per stream, and the outbox of their readers."""
