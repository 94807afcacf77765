from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "duban.ledgers"
    label = "ledgers"
