"""A real OpenID Connect service on this machine: it signs with a real key, and can be told to lie."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "holdspace", "a secret between the two of us, quite long"


class Quiet(WSGIRequestHandler):
    def log_message(self, *_said: Any) -> None:
        pass


class Service:
    """Signs people in by whatever `who` says, and answers like a service does."""

    def __init__(self) -> None:
        self.key = generate_private_key(65537, 2048)
        self.who: dict[str, Any] = {"sub": "u-1", "email": "ana@example.org", "email_verified": True}
        self.lies: dict[str, Any] = {}
        self.signs_with: RSAPrivateKey | str = self.key
        self.algorithm = "RS256"
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.issuer = ""

    def agree(self, address: str) -> str:
        """What happens in the browser at the service: a person agrees and is sent back with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.asked.append(environ["PATH_INFO"])
        answers = {
            "/.well-known/openid-configuration": self.describe,
            "/keys": lambda _: {"keys": [RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True) | {"kid": "k1"}]},
            "/token": self.token,
        }
        said = answers[environ["PATH_INFO"]](environ)
        start("200 OK" if said else "400 Bad Request", [("Content-Type", "application/json")])
        return [json.dumps(said).encode()]

    def describe(self, _environ: Any) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | {name: value for name, value in self.lies.items() if name == "issuer"}

    def token(self, environ: dict[str, Any]) -> dict[str, Any]:
        posted = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        said = {name: values[0] for name, values in posted.items()}
        asked = self.codes.pop(said["code"], None)
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or said["client_secret"] != SECRET or proof != asked["code_challenge"]:
            return {}
        if said["redirect_uri"] != asked["redirect_uri"]:
            return {}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300} | self.who | self.lies
        signed = jwt.encode(claims, self.signs_with, self.algorithm, headers={"kid": "k1"})
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed}


@contextmanager
def running() -> Iterator[Service]:
    """The service, listening on the loopback."""
    service = Service()
    server = make_server("127.0.0.1", 0, service, handler_class=Quiet)
    service.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
