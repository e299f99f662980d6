/* The menu and the theme. Both work on: the menu is a disclosure, the theme follows the device. */
(() => {
  "use strict";

  const menu = document.querySelector(".menu");
  const sidebar = document.querySelector(".sidebar");
  const close = (focus) => {
    if (!menu.open) return;
    menu.open = false;
    if (focus) menu.firstElementChild.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
  });
  // An open menu would hide where the keyboard has gone on to.
  document.addEventListener("focusin", (event) => {
    if (!menu.contains(event.target) && !sidebar.contains(event.target)) close(false);
  });
  sidebar.addEventListener("click", (event) => {
    if (event.target.closest("a")) close(false);
  });

  const dark = matchMedia("(prefers-color-scheme: dark)");
  document.querySelector(".theme").addEventListener("click", () => {
    // From the device's own to the other one first: that is what a press asks for.
    const order = dark.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
    const theme = order[(order.indexOf(document.body.dataset.theme) + 1) % order.length];
    document.body.dataset.theme = document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch (error) {
      // Storage is forbidden: the choice lasts as long as the page.
    }
  });
})();
