"""Files in a folder, or in any S3-compatible store: obstore behind our own three verbs."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import BaseError, InvalidPathError, NotFoundError
from obstore.store import LocalStore, ObjectStore, S3Store

from bofen.kit.errors import NotFound, ProviderError


class ObjectStorage:
    """A folder or an S3-compatible store, behind one way to speak to both."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        # A folder keeps no content type; the key's ending tells it when the file is served.
        """Keep `data` under `key`; what was there before is replaced."""
        attributes = None if isinstance(self._store, LocalStore) else {"Content-Type": content_type}
        await obstore.put_async(self._store, key, data, attributes=attributes)

    async def get(self, key: str) -> bytes:
        """What is kept under `key`; raises `NotFound`."""
        try:
            found = await obstore.get_async(self._store, key)
        except (NotFoundError, FileNotFoundError, InvalidPathError) as error:
            raise NotFound("file") from error
        except BaseError as error:
            raise ProviderError("storage", type(error).__name__, is_final=False) from error
        return bytes(await found.bytes_async())

    async def exists(self, key: str) -> bool:
        """Whether something is kept under `key`."""
        try:
            await obstore.head_async(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return False
        return True


def open_storage(url: str, home: Path) -> ObjectStorage:
    """`url` empty: the folder `home/files`; else `s3://bucket?endpoint=…&region=…`.

    Keys and secrets of S3 come from the usual AWS_* variables. COS and OSS want
    `virtual_hosted=1`.
    """
    if not url:
        return ObjectStorage(LocalStore(home / "files", mkdir=True))
    parts = urlsplit(url)
    options = {name: values[0] for name, values in parse_qs(parts.query).items()}
    endpoint = options.get("endpoint")
    store = S3Store(
        parts.netloc,
        endpoint=endpoint,
        client_options={"allow_http": (endpoint or "").startswith("http://")},
        region=options.get("region", "us-east-1"),
        virtual_hosted_style_request=options.get("virtual_hosted") == "1",
    )
    return ObjectStorage(store)
