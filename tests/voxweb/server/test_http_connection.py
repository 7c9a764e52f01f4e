"""Bodies, headers, slow clients and memory, against a real server process."""

from __future__ import annotations

import hashlib
import json
import socket
import time
from collections.abc import Iterator

from tests.voxweb.server.conftest import StartServer
from tests.voxweb.server.server_process import MIB, ServerProcess, read_to_end, settled, wait_until


def test_it_works(start_server: StartServer) -> None:
    server = start_server()
    status, body = server.get("/hello?q=1")
    assert status == 200
    assert json.loads(body)["path"] == "/hello"


def head(method: str, path: str, **headers: object) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *lines, "", ""]).encode()


# -- refusals --------------------------------------------------------------------------------------


def test_an_announced_body_over_the_limit_is_refused_at_the_header(start_server: StartServer) -> None:
    server = start_server(body_bytes=1000)
    answer = server.exchange(head("POST", "/digest", Content_Length=1001))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["code"] == "body_too_large"
    assert not server.noted("reached")


def test_a_client_that_waits_for_permission_never_sends_the_body(start_server: StartServer) -> None:
    server = start_server(body_bytes=1000)
    answer = server.exchange(head("POST", "/digest", Content_Length=10**12, Expect="100-continue"))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"100 Continue" not in answer


def test_a_chunked_body_is_counted(start_server: StartServer) -> None:
    server = start_server(body_bytes=1000)
    piece = b"200\r\n" + bytes(0x200) + b"\r\n"
    answer = server.exchange(
        head("POST", "/digest", Transfer_Encoding="chunked") + piece + piece + b"0\r\n\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert not server.noted("reached")


def test_a_large_form_to_a_small_limit_costs_no_memory_and_is_answered(start_server: StartServer) -> None:
    server = start_server(body_bytes=MIB)

    def send_form() -> None:
        connection = server.http()
        connection.request("POST", "/digest", body=form_of(60), headers=form_headers(60))
        assert connection.getresponse().status == 413
        connection.close()

    assert server.peak_growth_bytes(send_form) < 8 * MIB
    assert not server.noted("reached")
    assert server.get("/hello")[0] == 200


def test_an_endless_header_is_refused(start_server: StartServer) -> None:
    server = start_server()
    assert server.exchange(b"GET /hello HTTP/1.1\r\nX: " + b"x" * 20_000).startswith(b"HTTP/1.1 431 ")
    assert server.exchange(b"GET /" + b"x" * 20_000).startswith(b"HTTP/1.1 431 ")


def test_too_many_headers_are_refused(start_server: StartServer) -> None:
    server = start_server()
    many = {f"X_{number}": number for number in range(101)}
    assert server.exchange(head("GET", "/hello", **many)).startswith(b"HTTP/1.1 400 ")


def test_what_is_not_http_is_refused(start_server: StartServer) -> None:
    server = start_server()
    assert server.exchange(b"\x16\x03\x01 hello\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    both = head("POST", "/digest", Content_Length=3, Transfer_Encoding="chunked")
    assert server.exchange(both + b"0\r\n\r\n").startswith(b"HTTP/1.1 400 ")


def test_headers_that_never_end_are_cut_off(start_server: StartServer) -> None:
    server = start_server(header_seconds=0.4, linger_seconds=0.2)
    with server.connect() as connection:
        connection.sendall(b"GET /hello HTTP/1.1\r\n")
        drip(connection, b"X-Slow: 1\r\n")
        assert b"HTTP/1.1 408 " in read_to_end(connection)


def test_a_silent_connection_is_closed(start_server: StartServer) -> None:
    server = start_server(header_seconds=0.3)
    assert server.exchange(b"") == b""


def test_a_body_that_drips_is_cut_off(start_server: StartServer) -> None:
    server = start_server(upload_window_seconds=0.4, linger_seconds=0.2)
    with server.connect() as connection:
        connection.sendall(head("POST", "/digest", Content_Length=100_000))
        drip(connection, b"x")
        assert b"HTTP/1.1 408 " in read_to_end(connection)
    assert not server.noted("reached")


def test_a_client_that_takes_nothing_is_dropped(start_server: StartServer) -> None:
    server = start_server(stall_seconds=1)
    with small_window(server) as connection:
        connection.sendall(head("GET", "/stream/100000000"))
        wait_until(lambda: server.noted("stream-done"), what="the end of the application")
        assert len(read_to_end(connection)) < 100_000_000


# -- memory ----------------------------------------------------------------------------------------


def test_an_upload_within_the_limit_keeps_memory_flat(start_server: StartServer) -> None:
    server = start_server(body_bytes=128 * MIB)
    expected = hashlib.sha256()
    for piece in form_of(64):
        expected.update(piece)

    def upload() -> None:
        connection = server.http()
        connection.request("POST", "/digest", body=form_of(64), headers=form_headers(64))
        seen = json.loads(connection.getresponse().read())
        connection.close()
        assert (seen["size"], seen["sha256"]) == (64 * MIB, expected.hexdigest())

    assert server.peak_growth_bytes(upload) < 24 * MIB


def test_a_slow_reader_keeps_memory_flat(start_server: StartServer) -> None:
    server = start_server()
    size = 64 * MIB

    def read_slowly() -> None:
        with small_window(server) as connection:
            connection.sendall(head("GET", f"/stream/{size}", Connection="close"))
            wait_until(lambda: settled(server), what="back-pressure")
            assert int((server.notes / "sent").read_text()) < 16 * MIB
            assert len(read_to_end(connection)) > size

    assert server.peak_growth_bytes(read_slowly) < 8 * MIB
    assert server.noted("stream-done")


# -- edges -----------------------------------------------------------------------------------------


def test_a_body_of_whole_pieces_ends(start_server: StartServer) -> None:
    server = start_server()
    connection = server.http()
    for size in (0, 1, 8192, 256 * 1024, 256 * 1024 + 1):
        connection.request("PATCH", "/digest", body=bytes(size))
        seen = json.loads(connection.getresponse().read())
        assert (seen["size"], seen["sha256"]) == (size, hashlib.sha256(bytes(size)).hexdigest())
    connection.close()


def test_a_path_may_have_a_limit_of_its_own(start_server: StartServer) -> None:
    server = start_server(body_bytes=10, body_bytes_by_path={"/digest/": 1000})
    assert server.exchange(head("POST", "/digest", Content_Length=11)).startswith(b"HTTP/1.1 413 ")
    accepted = head("POST", "/digest/x?y", Content_Length=11, Connection="close") + bytes(11)
    assert server.exchange(accepted).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_leaves_while_it_is_sent_to_frees_the_application(start_server: StartServer) -> None:
    server = start_server()
    with small_window(server) as connection:
        connection.sendall(head("GET", f"/stream/{64 * MIB}"))
        wait_until(lambda: settled(server), what="back-pressure")
    wait_until(lambda: server.noted("stream-done"), what="the end of the application")


def test_pipelined_requests_are_all_answered(start_server: StartServer) -> None:
    server = start_server()
    last = head("GET", "/hello", Connection="close")
    answer = server.exchange(
        head("POST", "/digest", Content_Length=3) + b"abc" + head("GET", "/stream/99999") + last
    )
    assert answer.count(b"HTTP/1.1 200 ") == 3


def test_a_client_cannot_move_the_site(start_server: StartServer) -> None:
    server = start_server()
    assert json.loads(server.get("/hello", Daphne_Root_Path="/evil")[1])["root_path"] == ""


def test_forwarded_headers_are_believed_only_behind_a_proxy(start_server: StartServer) -> None:
    forwarded = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"}
    direct = json.loads(start_server().get("/hello", **forwarded)[1])
    assert (direct["client"][0], direct["scheme"]) == ("127.0.0.1", "http")
    server = start_server()
    (server.notes / "behind-proxy").touch()
    proxied = json.loads(start_server().get("/hello", **forwarded)[1])
    assert (proxied["client"][0], proxied["scheme"]) == ("203.0.113.9", "https")


def test_a_fault_of_the_application_is_a_500(start_server: StartServer) -> None:
    assert start_server().get("/fails")[0] == 500


# -- tools -----------------------------------------------------------------------------------------


def form_of(mebibytes: int) -> Iterator[bytes]:
    """A multipart form of exactly that size with one file in it."""
    start = b'--edge\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    end = b"\r\n--edge--\r\n"
    yield start
    yield bytes(MIB - len(start) - len(end))
    for _ in range(mebibytes - 1):
        yield bytes(MIB)
    yield end


def form_headers(mebibytes: int) -> dict[str, str]:
    return {
        "Content-Type": "multipart/form-data; boundary=edge",
        "Content-Length": str(mebibytes * MIB),
    }


def drip(connection: socket.socket, piece: bytes) -> None:
    """Send ``piece`` again and again until the server has had enough."""
    try:
        for _ in range(100):
            connection.sendall(piece)
            time.sleep(0.02)
    except OSError:
        return


def small_window(server: ServerProcess) -> socket.socket:
    """A connection whose kernel buffer is small, so that the server soon feels a lagging reader."""
    connection = socket.socket()
    connection.settimeout(20)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    connection.connect(("127.0.0.1", server.port))
    return connection
