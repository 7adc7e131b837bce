"""The WSGI application that every web server starts."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.site.settings")
application = get_wsgi_application()


def behind_a_proxy() -> object:
    """Return the application for the worker processes; what a proxy says counts only from the proxy we know."""
    from django.conf import settings  # noqa: PLC0415 - after the settings are named
    from django.db import connection  # noqa: PLC0415

    # This process was forked: what it inherited of the parent's connections is the parent's to use.
    connection.connection = None
    getattr(connection, "_connection_pools", {}).clear()
    known = settings.FAIRLEAD_PROXY
    return wrap_wsgi_with_proxy_headers(application, trusted_hosts=[known]) if known else application
