"""How static files are named and packed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names every file by its content, also where one script imports another, so that browsers keep them for good."""

    support_js_module_import_aggregation = True
