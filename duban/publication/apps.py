from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "duban.publication"
    label = "publication"
