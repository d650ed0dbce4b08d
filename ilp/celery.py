"""The Celery application; its tasks are nudges, the work itself lies in rows."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ilp.settings")
app = Celery("ilp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
