"""What the supervision office keeps, one file a subject."""

from .alarms import Alarm

__all__ = ["Alarm"]
