"""A program with a token, as the tests use it."""

import json
import uuid
from typing import Any

from django.test import Client

from fairlead.people.models import Account
from fairlead.people.programs.models import Scope
from fairlead.people.programs.services import token_make

EVERYTHING = tuple(Scope.values)


def token_for(account: Account, *scopes: str, days: int = 30) -> str:
    _, text = token_make(
        account=account, token_id=uuid.uuid4(), name="A pipeline", scopes=scopes or EVERYTHING, days=days
    )
    return text


class Program:
    """Speaks to the API with a token and nothing else."""

    def __init__(self, account: Account | None = None, *scopes: str, **options: object) -> None:
        self.token = token_for(account, *scopes) if account else ""
        self.client = Client(raise_request_exception=False, **options)

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if method == "POST":
            sent.setdefault("Idempotency-Key", str(uuid.uuid4()))
        sent = {name: value for name, value in sent.items() if value != ""}
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = sent.pop("Content-Type", "application/json")
        return self.client.generic(method, f"/api/v1{path}", content, content_type=kind, headers=sent)

    def get(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: object, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: object, **headers: str) -> Any:
        return self.ask("PUT", path, body, **headers)

    def patch(self, path: str, body: object, **headers: str) -> Any:
        return self.ask("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.ask("DELETE", path, **headers)

    def incident(self, **values: object) -> dict[str, Any]:
        answer = self.post("/incidents", {"title": "Routing loop", **values})
        assert answer.status_code == 201, answer.content
        return answer.json()
