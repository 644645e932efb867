// Reads feeds as a program of others does: node check-feeds.mjs FOLDER…; the three forms in a folder must say the same.
// Prints one line per fault. A folder that holds sources.opml has that read too.
import { existsSync, readFileSync } from "node:fs";
import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from "feedsmith";

const instant = (said) => (said === undefined ? "" : new Date(said).toISOString());
const title = (said) => (typeof said === "string" ? said : said?.value);
// RSS holds HTML where the others hold text.
const plain = (said) => said?.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
const FORMS = {
  "rss.xml": (text) => {
    const feed = parseRssFeed(text);
    return [feed.title, feed.link, (feed.items ?? []).map((item) =>
      [item.guid?.value, item.link, item.title, plain(item.description), instant(item.pubDate), (item.categories ?? []).map((one) => one.name ?? one.value)])];
  },
  "atom.xml": (text) => {
    const feed = parseAtomFeed(text);
    return [title(feed.title), feed.links.find((one) => one.rel !== "self" && one.rel !== "hub").href, (feed.entries ?? []).map((entry) =>
      [entry.id, entry.links[0].href, title(entry.title), title(entry.summary), instant(entry.published), (entry.categories ?? []).map((one) => one.label)])];
  },
  "feed.json": (text) => {
    const feed = parseJsonFeed(JSON.parse(text));
    return [feed.title, feed.home_page_url, (feed.items ?? []).map((item) =>
      [item.id, item.url, item.title, item.content_text, instant(item.date_published), item.tags ?? []])];
  },
};
const folded = (value) => JSON.stringify(value, (_, one) => (typeof one === "string" ? one.replace(/\s+/g, " ").trim() : one ?? ""));

for (const folder of process.argv.slice(2)) {
  const read = Object.entries(FORMS).map(([name, parse]) => {
    try {
      return [name, folded(parse(readFileSync(`${folder}/${name}`, "utf8")))];
    } catch (error) {
      return [name, `cannot be read: ${error.message}`];
    }
  });
  for (const [name, said] of read) {
    if (said.startsWith("cannot")) console.log(`${folder}/${name} ${said}`);
    else if (said !== read[0][1]) console.log(`${folder}/${name} says ${said.slice(0, 400)}\n  and ${read[0][0]} ${read[0][1].slice(0, 400)}`);
  }
  if (existsSync(`${folder}/sources.opml`) && !parseOpml(readFileSync(`${folder}/sources.opml`, "utf8")).body?.outlines?.length)
    console.log(`${folder}/sources.opml names no feed`);
}
