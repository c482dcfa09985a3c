// The thread beside the conversation. The address holds which one is open.

import { restoreDraft } from "./composer.js";
import { page, part, refresher } from "./net.js";
import { remember, scrollToEnd, swapChildren } from "./swap.js";

const pane = document.getElementById("thread");
const channelUrl = () => `${page.base}/c/${page.channel}`;
let opener = null;

export const refreshThread = refresher(async () => {
  const ts = pane.dataset.thread;
  const list = pane.querySelector("[data-part=thread]");
  if (!ts || !list) return;
  const html = await part(`c/${page.channel}/t/${ts}`);
  if (pane.dataset.thread === ts) swapChildren(list, html);
});

export function openThread() {
  return pane.dataset.thread;
}

export function listen() {
  if (pane.dataset.thread) settle();
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pane.dataset.thread && !event.defaultPrevented) leave();
  });
  addEventListener("popstate", () => {
    const ts = location.pathname.match(/\/t\/([\d.]+)$/)?.[1] ?? "";
    ts ? show(ts) : hide();
  });
}

function onClick(event) {
  if (event.target.closest("[data-close-thread]")) return leave();
  const link = event.target.closest("a[data-thread]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  opener = link;
  enter(link.dataset.thread, { focus: true });
}

export async function enter(ts, { focus = false } = {}) {
  if (pane.dataset.thread !== ts) {
    history.pushState(null, "", `${channelUrl()}/t/${ts}`);
    await show(ts);
  }
  if (focus) pane.querySelector("textarea")?.focus();
}

async function show(ts) {
  pane.dataset.thread = ts;
  const html = await part(`c/${page.channel}/t/${ts}?pane`);
  if (pane.dataset.thread !== ts) return;
  pane.innerHTML = html;
  pane.hidden = false;
  settle();
}

function settle() {
  remember(pane.querySelector("[data-part=thread]"));
  scrollToEnd(pane.querySelector("[data-scroller]"));
  const form = pane.querySelector("[data-composer]");
  if (form) restoreDraft(form);
}

function leave() {
  history.pushState(null, "", channelUrl());
  hide();
  if (opener?.isConnected) opener.focus();
}

function hide() {
  pane.dataset.thread = "";
  pane.hidden = true;
  pane.replaceChildren();
}
