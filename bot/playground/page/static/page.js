// Wires the page: what is pressed goes to the server, what changes there comes back.

import * as composer from "./composer.js";
import * as inputs from "./inputs.js";
import * as messages from "./messages.js";
import * as modal from "./modal.js";
import { page, part, post, refresher } from "./net.js";
import { remember, scrollToEnd, stayAtEnd, swapChildren, swapInside } from "./swap.js";
import * as thread from "./thread.js";

const find = (selector) => document.querySelector(selector);
const conversation = find("[data-part=conversation]");
const home = find("[data-part=home]");
const sidebar = find("[data-part=sidebar]");
let lastSent = "";

const refreshConversation = refresher(async () => {
  if (conversation) swapChildren(conversation, await part(`c/${page.channel}`));
}, 120);
const refreshSidebar = refresher(async () => {
  swapInside(sidebar, await part(`sidebar?current=${page.app || page.channel}`));
}, 250);
const refreshHome = refresher(async () => {
  if (home) swapInside(home, await part(`home/${home.dataset.homeApp}`));
});
const refreshHead = refresher(async () => {
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const canWrite = (root) => Boolean(root.querySelector(".main [data-composer]"));
  if (canWrite(fresh) !== canWrite(document)) return location.reload();
  find(".main-head").replaceWith(fresh.querySelector(".main-head"));
}, 250);

function onChange({ kind, channel, thread_ts: threadTs, ts }) {
  if (kind === "modal") return modal.refreshModal();
  if (kind === "home") return refreshHome();
  if (kind !== "status") refreshSidebar();
  if (kind === "channel" && channel === page.channel) refreshHead();
  if (channel && channel !== page.channel) return;
  followAnswer(kind, ts, threadTs);
  refreshConversation();
  thread.refreshThread();
}

// In an app's Messages tab the answer comes as a thread: show it to the one who asked.
function followAnswer(kind, ts, threadTs) {
  const isAnswer = page.app && lastSent && threadTs === lastSent && ts !== lastSent;
  if (!isAnswer || innerWidth < 900 || !["message", "status"].includes(kind)) return;
  thread.enter(lastSent);
  lastSent = "";
}

function refreshAll() {
  [refreshConversation, refreshSidebar, refreshHome, thread.refreshThread, modal.refreshModal].forEach((refresh) => refresh());
}

// A browser allows a server only six connections: a tab out of sight gives its own back.
function watch() {
  let feed = null;
  const open = () => {
    feed = new EventSource(`${page.base}/feed`);
    feed.onmessage = ({ data }) => onChange(JSON.parse(data));
    feed.onopen = () => {
      document.body.classList.remove("offline");
      refreshAll(); // also at first: something may have changed since the server wrote the page
      page.live = "true";
    };
    feed.onerror = () => document.body.classList.add("offline");
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? feed.close() : open()));
  open();
}

function listenToFrame() {
  const toggle = find(".menu-toggle");
  toggle.addEventListener("click", () => {
    const isShown = document.body.classList.toggle("sidebar-shown");
    toggle.setAttribute("aria-expanded", String(isShown));
  });
  find("[data-join]")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    await post("join", { channel: page.channel });
    location.reload();
  });
  const openMenus = () => [...document.querySelectorAll("details:is(.switcher, .members)[open]")];
  document.addEventListener("click", ({ target }) => {
    for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || openMenus().length === 0) return;
    event.stopImmediatePropagation();
    for (const menu of openMenus()) menu.open = false;
  });
}

function start() {
  // The order is the order in which Escape is offered: menus, suggestions, the modal, then the thread.
  inputs.listen();
  composer.listen((ts, threadTs) => {
    if (!threadTs) lastSent = ts;
    const scroller = threadTs ? find("#thread [data-scroller]") : find(".main [data-scroller]");
    if (scroller) scrollToEnd(scroller);
  });
  messages.listen();
  modal.listen();
  listenToFrame();
  thread.listen();
  stayAtEnd();
  if (conversation) {
    remember(conversation);
    scrollToEnd(find(".main [data-scroller]"));
  }
  document.querySelectorAll(".main [data-composer]").forEach((form) => {
    composer.restoreDraft(form);
    if (innerWidth > 700 && !document.querySelector("dialog[open]")) form.querySelector("textarea").focus();
  });
  if (page.app && page.tab !== "about") post("open", { app: page.app, tab: page.tab });
  watch();
}

start();
