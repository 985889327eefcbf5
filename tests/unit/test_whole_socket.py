"""What comes over a line from Slack, or from a server that speaks as it does, however it is cut into pieces."""

import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_sdk.socket_mode.builtin.frame_header import FrameHeader
from slack_sdk.socket_mode.builtin.internals import _fetch_messages

from bot.socket_mode import WholeSocket

TEXT, BINARY, FAREWELL, PING, PONG = 0x81, 0x82, 0x88, 0x89, 0x8A
BEGINS, CONTINUES, ENDS = 0x01, 0x00, 0x80
logger = logging.getLogger(__name__)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, WholeSocket]]:
    """Slack's end of a line, and ours."""
    theirs, ours = socket.socketpair()
    ours.settimeout(0.2)
    with theirs, ours:
        yield theirs, WholeSocket(ours)


def frame(first: int, data: bytes) -> bytes:
    """As a server sends it: not masked."""
    if len(data) < 126:
        return bytes([first, len(data)]) + data
    if len(data) < 65_536:
        return bytes([first, 126]) + len(data).to_bytes(2) + data
    return bytes([first, 127]) + len(data).to_bytes(8) + data


def heard(line: WholeSocket) -> list[tuple[int, bytes]]:
    """What slack_sdk makes of it until nothing more comes: each frame's kind, and its data."""
    found: list[tuple[FrameHeader | None, bytes]] = []

    def receive(size: int | None = None) -> bytes:
        return line.recv(size or 1024)

    try:
        while True:
            _fetch_messages(found, receive, logger)
    except (TimeoutError, BlockingIOError):
        return [(header.opcode if header else -1, data) for header, data in found]


@pytest.mark.parametrize("length", [1, 125, 126, 1023, 65_535, 65_536, 3_000_000])
def test_a_message_of_any_length(ends: tuple[socket.socket, WholeSocket], length: int) -> None:
    """slack_sdk alone calls itself for each kilobyte, and loses what is larger than the stack is deep."""
    theirs, ours = ends
    sent = frame(TEXT, b"x" * length)
    with ThreadPoolExecutor(1) as slack:
        sending = slack.submit(theirs.sendall, sent)
        assert heard(ours) == [(1, b"x" * length)]
        sending.result()


def test_many_messages_at_once(ends: tuple[socket.socket, WholeSocket]) -> None:
    """In one piece, after the new line that the handshake leaves."""
    theirs, ours = ends
    theirs.sendall(b"\n" + b"".join(frame(TEXT, b"%d" % number) for number in range(2000)))
    assert heard(ours) == [(1, b"%d" % number) for number in range(2000)]


def test_a_message_in_several_frames_with_a_ping_in_between(ends: tuple[socket.socket, WholeSocket]) -> None:
    """Cut inside a letter, too."""
    theirs, ours = ends
    words = "ambulance 🚑 late".encode()
    theirs.sendall(
        frame(BEGINS, words[:11]) + frame(PING, b"hi") + frame(CONTINUES, words[11:13]) + frame(CONTINUES, b"")
    )
    assert heard(ours) == [(9, b"hi")]
    theirs.sendall(frame(ENDS, words[13:]) + frame(TEXT, b"next"))
    assert heard(ours) == [(1, words), (1, b"next")]


def test_a_frame_that_is_long_in_coming(ends: tuple[socket.socket, WholeSocket]) -> None:
    """Nothing of it is forgotten when a wait ends in between, wherever that is."""
    theirs, ours = ends
    sent = frame(TEXT, b"y" * 200) + frame(PONG, b"session:1")
    for byte in sent[:6]:
        theirs.sendall(bytes([byte]))
        assert heard(ours) == []
    theirs.sendall(sent[6:])
    assert heard(ours) == [(1, b"y" * 200), (10, b"session:1")]


def test_an_empty_ping_is_answered_at_once(ends: tuple[socket.socket, WholeSocket]) -> None:
    """slack_sdk alone would wait for more. An empty pong or message says nothing."""
    theirs, ours = ends
    theirs.sendall(frame(PING, b"") + frame(PONG, b"") + frame(TEXT, b""))
    assert heard(ours) == []
    theirs.settimeout(1)
    assert theirs.recv(100) == bytes([0x8A, 0x80, 0, 0, 0, 0])


@pytest.mark.parametrize("how", ["an empty farewell", "no word"])
def test_the_end_is_an_end(ends: tuple[socket.socket, WholeSocket], how: str) -> None:
    """Once for whoever reads, not again and again."""
    theirs, ours = ends
    theirs.sendall(frame(TEXT, b"last") + (frame(FAREWELL, b"") if how == "an empty farewell" else b""))
    theirs.shutdown(socket.SHUT_WR)
    assert ours.recv(1024) == frame(TEXT, b"last")
    with pytest.raises(ConnectionResetError):
        ours.recv(1024)


def test_a_farewell_with_a_reason_is_handed_on(ends: tuple[socket.socket, WholeSocket]) -> None:
    """And so is what is no text."""
    theirs, ours = ends
    theirs.sendall(frame(BINARY, b"\x00\x01") + frame(FAREWELL, b"\x03\xe8bye"))
    assert heard(ours) == [(2, b"\x00\x01"), (8, b"\x03\xe8bye")]
