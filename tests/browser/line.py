"""The line between a page and the server, which a test can cut."""

from __future__ import annotations

import json

from playwright.sync_api import Page, WebSocketRoute

GOES_AWAY = 4000
"""A code that means nothing in particular; browsers may not be told 1006."""


class Line:
    """Everything goes through until ``cut``; then every attempt to connect ends with the same code."""

    def __init__(self, page: Page, path: str = "/ws/live") -> None:
        self._code: int | None = None
        self._open: list[WebSocketRoute] = []
        page.route_web_socket(f"**{path}*", self._connected)

    def _connected(self, socket: WebSocketRoute) -> None:
        if self._code is not None:
            socket.close(code=self._code)
            return
        self._open.append(socket)
        socket.connect_to_server()

    def cut(self, code: int = GOES_AWAY) -> None:
        self._code = code
        for socket in self._open:
            socket.close(code=code)
        self._open.clear()

    def say(self, **message: object) -> None:
        """Tell the page something as the server would."""
        for socket in self._open:
            socket.send(json.dumps(message))

    def mend(self) -> None:
        self._code = None
