// Comforts on top of a portal that works without them: keys to walk and open, and what is new since the last visit.
// Keeps two times per beat in this browser and sends nothing anywhere. Nothing it does moves what is being read.
"use strict";
(() => {
  const KEYS = [["j", "next headline"], ["k", "the one before"], ["o", "open it"], ["/", "search"], ["?", "this list"]];
  const stops = [...document.querySelectorAll("main h2 a, main h3 a, main h4 a, main a.title")];
  let at = -1;
  const step = (by) => {
    if (!stops.length) return;
    at = Math.min(stops.length - 1, Math.max(0, at + by));
    stops[at].focus();
    stops[at].scrollIntoView({ block: "center" });
  };
  const search = () => {
    const field = document.querySelector("#q"), link = document.querySelector('a[rel="search"]');
    if (field) field.focus(); else if (link) link.click();
  };
  const element = (name, text, ...children) => {
    const made = document.createElement(name);
    made.append(text, ...children);
    return made;
  };
  // Single letters also come from those who speak to their browser, so keys can be switched off (WCAG 2.1.4).
  const SILENT = "wireroom:keys-off";
  let silent = false;
  try { silent = Boolean(localStorage.getItem(SILENT)); } catch { /* storage is switched off: keys are on */ }
  const button = (name, does) => {
    const made = element("button", name);
    made.type = "button";
    made.addEventListener("click", does);
    return made;
  };
  const turn = () => {
    silent = !silent;
    try { if (silent) localStorage.setItem(SILENT, "1"); else localStorage.removeItem(SILENT); } catch { /* for now */ }
    help.querySelector(".turn").textContent = silent ? "Switch keys on" : "Switch keys off";
  };
  let help = null;
  const explain = () => {
    if (!help) {
      const list = element("dl", "");
      for (const [key, does] of KEYS) list.append(element("div", "", element("dt", key), element("dd", does)));
      const switched = button(silent ? "Switch keys on" : "Switch keys off", turn);
      switched.className = "turn";
      help = element("dialog", "", element("h2", "Keys"), list, button("Close", () => help.close()), " ", switched);
      help.setAttribute("aria-label", "Keys");
      document.body.append(help);
    }
    help.showModal();
  };
  document.querySelector(".colophon p:last-child")?.append(" · ", button("Keys", explain));
  document.addEventListener("keydown", (event) => {
    if (silent || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "o" && at >= 0) stops[at].click();
    else if (event.key === "/") { event.preventDefault(); search(); }
    else if (event.key === "?") explain();
  });

  // A later edition moves the mark; looking at the same one again does not.
  const made = document.querySelector("time.edition"), said = document.querySelector("#since");
  if (!made || !said) return;
  try {
    const key = `wireroom:${location.pathname.replace(/[^/]*$/, "")}`;
    const kept = (localStorage.getItem(key) ?? "").split(" ");
    const last = kept[0] === made.dateTime ? kept[1] : kept[0];
    localStorage.setItem(key, `${made.dateTime} ${last ?? ""}`);
    if (!last) return;
    const fresh = [...document.querySelectorAll("[data-last]")].filter((item) => item.dataset.last > last);
    for (const item of fresh) {
      item.classList.add("fresh");
      const mark = element("span", ", new since you were last here");
      mark.className = "unseen";
      item.querySelector("h2, h3, .title")?.append(mark);
    }
    const day = new Date(last).toUTCString().slice(5, 22);
    said.textContent = fresh.length
      ? `${fresh.length} ${fresh.length === 1 ? "story" : "stories"} new since you were last here, ${day} UTC`
      : `Nothing new on this page since you were last here, ${day} UTC`;
  } catch { /* storage is switched off: nothing is marked */ }
})();
