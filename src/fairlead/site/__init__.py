"""Where the parts are put together: settings, addresses, base templates, static files, the demo."""
