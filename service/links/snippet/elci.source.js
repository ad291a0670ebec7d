/* elci: the click that brought a visitor, kept for the shop's own site.
 *
 * Options stand on the script's tag as data-* or in window.elciConfig:
 *   key      publishable key (pk_...)
 *   host     origin of elci; else that of the script's address
 *   days     attribution window (30)
 *   consent  "required": nothing is stored or sent before elci.consent(true)
 *   domain   cookie domain, such as .shop.example
 *   forms    "all": every POST form gets the field elci_click_id; else those that have it, or data-elci
 *   auto     "off": no page_view at once
 */
(function (w, d) {
  // A tag manager may load it twice.
  var queue = w.elci || [];
  if (queue.clickId) return;

  // currentScript is set only while a plain script runs for the first time: read it at once.
  var tag = d.currentScript || d.querySelector("script[src*='/elci.js']") || {};
  // Without a source (an inline tag) all options are the page's.
  var options = Object.assign({}, tag.dataset, w.elciConfig);

  var NAME = "elci", FIELD = "elci_click_id", place = location, agent = navigator;
  var key = options.key, days = +options.days || 30, shop = w.Shopify;
  var host = options.host || (tag.src ? new URL(tag.src, place).origin : "");
  var query = new URLSearchParams(place.search);
  var arrived = query.get(NAME), via = query.get("via");
  // Neither yes nor no: nothing leaves the page. A browser that asks not to be followed is asked first.
  var allowed = options.consent == "required" || agent.globalPrivacyControl ? null : true;
  var current = null, settled, waiting = [], held = [];

  function valid(id) {
    return /^clk_[0-9a-z]{26}$/.test(id) ? id : null;
  }

  function nothing() {}

  function text(value) {
    return JSON.stringify(value);
  }

  function random() {
    return crypto.getRandomValues(new Uint32Array(4)).join("-");
  }

  function cookie(value, seconds) {
    d.cookie = NAME + "=" + value + ";path=/;max-age=" + seconds + ";samesite=lax" +
      (options.domain ? ";domain=" + options.domain : "") +
      (place.protocol == "https:" ? ";secure" : "");
  }

  // Storage may be forbidden altogether, which is an exception.
  function storage(value) {
    try {
      if (value === null) {
        localStorage.removeItem(NAME);
        sessionStorage.removeItem(NAME);
      } else if (value) localStorage.setItem(NAME, value + " " + (Date.now() + days * 864e5));
      else {
        var kept = (localStorage.getItem(NAME) || "").split(" ");
        return kept[1] > Date.now() ? valid(kept[0]) : null;
      }
    } catch (error) {
      return null;
    }
  }

  function stored() {
    var found = d.cookie.match(/(?:^|; )elci=(clk_\w+)/);
    return (found && valid(found[1])) || storage();
  }

  function url(path) {
    return host + "/v1/track/" + path + "?key=" + encodeURIComponent(key);
  }

  // A string is sent as text/plain, for which no browser asks permission first.
  function post(path, body) {
    return fetch(url(path), { method: "POST", body: text(body), keepalive: true });
  }

  function track(name, more) {
    // What was done after a "no" is not told after a later "yes".
    if (allowed === false || !key) return;
    if (!settled) return void held.push([name, more]);
    var event = Object.assign({ name: name, url: place.href, event_id: random() }, more);
    if (current) event.click_id = event.click_id || current;
    if (!(agent.sendBeacon && agent.sendBeacon(url("events"), text(event))))
      post("events", event).catch(nothing);
  }

  function fill() {
    d.querySelectorAll("form").forEach(function (form) {
      var field = form.querySelector("[name=" + FIELD + "]");
      var all = options.forms == "all" && form.method == "post";
      if (!field && (all || form.dataset.elci != null)) {
        field = d.createElement("input");
        field.type = "hidden";
        field.name = FIELD;
        form.appendChild(field);
      }
      if (field) field.value = current || "";
    });
  }

  function cart() {
    if (!shop) return;
    try {
      if (sessionStorage.getItem(NAME) == current) return;
      sessionStorage.setItem(NAME, current);
    } catch (error) {}
    var root = (shop.routes && shop.routes.root) || "/";
    fetch(root + "cart/update.js", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: text({ attributes: { elci_click_id: current } })
    }).catch(nothing);
  }

  function known(id) {
    if (!allowed) return;
    settled = true;
    current = valid(id);
    if (current) {
      if (id != stored()) {
        cookie(id, days * 86400);
        storage(id);
      }
      fill();
      cart();
      waiting.splice(0).forEach(function (call) { call(current); });
    }
    held.splice(0).forEach(function (call) { track(call[0], call[1]); });
  }

  function start() {
    if (valid(arrived) || !via || !key) return known(valid(arrived) || stored());
    post("click", { via: via, url: place.href, referrer: d.referrer, event_id: random() })
      .then(function (answer) { return answer.json(); })
      .then(function (made) { known(made.click_id || stored()); })
      .catch(function () { known(stored()); });
  }

  var api = w.elci = {
    clickId: function () { return current; },
    track: track,
    ready: function (call) { current ? call(current) : waiting.push(call); },
    consent: function (given) {
      if (given && !allowed) {
        allowed = true;
        start();
      } else if (!given) {
        allowed = false;
        settled = current = null;
        held = [];
        cookie("", 0);
        storage(null);
        fill();
      }
    },
    push: function (call) { api[call[0]].apply(api, call.slice(1)); }
  };

  d.addEventListener("submit", fill, true);
  d.addEventListener("DOMContentLoaded", function () { if (current) fill(); });
  if (options.auto != "off") track("page_view");
  if (queue.forEach) queue.forEach(api.push);
  if (allowed) start();
})(window, document);
