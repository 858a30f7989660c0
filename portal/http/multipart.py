"""A file as the body of a form (RFC 7578)."""

from urllib3.filepost import encode_multipart_formdata


def write_multipart(nom: str, mime: str, contenu: bytes) -> tuple[bytes, str]:
    """The body that sends a file under the name `file`, and its Content-Type."""
    return encode_multipart_formdata({"file": (nom, contenu, mime)})
