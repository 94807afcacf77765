from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "duban.matters"
    label = "matters"
