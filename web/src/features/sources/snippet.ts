/** What is pasted into the head of every page (docs/tracker.md). */
export const snippet = (address: string, key: string): string =>
  `<script>
  (function (w, d, source, options) {
    if (w.desireline) return;
    var t = (w.desireline = { options: options, calls: [], at: Date.now() });
    ["page", "track", "identify", "consent", "reset"].forEach(function (name) {
      t[name] = function () { t.calls.push([name, arguments, Date.now()]); };
    });
    var s = d.createElement("script");
    s.async = true;
    s.src = source;
    d.head.appendChild(s);
  })(window, document, "${address}/t.js", {
    writeKey: "${key}",
  });
</script>`;
