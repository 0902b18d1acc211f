"""Chromium, driven over its own debugging protocol: opens a page, clicks, and answers expressions.

with Browser(tmp_path) as browser: browser.open(page); browser.click("button"); browser.ask("document.title")
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0"),
)
PATIENCE = 60.0  # seconds


class Browser:
    """One page; `errors` are exceptions and refusals of the content security policy, `requests` what was asked for."""

    def __init__(self, profile: Path, *, width: int, height: int = 900) -> None:
        assert CHROMIUM
        command = [CHROMIUM, *OPTIONS, f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.last = 0
        self.socket = connect(self._address(), max_size=None)
        for domain in ("Runtime", "Log", "Page", "Network"):
            self._call(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self._call("Emulation.setDeviceMetricsOverride", **size)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)

    def open(self, page: Path, *, anchor: str = "", until: str = "true") -> None:
        """Open *page* and wait until the expression *until* holds."""
        self._call("Page.navigate", url=page.as_uri() + anchor)
        self.wait(until)

    def wait(self, until: str) -> None:
        """Wait until the expression holds; raises `TimeoutError`."""
        end = time.monotonic() + PATIENCE
        while not self.ask(until):
            if time.monotonic() > end:
                raise TimeoutError(f"{until}: {self.errors}")
            time.sleep(0.1)

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        return self._call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def click(self, selector: str) -> None:
        """Press the mouse in the middle of the element."""
        place = f"document.querySelector({json.dumps(selector)})"
        self.ask(f"{place}.scrollIntoView({{block: 'center'}})")
        left, top = self.ask(
            f"(() => {{ const box = {place}.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, x=left, y=top, button="left", clickCount=1)

    def _address(self) -> str:
        assert self.process.stderr
        line = next(line for line in self.process.stderr if "DevTools listening on" in line)
        port = line.split("127.0.0.1:")[1].split("/")[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
            return str(next(page["webSocketDebuggerUrl"] for page in json.load(answer) if page["type"] == "page"))

    def _call(self, method: str, **parameters: Any) -> Any:
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv(timeout=PATIENCE))
            if message.get("id") == self.last:
                return message["result"]
            self._note(message)

    def _note(self, message: Any) -> None:
        match message.get("method"):
            case "Runtime.exceptionThrown":
                self.errors.append(str(message["params"]["exceptionDetails"]))
            case "Log.entryAdded" if message["params"]["entry"]["level"] == "error":
                self.errors.append(message["params"]["entry"]["text"])
            case "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
