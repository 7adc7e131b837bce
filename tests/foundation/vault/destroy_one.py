"""Makes three data keys, destroys one, and prints the destroyed wrapped key and a kept one in hexadecimal."""

import sys

import django

django.setup()

from fairlead.foundation.vault.envelope import destroy, new_data_key  # noqa: E402 -- Django is set up first

rows = [new_data_key()[0] for _ in range(3)]
destroy(rows[1].id)
sys.stdout.write(f"{rows[1].wrapped.hex()} {rows[2].wrapped.hex()}")
