from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "duban.people"
    label = "people"
