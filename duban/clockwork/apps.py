from django.apps import AppConfig


class ClockworkConfig(AppConfig):
    name = "duban.clockwork"
    label = "clockwork"
