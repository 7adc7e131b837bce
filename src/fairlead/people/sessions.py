"""Sessions kept under the hash of their key, so that reading the database signs nobody in."""

import hashlib

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession

_LENGTH = 40  # what the column holds; 160 bits


def _stored(session_key: str) -> str:
    """Return what stands in the database for a key. The key is random and long, so a plain hash is enough."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:_LENGTH]


class SessionStore(DatabaseStore):
    """Django's database sessions, looked up by hash."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        kept = self.session_key
        if kept is None:
            return None
        self._session_key = _stored(kept)
        try:
            return super()._get_session_from_db()
        finally:
            if self._session_key is not None:  # None when the row was gone, which Django has noticed
                self._session_key = kept

    def exists(self, session_key: str) -> bool:
        """Tell whether there is a session with this key."""
        return super().exists(_stored(session_key))

    def create_model_instance(self, data: dict[str, object]) -> AbstractBaseSession:
        """Return the row for these data."""
        row = super().create_model_instance(data)
        row.session_key = _stored(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Delete a session, this one when no key is given."""
        wanted = session_key or self.session_key
        if wanted is not None:
            super().delete(_stored(wanted))
