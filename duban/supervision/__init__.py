"""The sweep that walks boundaries, and the alarms raised by it."""
