from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "duban.evaluation"
    label = "evaluation"
