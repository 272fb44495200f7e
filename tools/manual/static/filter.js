// A field above each table of the catalogue that leaves the rows with all words written into it. Without scripts the whole table stands.
document.querySelectorAll("table.entries").forEach((table, position) => {
  const rows = [...table.tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]);
  const label = document.createElement("label");
  const field = document.createElement("input");
  const found = document.createElement("output");
  label.className = "entries-filter";
  label.textContent = "Show rows with";
  field.type = "search";
  field.id = `entries-${position}`;
  label.htmlFor = field.id;
  found.htmlFor = field.id;
  label.append(field, " ", found);
  const holder = table.closest(".pst-scrollable-table-container") ?? table;
  holder.before(label);
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      count += row.hidden ? 0 : 1;
    }
    found.textContent = words.length ? `${count} of ${rows.length}` : "";
  });
});
