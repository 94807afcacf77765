from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "duban.people"
    label = "people"

    def ready(self) -> None:
        """Register the system check."""
        from . import checks  # noqa: F401
