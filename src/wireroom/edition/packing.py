"""How does a value become bytes that name it, and that it can be read back from?"""

from msgspec import msgpack


def packed(value: object) -> bytes:
    """Return bytes that name a value, also one with a lone surrogate, which UTF-8 and so MessagePack cannot hold."""
    try:
        return msgpack.encode(value)
    except UnicodeEncodeError:
        return repr(value).encode("utf-8", "surrogatepass")


def kept(value: object) -> bytes | None:
    """Return bytes that a value can be read back from; None when it holds a lone surrogate."""
    try:
        return msgpack.encode(value)
    except UnicodeEncodeError:
        return None
