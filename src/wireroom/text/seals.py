"""How is private desk data sealed into a post, and opened again?

AES-SIV (RFC 5297): authenticated, and deterministic, so that the same content and key give the same bytes and files do
not churn. The associated data is the record's path, so a payload opens in no other record. The form of old records
(AES-CBC, without any authentication) is opened and never written. Makes no keys: that takes randomness.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from wireroom.errors import SealError, UsageError

BLOCK = 16
"""Bytes of an IV, synthetic or not."""
OLD = "cbc"
"""Stands in a key ring in place of an id, for keys of the old form."""
_SIV_SIZES = frozenset({32, 48, 64})
_CBC_SIZES = frozenset({16, 24, 32})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")
_REFUSED = "the payload cannot be opened: a wrong or missing key, another record's payload, or damage"


class KeyRing(Struct, frozen=True, kw_only=True):
    """The keys somebody holds, the newest last: that one writes, all of them open."""

    keys: tuple[tuple[str, bytes], ...] = ()
    """Ids and secrets."""
    old: tuple[bytes, ...] = ()
    """Keys of the CBC form."""

    def __repr__(self) -> str:
        """Name the keys without showing them: a ring must not end in a log."""
        return f"KeyRing({', '.join(name for name, _ in self.keys)}; {len(self.old)} old)"

    @property
    def newest(self) -> str | None:
        """Return the id of the key that writes, None when there is none."""
        return self.keys[-1][0] if self.keys else None


def read_ring(lines: Iterable[str]) -> KeyRing:
    """Read keys, one `id:key` a line, oldest first; `cbc:key` is a key of the old form, `#` begins a comment.

    Keys are hex or base64. Raise UsageError, naming the line and never the key.
    """
    keys: dict[str, bytes] = {}
    old: list[bytes] = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text and not text.startswith("#"):
            name, _, written = text.partition(":")
            if name == OLD:
                old.append(_secret(written, _CBC_SIZES, number))
            elif not _ID.fullmatch(name) or name in keys:
                raise UsageError(f"key {number}: write it as id:key, with an id of its own (letters, digits, . _ -)")
            else:
                keys[name] = _secret(written, _SIV_SIZES, number)
    if len(set(keys.values())) < len(keys):
        raise UsageError("two ids of the key ring hold the same key; make a new one: wireroom seal keygen")
    return KeyRing(keys=tuple(keys.items()), old=tuple(old))


def written_key(name: str, secret: bytes) -> str:
    """Write a key as a key ring holds it."""
    return f"{name}:{b64encode(secret).decode()}"


def seal(payload: object, path: str, ring: KeyRing) -> str:
    """Seal a payload for the record at a path with the newest key: `<ciphertext>;<synthetic IV>;<key id>`."""
    if not ring.keys:
        raise UsageError("there is no key to seal with. Make one: wireroom seal keygen")
    name, secret = ring.keys[-1]
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # noqa: PLC0415 - for the few who hold keys

    sealed = AESSIV(secret).encrypt(canonical(payload), [path.encode()])
    return f"{b64encode(sealed[BLOCK:]).decode()};{b64encode(sealed[:BLOCK]).decode()};{name}"


def open_sealed(sealed: str, path: str, ring: KeyRing) -> object:
    """Return the payload of the record at a path; raise the same SealError for every failure.

    What old records hold need not be JSON; then it is returned as text.
    """
    try:
        ciphertext, iv, *name = sealed.split(";")
        if len(name) > 1:
            raise SealError(_REFUSED)
        body, start = _exactly(ciphertext), _exactly(iv)
        plain = _open(body, start, path, dict(ring.keys)[name[0]]) if name else _open_old(body, start, ring.old)
        return _payload(plain)
    except (ValueError, LookupError, NotBase64):
        raise SealError(_REFUSED) from None


def is_current(sealed: str, ring: KeyRing) -> bool:
    """Tell whether a payload is sealed with the newest key."""
    return sealed.count(";") == 2 and sealed.rpartition(";")[2] == ring.newest


def canonical(payload: object) -> bytes:
    """Write JSON in its one form: sorted keys, no white space, UTF-8."""
    return msgspec.json.encode(payload, order="sorted")


def _open(body: bytes, iv: bytes, path: str, secret: bytes) -> bytes:
    if len(iv) != BLOCK:
        raise SealError(_REFUSED)
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV  # noqa: PLC0415

    try:
        return AESSIV(secret).decrypt(iv + body, [path.encode()])
    except InvalidTag:
        raise SealError(_REFUSED) from None


def _open_old(body: bytes, iv: bytes, secrets: Iterable[bytes]) -> bytes:
    """Try every old key; a wrong one gives wrong padding or, once in 256 times, bytes that are no text."""
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.modes import CBC  # noqa: PLC0415
    from cryptography.hazmat.primitives.padding import PKCS7  # noqa: PLC0415

    for secret in secrets:
        try:
            decryptor = Cipher(AES(secret), CBC(iv)).decryptor()
            padded = decryptor.update(body) + decryptor.finalize()
            unpadder = PKCS7(BLOCK * 8).unpadder()
            plain = unpadder.update(padded) + unpadder.finalize()
            plain.decode()
        except ValueError:
            continue
        return plain
    raise SealError(_REFUSED)


def _payload(plain: bytes) -> object:
    try:
        return msgspec.json.decode(plain)
    except msgspec.DecodeError:
        return plain.decode()


def _exactly(text: str) -> bytes:
    """Decode base64 that is written in its one form: spare bits of the last letter must be unused."""
    body = b64decode(text, validate=True)
    if b64encode(body).decode() != text:
        raise SealError(_REFUSED)
    return body


def _secret(written: str, sizes: frozenset[int], number: int) -> bytes:
    """Read a key; hex is tried first, since 32 hex digits would be base64 too."""
    text = written.strip()
    try:
        secret = bytes.fromhex(text) if _HEX.fullmatch(text) and len(text) // 2 in sizes else b64decode(text)
    except (ValueError, NotBase64):
        secret = b""
    if len(secret) not in sizes:
        several = ", ".join(str(size) for size in sorted(sizes))
        raise UsageError(f"key {number}: not a key; {several} bytes in hex or base64 are wanted")
    return secret
