"""Log lines that tell what broke without repeating what anybody wrote."""

import logging
import re

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


class DiscreetFormatter(logging.Formatter):
    """Prints an exception as its type and the places it passed through, never its message or local values.

    A database error quotes the row it choked on, a form error quotes the input; neither belongs in a log file.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line with every id left out: an address of the private side says that there is one."""
        return _ID.sub("…", super().format(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's own
        """Return the type of the exception and where it came from."""
        kind, _, traceback = ei  # type: ignore[misc]
        places = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            places.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
            traceback = traceback.tb_next
        return f"{kind.__name__} at " + " < ".join(reversed(places))
