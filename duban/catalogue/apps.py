from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "duban.catalogue"
    label = "catalogue"
