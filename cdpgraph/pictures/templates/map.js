"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  if (!window.vis || !vis.Network) { document.documentElement.className = ""; return; }
  const $ = (id) => document.getElementById(id);
  const stage = $("stage"), panel = $("panel"), selected = $("selected"), find = $("find"), hits = $("hits"), said = $("said");
  const nodes = new Map(data.nodes.map((n) => [n.id, n])), edges = new Map(data.edges.map((e) => [e.id, e]));
  const still = matchMedia("(prefers-reduced-motion: reduce)"), coarse = matchMedia("(pointer: coarse)");
  const near = new Map(data.nodes.map((n) => [n.id, []]));
  for (const e of data.edges) { near.get(e.from).push([e.to, e.id]); near.get(e.to).push([e.from, e.id]); e.path = new Path2D(e.d); }
  for (const n of data.nodes) if (n.home && nodes.has(n.home)) { near.get(n.home).push([n.id, null]); near.get(n.id).push([n.home, null]); }
  const signs = {}; for (const k in data.signs) signs[k] = data.signs[k].map((d) => d && new Path2D(d));
  const quiet = data.quiet;
  let ink = {}, chosen = null, hover = null, bright = null;

  /* Colours come from the style sheet, so that light, dark and forced colours reach the canvas too. */
  function colours() {
    const css = getComputedStyle(document.documentElement);
    for (const k of ["paper", "surface", "ink", "muted", "rule", "column", "accent", "board", "on-board", "held", "proposed", "disputed", "broken", "unread",
      "justice", "health", "local-government", "community", "partnership", "centre", "face"]) ink[k] = css.getPropertyValue("--" + k).trim();
    for (const k of ["lapsed", "nobody", "not-found"]) ink[k] = ink.broken;
    ink["not-read"] = ink.unread;
  }
  colours();

  const off = { kind: new Set(["within"]), sector: new Set(), state: new Set() };
  let others = false;
  const shows = (n) => !(n.layer && !others) && !off.sector.has(n.sector) && !(n.state && off.state.has(n.state));
  const ties = (e) => !off.kind.has(e.kind) && !off.state.has(e.state) && shows(nodes.get(e.from)) && shows(nodes.get(e.to));

  function sign(ctx, state, x, y, colour) {
    const [line, fill] = signs[state];
    ctx.save(); ctx.translate(x, y); ctx.lineWidth = 1.8; ctx.lineJoin = ctx.lineCap = "round"; ctx.setLineDash([]);
    ctx.strokeStyle = ctx.fillStyle = colour || ink[state];
    if (line) ctx.stroke(line);
    if (fill) ctx.fill(fill);
    ctx.restore();
  }
  function dash(state, kind) {
    if (state === "proposed") return [8, 5];
    if (state === "not-read") return [1.5, 6];
    return state === "held" || state === "disputed" ? [] : [12, 9];
  }
  function box(ctx, x, y, w, h, r) { ctx.beginPath(); ctx.roundRect(x, y, w, h, r); }

  function drawNode(n, ctx) {
    const x = n.x - n.w / 2, y = n.y - n.h / 2, f = n.form, tint = ink[n.sector] || ink.muted;
    const lit = n.id === chosen || n.id === hover, dim = bright && !bright.has(n.id);
    const strong = f === "board" && n.sector === "partnership", marked = f === "post" || f === "gap" || f === "unnamed" || f === "gone" || f === "side";
    const far = scale() < 0.24;
    if (dim) { box(ctx, x, y, n.w, n.h, f === "post" || f === "gap" ? 14 : 6); ctx.fillStyle = ink.column; ctx.fill(); }
    ctx.globalAlpha = dim ? 0.3 : 1;
    if (f === "group") { for (const o of [6, 3]) { box(ctx, x + o, y + o, n.w, n.h, 6); ctx.fillStyle = ink.surface; ctx.fill(); ctx.strokeStyle = tint; ctx.lineWidth = 1; ctx.stroke(); } }
    box(ctx, x, y, n.w, n.h, f === "post" || f === "gap" ? 14 : 6);
    ctx.fillStyle = strong ? ink.board : ink.surface; ctx.fill();
    ctx.lineWidth = f === "board" ? 3 : f === "side" || f === "seam" ? 2 : f === "tile" ? 1 : 1.5;
    ctx.strokeStyle = f === "tile" ? ink.muted : f === "gap" || f === "unnamed" || f === "gone" || f === "side" || f === "seam" ? ink[n.state] : tint;
    ctx.setLineDash(f === "gap" || f === "unnamed" || f === "gone" ? [6, 4] : []); ctx.stroke(); ctx.setLineDash([]);
    if (f === "party" || f === "group") { ctx.fillStyle = tint; ctx.fillRect(x, y + 3, 5, n.h - 6); }
    if (lit) { box(ctx, x - 5, y - 5, n.w + 10, n.h + 10, 10); ctx.lineWidth = 3.5; ctx.strokeStyle = ink.accent; ctx.stroke(); }
    if (marked) sign(ctx, n.state, x + 15, n.y);
    if (f === "tile") {
      sign(ctx, n.sides[0], x + 15, n.y); sign(ctx, n.sides[1], x + 51, n.y);
      ctx.lineWidth = 3; ctx.strokeStyle = ink[n.state]; ctx.setLineDash(n.state === "held" ? [] : [4, 3]);
      ctx.beginPath(); ctx.moveTo(x + 26, n.y); ctx.lineTo(x + 40, n.y); ctx.stroke(); ctx.setLineDash([]);
    }
    if (n.lead) { sign(ctx, n.lead, x + n.w - 20, n.y); if (!far) { ctx.font = "12px " + ink.face; ctx.fillStyle = ink.muted; ctx.textAlign = "right"; ctx.textBaseline = "alphabetic"; ctx.fillText("SRO", x + n.w - 32, n.y + 4.5); } }
    if (!far) {
      const tile = f === "tile", tx = tile ? x + 68 : n.x + (marked ? 11 : 0), room = tile ? n.w - 74 - (n.lead ? 58 : 0) : n.w - (marked ? 34 : 12);
      const size = n.size || 15, block = (size + 3) * n.lines.length + 16 * n.below.length;
      let ty = n.y - block / 2 + size - 1;
      ctx.textAlign = tile ? "left" : "center"; ctx.textBaseline = "alphabetic";
      ctx.font = (f === "board" || f === "side" || f === "seam" ? "600 " : "") + size + "px " + ink.face;
      ctx.fillStyle = strong ? ink["on-board"] : ink.ink;
      for (const line of n.lines) { ctx.fillText(line, tx, ty, room); ty += size + 3; }
      ctx.font = (f === "side" ? "15px " : "13px ") + ink.face; ty -= size - 13;
      ctx.fillStyle = strong ? ink["on-board"] : f === "side" || f === "seam" ? ink.ink : ink.muted;
      for (const line of n.below) { ctx.fillText(line, tx, ty, room); ty += 16; }
    }
    ctx.globalAlpha = 1;
  }

  function drawEdge(e, ctx) {
    const touched = chosen === e.id || (bright && bright.has(e.id)), dim = bright && !touched;
    ctx.globalAlpha = dim ? 0.07 : e.kind === "seam" || touched ? 1 : quiet ? 0.16 : 0.85;
    ctx.strokeStyle = ctx.fillStyle = ink[e.state];
    ctx.lineWidth = (e.kind === "seam" ? 6 : e.kind === "sits" || e.kind === "within" ? 1.8 : 2.4) + (touched ? 1.2 : 0);
    ctx.setLineDash(dash(e.state)); ctx.lineCap = e.state === "not-read" ? "round" : "butt";
    ctx.stroke(e.path); ctx.setLineDash([]);
    if (e.arrow) {
      const [x, y, a] = e.arrow;
      ctx.save(); ctx.translate(x, y); ctx.rotate(a); ctx.beginPath(); ctx.moveTo(0, 0); ctx.lineTo(-10, -4.5); ctx.lineTo(-10, 4.5); ctx.closePath(); ctx.fill(); ctx.restore();
    }
    if (e.state !== "held" && e.state !== "proposed" && (!quiet || touched || e.kind === "seam")) {
      ctx.globalAlpha = dim ? 0.3 : 1; ctx.beginPath(); ctx.arc(e.mx, e.my, 11, 0, 7); ctx.fillStyle = ink.paper; ctx.fill();
      sign(ctx, e.state, e.mx, e.my);
    }
    ctx.globalAlpha = 1;
  }

  function drawBands(ctx) {
    ctx.fillStyle = ink.column;
    for (const [, x, w, h] of data.columns) { box(ctx, x - 14, 0, w + 28, h, 10); ctx.fill(); }
    ctx.strokeStyle = ink.rule; ctx.lineWidth = 1; ctx.fillStyle = ink.muted; ctx.textBaseline = "alphabetic";
    const size = Math.min(26, Math.max(15, 11 / scale()));
    ctx.font = "600 " + size + "px " + ink.face; ctx.textAlign = "center";
    for (const [title, x, w] of data.columns) ctx.fillText(title, x + w / 2, 30, w + 34);
    ctx.textAlign = "left"; ctx.font = "600 15px " + ink.face;
    for (const [title, y, , layer] of data.rows) {
      if (layer && !others) continue;
      ctx.beginPath(); ctx.moveTo(0, y - 5); ctx.lineTo(data.width, y - 5); ctx.stroke();
      title.forEach((line, i) => ctx.fillText(line, 4, y + 24 + 18 * i, 104));
    }
  }

  const top = document.querySelector(".top"), head = () => document.documentElement.style.setProperty("--head", top.offsetHeight + "px");
  head(); new ResizeObserver(head).observe(top);
  for (const n of data.nodes) n.ctxRenderer = ({ ctx }) => ({ drawNode: () => { if (shows(n)) drawNode(n, ctx); }, nodeDimensions: { width: n.w, height: n.h } });
  /* vis-network keeps the view and the nodes; the ties are drawn from their paths, the same as in print. */
  const network = new vis.Network(stage, { nodes: data.nodes, edges: [] }, data.options);
  const scale = () => (network ? network.getScale() : 1);
  network.on("beforeDrawing", (ctx) => { drawBands(ctx); for (const e of data.edges) if (ties(e)) drawEdge(e, ctx); });

  const height = () => (others ? data.whole : data.height);
  const move = (to, quick) => network.moveTo({ ...to, animation: still.matches || quick ? false : { duration: 220, easingFunction: "easeInOutQuad" } });
  function fit(quick) {
    const w = stage.clientWidth, h = stage.clientHeight;
    if (!w || !h) return;
    let z = Math.min(w / (data.width + 40), h / (height() + 12)), x = data.width / 2, y = height() / 2;
    if (quick === "first" && w < 700 && z < 0.42) { const n = nodes.get(data.first); z = 0.5; if (n) { x = n.x; y = n.y + h * 0.7; } }
    move({ position: { x, y }, scale: z }, quick);
  }
  const zoom = (by) => move({ scale: Math.min(Math.max(scale() * by, 0.08), 4) });

  function count() {
    const all = data.nodes.filter((n) => !n.layer || others), seen = all.filter(shows).length, drawn = data.edges.filter(ties).length;
    $("found").textContent = "Showing " + seen + " of " + all.length + ", " + drawn + " of " + data.edges.length + " ties";
  }

  /* The side panel shows a copy of the card that stands below in words: nothing of the data is ever read as markup. */
  function card(id) {
    const found = $(id);
    if (!found) return null;
    const copy = found.cloneNode(true);
    copy.removeAttribute("id"); copy.removeAttribute("tabindex");
    for (const a of copy.querySelectorAll("[data-more]")) {
      const more = $(a.dataset.more); if (!more) continue;
      const details = document.createElement("details"), summary = document.createElement("summary");
      summary.textContent = a.textContent; details.append(summary, more.querySelector("ul").cloneNode(true)); a.parentNode.replaceWith(details);
    }
    const h = copy.querySelector("h4"), title = document.createElement("h2");
    if (h) { title.textContent = h.textContent; h.replaceWith(title); }
    for (const h5 of copy.querySelectorAll("h5")) { const h3 = document.createElement("h3"); h3.append(...h5.childNodes); h5.replaceWith(h3); }
    return copy;
  }
  function tieCard(e) {
    if (e.kind === "seam") return card(nodes.get(e.to).card);
    const row = $(e.id), made = document.createElement("article"), h = document.createElement("h2"), p = document.createElement("p");
    made.className = "card";
    const cells = row.children;
    h.textContent = cells[0].textContent + " " + cells[1].textContent + " " + cells[2].textContent;
    p.append(...[...cells[3].cloneNode(true).childNodes], " ", cells[4].textContent);
    made.append(h, p, ...cells[5].cloneNode(true).childNodes);
    return made;
  }
  function light() {
    bright = null;
    if (!chosen) return;
    bright = new Set([chosen]);
    if (edges.has(chosen)) { const e = edges.get(chosen); bright.add(e.from).add(e.to); return; }
    const add = (id) => { for (const [to, tie] of near.get(id)) if (shows(nodes.get(to)) && (!tie || ties(edges.get(tie)))) { bright.add(to); if (tie) bright.add(tie); } };
    add(chosen);
    const n = nodes.get(chosen);
    if (n.form === "side" || n.form === "seam") for (const m of data.nodes) if (m.id === n.home || m.home === (n.home || n.id)) { bright.add(m.id); add(m.id); }
  }
  function select(id, quick) {
    chosen = id; light();
    const n = nodes.get(id), e = edges.get(id), shown = n ? card(n.card) : e ? tieCard(e) : null;
    panel.hidden = !shown;
    selected.replaceChildren(...(shown ? [shown] : []));
    panel.scrollTop = 0;
    if (n) {
      said.textContent = n.full + (n.state ? ", " + data.words[n.state] : "") + ", " + near.get(id).filter(([, t]) => !t || ties(edges.get(t))).length + " ties";
      const at = network.canvasToDOM({ x: n.x, y: n.y }), wide = getComputedStyle(panel).position === "absolute" ? stage.clientWidth - panel.offsetWidth - 20 : stage.clientWidth;
      if (at.x > wide - 60 || at.x < 60 || at.y < 40 || at.y > stage.clientHeight - 40) {
        const aim = wide / 2 - stage.clientWidth / 2;
        move({ position: { x: n.x - aim / scale(), y: n.y }, scale: scale() }, quick);
      }
      history.replaceState(null, "", "#" + n.card);
    } else if (e) said.textContent = selected.querySelector("h2").textContent;
    network.redraw();
  }
  function clear() {
    if (!chosen && hits.hidden) return;
    chosen = null; light(); panel.hidden = true; selected.replaceChildren(); hits.hidden = true; said.textContent = "Cleared";
    history.replaceState(null, "", location.pathname + location.search); network.redraw();
  }

  /* Walking: to a tied neighbour in the direction of the arrow if there is one, else to the nearest thing there. */
  function walk(dx, dy) {
    const from = nodes.get(chosen);
    if (!from) return select(data.first);
    const score = (n) => {
      const x = n.x - from.x, y = n.y - from.y, along = x * dx + y * dy, across = Math.abs(x * dy) + Math.abs(y * dx);
      return n.id === from.id || along <= 1 || !shows(n) ? Infinity : along + 2 * across;
    };
    const best = (list) => list.reduce((a, n) => (score(n) < score(a) ? n : a), from);
    const tied = near.get(from.id).filter(([, t]) => !t || ties(edges.get(t))).map(([to]) => nodes.get(to)).filter((n) => {
      const x = n.x - from.x, y = n.y - from.y; return x * dx + y * dy > 0.7 * Math.hypot(x, y);
    });
    let to = best(tied);
    if (to === from) to = best(data.nodes);
    if (to !== from) select(to.id);
  }

  function search() {
    const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    hits.replaceChildren();
    hits.hidden = !words.length;
    if (!words.length) return;
    const found = data.nodes.filter((n) => { const t = (n.full + " " + n.label + " " + n.below.join(" ") + " " + (n.code || "") + " " + (n.kind || "") + " " + (n.holds || "")).toLowerCase(); return words.every((w) => t.includes(w)); });
    for (const n of found.slice(0, 12)) {
      const b = document.createElement("button"), s = document.createElement("small");
      const held = n.holds && n.holds.split("; ").find((h) => words.every((w) => h.toLowerCase().includes(w)));
      b.type = "button"; b.textContent = held ? held + " (in " + n.full + ")" : n.full; s.textContent = [n.kind, n.state && data.words[n.state]].filter(Boolean).join(", "); b.append(s);
      b.addEventListener("click", () => reach(n)); hits.append(b);
    }
    if (!found.length) { const p = document.createElement("p"); p.textContent = "Nothing here is called that."; hits.append(p); }
    said.textContent = found.length + " found";
  }
  function reach(n) {
    if (n.layer && !others) { others = $("others").checked = true; count(); }
    hits.hidden = true;
    move({ position: { x: n.x, y: n.y }, scale: Math.max(scale(), 0.75) }, true); select(n.id, true); stage.focus({ preventScroll: true });
  }

  const does = {
    in: () => zoom(1.25), out: () => zoom(0.8), fit: () => fit(), clear, keys: () => $("keys").showModal(),
    present() { if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen(); },
    png() {
      const from = stage.querySelector("canvas"), k = from.width / stage.clientWidth, head = 64 * k, to = document.createElement("canvas"), ctx = to.getContext("2d");
      to.width = from.width; to.height = from.height + head; ctx.fillStyle = ink.paper; ctx.fillRect(0, 0, to.width, to.height); ctx.drawImage(from, 0, head);
      ctx.fillStyle = ink.ink; ctx.font = "600 " + 20 * k + "px " + ink.face; ctx.fillText(data.title, 14 * k, 28 * k, to.width - 28 * k);
      ctx.font = 14 * k + "px " + ink.face; ctx.fillText(data.summary, 14 * k, 52 * k, to.width - 28 * k);
      to.toBlob((blob) => { const a = document.createElement("a"); a.href = URL.createObjectURL(blob); a.download = data.name + ".png"; a.click(); setTimeout(() => URL.revokeObjectURL(a.href), 5000); });
    },
  };
  for (const b of document.querySelectorAll("[data-do]")) b.addEventListener("click", () => does[b.dataset.do]());
  for (const c of document.querySelectorAll("[data-filter]")) {
    c.addEventListener("change", () => { off[c.dataset.filter][c.checked ? "delete" : "add"](c.value); light(); count(); network.redraw(); });
    off[c.dataset.filter][c.checked ? "delete" : "add"](c.value);
  }
  if ($("others")) $("others").addEventListener("change", () => { others = $("others").checked; light(); count(); fit(); network.redraw(); });
  find.addEventListener("input", search);
  find.addEventListener("keydown", (k) => {
    if (k.key === "Enter" && hits.querySelector("button")) hits.querySelector("button").click();
    if (k.key === "ArrowDown" && hits.querySelector("button")) { k.preventDefault(); hits.querySelector("button").focus(); }
  });
  hits.addEventListener("keydown", (k) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[k.key];
    if (step) { k.preventDefault(); (document.activeElement[step] || find).focus(); }
  });
  document.addEventListener("click", (c) => {
    if (!c.target.closest(".find")) hits.hidden = true;
    for (const m of document.querySelectorAll(".menu[open]")) if (!m.contains(c.target)) m.open = false;
  });

  const single = $("single");
  document.addEventListener("keydown", (k) => {
    if (k.ctrlKey || k.metaKey || k.altKey || $("keys").open) return;
    if (k.key === "Escape") { const menu = document.querySelector(".menu[open]"); if (menu) { menu.open = false; menu.querySelector("summary").focus(); } else { clear(); if (document.activeElement === find) { find.value = ""; stage.focus(); } } return; }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(k.target.tagName) && k.target.type !== "checkbox") return;
    if (k.target === stage) {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[k.key];
      if (way) { k.preventDefault(); return walk(...way); }
    }
    if (!single.checked) return;
    const act = { "/": () => find.focus(), "+": does.in, "=": does.in, "-": does.out, "0": () => move({ scale: 1 }), f: does.fit, "?": does.keys }[k.key];
    if (act) { k.preventDefault(); act(); }
  });

  /* A tie is found by the point nearest on its line; vis-network only knows the nodes. */
  function tieAt(p) {
    const ctx = stage.querySelector("canvas").getContext("2d");
    ctx.save(); ctx.setTransform(1, 0, 0, 1, 0, 0); ctx.lineWidth = 10 / scale(); ctx.setLineDash([]);
    const found = data.edges.filter((e) => ties(e) && (!quiet || (bright && bright.has(e.id)) || e.kind === "seam")).find((e) => ctx.isPointInStroke(e.path, p.x, p.y));
    ctx.restore();
    return found;
  }
  function nodeAt(p) { return data.nodes.findLast((n) => shows(n) && Math.abs(p.x - n.x) <= n.w / 2 && Math.abs(p.y - n.y) <= n.h / 2); }
  network.on("click", (c) => {
    const at = c.pointer.canvas, n = nodeAt(at), e = n ? null : tieAt(at);
    if (n) select(n.id); else if (e) select(e.id); else clear();
  });
  stage.addEventListener("mousemove", (m) => {
    const r = stage.getBoundingClientRect(), n = nodeAt(network.DOMtoCanvas({ x: m.clientX - r.left, y: m.clientY - r.top })), id = n ? n.id : null;
    if (id !== hover) { hover = id; stage.style.cursor = id ? "pointer" : ""; network.redraw(); }
  });
  stage.addEventListener("wheel", (w) => { if (w.ctrlKey || w.metaKey || document.fullscreenElement) { w.preventDefault(); const r = stage.getBoundingClientRect();
    const p = network.DOMtoCanvas({ x: w.clientX - r.left, y: w.clientY - r.top }), z = Math.min(Math.max(scale() * Math.exp(-w.deltaY / 400), 0.08), 4), c = network.getViewPosition(), s = scale();
    network.moveTo({ position: { x: p.x + (c.x - p.x) * s / z, y: p.y + (c.y - p.y) * s / z }, scale: z }); } }, { passive: false });
  if (coarse.matches) network.setOptions({ interaction: { zoomView: true } });

  const again = () => { colours(); network.redraw(); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  matchMedia("(forced-colors: active)").addEventListener("change", again);
  let last = "";
  new ResizeObserver(() => { const now = stage.clientWidth + "x" + stage.clientHeight; if (now !== last) { const first = !last; last = now; network.setSize("100%", "100%"); network.redraw(); fit(first ? "first" : true); } }).observe(stage);
  document.addEventListener("fullscreenchange", () => document.documentElement.classList.toggle("present", !!document.fullscreenElement));
  addEventListener("hashchange", reveal);
  function reveal() { const n = data.nodes.find((m) => "#" + m.card === location.hash); if (n && !document.querySelector(location.hash + ":focus")) { if (n.layer) others = $("others").checked = true; select(n.id, true); } }
  count(); fit("first");
  document.addEventListener("DOMContentLoaded", () => { if (location.hash) reveal(); });
  network.once("afterDrawing", () => { document.documentElement.dataset.drawn = Math.round(performance.now()); });
  network.redraw();
})();
