"""Does the shop answer under these settings? Starts it on this machine, asks once, and says what came back."""

import http.client
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

try:
    settings = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    redirects = dict(settings["redirects"])
except (ValueError, KeyError, TypeError) as problem:
    print("these are not settings:", problem)
    sys.exit(2)


class Shop(BaseHTTPRequestHandler):
    """Stands in for the shop: answers, or sends on as the settings say."""

    def do_GET(self):
        target = redirects.get(self.path)
        self.send_response(302 if target else 200)
        if target:
            self.send_header("Location", target)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
threading.Thread(target=server.serve_forever, daemon=True).start()
path, seen = "/", []
while path not in seen and len(seen) < 10:
    seen.append(path)
    connection = http.client.HTTPConnection(*server.server_address, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.status == 200:
        print(f"{path} answered 200 after {len(seen) - 1} redirects")
        sys.exit(0)
    path = answer.getheader("Location")
print("redirected in a circle:", " to ".join([*seen, path]))
sys.exit(1)
