/* The search page: every word of the query must occur in an item's title, text or page title, as it is
   written after NFKC and lower case, so 「サーバー」 is found inside 「中間サーバー」. */
(function () {
  "use strict";

  var PER_PAGE = 20;
  var AROUND = 60;
  var results = document.getElementById("pia-results");
  var input = document.getElementById("pia-q");
  var query = new URLSearchParams(location.search).get("q") || "";
  var CJK = "[\\u3000-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef]";
  var IS_CJK = new RegExp(CJK);
  var SPLIT_WORD = new RegExp("(" + CJK + ") +(?=" + CJK + ")", "g");

  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  // Words broken over lines must still match: no space between Japanese characters.
  function joined(text) {
    return plain(text).replace(/\s+/g, " ").replace(SPLIT_WORD, "$1");
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    return made;
  }

  function find(pages, words) {
    var hits = [];
    pages.forEach(function (page) {
      page[2].forEach(function (entry) {
        var title = joined(entry[1]);
        var text = joined(entry[2]);
        var place = joined(page[1]);
        var score = 0;
        var all = words.every(function (word) {
          var inTitle = title.includes(word);
          var times = text.split(word).length - 1;
          score += (inTitle ? 20 : 0) + Math.min(times, 5);
          return inTitle || times > 0 || place.includes(word);
        });
        // A word of the page's title alone is on all its items: one of the words must be the item's own.
        if (all && score > 0) {
          hits.push({ url: page[0] + (entry[0] ? "#" + entry[0] : ""), title: entry[1], place: page[1], text: entry[2], score: score });
        }
      });
    });
    // Sorting is stable: equal scores keep the order of pages and of items in the form.
    return hits.sort(function (a, b) { return b.score - a.score; });
  }

  // The text as it is written, and for every character of its searched form the place it comes from.
  function traced(written) {
    var text = "";
    var from = [];
    Array.from(written).reduce(function (at, character) {
      var form = plain(character);
      for (var i = 0; i < form.length; i += 1) { from.push(at); }
      text += form;
      return at + character.length;
    }, 0);
    // What `joined` leaves out is left out here too.
    var kept = Array.from(text.matchAll(/./gsu));
    var out = { text: "", from: [] };
    kept.forEach(function (match, index) {
      var before = text[match.index - 1] || "";
      var after = (kept[index + 1] || [""])[0];
      var between = match[0] === " " && IS_CJK.test(before) && IS_CJK.test(after);
      if (between) { return; }
      for (var i = 0; i < match[0].length; i += 1) { out.from.push(from[match.index + i]); }
      out.text += match[0];
    });
    return out;
  }

  function snippet(written, words) {
    var found = traced(written);
    var pattern = new RegExp(words.map(function (word) { return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }).join("|"), "g");
    var spans = Array.from(found.text.matchAll(pattern), function (match) {
      return [found.from[match.index], found.from[match.index + match[0].length - 1] + 1];
    });
    var start = Math.max(0, (spans.length ? spans[0][0] : 0) - AROUND);
    var stop = Math.min(written.length, start + 3 * AROUND);
    var made = element("p", "", start > 0 ? "…" : "");
    var end = start;
    spans.forEach(function (span) {
      if (span[0] < end || span[1] > stop) { return; }
      made.append(written.slice(end, span[0]), element("mark", "", written.slice(span[0], span[1])));
      end = span[1];
    });
    made.append(written.slice(end, stop), stop < written.length ? "…" : "");
    return made;
  }

  function row(hit, words) {
    var made = element("li");
    var link = element("a", "", hit.title || hit.place);
    link.href = results.dataset.root + hit.url;
    made.append(link);
    if (hit.place && hit.place !== hit.title) { made.append(element("p", "pia-results__place", hit.place)); }
    if (hit.text) { made.append(snippet(hit.text, words)); }
    return made;
  }

  function show(hits, words) {
    var list = element("ol");
    var more = element("button", "", "続きを表示");
    var shown = 0;
    function next() {
      hits.slice(shown, shown + PER_PAGE).forEach(function (hit) { list.append(row(hit, words)); });
      var firstNew = list.children[shown];
      if (shown && firstNew) { firstNew.querySelector("a").focus(); }
      shown += PER_PAGE;
      more.hidden = shown >= hits.length;
    }
    more.type = "button";
    more.addEventListener("click", next);
    next();
    var count = hits.length ? "「" + query + "」を含む記載: " + hits.length + "件" : "「" + query + "」を含む記載はありません。語句を短くするか、別の書き方で試してください。";
    results.replaceChildren(element("p", "pia-results__count", count));
    if (hits.length) { results.append(list, more); }
  }

  input.value = query;
  var words = joined(query).split(" ").filter(Boolean);
  if (!words.length) { return; }
  document.title = query + " の検索結果 – " + document.title;
  results.textContent = "探しています…";
  fetch(results.dataset.entries).then(function (answer) {
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  }).then(function (pages) {
    show(find(pages, words), words);
  }).catch(function () {
    results.textContent = "検索の用意を読み込めませんでした。時間をおいて読み直すか、下の一覧から探してください。";
  });
}());
