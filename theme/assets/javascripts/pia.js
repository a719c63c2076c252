/* What pages can do beyond reading: copy a link or a citation, filter a table, print one item, open what is
   folded over the place that was asked for. Every page is complete without it. */
(function () {
  "use strict";

  // --- saying something without moving the reader ---

  var toast;
  var silence;

  function say(words) {
    if (!toast) {
      toast = document.createElement("div");
      toast.className = "pia-toast";
      toast.setAttribute("role", "status");
      document.body.append(toast);
    }
    clearTimeout(silence);
    toast.textContent = "";
    // A live region speaks when its words change, so it must be there, and empty, before.
    setTimeout(function () { toast.textContent = words; }, 50);
    silence = setTimeout(function () { toast.textContent = ""; }, 6000);
  }

  // --- copying ---

  function absolute(address) {
    return new URL(address, document.baseURI).href;
  }

  function textOf(button) {
    var address = button.dataset.copy === undefined ? "" : absolute(button.dataset.copy);
    return button.dataset.copyText === undefined ? address : button.dataset.copyText.replace("{url}", address);
  }

  function setUpCopying() {
    if (!navigator.clipboard || !navigator.clipboard.writeText) { return; }
    document.querySelectorAll("button.pia-copy").forEach(function (button) {
      var what = button.dataset.copyText === undefined ? "リンク" : "引用";
      button.hidden = false;
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(textOf(button)).then(
          function () { say((button.dataset.label ? button.dataset.label + "の" : "") + what + "をコピーしました"); },
          function () { say("コピーできませんでした。リンクを右クリックするか長押ししてコピーしてください。"); }
        );
      });
    });
  }

  // --- filtering tables and lists ---

  function plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  }

  function setUpFilter(list, number) {
    var rows = Array.from(list.matches("table") ? list.tBodies : [list]).flatMap(function (body) {
      return Array.from(body.children);
    });
    var texts = rows.map(function (row) { return plain(row.textContent); });
    var id = "pia-filter-" + number;
    var box = document.createElement("div");
    var label = document.createElement("label");
    var input = document.createElement("input");
    var count = document.createElement("span");
    box.className = "pia-filter";
    label.htmlFor = id;
    label.textContent = list.dataset.filter || (list.matches("table") ? "表を絞り込む" : "一覧を絞り込む");
    input.id = id;
    input.type = "search";
    input.autocomplete = "off";
    count.className = "pia-filter__count";
    count.setAttribute("role", "status");
    box.append(label, input, count);

    function apply() {
      var words = plain(input.value).split(" ").filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, index) {
        var fits = words.every(function (word) { return texts[index].includes(word); });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = words.length ? rows.length + "件中" + shown + "件" : rows.length + "件";
    }

    input.addEventListener("input", apply);
    apply();
    (list.closest(".pia-table-wrap") || list).before(box);
  }

  // --- printing ---

  function printItem(item) {
    var hidden = [];
    function leaveOutBeside(node) {
      var headings = [];
      if (node.parentElement.matches("section")) {
        // The section's own heading, and of those between its items the last one above this item.
        var above = node.previousElementSibling;
        while (above && !above.matches(".pia-rows")) { above = above.previousElementSibling; }
        headings = [node.parentElement.firstElementChild, above];
      }
      Array.from(node.parentElement.children).forEach(function (other) {
        if (other !== node && !headings.includes(other) && !other.matches(".pia-print-only, .pia-header, h1")) {
          other.classList.add("is-not-printed");
          hidden.push(other);
        }
      });
    }
    // Of what lies beside the way from the item up to the body there remains what is for paper only, and the
    // headings that the item stands under.
    for (var node = item; node !== document.body; node = node.parentElement) { leaveOutBeside(node); }
    document.body.classList.add("is-printing-item");
    window.addEventListener("afterprint", function () {
      document.body.classList.remove("is-printing-item");
      hidden.forEach(function (other) { other.classList.remove("is-not-printed"); });
    }, { once: true });
    window.print();
  }

  function setUpPrinting() {
    document.querySelectorAll("button.pia-print").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var item = button.closest(".pia-item");
        if (item) { printItem(item); } else { window.print(); }
      });
    });
    // Paper has no links: addresses are written out in full.
    window.addEventListener("beforeprint", function () {
      document.querySelectorAll("[data-print-url]").forEach(function (place) {
        place.textContent = absolute(place.dataset.printUrl);
      });
    });
  }

  // --- folded places ---

  function openTarget() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) { return; }
    var opened = false;
    for (var fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      opened = opened || !fold.open;
      fold.open = true;
    }
    if (opened) { target.scrollIntoView(); }
  }

  // Browsers that cannot show a closed <details> by style alone get the document's navigation opened.
  function unfoldNavigation() {
    var wide = matchMedia("(min-width: 60em)");
    function follow() {
      document.querySelectorAll(".pia-docnav__fold").forEach(function (fold) { fold.open = wide.matches; });
    }
    follow();
    wide.addEventListener("change", follow);
  }

  setUpCopying();
  document.querySelectorAll("table.pia-table[data-filter], .pia-columns[data-filter]").forEach(setUpFilter);
  setUpPrinting();
  if (document.querySelector(".pia-docnav__fold")) { unfoldNavigation(); }
  window.addEventListener("hashchange", openTarget);
  openTarget();
}());
