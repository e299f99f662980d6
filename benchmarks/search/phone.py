"""Answers on a phone: how much is read for them over a slow line, and how long they take.

The site is served from this machine as a server would, packed with gzip, to a Chromium that is
held back: its processor four times slower, 1.6 Mbit/s, 150 ms for each request.
"""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

SLOWER = 4
AHEAD = re.compile(r"/a\d+\.js$")  # as `store.files` names what is read ahead
LINE = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}


# How a second question is asked: pasted as soon as the first has results, pasted after these were
# read, or typed after that; so long a reader reads, and so long a key takes (ms). Who types on a
# phone takes longer, 330 on average (Palin and others 2019), and gives a line more time.
WAYS = ("pasted at once", "pasted", "typed")
READING, KEY = 5000, 200


class Measured(NamedTuple):
    """What answers cost: bytes as they came, files, milliseconds.

    Of the first answer to a question, from the key that opens the search; of the refined one,
    where that was waited for; what was read ahead; and of the first answer to a second question:
    its bytes from its first key, its time from its last.
    """

    first: int
    files: int
    first_time: float
    refined_time: float | None
    ahead: int
    second: int
    second_time: float


class Packed(SimpleHTTPRequestHandler):
    """Gives each file packed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        packed = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def handle(self) -> None:
        with suppress(ConnectionError):  # a page that is closed waits for nothing
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder, as long as it is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Packed, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


# Each time with the names of what had been loaded by then.
ASK = """async ([first, second, way, reading, key]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const now = (start) => ({
    time: performance.now() - start,
    loaded: performance.getEntriesByType("resource").map(({ name }) => name),
  });
  let list, input;
  function type(text) {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  async function answer(question, start = performance.now()) {
    const before = list.firstChild;
    type(question);
    while (!list.firstChild || list.firstChild === before) await frame();
    await frame();
    return now(start);
  }
  const start = performance.now();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "/" }));
  while (!document.querySelector("dialog[open]")) await frame();
  list = document.querySelector("dialog [role=listbox]");
  input = document.querySelector("dialog [role=combobox]");
  const found = { first: await answer(first, start) };
  if (way !== "pasted at once") {
    await handbook.search(first);
    found.refined = now(start);
    await pause(reading);
  }
  found.read = now(start);
  for (let length = 1; way === "typed" && length < second.length; length++) {
    type(second.slice(0, length));
    await pause(key);
  }
  found.second = await answer(second);
  return found;
}"""


def measure(
    browser: Browser, site: Path, page_name: str, questions: Sequence[str], way: str
) -> Measured:
    """Ask two questions on a page that is there already, in a browser that knows nothing else.

    :param way: of `WAYS`.
    """
    context = browser.new_context()
    page = context.new_page()
    with served(site) as address:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        page.goto(address + page_name, wait_until="networkidle")
        before = set(page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)"))
        names: dict[str, str] = {}
        sizes: dict[str, int] = {}
        session.on(
            "Network.requestWillBeSent",
            lambda e: names.update({e["requestId"]: e["request"]["url"]}),
        )
        session.on(
            "Network.loadingFinished",
            lambda e: sizes.update({names.get(e["requestId"], ""): int(e["encodedDataLength"])}),
        )
        session.send("Network.emulateNetworkConditions", {"offline": False, **LINE})
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        found = page.evaluate(ASK, [*questions, way, READING, KEY])
        page.wait_for_timeout(100)  # for the last event
    context.close()
    first, read, second = (set(found[name]["loaded"]) for name in ("first", "read", "second"))

    def size(files: set[str]) -> int:
        return sum(sizes.get(name, 0) for name in files)

    return Measured(
        size(first - before),
        len(first - before),
        found["first"]["time"],
        found["refined"]["time"] if "refined" in found else None,
        size({name for name in read if AHEAD.search(name)}),
        size(second - read),
        found["second"]["time"],
    )
