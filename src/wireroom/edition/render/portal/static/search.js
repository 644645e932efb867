// Search without a server. Reads the shards that search_index.py writes, newest span of time first, and only those that
// a query needs. What is shown was written by strangers: it becomes text nodes and nothing else.
"use strict";
const wireroom = (() => {
  const root = document.currentScript.dataset.root;
  const up = document.currentScript.dataset.up;
  const AT_ONCE = 10;
  const FIELDS = ["title", "topic", "provider", "story", "after", "before"];

  // Loading: a page opened from a disk may load scripts and nothing else, so each shard is one.
  const shelf = new Map(), arrived = new Map();
  const data = (name, content) => arrived.set(name, content);
  const load = (name) => {
    if (!shelf.has(name)) {
      shelf.set(name, new Promise((done) => {
        const script = document.createElement("script");
        script.src = `${root}${name}.js`;
        script.onload = () => { script.remove(); done(arrived.get(name) ?? null); };
        script.onerror = () => { script.remove(); shelf.delete(name); done(null); };
        document.head.append(script);
      }));
    }
    return shelf.get(name);
  };

  // Words: the same folding as text/tokens.py.
  const QUOTES = /[\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4]/g;
  const UNSPACED = /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{3,}$/;
  const WORD = /\d+(?:[.,:]\d+)*|\p{L}+(?:'\p{L}+)*\d*|[\p{L}\p{N}_]/gu;
  const fold = (text) => text.replace(QUOTES, "'").replace(/[\u00ad\u200b-\u200d\ufeff]/g, "")
    .normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");
  const words = (text) => (fold(text).match(WORD) ?? []).flatMap((word) => UNSPACED.test(word)
    ? [...word].slice(1).map((char, at) => [...word][at] + char) : [word.replace(/'s$/, "")]);
  const holds = (said, phrase) => said.some((_, at) => phrase.every((word, next) => said[at + next] === word));

  const parse = (query) => [...query.matchAll(/(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/gi)].map((found) => {
    let field = (found[2] ?? "").toLowerCase(), text = found[3] ?? found[4];
    const day = /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text);
    if (!FIELDS.includes(field) || (/^(after|before)$/.test(field) && !day)) {
      text = field ? `${field} ${text}` : text;
      field = "";
    }
    const open = found[3] === undefined && found.index + found[0].length === query.length;
    return { field, text, wanted: !found[1], phrase: words(text), quoted: found[3] !== undefined, open };
  }).filter((part) => part.phrase.length);

  // Looking up: sets of numbers of reports within one span.
  const numbers = (listed, inTitle) => {
    let at = 0;
    const out = new Set();
    for (const step of listed ? listed.split(",") : []) {
      at += parseInt(step, 36);
      if (!inTitle || step.endsWith("!")) out.add(at);
    }
    return out;
  };
  const joined = (sets) => { const all = new Set(); for (const one of sets) for (const n of one) all.add(n); return all; };
  const common = (sets) => sets.reduce((left, right) => new Set([...left].filter((n) => right.has(n))));
  const shard = (word, count) => {
    const [first, second] = [...word];
    return (first.codePointAt(0) * 31 + (second ? second.codePointAt(0) : 0)) % count;
  };
  const ofWord = async ([span, , shards], word, open, inTitle) => {
    const listed = await load(`${span}/w${shard(word, shards)}`) ?? {};
    if (!open || [...word].length < 2) return numbers(listed[word], inTitle);
    return joined(Object.keys(listed).filter((key) => key.startsWith(word)).map((key) => numbers(listed[key], inTitle)));
  };
  const ofText = async (span, part) => common(await Promise.all(part.phrase.map((word, at) =>
    ofWord(span, word, part.open && at === part.phrase.length - 1, part.field === "title"))));
  const ofFacet = async (span, part, index) => {
    const listed = await load(`${span[0]}/${part.field}`) ?? {};
    if (part.field === "story") return part.text in listed ? numbers(listed[part.text]) : ofText(span, part);
    const names = index[`${part.field}s`];
    const keys = Object.keys(listed).filter((key) =>
      key === part.text || holds(words(key), part.phrase) || holds(words(names[key] ?? ""), part.phrase));
    return joined(keys.map((key) => numbers(listed[key])));
  };
  const ofDays = ([, total, , days], part) => {
    const first = `${part.text}-01-01`.slice(0, 10), out = new Set();
    days.forEach(([day, from], at) => {
      if (day !== "undated" && (part.field === "after" ? day >= first : day < first))
        for (let n = from; n < (days[at + 1]?.[1] ?? total); n++) out.add(n);
    });
    return out;
  };
  const ofPart = (span, part, index) => /^(after|before)$/.test(part.field) ? ofDays(span, part)
    : /^(topic|provider|story)$/.test(part.field) ? ofFacet(span, part, index) : ofText(span, part);

  async function* find(parts, index) {
    const phrases = parts.filter((part) => part.wanted && part.phrase.length > 1 && /^(title)?$/.test(part.field));
    const look = (span) => span && Promise.all(parts.map((part) => ofPart(span, part, index)));
    let ahead = look(index.spans[0]);
    for (const [at, span] of index.spans.entries()) {
      const sets = await ahead;
      ahead = look(index.spans[at + 1]); // on its way while this one is shown
      let left = Array.from({ length: span[1] }, (_, n) => n);
      parts.forEach((part, which) => { left = left.filter((n) => sets[which].has(n) === part.wanted); });
      left.reverse();
      // The rows of the first results come together; the others when they are asked for.
      left.slice(0, AT_ONCE).forEach((n) => load(`${span[0]}/r${Math.floor(n / index.chunk)}`));
      for (const n of left) {
        const row = (await load(`${span[0]}/r${Math.floor(n / index.chunk)}`))?.[n % index.chunk];
        const texts = row && [row[1], row[2], row[3], row[5], ...row[6].map((topic) => index.topics[topic] ?? topic)];
        if (row && phrases.every((part) => !part.quoted ||
          (part.field ? [row[1]] : texts).some((text) => holds(words(text), part.phrase)))) yield row;
      }
    }
  }

  // The page.
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const dated = (day) => day === "undated" ? day
    : `${Number(day.slice(8))} ${MONTHS[day.slice(5, 7) - 1]} ${day.slice(0, 4)}`;
  const shown = ([path, title, excerpt, provider, day]) => make("li", {},
    make("span", { class: "when" }, dated(day)),
    make("div", {}, make("a", { class: "title", href: up + path.split("/").map(encodeURIComponent).join("/"), dir: "auto" }, title),
      make("span", { class: "by", dir: "auto" }, provider), make("p", { class: "note", dir: "auto" }, excerpt)));

  const start = async () => {
    const form = document.querySelector("form.search"), list = document.querySelector("#results");
    const said = document.querySelector("#said"), more = document.querySelector("#more");
    const { q, topic, provider, after } = form.elements;

    const given = new URLSearchParams(location.search);
    for (const field of [q, topic, provider, after]) field.value = given.get(field.name) ?? "";
    if (!q.value) q.focus();
    const index = await load("index");
    if (!index) { said.textContent = "The index could not be loaded; the lists below lead to every report."; return; }
    for (const [field, names] of [[topic, index.topics], [provider, index.providers]]) {
      const sorted = Object.entries(names).sort((a, b) => a[1].localeCompare(b[1]));
      field.append(...sorted.map(([key, name]) => make("option", { value: key }, name)));
      field.value = given.get(field.name) ?? "";
    }
    let turn = 0, results = null, count = 0;
    const take = async (mine) => {
      let next = { done: false }, taken = 0;
      list.setAttribute("aria-busy", "true");
      while (taken < AT_ONCE && !(next = await results.next()).done) {
        if (mine !== turn) return;
        list.append(shown(next.value));
        taken++;
      }
      if (mine !== turn) return;
      count += taken;
      more.hidden = next.done;
      list.setAttribute("aria-busy", "false");
      said.textContent = count === 0 ? "Nothing found. Fewer words or filters find more."
        : `${count} ${count === 1 ? "report" : "reports"}${next.done ? "" : " and more"}, newest first`;
    };
    let waiting = 0;
    const search = () => {
      clearTimeout(waiting);
      const mine = ++turn;
      const query = q.value.trim(), parts = parse(q.value);
      for (const field of [topic, provider]) if (field.value)
        parts.push({ field: field.name, text: field.value, phrase: words(field.value), wanted: true });
      if (after.value) parts.push({ field: "after", text: after.value, phrase: [after.value], wanted: true });
      const asked = new URLSearchParams(Object.entries({ q: query, topic: topic.value, provider: provider.value,
        after: after.value }).filter(([, value]) => value));
      try { history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname); } catch { /* not from a disk */ }
      list.replaceChildren();
      count = 0;
      more.hidden = true;
      if (!parts.length) { said.textContent = ""; return; }
      results = find(parts, index);
      take(mine);
    };
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 60); });
    form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
    // The button may be gone afterwards, and what it was asked for is where to go on.
    more.addEventListener("click", async () => {
      const before = list.children.length;
      await take(turn);
      list.children[before]?.querySelector("a").focus();
    });
    search();
  };
  document.addEventListener("DOMContentLoaded", start);
  return { data };
})();
