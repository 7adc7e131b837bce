"""What the pages of signing in and of programs must answer: to whoever is not signed in, and to everybody who is.

They know nothing of incidents or cases. Rows are as in `expected_access`. 404 stands where there is nothing of one's
own yet (no codes, no authenticator); 302 for the signed-in leads home or to showing once more that it is them.
"""

AWAY = "302 302 302 302"
_TEXT = "200 405 405 405"
_FORM = "200 200 200 405"
_NONE_OF_ONES_OWN = "404 404 404 404"

SIGN_IN_PAGES = {
    "account_login": (_FORM, AWAY),
    "account_logout": ("302 302 405 405", "200 302 405 405"),
    "account_inactive": (_TEXT, _TEXT),
    "account_signup": ("200 200 200 200", AWAY),  # the same closed door, whatever is sent
    "account_reauthenticate": (AWAY, _FORM),
    "account_change_password": (AWAY, _FORM),
    "mfa_index": (AWAY, _TEXT),
    "mfa_authenticate": (AWAY, AWAY),
    "mfa_reauthenticate": (AWAY, AWAY),
    "mfa_activate_totp": (AWAY, AWAY),
    "mfa_deactivate_totp": (AWAY, _NONE_OF_ONES_OWN),
    "mfa_view_recovery_codes": (AWAY, "404 405 405 405"),
    "mfa_generate_recovery_codes": (AWAY, AWAY),
    "mfa_download_recovery_codes": (AWAY, _NONE_OF_ONES_OWN),
    "mfa_list_webauthn": (AWAY, _TEXT),
    "mfa_add_webauthn": (AWAY, AWAY),
    "mfa_reauthenticate_webauthn": (AWAY, AWAY),
    "mfa_remove_webauthn": (AWAY, AWAY),
    "mfa_edit_webauthn": (AWAY, AWAY),
    "programs": (AWAY, "200 302 405 405"),  # making one asks once more
    "program_revoke": (AWAY, "405 404 405 405"),
    "mfa_login_webauthn": ("302 302 302 405", AWAY),
}
