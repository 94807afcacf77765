"""What the supervision office does, and what units reply: one module a subject."""
