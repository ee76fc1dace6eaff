"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.settings")
application = get_wsgi_application()

from .crash import set_logging  # noqa: E402 these need the framework started
from .vault.keys import check_house_key  # noqa: E402

set_logging()
check_house_key()
connections.close_all()
