from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from django.core.checks import register

        from reporting.catalogue import check

        register(check)
