"""Real engines, each driven by the protocol that it brings along, with one set of gestures.

Firefox speaks WebDriver BiDi, WebKit speaks WebDriver through a program beside it, and an old
Chromium speaks the DevTools protocol. Playwright drives none of them as Debian has them.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server
from threading import Event, Thread
from typing import Any, ClassVar, Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from websockets.sync.client import connect

HERE = Path(__file__).parent
PHONE = (390, 844)
PATIENCE = 15  # seconds, for whatever is waited for; on a loaded machine too
ENTER, ESCAPE = "\ue007", "\ue00c"  # as WebDriver writes keys that have no letter
OLD = HERE / "chromium" / "node_modules" / "chromium-88"


def program(fix: str, *names: str) -> str:
    """The path of the first program that is there."""
    found = filter(None, map(shutil.which, names))
    path = next(found, None)
    assert path, f"{names[0]} is not installed; run: {fix}"
    return path


class Outside:
    """A proxy that notes who was asked for outside this machine, and never answers."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        done = Event()

        class Handler(BaseHTTPRequestHandler):
            def do_CONNECT(handler) -> None:  # noqa: N805
                self.asked.append(handler.path)
                done.wait()

            def log_message(self, *message: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        Thread(target=self.server.serve_forever, daemon=True).start()


class Engine(ABC):
    """A window as wide as a phone, and what a reader does in it.

    ``folder`` is for its profile and log; ``scripts`` says whether pages may run theirs.
    """

    def __init__(self, folder: Path, scripts: bool = True) -> None:
        self.folder, self.scripts = folder, scripts
        self.outside = Outside()
        self.kept = ExitStack()
        self.version = ""
        try:
            self.start()
        except BaseException:
            self.kept.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kept.close()

    @abstractmethod
    def start(self) -> None:
        """Open the window and learn the version."""

    @abstractmethod
    def go(self, url: str) -> None:
        """Set out for an address."""

    @abstractmethod
    def run(self, script: str) -> str:
        """The text that an expression of JavaScript gives, also where pages may run none."""

    @abstractmethod
    def press(self, keys: str) -> None:
        """Press keys one after the other."""

    @abstractmethod
    def press_at(self, x: int, y: int) -> None:
        """Press a place of the window."""

    @abstractmethod
    def wheel(self, x: int, y: int, down: int) -> None:
        """Turn the wheel over a place of the window."""

    @abstractmethod
    def picture(self) -> bytes:
        """What the window shows, as PNG."""

    def open(self, url: str) -> None:
        """Go to an address, as if for the first time, and wait until it is there."""
        for each in ("about:blank", url):
            self.go(each)
            self.arrive(re.escape(each) + "$")

    def where(self) -> str:
        """The address of the page."""
        return str(self.ask("location.href"))

    def arrive(self, pattern: str) -> None:
        """Wait until the address is one of those, and its page is there."""
        self.wait(lambda: re.search(pattern, self.where()), f"at {pattern}")
        self.until("document.readyState === 'complete'")

    def stop(self) -> None:
        """Give up what does not answer, where the page could not be asked anything meanwhile."""
        return

    def ask(self, expression: str) -> Any:
        """The value of an expression of JavaScript."""
        return json.loads(self.run(f"JSON.stringify({{ value: {expression} }})")).get("value")

    def wait(self, asked: Callable[[], Any], what: str) -> Any:
        """Wait until something is true and return it, while one page may give way to the next."""
        end = time.monotonic() + PATIENCE
        while True:
            with suppress(AssertionError):
                if value := asked():
                    return value
            assert time.monotonic() < end, f"never so: {what}"
            time.sleep(0.05)

    def until(self, expression: str) -> Any:
        """Wait for an expression of JavaScript to become true, and return it."""
        return self.wait(lambda: self.ask(expression), expression)

    def reach(self, selector: str) -> Any:
        """The middle of the first thing a selector names that can be pressed: nothing covers it."""
        return self.until(MIDDLE % json.dumps(selector))

    def click(self, selector: str) -> None:
        """Press that place."""
        self.press_at(*self.reach(selector))

    def program(self, *command: str | Path, **environment: str) -> Path:
        """Run a program as long as the window is open; return where it writes what it says."""
        log = self.folder / f"{Path(command[0]).name}.log"
        home = {"HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder)}
        with log.open("wb") as said:
            process = subprocess.Popen(
                command, env=os.environ | home | environment, stdout=said, stderr=said
            )
        self.kept.callback(process.wait)
        self.kept.callback(process.kill)
        return log


MIDDLE = """(() => {
  for (const each of document.querySelectorAll(%s)) {
    each.scrollIntoView({ block: "nearest" });
    const { left, top, width, height } = each.getBoundingClientRect();
    const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
    if (width && each.contains(document.elementFromPoint(x, y))) return [x, y];
  }
  return null;
})()"""


def announced(log: Path, pattern: str) -> str:
    """What a program that has just been started says of itself."""
    end = time.monotonic() + 2 * PATIENCE
    while not (found := re.search(pattern, text := log.read_text("utf-8", "replace"))):
        assert time.monotonic() < end, f"{log.name}: nothing like {pattern} in\n{text}"
        time.sleep(0.05)
    return found[1]


def answers(url: str) -> Any:
    """What a program that has just been started answers."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(url, timeout=PATIENCE) as answer:
                return json.load(answer)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens at."""
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class Line:
    """Commands over a web socket: WebDriver BiDi and the DevTools protocol write them alike."""

    def __init__(self, url: str, kept: ExitStack) -> None:
        # An old Chromium hangs up when it is asked whether it is still there.
        self.socket = kept.enter_context(connect(url, max_size=None, ping_interval=None))
        self.number = 0

    def tell(self, method: str, **params: Any) -> Any:
        """Give a command and wait for its answer; what else is told meanwhile is dropped."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv(PATIENCE))).get("id") != self.number:
            pass
        assert "error" not in answer, f"{method}: {answer}"
        return answer["result"]


class Gestures(Engine):
    """The gestures as WebDriver writes them."""

    @abstractmethod
    def perform(self, *sources: dict[str, Any]) -> None:
        """Do what the sources of input do, one action after the other."""

    def press(self, keys: str) -> None:
        actions = [{"type": way, "value": key} for key in keys for way in ("keyDown", "keyUp")]
        self.perform({"type": "key", "id": "keys", "actions": actions})

    def press_at(self, x: int, y: int) -> None:
        move = {"type": "pointerMove", "x": x, "y": y}
        press = [{"type": way, "button": 0} for way in ("pointerDown", "pointerUp")]
        self.perform({"type": "pointer", "id": "mouse", "actions": [move, *press]})

    def wheel(self, x: int, y: int, down: int) -> None:
        turn = {"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": down}
        self.perform({"type": "wheel", "id": "wheel", "actions": [turn]})


class Firefox(Gestures):
    """Firefox ESR, without the geckodriver that Debian does not have."""

    def start(self) -> None:
        path = program("apt-get install firefox-esr", "firefox-esr", "firefox")
        settings = {
            "javascript.enabled": self.scripts,
            "network.proxy.type": 1,
            "network.proxy.ssl": "127.0.0.1",
            "network.proxy.ssl_port": self.outside.port,
        }
        (self.folder / "user.js").write_text(
            "".join(f'user_pref("{name}", {json.dumps(it)});\n' for name, it in settings.items())
        )
        log = self.program(
            path, "--headless", "--no-remote", "--profile", self.folder, "--remote-debugging-port=0"
        )
        url = announced(log, r"BiDi listening on (ws://\S+)") + "/session"
        self.tell = Line(url, self.kept).tell
        capabilities = self.tell("session.new", capabilities={})["capabilities"]
        self.version = f"Firefox {capabilities['browserVersion']}"
        self.tab = {"context": self.tell("browsingContext.getTree")["contexts"][0]["context"]}
        size = dict(zip(("width", "height"), PHONE, strict=True))
        self.tell("browsingContext.setViewport", **self.tab, viewport=size)

    def go(self, url: str) -> None:
        self.tell("browsingContext.navigate", **self.tab, url=url, wait="none")

    def run(self, script: str) -> str:
        done = self.tell("script.evaluate", expression=script, target=self.tab, awaitPromise=False)
        assert done["type"] == "success", done
        return str(done["result"]["value"])

    def perform(self, *sources: dict[str, Any]) -> None:
        self.tell("input.performActions", **self.tab, actions=sources)

    def picture(self) -> bytes:
        return base64.b64decode(self.tell("browsingContext.captureScreenshot", **self.tab)["data"])


class WebKit(Gestures):
    """WebKitGTK in its small browser, on a screen that is not there."""

    def start(self) -> None:
        # The controls above the page would keep the window wider than a phone.
        style = self.folder / "gtk-3.0" / "gtk.css"
        style.parent.mkdir()
        style.write_text("* { min-width: 0; min-height: 0; margin: 0; padding: 0; border: 0 }")
        screen = self.program(
            program("apt-get install xvfb", "Xvfb"),
            *("-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"),
        )
        port = free_port()
        self.program(
            program("apt-get install webkit2gtk-driver", "WebKitWebDriver"),
            f"--port={port}",
            DISPLAY=":" + announced(screen, r"(?m)^(\d+)\n"),
            LIBGL_ALWAYS_SOFTWARE="1",
        )
        self.address = f"http://127.0.0.1:{port}"
        answers(f"{self.address}/status")
        [browser] = Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")
        options = [
            "--automation",
            f"--proxy=http://127.0.0.1:{self.outside.port}",
            "--ignore-host=127.0.0.1",
            *([] if self.scripts else ["--enable-javascript=false"]),
        ]
        wanted = {
            "pageLoadStrategy": "none",  # nothing waits for a site that never answers
            # A script may be lost while one page gives way to the next; it is run again then.
            "timeouts": {"script": 3000},
            "webkitgtk:browserOptions": {"binary": str(browser), "args": options},
        }
        session = self.tell("/session", capabilities={"alwaysMatch": wanted})
        self.version = f"WebKitGTK {session['capabilities']['browserVersion']}"
        self.address += f"/session/{session['sessionId']}"
        self.kept.callback(self.close)
        width, height = PHONE
        self.tell("/window/rect", width=width, height=height)

    def close(self) -> None:
        """End the session, where it still answers; its programs are killed then."""
        with suppress(OSError, AssertionError):
            self.tell("", "DELETE")

    def tell(self, command: str, verb: str = "POST", **params: Any) -> Any:
        """Give a command and return its answer.

        :raises TimeoutError: where the browser does not answer any more.
        """
        url = f"{self.address}{command}"
        body = json.dumps(params).encode() if verb == "POST" else None
        request = Request(url, body, method=verb)
        try:
            with urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise AssertionError(f"{command}: {error.read().decode()}") from error

    def go(self, url: str) -> None:
        self.tell("/url", url=url)

    def where(self) -> str:
        # No script: one that meets a page which gives way is lost, and all after it wait.
        return str(self.tell("/url", "GET"))

    def run(self, script: str) -> str:
        return str(self.tell("/execute/sync", script=f"return {script}", args=[]))

    def perform(self, *sources: dict[str, Any]) -> None:
        self.tell("/actions", actions=sources)
        self.tell("/actions", "DELETE")  # or a wheel goes on from where it was last

    def picture(self) -> bytes:
        return base64.b64decode(self.tell("/screenshot", "GET"))


class Chromium88(Engine):
    """The Chromium that a package of npm packs for servers: the oldest that is promised to work."""

    KEYS: ClassVar = {ENTER: ("Enter", 13, "\r"), ESCAPE: ("Escape", 27, "")}

    def start(self) -> None:
        assert OLD.exists(), "Chromium 88 is not unpacked; run: tools/judges.sh"
        log = self.program(
            OLD,
            *("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"),
            *("--window-size={},{}".format(*PHONE), f"--user-data-dir={self.folder}"),
            f"--proxy-server=127.0.0.1:{self.outside.port}",
        )
        port = announced(log, r"DevTools listening on ws://[^/]*:([0-9]+)")
        self.version = str(answers(f"http://127.0.0.1:{port}/json/version")["Browser"])
        [tab] = [it for it in answers(f"http://127.0.0.1:{port}/json") if it["type"] == "page"]
        url = tab["webSocketDebuggerUrl"]
        self.tell = Line(url, self.kept).tell
        width, height = PHONE
        self.tell(
            "Emulation.setDeviceMetricsOverride",
            **{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        self.tell("Emulation.setScriptExecutionDisabled", value=not self.scripts)

    def go(self, url: str) -> None:
        self.tell("Page.navigate", url=url)

    def stop(self) -> None:
        self.tell("Page.stopLoading")

    def run(self, script: str) -> str:
        done = self.tell("Runtime.evaluate", expression=script)
        assert "exceptionDetails" not in done, done
        return str(done["result"]["value"])

    def press(self, keys: str) -> None:
        for each in keys:
            key, code, text = self.KEYS.get(each, (each, 0, each))
            which = {"key": key, "windowsVirtualKeyCode": code}
            self.tell("Input.dispatchKeyEvent", type="keyDown", text=text, **which)
            self.tell("Input.dispatchKeyEvent", type="keyUp", **which)

    def press_at(self, x: int, y: int) -> None:
        for way in ("mousePressed", "mouseReleased"):
            self._mouse(type=way, x=x, y=y, button="left", clickCount=1)

    def wheel(self, x: int, y: int, down: int) -> None:
        self._mouse(type="mouseWheel", x=x, y=y, deltaX=0, deltaY=down)

    def _mouse(self, **event: Any) -> None:
        self.tell("Input.dispatchMouseEvent", **event)

    def picture(self) -> bytes:
        return base64.b64decode(self.tell("Page.captureScreenshot")["data"])


ENGINES = (Firefox, WebKit, Chromium88)
