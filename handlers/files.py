"""Files that people forward, as something that can be read. Slack is asked for them with the bot's own token."""

import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.email_reader import EmailSource, PastedEmail, RawEmail, SlackEmail
from bot.core.errors import BadInput

LARGEST = 10_000_000
"""Bytes. An e-mail that is larger brings pictures, and what is asked can be pasted."""
SECONDS = 8.0


def _unreadable(sentence: str) -> BadInput:
    return BadInput(f"{sentence} Paste what it says after /enquiry, or log it by hand.")


def source_of(client: WebClient, file_id: str) -> EmailSource:
    """What a file holds. Raises `BadInput` with a sentence where it cannot be read."""
    file = _about(client, file_id)
    name = str(file.get("name") or file.get("title") or "This file")[:80]
    if file.get("filetype") == "email" or file.get("mode") == "email":
        return SlackEmail(file)
    if int(file.get("size") or 0) > LARGEST:
        raise _unreadable(f"{name} is larger than 10 MB, which the desk does not read.")
    mimetype = str(file.get("mimetype") or "")
    if name.lower().endswith(".eml") or mimetype == "message/rfc822":
        return RawEmail(_content(client, file, name))
    if mimetype.startswith("text/"):
        return PastedEmail(_content(client, file, name).decode(errors="replace"))
    raise _unreadable(f"{name} is no e-mail and no text, so the desk cannot read it.")


def _about(client: WebClient, file_id: str) -> Mapping[str, Any]:
    """Asked twice, where Slack does not answer: somebody waits for it."""
    for last in (False, True):
        try:
            about: Mapping[str, Any] = client.files_info(file=file_id)["file"]
        except SlackApiError as error:
            if error.response.get("error") in {"file_not_found", "file_deleted"}:
                raise _unreadable("This file is not in Slack any more.") from error
            if last:
                raise _unreadable("Slack does not give the file out just now. Try again in a minute.") from error
        except (OSError, HTTPException) as error:
            if last:
                raise _unreadable("Slack does not give the file out just now. Try again in a minute.") from error
        else:
            return about
    raise AssertionError("the last try returns or raises")


def _content(client: WebClient, file: Mapping[str, Any], name: str) -> bytes:
    try:
        content = fetch(client, file)
    except NotGivenOutError as error:
        raise _unreadable(f"Slack does not let the desk read {name}.") from error
    except (OSError, HTTPException) as error:
        raise _unreadable(f"{name} could not be read from Slack. Try again in a minute.") from error
    if len(content) > LARGEST:
        raise _unreadable(f"{name} is larger than 10 MB, which the desk does not read.")
    return content


class NotGivenOutError(Exception):
    """Slack does not let the desk have the file, today or tomorrow."""


def fetch(client: WebClient, file: Mapping[str, Any], *, seconds: float = SECONDS) -> bytes:
    """What a file holds, as `files.info` describes it: at most `LARGEST` bytes and one more.

    Raises `NotGivenOutError`, or OSError or HTTPException, where Slack may give it out another time.
    """
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    if urlsplit(address).scheme not in {"http", "https"}:
        raise NotGivenOutError("no address")
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 (checked above)
    opener = urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if client.proxy is None else []))
    with opener.open(request, timeout=seconds) as answer:
        content: bytes = answer.read(LARGEST + 1)
        is_page = answer.headers.get_content_type() == "text/html" and file.get("mimetype") != "text/html"
    if is_page:  # Slack shows a page to log in on to whoever may not read a file
        raise NotGivenOutError("a page to log in on")
    return content
