// Keeps the application itself at hand, so that it opens at once, also without a network.
// It keeps no data: nothing but the page around everything and the parts under /app/assets/.
const SHELL = "desireline-shell-1";
const PAGE = "/";
const MOST = 200; // parts kept; those of older versions go first

const isPart = (url) => url.pathname.startsWith("/app/assets/");

async function keep(key, answer) {
  const cache = await caches.open(SHELL);
  await cache.put(key, answer);
  const keys = await cache.keys();
  const parts = keys.filter((one) => isPart(new URL(one.url)));
  await Promise.all(parts.slice(0, Math.max(0, parts.length - MOST)).map((one) => cache.delete(one)));
}

async function partOf(event) {
  const kept = await caches.match(event.request, { cacheName: SHELL });
  if (kept !== undefined) return kept;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(keep(event.request, answer.clone()));
  return answer;
}

async function pageOf(event) {
  try {
    const answer = await fetch(event.request);
    const isPage = answer.ok && (answer.headers.get("x-desireline-page") ?? "") !== "";
    if (isPage) event.waitUntil(keep(PAGE, answer.clone()));
    return answer;
  } catch (error) {
    const kept = await caches.match(PAGE, { cacheName: SHELL });
    if (kept === undefined) throw error;
    return kept;
  }
}

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const clean = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isPart(url)) event.respondWith(partOf(event));
  else if (event.request.mode === "navigate") event.respondWith(pageOf(event));
});
