"""What the supervision office keeps, one file a subject."""

from .alarms import Alarm
from .checks import Annotation, CheckEvidence, CheckItem, Checklist, CheckRun, Finding

__all__ = ["Alarm", "Annotation", "CheckEvidence", "CheckItem", "CheckRun", "Checklist", "Finding"]
