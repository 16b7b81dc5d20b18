(function () {
  "use strict";
  var root = document.documentElement;
  var acts = {
    theme: function () {
      var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
    },
    print: function () { window.print(); },
    copy: function (button) {
      var code = button.parentNode.querySelector("code");
      var done = function () { button.textContent = button.dataset.done; };
      if (navigator.clipboard) { navigator.clipboard.writeText(code.textContent).then(done, function () {}); }
      var range = document.createRange();
      range.selectNodeContents(code);
      var selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
    }
  };
  document.querySelectorAll("button[data-act]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { acts[button.dataset.act](button); });
  });
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var at = target; at; at = at.parentElement) { if (at.tagName === "DETAILS") { at.open = true; } }
    if (target) { target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", reveal);
  if (location.hash) { reveal(); }
  if (!("IntersectionObserver" in window)) { return; }
  var links = {};
  document.querySelectorAll(".toc a").forEach(function (a) { links[a.hash.slice(1)] = a; });
  var watch = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) { return; }
      Object.keys(links).forEach(function (id) { links[id].removeAttribute("aria-current"); });
      links[entry.target.id].setAttribute("aria-current", "true");
    });
  }, { rootMargin: "-20% 0px -70% 0px" });
  Object.keys(links).forEach(function (id) { var s = document.getElementById(id); if (s) { watch.observe(s); } });
})();
