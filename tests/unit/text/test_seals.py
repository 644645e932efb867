from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from wireroom.errors import SealError, UsageError
from wireroom.text import seals
from wireroom.text.seals import KeyRing, canonical, is_current, open_sealed, read_ring, seal, written_key

PATH = "_news/2026-11-20-board-votes.md"
RING = read_ring([written_key("2025", bytes(range(64))), written_key("2026", bytes(range(64, 128)))])
DESK_DATA = {"feeds": ["Harbor Ledger – city"], "notes": "ask the clerk", "id": "a1"}


def in_old_form(plain: bytes, secret: bytes, iv: bytes = bytes(range(16))) -> str:
    padder = PKCS7(128).padder()
    encryptor = Cipher(AES(secret), CBC(iv)).encryptor()
    body = encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()
    return f"{b64encode(body).decode()};{b64encode(iv).decode()}"


def test_vector_a1_of_rfc_5297() -> None:
    key = bytes.fromhex("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")
    path = bytes(range(0x10, 0x28)).decode()
    iv = bytes.fromhex("85632d07c6e8f37f950acd320a2ecc93")
    body = bytes.fromhex("40c02b9690c4dc04daef7f6afe5c")
    assert seals._open(body, iv, path, key) == bytes.fromhex("112233445566778899aabbccddee")


def test_vector_a2_of_rfc_5297() -> None:
    key = bytes.fromhex("7f7e7d7c7b7a79787776757473727170404142434445464748494a4b4c4d4e4f")
    data = [
        bytes.fromhex("00112233445566778899aabbccddeeffdeaddadadeaddadaffeeddccbbaa99887766554433221100"),
        bytes.fromhex("102030405060708090a0"),
        bytes.fromhex("09f911029d74e35bd84156c5635688c0"),
    ]
    sealed = AESSIV(key).encrypt(b"this is some plaintext to encrypt using SIV-AES", data)
    assert sealed.hex() == (
        "7bdb6e3b432667eb06f4d14bff2fbd0f"
        "cb900f2fddbe404326601965c889bf17dba77ceb094fa663b7a3f748ba8af829ea64ad544a272e9c485b62a3fd5c0d"
    )


def test_the_form_is_ciphertext_then_synthetic_iv_then_key_id() -> None:
    ciphertext, iv, name = seal(DESK_DATA, PATH, RING).split(";")
    assert (len(b64decode(iv)), name) == (16, "2026")
    plain = AESSIV(bytes(range(64, 128))).decrypt(b64decode(iv) + b64decode(ciphertext), [PATH.encode()])
    assert plain == '{"feeds":["Harbor Ledger – city"],"id":"a1","notes":"ask the clerk"}'.encode()


def test_the_same_content_gives_the_same_bytes_whatever_the_order_of_its_keys() -> None:
    turned = dict(reversed(DESK_DATA.items()))
    assert seal(DESK_DATA, PATH, RING) == seal(turned, PATH, RING)
    assert canonical({"b": 1, "a": {"d": 2, "c": "é"}}) == '{"a":{"c":"é","d":2},"b":1}'.encode()


def test_older_keys_still_open_and_the_newest_one_writes() -> None:
    former = KeyRing(keys=RING.keys[:1])
    sealed = seal(DESK_DATA, PATH, former)
    assert sealed.endswith(";2025")
    assert open_sealed(sealed, PATH, RING) == DESK_DATA
    assert (is_current(sealed, former), is_current(sealed, RING)) == (True, False)


def test_every_failure_says_the_same() -> None:
    sealed = seal(DESK_DATA, PATH, RING)
    ciphertext, iv, name = sealed.split(";")
    old = in_old_form(b"{}", bytes(16))
    failures = [
        (sealed, "_news/2026-11-20-another.md", RING),
        (sealed, PATH, KeyRing()),
        (f"{ciphertext};{iv};2025", PATH, RING),
        (f"{ciphertext};{iv};unknown", PATH, RING),
        (f"{ciphertext};{iv}", PATH, RING),
        (f"{ciphertext};{iv};{name};{name}", PATH, RING),
        (f"{ciphertext}; {iv};{name}", PATH, RING),
        (f"{ciphertext};{b64encode(bytes(12)).decode()};{name}", PATH, RING),
        (ciphertext, PATH, RING),
        ("", PATH, RING),
        ("é;é;2026", PATH, RING),
        (old, PATH, RING),
        (old, PATH, KeyRing(old=(bytes(15) + b"\x01",))),
        (f"{old.partition(';')[0][:-4]};AAAA", PATH, KeyRing(old=(bytes(16),))),
    ]
    for text, path, ring in failures:
        with pytest.raises(SealError) as refused:
            open_sealed(text, path, ring)
        assert str(refused.value) == seals._REFUSED
        assert refused.value.__cause__ is None
    assert len(failures) == 14


@pytest.mark.parametrize("size", [16, 24, 32])
@pytest.mark.parametrize("hexadecimal", [True, False])
def test_the_old_form_is_opened_with_its_key(*, size: int, hexadecimal: bool) -> None:
    secret = bytes(range(7, 7 + size))
    written = secret.hex() if hexadecimal else b64encode(secret).decode()
    ring = read_ring(["# from the old system", "cbc:" + bytes(size).hex(), "", f"cbc:{written}"])
    assert open_sealed(in_old_form(b'{"feed": 7}', secret), PATH, ring) == {"feed": 7}
    assert open_sealed(in_old_form("no JSON – text".encode(), secret), PATH, ring) == "no JSON – text"


def test_a_ring_never_shows_its_keys() -> None:
    assert repr(RING) == "KeyRing(2025, 2026; 0 old)"
    for lines in (["a:tooshort"], ["2026:" + "00" * 31], ["no key at all"], ["cbc:" + "ab" * 64], ["a b:" + "00" * 64]):
        with pytest.raises(UsageError) as refused:
            read_ring(lines)
        assert lines[0].partition(":")[2][:8] not in str(refused.value) or ":" not in lines[0]
    with pytest.raises(UsageError, match="an id of its own"):
        read_ring(["a:" + "00" * 64, "a:" + "11" * 64])
    with pytest.raises(UsageError, match="same key"):
        read_ring(["a:" + "00" * 64, "b:" + "00" * 64])
    with pytest.raises(UsageError, match="no key to seal with"):
        seal({}, PATH, KeyRing())
