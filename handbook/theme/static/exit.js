/* The exit control. Its link works alone; this empties the page at once and adds the keyboard's
   way: Shift, pressed three times. Modelled on "Exit this page" of the GOV.UK Design System. */
(() => {
  "use strict";

  const PRESSES = 3;
  const PATIENCE = 5000; // milliseconds between two presses
  const link = document.querySelector("a.exit");
  if (!link) return;

  const status = document.createElement("span");
  status.className = "exit-status";
  status.setAttribute("role", "status");
  link.after(status);

  const overlay = document.createElement("div");
  overlay.className = "exit-overlay";
  overlay.setAttribute("role", "alert");

  let presses = 0;
  let alone = false; // whether Shift is down and has been the only key
  let timer;

  // An open search has a copy of it, because what lies behind is not heard.
  const say = (text) => {
    for (const each of document.querySelectorAll(".exit-status")) each.textContent = text;
  };

  const leave = () => {
    clearTimeout(timer);
    presses = 0;
    if (!overlay.isConnected) {
      // An open search would keep the overlay from being heard, and Back would show it again.
      document.querySelector("dialog[open]")?.close(); // modal.js gives it that where it lacks
      say(""); // the overlay speaks now
      document.body.classList.add("leaving");
      document.body.append(overlay);
      overlay.textContent = "Loading.";
    }
    window.location.href = link.href;
  };

  const forget = () => {
    clearTimeout(timer);
    if (presses === 0) return;
    presses = 0;
    say("Exit this page expired.");
    timer = setTimeout(say, PATIENCE, "");
  };

  const press = () => {
    if (overlay.isConnected) return; // leaving already
    clearTimeout(timer);
    presses += 1;
    if (presses === PRESSES) {
      leave();
      return;
    }
    const left = PRESSES - presses;
    say(`Shift, press ${left} more ${left === 1 ? "time" : "times"} to exit.`);
    timer = setTimeout(forget, PATIENCE);
  };

  // Wherever the link stands: the search has a copy.
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a.exit")) return;
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      alone = false;
      forget();
    } else if (!event.repeat) {
      alone = true;
    }
  });
  document.addEventListener("pointerdown", () => {
    alone = false;
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    if (alone) press();
    alone = false;
  });

  // Back may bring the page from memory as it was left: empty.
  window.addEventListener("pageshow", () => {
    document.body.classList.remove("leaving");
    overlay.remove();
  });
})();
