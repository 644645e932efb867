// Comforts on top of a portal that works without them: j/k to walk, o to open, and "new" since the last visit.
// Keeps one time per beat in this browser and sends nothing anywhere.
"use strict";
(() => {
  const stops = [...document.querySelectorAll("main h2 a, main h3 a, main h4 a, main a.title")];
  let at = -1;
  const step = (by) => {
    if (!stops.length) return;
    at = Math.min(stops.length - 1, Math.max(0, at + by));
    stops[at].focus();
    stops[at].scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/i.test(event.target.tagName)) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "o" && at >= 0) stops[at].click();
  });
  const made = document.querySelector(".masthead time");
  try {
    const key = "wireroom:" + location.pathname.replace(/[^/]*$/, "");
    const last = localStorage.getItem(key);
    if (made && document.querySelector(".front")) {
      if (last) {
        document.querySelectorAll("[data-last]").forEach((item) => {
          if (item.dataset.last > last) item.classList.add("fresh");
        });
      }
      localStorage.setItem(key, made.dateTime);
    }
  } catch { /* storage is switched off: nothing is marked */ }
})();
