/* Links inside this file, where it has no address that they could lead to: web mail shows an
   attachment as blob: or in a srcdoc frame, and a browser takes "#help" for a place of the mail. */
(() => {
  "use strict";

  const here = location.href.split("#")[0];
  if (/^(https?|file):/.test(here)) return;
  document.addEventListener("click", (event) => {
    const href = event.target.closest("a[href]")?.getAttribute("href") ?? "";
    const [before, id] = href.split("#");
    const goal = id && (before === "" || before === here) && document.getElementById(decodeURIComponent(id));
    if (!goal) return;
    event.preventDefault();
    if (here.startsWith("about:")) location.hash = id;
    else goal.scrollIntoView(); // a blob of a mail on a disk may not even change its hash
  });
})();
