"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ilp.settings")
django_application = get_wsgi_application()

from reporting.views.repeats import Repeats  # noqa: E402 models can be loaded only now

application = Repeats(django_application)
